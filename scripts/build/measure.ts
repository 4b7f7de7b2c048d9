import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { promisify } from 'node:util'
import * as v from 'valibot'

export interface FunctionSize {
  readonly name: string
  /** Of the code that Node reads before `main` can be called. */
  readonly startBytes: number
  readonly bytes: number
}

const requireAll = `const [folder, ...names] = process.argv.slice(1)
for (const name of names) require(require('path').join(folder, name, 'index.js'))
console.log(JSON.stringify(Object.keys(require.cache)))`

/** How large the built functions in a folder are. */
export const measureFunctions = async (functionsFolder: string): Promise<FunctionSize[]> => {
  const names = await readdir(functionsFolder)
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', requireAll, functionsFolder, ...names])
  const started = v.parse(v.array(v.string()), JSON.parse(stdout))
  return Promise.all(
    names.map(async (name) => {
      const folder = join(functionsFolder, name)
      const files = (await readdir(folder)).map((file) => join(folder, file))
      return {
        name,
        startBytes: await sizeOf(started.filter((file) => file.startsWith(`${folder}${sep}`))),
        bytes: await sizeOf(files),
      }
    }),
  )
}

const sizeOf = async (files: readonly string[]): Promise<number> =>
  (await Promise.all(files.map((file) => stat(file)))).reduce((sum, { size }) => sum + size, 0)
