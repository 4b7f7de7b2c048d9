import { readdir, readFile, stat, utimes } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Metafile } from 'esbuild'
import * as v from 'valibot'
import { projectFolder } from './project-folder.ts'
import { replaceFile } from './replace-file.ts'

/** Changes here change every bundle, beside its sources; packages change together with the lock file. */
const recipe = [
  join(projectFolder, 'tsconfig.json'),
  join(projectFolder, 'package.json'),
  join(projectFolder, 'package-lock.json'),
  join(projectFolder, 'node_modules/.package-lock.json'),
]

const buildScripts = dirname(fileURLToPath(import.meta.url))

const metafileSchema = v.object({ inputs: v.record(v.string(), v.unknown()) })

const metaFile = (distFolder: string): string => join(distFolder, 'meta.json')

/** Written last; its time is the build's start, so that whatever changed during the build counts as newer. */
export const noteBuilt = async (distFolder: string, metafile: Metafile, startedAt: Date): Promise<void> => {
  await replaceFile(metaFile(distFolder), JSON.stringify(metafile))
  await utimes(metaFile(distFolder), startedAt, startedAt)
}

/** Whether `distFolder` holds just these functions, and nothing they are made of changed since. */
export const isFreshBuild = async (distFolder: string, names: readonly string[]): Promise<boolean> => {
  try {
    if ((await readdir(join(distFolder, 'functions'))).sort().join() !== [...names].sort().join()) return false
    const { mtimeMs: builtAt } = await stat(metaFile(distFolder))
    const sources = [...recipe, ...(await listScripts()), ...(await listSources(distFolder))]
    const times = await Promise.all(sources.map(async (file) => (await stat(file)).mtimeMs))
    return times.every((time) => time < builtAt)
  } catch {
    // Nothing built yet, or a source that is gone.
    return false
  }
}

const listScripts = async (): Promise<string[]> => (await readdir(buildScripts)).map((file) => join(buildScripts, file))

const listSources = async (distFolder: string): Promise<string[]> => {
  const { inputs } = v.parse(metafileSchema, JSON.parse(await readFile(metaFile(distFolder), 'utf8')))
  return Object.keys(inputs)
    .filter((file) => !isMadeUp(file) && !file.includes('node_modules/'))
    .map((file) => resolve(projectFolder, file))
}

/** What a plugin wrote stands in its namespace: `slim:…`. */
const isMadeUp = (file: string): boolean => /^[\w-]+:/.test(file)
