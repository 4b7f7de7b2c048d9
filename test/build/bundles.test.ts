import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { promisify } from 'node:util'
import { buildFunctions } from '../../scripts/build/build.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { readBundled } from '../architecture/bundled.ts'
import type { BuiltFunction } from '../../scripts/build/up-to-date.ts'

let built: BuiltFunction[]
before(async () => {
  built = await buildFunctions()
})

const bundleOf = (name: string): string => join(projectFolder, 'dist/functions', name, 'index.js')

test('every bundle exports main, and loads neither undici nor HTTP/2', async () => {
  const probe = `
    for (const file of process.argv.slice(1)) if (typeof require(file).main !== 'function') console.log(file)
    console.log(process.moduleLoadList.filter((name) => /undici|http2/.test(name)).join())`
  const files = built.map(({ name }) => bundleOf(name))
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', probe, ...files])
  assert.equal(stdout, '\n')
  assert.equal(files.length, 12)
})

test('of every bundle, packages take at most 270 KiB', async () => {
  const { packageBytes } = await readBundled()
  const heavy = [...packageBytes].filter(([, bytes]) => bytes > 270 * 1024)
  assert.deepEqual(heavy, [])
})
