import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** How the name of a file ends that is not whole yet. */
export const DRAFT = '.draft'

/** Writes a file whole or not at all; one that already holds the content is left untouched. Readers never see half of it. */
export const replaceFile = async (file: string, content: string | Uint8Array): Promise<void> => {
  const wanted = Buffer.from(content)
  if ((await readIfThere(file))?.equals(wanted)) return
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${randomUUID()}${DRAFT}`
  await writeFile(draft, wanted)
  await rename(draft, file)
}

const readIfThere = async (file: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(file)
  } catch {
    return undefined
  }
}
