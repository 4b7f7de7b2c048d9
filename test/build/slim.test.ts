import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire, isBuiltin, SourceMap } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildFunctions } from '../../scripts/build/build.ts'
import { measureFunctions } from '../../scripts/build/measure.ts'
import { slim } from '../../scripts/build/slim.ts'
import { slimRules } from '../../scripts/build/slim-rules.ts'
import { startRecorder, withoutChance } from './recorder.ts'

const sourceFolder = fileURLToPath(new URL('functions', import.meta.url))
const script = join(sourceFolder, 'script/index.ts')
const require = createRequire(import.meta.url)

let folder: string
before(async () => {
  // What the cloud's runtime sets; without it the SDK asks the network for metadata.
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'script',
  })
  folder = await mkdtemp(join(tmpdir(), 'minifleet-slim-'))
  await buildFunctions({ sourceFolder, distFolder: folder })
})
after(() => rm(folder, { recursive: true, force: true }))

const bundleOf = (name: string): string => join(folder, 'functions', name, 'index.js')

const runScript = async (bundle: string) => {
  const recorder = await startRecorder()
  try {
    const said = await require(bundle).main({ databaseUrl: `${recorder.url}/admin`, otherUrl: recorder.url })
    return { said: withoutPort(withoutChance(said)), asked: recorder.take() }
  } finally {
    await recorder.close()
  }
}

const withoutPort = (text: string): string => text.replaceAll(/127\.0\.0\.1:\d+/g, 'host')

test('a slim bundle asks and answers what the whole packages do', async () => {
  const whole = join(folder, 'whole.js')
  await build({
    entryPoints: [script],
    outfile: whole,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  })
  const [slimRun, wholeRun] = [await runScript(bundleOf('script')), await runScript(whole)]
  assert.equal(slimRun.asked.length, 26)
  assert.deepEqual(slimRun.asked, wholeRun.asked)
  assert.equal(slimRun.said, wholeRun.said)
})

test('SDK, axios and XML reader start with less than 260 KiB', async () => {
  const sizes = await measureFunctions(join(folder, 'functions'))
  const { startBytes = Infinity } = sizes.find(({ name }) => name === 'script') ?? {}
  assert.ok(startBytes < 260 * 1024, `${startBytes} bytes`)
})

test("nothing of Node's undici is loaded by a bundle, whatever it does, and the globals it owns still work", async () => {
  const recorder = await startRecorder()
  const probe = `
    const heavy = () => process.moduleLoadList.filter((name) => /undici|http2/.test(name)).length
    const { main } = require(${JSON.stringify(bundleOf('script'))})
    main({ databaseUrl: '${recorder.url}/admin', otherUrl: '${recorder.url}' }).then((said) =>
      console.log(said.length, heavy(), typeof FormData, typeof fetch))`
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', probe])
    assert.equal(stdout, '22 0 function function\n')
  } finally {
    await recorder.close()
  }
})

test('a crowd of requests leaves nothing behind on the connections that they wait for', async () => {
  const recorder = await startRecorder()
  const probe = `
    require(${JSON.stringify(bundleOf('crowd'))}).main({ databaseUrl: '${recorder.url}/admin' }).then(console.log)`
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', probe])
    assert.equal(stdout, '1500\n')
    assert.doesNotMatch(stderr, /MaxListeners/)
  } finally {
    await recorder.close()
  }
})

