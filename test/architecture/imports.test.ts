import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { packageOf } from '../../scripts/build/slim.ts'
import { readBundled, type Bundled } from './bundled.ts'
import { readSources, type SourceFile } from './sources.ts'

let bundled: Bundled
let product: SourceFile[]
before(async () => {
  bundled = await readBundled()
  product = [...(await readSources('functions')), ...(await readSources('shared'))]
})

const isIn = (folder: string) => (path: string) => path.startsWith(`${folder}/`)
const isWechat = isIn('shared/wechat')
const isDomain = isIn('shared/domain')
const isCloudbase = isIn('shared/cloudbase')

/** "who imports what", for imports that `from` has and should not. */
const wrong = (from: (path: string) => boolean, to: (name: string) => boolean, files = product): string[] =>
  files
    .filter(({ path }) => from(path))
    .flatMap(({ path, imports }) => imports.filter(to).map((name) => `${path} → ${name}`))

test('the import graph has the whole product in it', () => {
  assert.ok(bundled.graph.files.filter(isDomain).length > 20)
  assert.ok(product.length > 80)
})

test("WeChat's protocol knows neither our rules nor the cloud, not even their types", () => {
  assert.deepEqual(wrong(isWechat, isDomain), [])
  assert.deepEqual(wrong(isWechat, isCloudbase), [])
})

test("WeChat's protocol is pure but for the client", () => {
  const io = new Set(['axios', 'node:http', 'node:https', 'node:net', 'node:fs', 'node:fs/promises'])
  const speaks = new Set(
    product
      .filter(({ path, imports }) => isWechat(path) && imports.some((name) => io.has(name)))
      .map(({ path }) => path),
  )
  assert.deepEqual([...speaks].sort(), ['shared/wechat/keep-alive.ts', 'shared/wechat/transport.ts'])
  const openers = bundled.graph.files.filter((file) => bundled.graph.importsOf(file).some((name) => speaks.has(name)))
  assert.deepEqual(
    openers.filter((path) => !speaks.has(path)),
    ['shared/wechat/client.ts'],
  )
})

test('our rules load no package but the schema library, no client of WeChat and nothing of the cloud', () => {
  const client = new Set(['shared/wechat/client.ts', 'shared/wechat/transport.ts', 'shared/wechat/keep-alive.ts'])
  const reached = new Set(
    bundled.graph.files.filter(isDomain).flatMap((file) => [...bundled.graph.reachableFrom(file)]),
  )
  assert.deepEqual([...new Set([...reached].flatMap((file) => packageOf(file) ?? []))], ['valibot'])
  assert.deepEqual(
    [...reached].filter((file) => client.has(file) || isCloudbase(file)),
    [],
  )
  assert.deepEqual(
    [...reached].filter((file) => /^(?:node:)?(?:https?|net|tls|dns|fs(?:\/promises)?)$/.test(file)),
    [],
  )
  assert.deepEqual(wrong(isDomain, isCloudbase), [])
})

/** Subjects of our rules, lowest first. What stands in none is the ground: it knows no subject. */
const layers = [
  'files',
  'callers',
  'problems',
  'tokens',
  'authorizers',
  'miniprograms',
  'releases',
  'rollouts',
  'pushes',
  'subscriptions',
  'queue',
  'operations',
  'agents',
]
/** Ways of asking, which stand right below the operations made from them. */
const asking = new Set(['directory.ts', 'free-call.ts', 'operation.ts', 'status.ts'])

