import { build } from 'esbuild'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { projectFolder } from './project-folder.ts'
import { replaceFile } from './replace-file.ts'
import { slim, withoutFormData } from './slim.ts'
import { noteBuilt, readFreshBuild, type BuiltFunction } from './up-to-date.ts'

interface BuildOptions {
  /** Holds one folder with an `index.ts` per function. Default: the project's `functions`. */
  readonly sourceFolder?: string
  /** Default: the project's `dist`. */
  readonly distFolder?: string
  /** Builds even if nothing changed since the last build. */
  readonly always?: boolean
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
  const fresh = options.always === true ? undefined : await readFreshBuild(distFolder, names)
  return fresh ?? bundleAll(sourceFolder, distFolder, names)
}

const bundleAll = async (sourceFolder: string, distFolder: string, names: string[]): Promise<BuiltFunction[]> => {
  const startedAt = new Date()
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
  ])
  await removeOthers(functionsFolder, names)
  await noteBuilt(distFolder, metafile, startedAt)
  return outputFiles
    .filter(({ path }) => path.endsWith('.js'))
    .map(({ path, contents }) => ({ name: basename(dirname(path)), bytes: contents.length }))
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

const removeOthers = async (folder: string, names: readonly string[]): Promise<void> => {
  const leftovers = (await readdir(folder)).filter((name) => !names.includes(name))
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
