import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { promisify } from 'node:util'
import { buildFunctions } from '../../scripts/build/build.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { readBundled } from '../architecture/bundled.ts'
import { operations } from '../../shared/domain/operations/all.ts'
import { tableOf } from '../../shared/domain/operations/find.ts'
import type { BuiltFunction } from '../../scripts/build/up-to-date.ts'

let built: BuiltFunction[]
before(async () => {
  built = await buildFunctions()
})

const bundleOf = (name: string): string => join(projectFolder, 'dist/functions', name, 'index.js')

const run = async (script: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, ['-e', script, ...args])).stdout

test('every bundle exports main, and loads neither undici nor HTTP/2', async () => {
  const probe = `
    for (const file of process.argv.slice(1)) if (typeof require(file).main !== 'function') console.log(file)
    console.log(process.moduleLoadList.filter((name) => /undici|http2/.test(name)).join())`
  assert.equal(await run(probe, ...built.map(({ name }) => bundleOf(name))), '\n')
  assert.equal(built.length, 12)
})

test('every bundle is at most 1.1 MB', () => {
  assert.deepEqual(
    built.filter(({ bytes }) => bytes > 1.1e6),
    [],
  )
})

test('of every bundle, packages take at most 270 KiB before packing', async () => {
  const { packageBytes } = await readBundled()
  const heavy = [...packageBytes].filter(([, bytes]) => bytes > 270 * 1024)
  assert.deepEqual(heavy, [])
})

/** Bytes of code that V8 reads before the first line runs. */
const startBytes = async (name: string): Promise<number> =>
  Number(
    await run(
      `const text = require('fs').readFileSync(process.argv[1], 'latin1'); console.log(text.indexOf('\\nconst packed={'))`,
      bundleOf(name),
    ),
  )

test('receiveTicket starts with at most 250 KiB of code, and without the HTTP client', async () => {
  assert.ok((await startBytes('receiveTicket')) <= 250 * 1024)
  const parts = await run(
    `const text = require('fs').readFileSync(process.argv[1], 'latin1')
     console.log(text.slice(0, text.indexOf('\\nconst packed={')).includes('ECONNABORTED'))`,
    bundleOf('receiveTicket'),
  )
  assert.equal(parts, 'false\n')
})

test('every operation is found by its name', async () => {
  for (const [name, operation] of Object.entries(operations)) assert.equal((await tableOf(name))[name], operation, name)
  for (const name of ['', 'constructor', 'toString.x', 'releases', undefined, 7])
    assert.equal(Object.hasOwn(await tableOf(name), String(name)), false)
})
