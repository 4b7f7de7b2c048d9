import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { projectFolder } from '../../scripts/build/project-folder.ts'

/* The programs are large, so `npm ci` leaves them out: install.sh brings them, and with REQUIRE_GENERATORS=1 they have to be there. */

const own = join(projectFolder, 'test/generators')
const tools = join(projectFolder, '.minifleet/generators')
const document = join(projectFolder, 'docs/openapi.json')
const lock = 'package-lock.json'

const run = promisify(execFile)

const read = (folderOfLock: string): string | undefined =>
  existsSync(join(folderOfLock, lock)) ? readFileSync(join(folderOfLock, lock), 'utf8') : undefined

const isInstalled = read(tools) === read(own) && existsSync(join(tools, 'node_modules/.package-lock.json'))

const skip = !isInstalled && process.env['REQUIRE_GENERATORS'] !== '1' && 'sh test/generators/install.sh was not run'

/** What a program says; its words are in the error where it fails. */
const say = async (name: string, ...words: readonly string[]): Promise<string> => {
  const { stdout } = await run(join(tools, 'node_modules/.bin', name), words, {
    cwd: folder,
    maxBuffer: 1 << 26,
  }).catch((error: unknown) => {
    const { stdout = '', stderr = '' } = Object(error)
    throw new Error(`${name}: ${stdout}${stderr}`)
  })
  return stdout
}

let folder: string
before(async () => {
  // Below the tools, so that what is generated finds their types.
  await mkdir(tools, { recursive: true })
  folder = await mkdtemp(join(tools, 'clients-'))
})
after(() => rm(folder, { recursive: true, force: true }))

test('Spectral has nothing to say of the description, not even a hint', { skip }, async () => {
  await say('spectral', 'lint', document, '--ruleset', join(own, 'spectral.yaml'), '--fail-severity', 'hint')
})

const verdict = v.object({ totals: v.object({ errors: v.number(), warnings: v.number(), ignored: v.number() }) })

test('Redocly neither', { skip }, async () => {
  const said = await say('redocly', 'lint', document, '--config', join(own, 'redocly.yaml'), '--format', 'json')
  const { totals } = v.parse(verdict, JSON.parse(said))
  assert.deepEqual(totals, { errors: 0, warnings: 0, ignored: 0 })
})

const generators: Readonly<Record<string, readonly string[]>> = {
  'openapi-typescript': [document, '-o', 'typescript/client.ts'],
  'openapi-ts': ['-i', document, '-o', 'hey-api', '-c', '@hey-api/client-fetch'],
  orval: ['--input', document, '--client', 'fetch', '--output', 'orval/client.ts'],
}

const compilerOptions = {
  strict: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  noEmit: true,
}

for (const [name, words] of Object.entries(generators))
  test(`a client made by ${name} compiles under strict TypeScript`, { skip }, async () => {
    await say(name, ...words)
    const place = name === 'openapi-ts' ? 'hey-api' : name.replace('openapi-', '')
    const config = join(folder, `${place}.json`)
    await writeFile(config, JSON.stringify({ compilerOptions, include: [`${place}/**/*.ts`] }))
    await say('tsc', '-p', config)
  })
