import { build as bundle, type Plugin } from 'esbuild'
import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import * as v from 'valibot'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { projectFolder } from '../build/project-folder.ts'
import { replaceFile } from '../build/replace-file.ts'
import { readText } from '../deploy/read-text.ts'
import { listComponentFiles } from './component-files.ts'
import { drawIcons, findIconNames } from './icons.ts'

const sourceFolder = join(projectFolder, 'miniprogram/source')
const packageName = 'tdesign-miniprogram'
const packageFolder = join(projectFolder, 'node_modules', packageName, 'miniprogram_dist')

/** Where devtools' own "npm build" puts it. */
const packagePlace = `miniprogram_npm/${packageName}`

const tslib = 'miniprogram_npm/tslib/index.js'

/** What WeChat on iOS 11 and Android 5 runs without a further compiler. */
const target = 'es2017'

interface MiniprogramOptions {
  /** Id of the CloudBase environment. Default: the one in miniprogram/config.json. */
  readonly env?: string | undefined
  /** Default: miniprogram/dist */
  readonly folder?: string
}

export interface BuiltMiniprogram {
  readonly folder: string
  readonly bytes: number
}

type Files = Map<string, string | Uint8Array>

/**
 * Compiles the admins’ mini program into a folder that WeChat's devtools run as it is, with the TDesign components that it uses. Files are
 * replaced only where they differ.
 *
 * @throws esbuild's BuildFailure
 */
export async function buildMiniprogram(options: MiniprogramOptions = {}): Promise<BuiltMiniprogram> {
  const { folder = join(projectFolder, 'miniprogram/dist') } = options
  const files: Files = new Map()
  const sources = (await readdir(sourceFolder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(sourceFolder, join(entry.parentPath, entry.name)))
  const scripts = sources.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  await addScripts(files, { folder: sourceFolder, scripts, place: '', env: await readEnv(options.env) })
  const used = new Set<string>()
  for (const file of sources.filter((file) => !file.endsWith('.ts'))) {
    const content = await readFile(join(sourceFolder, file))
    files.set(file, file.endsWith('.png') ? content : placeComponents(content.toString(), used))
  }
  await addPackage(files, [...used])
  await writeFiles(folder, files)
  return { folder, bytes: [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0) }
}

const configSchema = v.strictObject({ env: v.string() })

const readEnv = async (given: string | undefined): Promise<string> =>
  given ?? v.parse(configSchema, JSON.parse(await readText(join(projectFolder, 'miniprogram/config.json')))).env

/** A path from the root works in every version of the devtools, with and without their npm build. */
const placeComponents = (text: string, used: Set<string>): string =>
  text.replace(/"tdesign-miniprogram\/([^"]+)"/g, (_, component: string) => {
    used.add(component)
    return `"/${packagePlace}/${component}"`
  })

async function addPackage(files: Files, components: readonly string[]): Promise<void> {
  const { scripts, others } = await listComponentFiles(packageFolder, components)
  await addScripts(files, { folder: packageFolder, scripts: [...scripts, tslib], place: packagePlace })
  for (const file of others) files.set(`${packagePlace}/${file}`, await readFile(join(packageFolder, file), 'utf8'))
  files.set(`${packagePlace}/LICENSE`, await readFile(join(packageFolder, '../LICENSE'), 'utf8'))
  const names = [...files.values()].flatMap((content) => (typeof content === 'string' ? findIconNames(content) : []))
  const styles = `${packagePlace}/icon/icon.wxss`
  files.set(styles, await drawIcons(String(files.get(styles)), names))
}

interface Scripts {
  readonly folder: string
  readonly scripts: readonly string[]
  readonly place: string
  readonly env?: string
}

/** Each file becomes one of its own, as pages share what modules remember. */
async function addScripts(files: Files, { folder, scripts, place, env = '' }: Scripts): Promise<void> {
  const outdir = resolve('/', place)
  const { outputFiles } = await bundle({
    absWorkingDir: folder,
    entryPoints: [...scripts],
    outdir,
    outbase: folder,
    bundle: true,
    write: false,
    format: 'cjs',
    target,
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    define: { ENV_ID: JSON.stringify(env), CHANGING_OPERATIONS: JSON.stringify(await changingOperations()) },
    plugins: [keepApart(folder)],
    logLevel: 'warning',
  })
  for (const { path, text } of outputFiles) files.set(relative('/', path), text)
}

async function changingOperations(): Promise<readonly string[]> {
  const rows = Object.entries(await allOperations())
  return rows.flatMap(([name, { kind }]) => (kind === 'changing' ? [name] : []))
}

/** Leaves imports within the folder to the mini program; those of anything else are drawn in. */
const keepApart = (folder: string): Plugin => ({
  name: 'keep-apart',
  setup(build) {
    build.onResolve({ filter: /^tslib$/ }, ({ resolveDir }) => ({
      path: relative(resolveDir, join(folder, tslib)),
      external: true,
    }))
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const file = resolve(resolveDir, path.replace(/\.(ts|js)$/, ''))
      if (kind === 'entry-point' || !`${dirname(file)}/`.startsWith(`${folder}/`)) return undefined
      const away = relative(resolveDir, `${file}.js`)
      return { path: away.startsWith('.') ? away : `./${away}`, external: true }
    })
  },
})

async function writeFiles(folder: string, files: Files): Promise<void> {
  await Promise.all([...files].map(([file, content]) => replaceFile(join(folder, file), content)))
  const present = await readdir(folder, { recursive: true, withFileTypes: true })
  const leftovers = present
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !files.has(file))
  await Promise.all(leftovers.map((file) => rm(join(folder, file))))
}
