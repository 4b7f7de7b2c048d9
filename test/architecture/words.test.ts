import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSources, type SourceFile } from './sources.ts'

const read = async (...folders: readonly string[]): Promise<SourceFile[]> =>
  (await Promise.all(folders.map((folder) => readSources(folder)))).flat()

const pathsOf = (files: readonly SourceFile[]): readonly string[] => files.map(({ path }) => path)

const chinese = /\p{Script=Han}/u

/** Rows of operations, tools and endpoints say in both languages what they and their fields are. */
const isRow = (path: string): boolean =>
  /^shared\/(?:domain\/(?:agents|operations)|wechat\/(?:directory|endpoints))\//.test(path) ||
  [
    'shared/domain/answers.ts',
    'shared/domain/directory.ts',
    'shared/domain/files/answered-file.ts',
    'shared/domain/files/given-file.ts',
    'shared/domain/inputs.ts',
    'shared/domain/miniprograms/domain-names.ts',
    'shared/domain/miniprograms/privacy-shapes.ts',
    'shared/domain/rollouts/setup.ts',
  ].includes(path)

test('human language stands in the catalogue alone, but for what rows say of themselves', async () => {
  const found = (await read('shared', 'functions', 'relay'))
    .filter(({ path }) => !path.startsWith('shared/words/') && !isRow(path))
    .filter(({ code }) => chinese.test(code))
  assert.deepEqual(pathsOf(found), [])
})

test('what is written to a log is English, in rows too', async () => {
  const calls = /\blog(?:\.(?:debug|info|warn|error))?\((?:[^()]|\([^()]*\))*\)/g
  const found = (await read('shared', 'functions', 'relay')).filter(({ code }) =>
    (code.match(calls) ?? []).some((call) => chinese.test(call)),
  )
  assert.deepEqual(pathsOf(found), [])
})

/** Each names its own language in that language; a reviewer of WeChat's writes Chinese. */
const named = ['console/src/parts/language-switch.tsx', 'console/src/tour/reviewer-entries.tsx']

test('a page of the console takes its words from `text`: it has none of its own', async () => {
  const pages = (await read('console/src')).filter(({ path }) => path.endsWith('.tsx') && !named.includes(path))
  assert.ok(pages.length > 100)
  assert.deepEqual(pathsOf(pages.filter(({ code }) => chinese.test(code))), [])
  const sentence = />\s*(?:\w+[,.]? ){2,}\w+[.?!]?\s*<\/|\b(?:title|label|note|hint|alt|aria-label)="(?:\w+ )+\w+"/
  assert.deepEqual(pathsOf(pages.filter(({ code }) => sentence.test(code))), [])
})

const comparisons = [
  /\b(?:message|hint)\b[?!]?\.(?:includes|startsWith|endsWith|match|search|indexOf|split)\(/,
  /\.(?:test|exec)\(\s*[\w.?]*\b(?:message|hint|lastError)\b/,
  /\b(?:message|hint)\s*[!=]==\s*['"`/]/,
]

test('no client decides by the text of a message or a hint', async () => {
  const clients = await read('console/src', 'miniprogram/source', 'client/src', 'scripts')
  assert.deepEqual(pathsOf(clients.filter(({ code }) => comparisons.some((comparison) => comparison.test(code)))), [])
})
