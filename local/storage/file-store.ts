import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files by their path in the storage. */
export interface FileStore {
  has(path: string): Promise<boolean>
  read(path: string): Promise<Buffer | undefined>
  write(path: string, content: Buffer): Promise<void>
  /** False where there is none. */
  remove(path: string): Promise<boolean>
}

export function memoryFileStore(): FileStore {
  const files = new Map<string, Buffer>()
  return {
    has: async (path) => files.has(path),
    read: async (path) => files.get(path),
    write: async (path, content) => void files.set(path, content),
    remove: async (path) => files.delete(path),
  }
}

/** Under the hash of its path, so that no path leads elsewhere. */
export function diskFileStore(folder: string): FileStore {
  const placeOf = (path: string): string => join(folder, createHash('sha256').update(path).digest('hex'))
  const has = (path: string): Promise<boolean> =>
    stat(placeOf(path)).then(
      () => true,
      () => false,
    )
  return {
    has,
    read: (path) => readFile(placeOf(path)).catch(() => undefined),
    async write(path, content) {
      await mkdir(folder, { recursive: true })
      await writeFile(`${placeOf(path)}.new`, content)
      await rename(`${placeOf(path)}.new`, placeOf(path))
    },
    async remove(path) {
      if (!(await has(path))) return false
      await rm(placeOf(path), { force: true })
      return true
    },
  }
}
