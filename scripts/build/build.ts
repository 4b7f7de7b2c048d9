import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleFunctions } from './bundle.ts'
import { projectFolder } from './project-folder.ts'
import { DRAFT, replaceFile } from './replace-file.ts'
import { isFreshBuild, noteBuilt } from './up-to-date.ts'

interface BuildOptions {
  /** Holds one folder with an `index.ts` per function. Default: the project's `functions`. */
  readonly sourceFolder?: string
  /** Default: the project's `dist`. */
  readonly distFolder?: string
  /** Builds even if nothing changed since the last build. */
  readonly always?: boolean
  /** Lines and names as the sources have them, for a tool that looks at what ran. Default: as small as they get. */
  readonly readable?: boolean
}

/**
 * Bundles every function into `functions/<name>/` below `distFolder`, with `maps/<name>/` and `meta.json` (esbuild's metafile) beside.
 * Files are replaced whole and only where they differ, so that builds may overlap.
 *
 * @returns the functions' names
 * @throws esbuild's BuildFailure
 */
export const buildFunctions = async (options: BuildOptions = {}): Promise<string[]> => {
  const { sourceFolder = join(projectFolder, 'functions'), distFolder = join(projectFolder, 'dist') } = options
  const names = await listFunctions(sourceFolder)
  if (options.always === true || !(await isFreshBuild(distFolder, names)))
    await bundleAll(sourceFolder, distFolder, names, options.readable === true)
  return names
}

const bundleAll = async (
  sourceFolder: string,
  distFolder: string,
  names: readonly string[],
  readable: boolean,
): Promise<void> => {
  const startedAt = new Date()
  const [functionsFolder, mapsFolder] = [join(distFolder, 'functions'), join(distFolder, 'maps')]
  const sources = names.map((name) => ({ name, entry: join(sourceFolder, name, 'index.ts') }))
  const { functions, metafile } = await bundleFunctions(sources, functionsFolder, !readable)
  await Promise.all(
    functions.flatMap(({ name, files }) => [
      replaceFiles(join(functionsFolder, name), [
        ...files.map(({ name, code }) => [name, code] as const),
        ['package.json', '{ "type": "commonjs" }\n'],
      ]),
      replaceFiles(
        join(mapsFolder, name),
        files.map(({ name, map }) => [`${name}.map`, map]),
      ),
    ]),
  )
  await Promise.all([removeOthers(functionsFolder, names), removeOthers(mapsFolder, names)])
  await noteBuilt(distFolder, metafile, startedAt)
}

export const listFunctions = async (sourceFolder: string): Promise<string[]> => {
  const entries = await readdir(sourceFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(sourceFolder, entry.name, 'index.ts')))
    .map(({ name }) => name)
    .sort()
}

/** All that a folder holds. Whatever else changes, `index.js` does, for it names others by their hashes; it comes when they are there. */
const replaceFiles = async (folder: string, files: readonly (readonly [name: string, content: string])[]) => {
  const replace = (chosen: typeof files) =>
    Promise.all(chosen.map(([name, content]) => replaceFile(join(folder, name), content)))
  const isEntry = ([name]: (typeof files)[number]): boolean => name === 'index.js'
  await replace(files.filter((file) => !isEntry(file)))
  await replace(files.filter(isEntry))
  await removeOthers(
    folder,
    files.map(([name]) => name),
  )
}

const removeOthers = async (folder: string, names: readonly string[]): Promise<void> => {
  const leftovers = (await readdir(folder)).filter((name) => !names.includes(name))
  await Promise.all(
    leftovers.map(async (name) => {
      const path = join(folder, name)
      if (!(await isBeingWritten(path))) await rm(path, { recursive: true, force: true })
    }),
  )
}

/** A draft of another build; those of one that died are older. */
const isBeingWritten = async (path: string): Promise<boolean> => {
  if (!path.endsWith(DRAFT)) return false
  const found = await stat(path).catch(() => undefined)
  return found === undefined || Date.now() - found.mtimeMs < 60_000
}
