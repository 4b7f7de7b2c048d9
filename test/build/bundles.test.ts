import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { promisify } from 'node:util'
import { deflateRawSync } from 'node:zlib'
import { buildFunctions } from '../../scripts/build/build.ts'
import { measureFunctions, type FunctionSize } from '../../scripts/build/measure.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { readBundled } from '../architecture/bundled.ts'
import { allOperations, tableOf } from '../../shared/domain/operations/table.ts'

const functionsFolder = join(projectFolder, 'dist/functions')

let names: readonly string[]
let sizes: readonly FunctionSize[]
before(async () => {
  names = await buildFunctions()
  sizes = await measureFunctions(functionsFolder)
})

/** Files of a function's folder, with their content. */
const readFolder = async (name: string): Promise<ReadonlyMap<string, Buffer>> => {
  const files = await readdir(join(functionsFolder, name))
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(functionsFolder, name, file))] as const)),
  )
}

/** In a process of its own, into which nothing else is loaded. */
async function run(script: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, NODE_OPTIONS: '' }
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, functionsFolder, ...args], { env })
  return stdout
}

test('every function exports main, starts without crypto, HTTP and TLS, and no file of it loads undici or HTTP/2', async () => {
  const probe = `
    const [folder, ...names] = process.argv.slice(1)
    const bare = new Set(process.moduleLoadList)
    const heavy = () => process.moduleLoadList.filter((name) => /undici|http2/.test(name)).join()
    for (const name of names) if (typeof require(folder + '/' + name + '/index.js').main !== 'function') console.log(name)
    console.log('at the start:', process.moduleLoadList.filter((name) => !bare.has(name) && /crypto$|https?$|tls$|zlib$/.test(name)).join())
    for (const name of names)
      for (const file of require('fs').readdirSync(folder + '/' + name)) require(folder + '/' + name + '/' + file)
    console.log('later:', heavy())`
  assert.equal(await run(probe, ...names), 'at the start: \nlater: \n')
  assert.equal(names.length, 13)
})

test('what is built and has not changed is not built again', async () => {
  const metafile = join(projectFolder, 'dist/meta.json')
  const built = await stat(metafile)
  await buildFunctions()
  assert.equal((await stat(metafile)).mtimeMs, built.mtimeMs)
})

test('at most 300 KiB are read at the start, of receiveTicket 240', () => {
  assert.deepEqual(sizes.map(({ name }) => name).sort(), names)
  assert.deepEqual(
    sizes.filter(({ name, startBytes }) => startBytes > (name === 'receiveTicket' ? 240 : 300) * 1024),
    [],
  )
})

test('a folder takes at most 1.1 MB zipped', async () => {
  for (const name of names) {
    const zipped = [...(await readFolder(name)).values()].map((content) => deflateRawSync(content).length)
    assert.ok(zipped.reduce((sum, bytes) => sum + bytes, 0) <= 1.1e6, name)
  }
})

test('of every function, packages take at most 270 KiB, with the protocol of agents 390', async () => {
  const { packageBytes } = await readBundled()
  assert.deepEqual([...packageBytes.keys()].sort(), names)
  assert.deepEqual(
    [...packageBytes].filter(([name, bytes]) => bytes > (name === 'mcp' ? 390 : 270) * 1024),
    [],
  )
})

test('receiveTicket starts with two files, without the HTTP client and without TLS', async () => {
  const probe = `
    require(process.argv[1] + '/receiveTicket/index.js')
    const files = Object.keys(require.cache)
    console.log(files.length, files.filter((file) => require('fs').readFileSync(file, 'latin1').includes('ECONNABORTED')).length,
      process.moduleLoadList.some((name) => name.endsWith(' tls')))`
  assert.equal(await run(probe), '2 0 false\n')
})

test('every operation is found by its name', async () => {
  for (const [name, operation] of Object.entries(await allOperations()))
    assert.equal((await tableOf(name))[name], operation, name)
  for (const name of ['', 'constructor', 'toString.x', 'releases', undefined, 7])
    assert.equal(Object.hasOwn(await tableOf(name), String(name)), false)
})
