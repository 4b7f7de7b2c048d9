import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { build, transform, type Metafile, type Plugin } from 'esbuild'
import * as v from 'valibot'
import type { Operation } from '../../shared/domain/operation.ts'
import { ownOperations } from '../../shared/domain/operations/table.ts'
import type { Role } from '../../shared/domain/stores/admins.ts'
import { inputRules } from '../../shared/entry/json-schema.ts'
import { projectFolder } from './project-folder.ts'
import { replaceFile } from './replace-file.ts'

interface ConsoleOptions {
  /** Default: the project's `dist/console`. */
  readonly outFolder?: string
  /** `PUBLIC_BASE_URL` of the platform, where it is not the address that serves the console. */
  readonly apiBaseUrl?: string
  /** Path that the console is served at, with both slashes. Default `/console/`. */
  readonly path?: string
  /** Builds even if nothing changed since the last build. */
  readonly always?: boolean
}

const sourceFolder = join(projectFolder, 'console')

/** Everything the pages may do: no inline script or style, no other origin than the API's. */
const consolePolicy = (apiBaseUrl?: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${apiBaseUrl === undefined ? '' : ` ${new URL(apiBaseUrl).origin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/**
 * Bundles the console into `index.html`, `config.json` and `assets/` with hashed names. Files are replaced whole, so that a running
 * host goes on; assets of the build before are removed.
 *
 * @returns bytes of every file, by its name below `outFolder`
 * @throws esbuild's BuildFailure
 */
export const buildConsole = async (options: ConsoleOptions = {}): Promise<ReadonlyMap<string, number>> => {
  const { outFolder = join(projectFolder, 'dist/console'), path = '/console/', apiBaseUrl } = options
  const values = await valuesOfRows()
  const variant = `${path} ${apiBaseUrl ?? ''} ${JSON.stringify(values)}`
  const fresh = options.always === true ? undefined : await readFresh(outFolder, variant)
  if (fresh) return fresh
  const startedAt = new Date()
  const { scripts, metafile, styles } = await bundle(outFolder, values)
  const main = [...scripts.keys()].find((name) => name.startsWith('main-'))
  if (main === undefined) throw new Error('the console has no main script')
  const style = await bundleStyles(styles)
  const icon = await readFile(join(sourceFolder, 'icon.svg'))
  const assets = new Map([...scripts, hashed('console.css', style), hashed('icon.svg', icon)])
  const asset = (pattern: RegExp): string => `${path}assets/${[...assets.keys()].find((name) => pattern.test(name))}`
  const page = (await readFile(join(sourceFolder, 'index.html'), 'utf8'))
    .replace('{{script}}', `${path}assets/${main}`)
    .replace('{{style}}', asset(/^console-.*\.css$/))
    .replace('{{icon}}', asset(/^icon-/))
    .replace(
      '<meta name="viewport"',
      `<meta http-equiv="Content-Security-Policy" content="${consolePolicy(apiBaseUrl)}" />\n    <meta name="viewport"`,
    )
  const files = new Map([
    ...[...assets].map(([name, content]) => [`assets/${name}`, content] as const),
    ['config.json', Buffer.from(`${JSON.stringify(apiBaseUrl === undefined ? {} : { apiBaseUrl })}\n`)],
    ['index.html', Buffer.from(page)],
  ])
  for (const [name, content] of files) await replaceFile(join(outFolder, name), content)
  await removeOthers(join(outFolder, 'assets'), assets)
  const sizes = new Map([...files].map(([name, content]) => [name, content.byteLength]))
  await noteBuilt(outFolder, { variant, metafile, sizes, startedAt })
  return sizes
}

/**
 * What the console knows of the operations, from their rows. The role of each that takes more than looking: what a visitor may not do
 * is off, or not asked for. And the rules for what is sent with those that change something: what breaks one is said in the field.
 */
export const valuesOfRows = async (): Promise<Readonly<Record<`OPERATION_${'ROLES' | 'RULES'}`, string>>> => {
  const rows = Object.entries(await ownOperations())
  const needed = (roleOf: (row: Operation) => Role): object =>
    Object.fromEntries(rows.flatMap(([name, row]) => (roleOf(row) === 'viewer' ? [] : [[name, roleOf(row)]])))
  const rules = rows.flatMap(([name, { kind, input }]) => (kind === 'changing' ? [[name, inputRules(input)]] : []))
  return {
    OPERATION_ROLES: JSON.stringify({
      acting: needed(({ role }) => role),
      reading: needed(({ role, getRole = role }) => getRole),
    }),
    OPERATION_RULES: JSON.stringify(Object.fromEntries(rules)),
  }
}

const bundle = async (outFolder: string, values: Readonly<Record<string, string>>) => {
  const styles = new Set<string>()
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [{ in: join(sourceFolder, 'src/main.tsx'), out: 'main' }],
    outdir: join(outFolder, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome109', 'safari16', 'firefox115'],
    jsx: 'automatic',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"', ...values },
    metafile: true,
    write: false,
    logLevel: 'warning',
    tsconfig: join(sourceFolder, 'tsconfig.json'),
    plugins: [collectStyles(styles), iconByIcon],
  })
  const scripts = new Map<string, Uint8Array>(outputFiles.map(({ path, contents }) => [basename(path), contents]))
  return { scripts, metafile, styles }
}

/** Of a page that is loaded late, esbuild would load the script but not the style; so all styles are one file. */
const collectStyles = (styles: Set<string>): Plugin => ({
  name: 'collect-styles',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, ({ path }) => {
      styles.add(path)
      return { contents: '', loader: 'js' }
    })
  },
})

/** TDesign's components name the index of all icons, by which the first page would load every icon that any page shows. */
const iconByIcon: Plugin = {
  name: 'icon-by-icon',
  setup(build) {
    build.onLoad({ filter: /\/tdesign-react\/es\/.*\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text
        .replaceAll("import 'tdesign-icons-react';", '')
        .replaceAll(/import \{([^}]*)\} from 'tdesign-icons-react';/g, (_, names: string) =>
          names.split(',').map(importIcon).join('\n'),
        )
      return { contents, loader: 'js' }
    })
  },
}

/** `CloseCircleIcon` → the file `close-circle.js`. */
const importIcon = (given: string): string => {
  const name = given.trim()
  const file = name
    .replace(/Icon$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
  return `import ${name} from 'tdesign-icons-react/esm/components/${file}.js';`
}

/** TDesign's theme and components first, so that ours count more. */
const rankOf = (path: string): number => {
  if (path.startsWith(sourceFolder)) return path.endsWith('/base.css') ? 2 : 3
  return path.endsWith('es/style/index.css') ? 0 : 1
}

const bundleStyles = async (styles: ReadonlySet<string>): Promise<Uint8Array> => {
  const ordered = [...styles].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
  const texts = await Promise.all(ordered.map((path) => readFile(path, 'utf8')))
  const { code } = await transform(texts.join('\n'), { loader: 'css', minify: true, legalComments: 'none' })
  return Buffer.from(code)
}

const hashed = (name: string, content: Uint8Array): [string, Uint8Array] => {
  const hash = createHash('sha256').update(content).digest('base64url').replaceAll(/[-_]/g, '').slice(0, 8)
  return [name.replace('.', `-${hash}.`), content]
}

const removeOthers = async (folder: string, names: ReadonlyMap<string, unknown>): Promise<void> => {
  const leftovers = (await readdir(folder)).filter((name) => !names.has(name) && !name.endsWith('.draft'))
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })))
}

/* Whether it is built already. */

const noteSchema = v.object({
  variant: v.string(),
  inputs: v.array(v.string()),
  sizes: v.array(v.tuple([v.string(), v.number()])),
})

const noteFile = (outFolder: string): string => `${outFolder}.json`

const recipe = ['package.json', 'package-lock.json', 'console/tsconfig.json', 'console/index.html', 'console/icon.svg']

interface Built {
  /** What it was built for. */
  readonly variant: string
  readonly metafile: Metafile
  readonly sizes: ReadonlyMap<string, number>
  readonly startedAt: Date
}

const noteBuilt = async (outFolder: string, { variant, metafile, sizes, startedAt }: Built): Promise<void> => {
  // `<define:…>` is esbuild's name for a value that was put in: no file, and told by the variant.
  const ours = Object.keys(metafile.inputs).filter((path) => !path.includes('node_modules/') && !path.startsWith('<'))
  const inputs = [...ours, ...recipe, relative(projectFolder, import.meta.filename)]
  await replaceFile(noteFile(outFolder), JSON.stringify({ variant, inputs, sizes: [...sizes] }))
  await utimes(noteFile(outFolder), startedAt, startedAt)
}

const readFresh = async (outFolder: string, variant: string): Promise<ReadonlyMap<string, number> | undefined> => {
  try {
    const { mtimeMs: builtAt } = await stat(noteFile(outFolder))
    const note = v.parse(noteSchema, JSON.parse(await readFile(noteFile(outFolder), 'utf8')))
    if (note.variant !== variant) return undefined
    const times = await Promise.all(note.inputs.map(async (file) => (await stat(resolve(projectFolder, file))).mtimeMs))
    if (times.some((time) => time >= builtAt)) return undefined
    await Promise.all(note.sizes.map(([name]) => stat(join(outFolder, name))))
    return new Map(note.sizes)
  } catch {
    // Nothing built yet, or something that is gone: build.
    return undefined
  }
}
