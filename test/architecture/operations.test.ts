import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allOperations, tableOf } from '../../shared/domain/operations/table.ts'
import { describeApi } from '../../shared/entry/openapi.ts'
import { renderOperations } from '../../scripts/docs/operations-page.ts'
import { readSources, type SourceFile } from './sources.ts'

/* An operation is one row: whoever adds one touches one file. */

const table = await allOperations()
const names = Object.keys(table)
const api = JSON.stringify(await describeApi('https://platform.example'))
const page = renderOperations(table, 'en')

const hasRowOf = ({ code }: SourceFile, name: string): boolean =>
  [`'${name}': `, `reads: '${name}'`, `changes: '${name}'`, `lends: '${name}'`].some((row) => code.includes(row))

test('each operation stands in one file, and from there it is found, described and called', async () => {
  const folders = ['shared/domain/operations', 'shared/wechat/endpoints', 'shared/wechat/directory']
  const rows = (await Promise.all(folders.map((folder) => readSources(folder)))).flat()
  for (const name of names) {
    assert.equal(rows.filter((file) => hasRowOf(file, name)).length, 1, name)
    assert.equal((await tableOf(name))[name], table[name], name)
    assert.ok(api.includes(`"/api/v1/${name}"`) && page.includes(`### ${name}`), name)
  }
})

test('doors, functions, the client and what makes the documentation name no operation', async () => {
  const folders = ['shared/entry', 'functions', 'client/src', 'scripts/docs']
  const sources = (await Promise.all(folders.map((folder) => readSources(folder)))).flat()
  // One gives a few answers a name of their own, the other says which of WeChat's endpoints operations of ours cover.
  const own = ['client/src/operations.ts', 'scripts/docs/directory-page.ts']
  const files = sources.filter(({ path }) => !own.includes(path))
  const naming = files.flatMap(({ path, code }) =>
    names.filter((name) => code.includes(`'${name}'`)).map((name) => `${path} ${name}`),
  )
  assert.deepEqual(naming, [])
})
