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
  code.includes(`'${name}': `) || code.includes(`reads: '${name}'`) || code.includes(`changes: '${name}'`)

test('each operation stands in one file, and from there it is found, described and called', async () => {
  const rows = [...(await readSources('shared/domain/operations')), ...(await readSources('shared/wechat/endpoints'))]
  for (const name of names) {
    assert.equal(rows.filter((file) => hasRowOf(file, name)).length, 1, name)
    assert.equal((await tableOf(name))[name], table[name], name)
    assert.ok(api.includes(`"/api/v1/${name}"`) && page.includes(`### ${name}`), name)
  }
})

test('doors, functions, the client and what makes the documentation name no operation', async () => {
  const folders = ['shared/entry', 'functions', 'client/src', 'scripts/docs']
  const sources = (await Promise.all(folders.map((folder) => readSources(folder)))).flat()
  // Gives a few answers a name of their own.
  const files = sources.filter(({ path }) => path !== 'client/src/operations.ts')
  const naming = files.flatMap(({ path, code }) =>
    names.filter((name) => code.includes(`'${name}'`)).map((name) => `${path} ${name}`),
  )
  assert.deepEqual(naming, [])
})