test('subjects of our rules form layers, and none loads a higher one', () => {
  const folders = new Set(product.flatMap(({ path }) => /^shared\/domain\/([\w-]+)\//.exec(path)?.[1] ?? []))
  assert.deepEqual([...folders].toSorted(), [...layers, 'stores'].toSorted())
  const layerOf = (file: string): number => {
    const [, , subject = ''] = file.split('/')
    return asking.has(subject) ? layers.indexOf('operations') - 0.5 : layers.indexOf(subject)
  }
  const upward = bundled.graph.files
    .filter(isDomain)
    .flatMap((file) => bundled.graph.importsOf(file).map((other) => ({ file, other })))
    .filter(({ file, other }) => isDomain(other) && layerOf(other) > layerOf(file))
  assert.deepEqual(
    upward.map(({ file, other }) => `${file} → ${other}`),
    [],
  )
})

test('the cloud knows of our rules what is remembered and its form, and of WeChat nothing', () => {
  const loaded = bundled.graph.files.filter(isCloudbase).flatMap((file) => bundled.graph.importsOf(file))
  const descriptions = [...new Set(loaded.filter(isDomain))]
  assert.ok(descriptions.length > 0)
  const reached = new Set(descriptions.flatMap((file) => [file, ...bundled.graph.reachableFrom(file)]))
  assert.deepEqual(
    [...reached].filter((file) => (isDomain(file) && !isIn('shared/domain/stores')(file)) || isWechat(file)),
    [],
  )
  assert.deepEqual(wrong(isCloudbase, isWechat), [])
})

test('only the composition root and the doors see all three', () => {
  const seesAll = product
    .filter(({ imports }) => [isWechat, isDomain, isCloudbase].every((folder) => imports.some(folder)))
    .map(({ path }) => path)
  assert.deepEqual(
    seesAll.filter((path) => path !== 'shared/app.ts' && !path.startsWith('shared/entry/')),
    [],
  )
})

const importersOf = (name: string): string[] =>
  product.filter(({ imports }) => imports.includes(name)).map(({ path }) => path)

test('each package is imported where its knowledge lives', () => {
  assert.deepEqual(importersOf('@cloudbase/node-sdk').sort(), [
    'shared/cloudbase/database.ts',
    'shared/cloudbase/files.ts',
  ])
  assert.deepEqual(importersOf('axios').sort(), ['shared/alert-sender.ts', 'shared/wechat/transport.ts'])
  assert.deepEqual(importersOf('dayjs'), ['shared/pages/start-page.ts'])
  assert.deepEqual(importersOf('xml2js'), ['shared/wechat/messages.ts'])
})

test('bundles hold these packages and no others', () => {
  assert.deepEqual(bundled.packages, [
    '@cloudbase/database',
    '@cloudbase/node-sdk',
    '@cloudbase/signature-nodejs',
    '@modelcontextprotocol/sdk',
    '@valibot/to-json-schema',
    'agentkeepalive',
    'axios',
    'bson',
    'clone',
    'content-type',
    'dayjs',
    'humanize-ms',
    'is-stream',
    'lossless-json',
    'ms',
    'retry',
    'sax',
    'valibot',
    'xml2js',
    'zod',
  ])
})

test('the product imports nothing that serves development, and nothing imports a function', () => {
  const outside = /^(?:local|console|miniprogram|relay|scripts|test|bench)\//
  assert.deepEqual(
    wrong(
      () => true,
      (name) => outside.test(name),
    ),
    [],
  )
  assert.deepEqual(
    wrong(() => true, isIn('functions')),
    [],
  )
})

test('there are no barrels and no default exports', () => {
  const passesOn = product.filter(({ code }) => /^export (?:type )?(?:\*|\{[^}]*\}\s*from\b)/m.test(code))
  assert.deepEqual(
    passesOn.map(({ path }) => path),
    [],
  )
  assert.deepEqual(
    product.filter(({ path }) => /^shared\/.*\bindex\.ts$/.test(path)).map(({ path }) => path),
    [],
  )
  assert.deepEqual(
    product.filter(({ code }) => /^export default\b/m.test(code)).map(({ path }) => path),
    [],
  )
})

test('the environment and the clock are read in the composition root alone', () => {
  const reads = product.filter(({ code }) => /\bprocess\.env\b|\bprocess\[|\bDate\.now\b|\bnew Date\(\)/.test(code))
  assert.deepEqual(
    reads.map(({ path }) => path),
    ['shared/app.ts'],
  )
})