test('a bundle speaks TLS where the address says so', async () => {
  const greetings: number[] = []
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .once('data', (data) => {
        greetings.push(data[0] ?? 0)
        socket.destroy()
      })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const url = `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  const probe = `
    require(${JSON.stringify(bundleOf('script'))}).main({ databaseUrl: '${url}/admin', otherUrl: '${url}' })`
  try {
    await promisify(execFile)(process.execPath, ['-e', probe])
  } finally {
    server.close()
  }
  // The first byte of a TLS handshake.
  assert.ok(greetings.length >= 20)
  assert.deepEqual(new Set(greetings), new Set([22]))
})

test('a folder works wherever it is moved; what is imported on demand runs when it is asked for', async () => {
  const elsewhere = join(folder, 'else where')
  await mkdir(elsewhere)
  await writeFile(join(elsewhere, 'package.json'), '{ "type": "module" }')
  await cp(join(folder, 'functions/lazy'), join(elsewhere, 'lazy'), { recursive: true })
  const probe = `
    delete process.env.SELDOM_LOADED
    require(process.argv[1]).main({}).then((said) => console.log(
      said.join(), process.moduleLoadList.filter((name) => name.includes('undici')).length, typeof FormData))`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', probe, join(elsewhere, 'lazy')])
  assert.equal(stdout, 'not yet,seldom,loaded 0 function\n')
})

test('a place in a stack is translated by the map of its file', async () => {
  const { stack = '' } = await require(bundleOf('lazy'))
    .main({ fail: true })
    .then(assert.fail, (error: Error) => error)
  const [, file = '', line, column] = /\/functions\/lazy\/([^/]+\.js):(\d+):(\d+)/.exec(stack) ?? []
  assert.match(file, /^seldom(?:-\w+){2}\.js$/)
  const map = new SourceMap(JSON.parse(await readFile(join(folder, 'maps/lazy', `${file}.map`), 'utf8')))
  const origin = map.findOrigin(Number(line), Number(column))
  assert.ok('fileName' in origin)
  assert.match(origin.fileName, /test\/build\/functions\/lazy\/seldom\.ts$/)
  assert.equal(origin.lineNumber, 8)
})

test('files are strict, short in their lines, and require nothing that is not beside them', async () => {
  const files = await readdir(join(folder, 'functions/script'))
  assert.ok(files.includes('package.json'))
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const code = await readFile(join(folder, 'functions/script', file), 'utf8')
    assert.ok(code.startsWith('"use strict";'), file)
    const required = [...code.matchAll(/\brequire\("([^"]*)"\)/g)].map(([, name = '']) => name)
    assert.deepEqual(
      required.filter((name) => !isBuiltin(name) && !files.includes(name.replace('./', ''))),
      [],
    )
  }
  assert.equal(await readFile(join(folder, 'functions/script/package.json'), 'utf8'), '{ "type": "commonjs" }\n')
})

test('a rule that nothing matches any more fails the build', async () => {
  const overtaken = { from: 'axios', import: /^\.\/gone\.js$/, stub: '', why: 'an older version had it' }
  await assert.rejects(
    build({
      entryPoints: [script],
      bundle: true,
      platform: 'node',
      metafile: true,
      write: false,
      logLevel: 'silent',
      plugins: [slim([...slimRules, overtaken])],
    }),
    /nothing in axios imports .*gone\\\.js.* any more \(an older version had it\)/,
  )
})

test('so does a text that is not there any more', async () => {
  const overtaken = {
    from: 'axios',
    file: /\/lib\/axios\.js$/,
    text: 'was here',
    by: '',
    why: 'an older version said it',
  }
  await assert.rejects(
    build({
      entryPoints: [script],
      bundle: true,
      platform: 'node',
      metafile: true,
      write: false,
      logLevel: 'silent',
      plugins: [slim([...slimRules, overtaken])],
    }),
    /no .*axios\\.js.* of axios says was here any more \(an older version said it\)/,
  )
})

test('a rebuild leaves files that did not change alone, and takes away functions that are gone', async () => {
  const other = await mkdtemp(join(tmpdir(), 'minifleet-rebuild-'))
  await buildFunctions({
    sourceFolder: fileURLToPath(new URL('../local/host/functions', import.meta.url)),
    distFolder: other,
  })
  assert.deepEqual((await readdir(join(other, 'functions'))).sort(), ['echo', 'patient', 'store'])
  await Promise.all([
    buildFunctions({ sourceFolder, distFolder: other }),
    buildFunctions({ sourceFolder, distFolder: other }),
  ])
  assert.deepEqual((await readdir(join(other, 'functions'))).sort(), ['crowd', 'lazy', 'script'])
  const built = await filesIn(join(other, 'functions'))
  await buildFunctions({ sourceFolder, distFolder: other, always: true })
  assert.deepEqual(await filesIn(join(other, 'functions')), built)
  await rm(other, { recursive: true, force: true })
})

/** Names and when each was written. */
const filesIn = async (folder: string): Promise<Record<string, number>> => {
  const names = (await readdir(folder, { recursive: true })).sort()
  const times = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mtimeMs))
  return Object.fromEntries(names.map((name, at) => [name, times[at] ?? 0]))
}
