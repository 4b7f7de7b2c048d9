import { build, type Metafile } from 'esbuild'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slim, withoutFormData } from './slim.ts'
import { replaceFile } from './replace-file.ts'

export const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

interface BuildOptions {
  /** Holds one folder with an `index.ts` per function. Default: the project's `functions`. */
  readonly sourceFolder?: string
  /** Default: the project's `dist`. */
  readonly distFolder?: string
}

export interface BuiltFunction {
  readonly name: string
  readonly bytes: number
}

/**
 * Bundles every function into `functions/<name>/index.js` below `distFolder`, with `maps/<name>.js.map` and `meta.json` (esbuild's
 * metafile) beside. Files are replaced whole and only where they differ, so that builds may overlap and running hosts go on.
 *
 * @throws esbuild's BuildFailure
 */
export const buildFunctions = async (options: BuildOptions = {}): Promise<BuiltFunction[]> => {
  const { sourceFolder = join(projectFolder, 'functions'), distFolder = join(projectFolder, 'dist') } = options
  const names = await listFunctions(sourceFolder)
  const functionsFolder = join(distFolder, 'functions')
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: names.map((name) => ({ in: join(sourceFolder, name, 'index.ts'), out: join(name, 'index') })),
    outdir: functionsFolder,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    charset: 'utf8',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [slim()],
    banner: { js: withoutFormData.banner },
    footer: { js: withoutFormData.footer },
  })
  const place = (file: string): string => (file.endsWith('.map') ? mapFile(distFolder, file) : file)
  await Promise.all([
    ...outputFiles.map(({ path, contents }) => replaceFile(place(path), contents)),
    ...names.map((name) => replaceFile(join(functionsFolder, name, 'package.json'), '{ "type": "commonjs" }\n')),
    replaceFile(join(distFolder, 'meta.json'), JSON.stringify(metafile)),
  ])
  await removeOthers(functionsFolder, names)
  return names.map((name) => ({ name, bytes: bytesOf(metafile, join(functionsFolder, name, 'index.js')) }))
}

export const listFunctions = async (sourceFolder: string): Promise<string[]> => {
  const entries = await readdir(sourceFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(sourceFolder, entry.name, 'index.ts')))
    .map(({ name }) => name)
    .sort()
}

/** `…/functions/<name>/index.js.map` → `…/maps/<name>.js.map` */
const mapFile = (distFolder: string, file: string): string =>
  join(distFolder, 'maps', `${basename(dirname(file))}.js.map`)

const bytesOf = ({ outputs }: Metafile, file: string): number => outputs[relative(projectFolder, file)]?.bytes ?? 0

const removeOthers = async (folder: string, names: readonly string[]): Promise<void> => {
  const leftovers = (await readdir(folder)).filter((name) => !names.includes(name))
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
