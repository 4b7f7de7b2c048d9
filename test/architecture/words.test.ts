import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSources, type SourceFile } from './sources.ts'

const read = async (...folders: readonly string[]): Promise<SourceFile[]> =>
  (await Promise.all(folders.map((folder) => readSources(folder)))).flat()

/** What rows of operations and endpoints say of themselves, and of their fields. */
const withoutDescriptions = (code: string): string =>
  code
    .replaceAll(/\b(?:summary|title): (?:'(?:[^'\\]|\\.)*'|\{[^}]*\})/g, '')
    .replaceAll(/\btold\(\s*(?:'(?:[^'\\]|\\.)*',?\s*){2}/g, '')

test('human language stands in the catalogue alone, but for what rows say of themselves', async () => {
  const found = (await read('shared', 'functions', 'relay'))
    .filter(({ path }) => !path.startsWith('shared/words/'))
    .filter(({ code }) => /\p{Script=Han}/u.test(withoutDescriptions(code)))
  assert.deepEqual(
    found.map(({ path }) => path),
    [],
  )
})

const comparisons = [
  /\b(?:message|hint)\b[?!]?\.(?:includes|startsWith|endsWith|match|search|indexOf|split)\(/,
  /\.(?:test|exec)\(\s*[\w.?]*\b(?:message|hint)\b/,
  /\b(?:message|hint)\s*[!=]==\s*['"`/]/,
]

test('no client decides by the text of a message or a hint', async () => {
  const clients = await read('console/src', 'miniprogram/source', 'client/src', 'scripts')
  assert.deepEqual(
    clients.filter(({ code }) => comparisons.some((comparison) => comparison.test(code))).map(({ path }) => path),
    [],
  )
})
