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

/** Paths of test files relative to the project, in the order to run them. */
export const listTests = async (projectFolder: string, { crash, browser, words }: Selection): Promise<string[]> => {
  const files = await readdir(join(projectFolder, 'test'), { recursive: true })
  const chosen = files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test', file))
    .filter((file) => isIn(file, 'crash') === crash && (browser || !isIn(file, 'browser')))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()
  return spread(
    chosen.filter((file) => isIn(file, 'browser')),
    chosen.filter((file) => !isIn(file, 'browser')),
  )
}

/** A browser keeps both cores busy, most others wait a good part of their time: side by side they take less of it. */
const spread = (browsers: readonly string[], others: readonly string[]): string[] => {
  const share = Math.ceil(others.length / Math.max(browsers.length, 1))
  const parts = browsers.map((file, at) => [file, ...others.slice(at * share, (at + 1) * share)])
  return [...parts.flat(), ...others.slice(browsers.length * share)]
}

const isIn = (file: string, folder: string): boolean => file.startsWith(join('test', folder, '/'))
