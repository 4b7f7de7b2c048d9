import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSources, type SourceFile } from './sources.ts'

const read = async (...folders: readonly string[]): Promise<SourceFile[]> =>
  (await Promise.all(folders.map((folder) => readSources(folder)))).flat()

/** Rows of operations and endpoints say in both languages what they and their fields are. */
const isRow = (path: string): boolean =>
  /^shared\/(?:domain\/operations|wechat\/endpoints)\//.test(path) ||
  [
    'shared/domain/answers.ts',
    'shared/domain/directory.ts',
    'shared/domain/inputs.ts',
    'shared/domain/miniprograms/domain-names.ts',
    'shared/domain/miniprograms/privacy-shapes.ts',
    'shared/domain/rollouts/setup.ts',
  ].includes(path)

test('human language stands in the catalogue alone, but for what rows say of themselves', async () => {
  const found = (await read('shared', 'functions', 'relay'))
    .filter(({ path }) => !path.startsWith('shared/words/') && !isRow(path))
    .filter(({ code }) => /\p{Script=Han}/u.test(code))
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
