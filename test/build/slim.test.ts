import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildFunctions } from '../../scripts/build/build.ts'
import type { BuiltFunction } from '../../scripts/build/up-to-date.ts'
import { slim } from '../../scripts/build/slim.ts'
import { slimRules } from '../../scripts/build/slim-rules.ts'
import { startRecorder, withoutChance } from './recorder.ts'

const sourceFolder = fileURLToPath(new URL('functions', import.meta.url))
const script = join(sourceFolder, 'script/index.ts')
const require = createRequire(import.meta.url)

let folder: string
let built: BuiltFunction[]
before(async () => {
  // What the cloud's runtime sets; without it the SDK asks the network for metadata.
  Object.assign(process.env, {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: 'script',
  })
  folder = await mkdtemp(join(tmpdir(), 'minifleet-slim-'))
  built = await buildFunctions({ sourceFolder, distFolder: folder })
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

test('a bundle with SDK, axios and XML reader stays under 260 KiB', () => {
  const bytes = built.find(({ name }) => name === 'script')?.bytes ?? Infinity
  assert.ok(bytes < 260 * 1024, `${bytes} bytes`)
})

test("nothing of Node's undici is loaded with a bundle, and the globals it owns still work", async () => {
  const probe = `
    require(${JSON.stringify(bundleOf('script'))})
    console.log(process.moduleLoadList.filter((name) => name.includes('undici')).length, typeof FormData, typeof fetch)`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', probe])
  assert.equal(stdout, '0 function function\n')
})

test('a module imported on demand is in the file itself, runs when it is asked for, and loads no undici either', async () => {
  const alone = join(folder, 'alone.js')
  await copyFile(bundleOf('lazy'), alone)
  const probe = `
    require(${JSON.stringify(alone)}).main().then((said) => console.log(
      said.join(), process.moduleLoadList.filter((name) => name.includes('undici')).length, typeof FormData))`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', probe])
  assert.equal(stdout, 'not yet,seldom,loaded 0 function\n')
})

test('a bundle is strict, self-contained, and lies alone in its folder', async () => {
  const bundle = await readFile(bundleOf('script'), 'utf8')
  assert.ok(bundle.startsWith('"use strict";'))
  assert.deepEqual(
    [...bundle.matchAll(/require\("(\.[^"]*|@[^"]*|axios|xml2js|bson)"\)/g)].flatMap(([, name = '']) =>
      bundle.includes(`\n"${name}":`) ? [] : [name],
    ),
    [],
  )
  assert.deepEqual((await readdir(join(folder, 'functions/script'))).sort(), ['index.js', 'package.json'])
  assert.deepEqual((await readdir(join(folder, 'maps'))).sort(), ['lazy.js.map', 'script.js.map'])
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

test('a rebuild leaves files that did not change alone, and takes away functions that are gone', async () => {
  const other = await mkdtemp(join(tmpdir(), 'minifleet-rebuild-'))
  await buildFunctions({
    sourceFolder: fileURLToPath(new URL('../local/host/functions', import.meta.url)),
    distFolder: other,
  })
  assert.deepEqual((await readdir(join(other, 'functions'))).sort(), ['echo', 'store'])
  await Promise.all([
    buildFunctions({ sourceFolder, distFolder: other }),
    buildFunctions({ sourceFolder, distFolder: other }),
  ])
  assert.deepEqual((await readdir(join(other, 'functions'))).sort(), ['lazy', 'script'])
  await rm(other, { recursive: true, force: true })
})
