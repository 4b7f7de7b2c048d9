import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const DAY_MS = 24 * 60 * 60 * 1000

/** A new folder below `parent` for one run alone. Runs that were cut off leave theirs behind: those go after a day. */
export const makeOwnFolder = async (parent: string): Promise<string> => {
  await mkdir(parent, { recursive: true })
  for (const name of await readdir(parent)) {
    const found = await stat(join(parent, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > DAY_MS) await rm(join(parent, name), { recursive: true, force: true })
  }
  return mkdtemp(join(parent, 'run-'))
}
