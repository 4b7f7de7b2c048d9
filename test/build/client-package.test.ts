import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { Webhook } from 'standardwebhooks'
import { buildClient } from '../../scripts/build/client.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

/* The client as others get it: packed, installed into a project of theirs, compiled and run there. */

const run = promisify(execFile)

let platform: LocalPlatform
/** A project of somebody else's. */
let project: string
let packageFolder: string
let place: object

const inProject = (...path: string[]): string => join(project, ...path)

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'consumer-'))
  ;[platform, packageFolder] = await Promise.all([startPlatform(), buildClient()])
  const packed = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
    cwd: packageFolder,
  })
  const [{ filename }] = JSON.parse(packed.stdout)
  await writeFile(inProject('package.json'), '{ "private": true }')
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', inProject(filename)], {
    cwd: project,
  })
  const consumer = join(projectFolder, 'test/build/client-package/consumer.ts')
  for (const name of ['consumer.ts', 'consumer.mts', 'consumer.cts']) await cp(consumer, inProject(name))
  const apiKey = String((await platform.tell('apiKeys.create', { name: 'consumer', role: 'owner' }))['key'])
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
  const [id, now] = ['msg_1', new Date()]
  const body = JSON.stringify({ id, type: 'binding.bound', timestamp: now, data: { businessId: '花店' } })
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  }
  place = { baseUrl: platform.host.url, apiKey, secret, delivered: { headers, body } }
})
after(async () => {
  await platform.close()
  await rm(project, { recursive: true })
})

const compile = async (name: string, files: readonly string[], options: object): Promise<void> => {
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    target: 'es2022',
    types: ['node'],
    typeRoots: [join(projectFolder, 'node_modules/@types')],
    ...options,
  }
  await writeFile(inProject(`${name}.json`), JSON.stringify({ compilerOptions, files }))
  const tsc = join(projectFolder, 'node_modules/typescript/bin/tsc')
  await run(process.execPath, [tsc, '-p', `${name}.json`], { cwd: project }).catch(({ stdout }: { stdout: string }) =>
    assert.fail(`${name}: ${stdout}`),
  )
}

/** Of both READMEs, each a program of its own. */
async function writeExamples(): Promise<readonly string[]> {
  const names: string[] = []
  for (const readme of ['README.md', 'README.zh-CN.md'])
    for (const [, code = ''] of (await readFile(join(packageFolder, readme), 'utf8')).matchAll(/```ts\n([^]*?)```/g)) {
      const name = `example-${names.length}.mts`
      await writeFile(inProject(name), code)
      names.push(name)
    }
  return names
}

const expected = {
  isOne: true,
  status: 'pending',
  names: ['consumer'],
  refused: {
    code: 'NOT_FOUND',
    reason: 'ACCOUNT_UNKNOWN',
    retryable: false,
    field: 'appid',
    message: 'This account has not authorized the platform',
  },
  about: '花店',
  forged: 'SIGNATURE_WRONG',
}

test('a strict program compiles against it, with every way to find a package, and so do the examples', async () => {
  const examples = await writeExamples()
  assert.equal(examples.length, 4)
  await Promise.all([
    compile('nodenext', ['consumer.mts', 'consumer.cts', ...examples], { module: 'nodenext' }),
    compile('bundler', ['consumer.ts'], {
      module: 'esnext',
      moduleResolution: 'bundler',
      noEmit: true,
      lib: ['es2022', 'dom'],
      types: [],
    }),
  ])
})

const print = (load: string): string =>
  `${load}.tryOut(JSON.parse(process.argv[1])).then((result) => console.log(JSON.stringify(result)))`

test('it runs where it is imported, where it is required, and in a bundle for browsers', async () => {
  const told = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await run(process.execPath, [...args, JSON.stringify(place)], { cwd: project })).stdout)
  assert.deepEqual(
    await told('--input-type=module', '--eval', print("(await import('./consumer.mjs'))")),
    expected,
    'import',
  )
  assert.deepEqual(
    await told('--input-type=commonjs', '--eval', print("require('./consumer.cjs')")),
    expected,
    'require',
  )

  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['consumer.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'consumer',
  })
  // What every browser has, and nothing of Node's.
  const { fetch, crypto, Headers, URL, AbortController, AbortSignal, DOMException, TextEncoder, TextDecoder } =
    globalThis
  const web = { fetch, crypto, Headers, URL, AbortController, AbortSignal, DOMException, TextEncoder, TextDecoder }
  const browser = createContext({ ...web, atob, setTimeout, clearTimeout, place })
  const result: unknown = await runInContext(`${outputFiles[0]?.text}; consumer.tryOut(place)`, browser)
  assert.deepEqual(JSON.parse(JSON.stringify(result)), expected, 'browser')
})

test('it depends on nothing, holds nothing of the platform, and says of every export what it is', async () => {
  const manifest = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  assert.equal(manifest.dependencies, undefined)
  const installed = inProject('node_modules/minifleet-client')
  for (const file of (await readdir(installed)).filter((name) => /[jt]s$/.test(name))) {
    const text = await readFile(join(installed, file), 'utf8')
    assert.ok(!/node:|shared\/|valibot|require\(/.test(text), file)
    if (!/^(?:client|error|operations|webhooks)\.d\.ts$/.test(file)) continue
    const silent = text.matchAll(/(?<!\*\/)\nexport (?:declare|interface|type \w).*/g)
    assert.deepEqual(
      [...silent].map(([line]) => line),
      [],
      file,
    )
  }
  const types = await Promise.all(
    ['client.d.ts', 'error.d.ts', 'webhooks.d.ts'].map((file) => readFile(join(packageFolder, file), 'utf8')),
  )
  const shown = [
    ...types.join('').matchAll(/@example(?:(?!\*\/)[^])*\*\/\s*(?:export )?(?:declare )?(?:function |class )?(\w+)/g),
  ]
  assert.deepEqual(
    shown.map(([, name]) => name),
    ['call', 'all', 'createClient', 'MinifleetError', 'WebhookError', 'verifyWebhook'],
  )
})
