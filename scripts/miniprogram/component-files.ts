import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import * as v from 'valibot'

const componentJson = v.object({ usingComponents: v.optional(v.record(v.string(), v.string()), {}) })

export interface ComponentFiles {
  /** Paths below the package's folder, sorted: scripts, and templates, styles and settings. */
  readonly scripts: readonly string[]
  readonly others: readonly string[]
}

/**
 * Files of a component package that these components need, and no others: components that they are made of, and whatever
 * scripts, templates and styles import.
 */
export async function listComponentFiles(
  packageFolder: string,
  components: readonly string[],
): Promise<ComponentFiles> {
  const found = new Set<string>()
  const visit = async (file: string, next: (text: string) => readonly string[]): Promise<void> => {
    if (found.has(file)) return
    found.add(file)
    for (const path of next(await readFile(join(packageFolder, file), 'utf8'))) await visitFile(path)
  }
  const visitFile = (file: string): Promise<void> => visit(file, (text) => importsOf(file, text))
  const visitComponent = (path: string): Promise<void> =>
    visit(`${path}.json`, () => [`${path}.wxml`, `${path}.wxss`]).then(async () => {
      const json: unknown = JSON.parse(await readFile(join(packageFolder, `${path}.json`), 'utf8'))
      for (const used of Object.values(v.parse(componentJson, json).usingComponents))
        await visitComponent(join(dirname(path), used))
    })
  for (const component of components) await visitComponent(component)
  const others = [...found].sort()
  const entries = others.filter((file) => file.endsWith('.json')).map((file) => file.replace(/json$/, 'js'))
  return { scripts: await listScripts(packageFolder, entries), others }
}

const importsOf = (file: string, text: string): string[] => {
  const statement = file.endsWith('.wxss')
    ? /@import\s*['"]([^'"]+)['"]/g
    : file.endsWith('.wxs')
      ? /require\(['"]([^'"]+)['"]\)/g
      : /<(?:wxs|import|include)\b[^>]*\bsrc="([^"]+)"/g
  return [...text.matchAll(statement)].map((match) => join(dirname(file), match[1] ?? ''))
}

async function listScripts(packageFolder: string, entries: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: packageFolder,
    entryPoints: [...entries],
    outdir: resolve(packageFolder, 'unused'),
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    logLevel: 'error',
  })
  return Object.keys(metafile.inputs)
    .map((file) => relative(packageFolder, resolve(packageFolder, file)))
    .sort()
}
