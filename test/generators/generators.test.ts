import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
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

const generators: Readonly<Record<string, (input: string) => readonly string[]>> = {
  'openapi-typescript': (input) => [input, '-o', 'typescript/client.ts'],
  'openapi-ts': (input) => ['-i', input, '-o', 'hey-api', '-c', '@hey-api/client-fetch'],
  orval: (input) => ['--input', input, '--client', 'fetch', '--output', 'orval/client.ts'],
}

const described = v.object({ paths: v.record(v.string(), v.unknown()) })

/** The folder of the client. One of the programs ends well where it failed, so what it made has to name every operation. */
async function make(name: string, input: string): Promise<string> {
  const place = name === 'openapi-ts' ? 'hey-api' : name.replace('openapi-', '')
  await rm(join(folder, place), { recursive: true, force: true })
  const said = await say(name, ...(generators[name]?.(input) ?? []))
  const { paths } = v.parse(described, JSON.parse(await readFile(document, 'utf8')))
  const files = await readdir(join(folder, place), { recursive: true }).catch(() => [])
  const sources = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFile(join(folder, place, file), 'utf8'))
  const client = (await Promise.all(sources)).join('\n')
  // Where a path has a parameter some write a template.
  const isNamed = (path: string) => client.includes(path) || client.includes(path.replaceAll('{', '${'))
  const missing = Object.keys(paths).filter((path) => !isNamed(path))
  assert.deepEqual(missing, [], `${name}: ${said}`)
  return place
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

for (const name of Object.keys(generators))
  test(`a client made by ${name} compiles under strict TypeScript`, { skip }, async () => {
    const place = await make(name, document)
    const config = join(folder, `${place}.json`)
    await writeFile(config, JSON.stringify({ compilerOptions, include: [`${place}/**/*.ts`] }))
    await say('tsc', '-p', config)
  })

test('a description that a program cannot read is not taken for a client', { skip }, async () => {
  const broken = join(folder, 'broken.json')
  await writeFile(broken, JSON.stringify({ openapi: '3.1.0', paths: { '/x': { post: { responses: '4XX' } } } }))
  for (const name of Object.keys(generators)) await assert.rejects(make(name, broken), name)
})
