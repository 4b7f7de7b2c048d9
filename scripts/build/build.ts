import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleFunctions } from './bundle.ts'
import { projectFolder } from './project-folder.ts'
import { replaceFile } from './replace-file.ts'
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
 * Bundles every function into `functions/<name>/index.js` below `distFolder`, with `maps/<name>.js.map` and `meta.json` (like
 * esbuild's metafile) beside. Files are replaced whole and only where they differ, so that builds may overlap and running hosts go on.
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
  const sources = names.map((name) => ({ name, entry: join(sourceFolder, name, 'index.ts') }))
  const { bundles, metafile } = await bundleFunctions(sources, functionsFolder)
  await Promise.all(
    bundles.flatMap(({ name, code, map }) => [
      replaceFile(join(functionsFolder, name, 'index.js'), code),
      replaceFile(join(functionsFolder, name, 'package.json'), '{ "type": "commonjs" }\n'),
      replaceFile(join(distFolder, 'maps', `${name}.js.map`), map),
    ]),
  )
  await removeOthers(functionsFolder, names)
  await noteBuilt(distFolder, metafile, startedAt)
  return bundles.map(({ name, code }) => ({ name, bytes: Buffer.byteLength(code) }))
}

export const listFunctions = async (sourceFolder: string): Promise<string[]> => {
  const entries = await readdir(sourceFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(sourceFolder, entry.name, 'index.ts')))
    .map(({ name }) => name)
    .sort()
}

const removeOthers = async (folder: string, names: readonly string[]): Promise<void> => {
  const leftovers = (await readdir(folder)).filter((name) => !names.includes(name))
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
