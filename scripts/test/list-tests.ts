import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

interface Selection {
  /** Only test/crash, which is left out otherwise. */
  readonly crash: boolean
  /** Whether test/browser can run. */
  readonly browser: boolean
  /** Parts of paths, any of which will do; none: all. */
  readonly words: readonly string[]
}

/** Paths of test files relative to the project, in order. */
export const listTests = async (projectFolder: string, { crash, browser, words }: Selection): Promise<string[]> => {
  const files = await readdir(join(projectFolder, 'test'), { recursive: true })
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .filter((file) => isIn(file, 'crash') === crash && (browser || !isIn(file, 'browser')))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()
}

const isIn = (file: string, folder: string): boolean => file.startsWith(join('test', folder, '/'))
