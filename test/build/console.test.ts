import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { buildConsole } from '../../scripts/build/console.ts'

let outFolder: string
before(async () => {
  outFolder = join(await mkdtemp(join(tmpdir(), 'console-')), 'console')
})
after(() => rm(join(outFolder, '..'), { recursive: true, force: true }))

const text = (name: string): Promise<string> => readFile(join(outFolder, name), 'utf8')

test('what the first page loads is under 200 kB gzip', async () => {
  const files = await buildConsole({ outFolder })
  const first = (
    await Promise.all(
      [...firstLoad(await text('index.html'), await staticImports(files))].map((name) =>
        readFile(join(outFolder, name)),
      ),
    )
  ).reduce((sum, content) => sum + gzipSync(content).length, 0)
  assert.ok(first > 50_000 && first < 200_000, `${first} bytes`)
})

test('it is made of its own code, the typed client, the catalogue of words, the rules that pages share, and packages', async () => {
  await buildConsole({ outFolder })
  const { inputs } = v.parse(v.object({ inputs: v.array(v.string()) }), JSON.parse(await text('../console.json')))
  const rules = [
    'shared/error-codes.ts',
    'shared/errors.ts',
    'shared/grouping.ts',
    'shared/reasons.ts',
    'shared/record.ts',
    'shared/time.ts',
    'shared/domain/input-flaws.ts',
    'shared/domain/miniprograms/domain-form.ts',
    'shared/domain/releases/rejection-reasons.ts',
    'shared/domain/rollouts/careful-plan.ts',
  ]
  const scripts = inputs.filter(
    (name) =>
      /\.tsx?$/.test(name) &&
      !/^(?:console\/src|client\/src|shared\/words|scripts\/build)\//.test(name) &&
      !rules.includes(name),
  )
  assert.deepEqual(scripts, [])
})

test('what is built already is not built again', async () => {
  const files = await buildConsole({ outFolder })
  const noted = () => stat(join(outFolder, '../console.json'))
  const { ino } = await noted()
  assert.deepEqual(await buildConsole({ outFolder }), files)
  assert.equal((await noted()).ino, ino)
})

test('for another origin of the API, the policy lets calls go there and nowhere else', async () => {
  await buildConsole({ outFolder, apiBaseUrl: 'https://api.example.com/minifleet', path: '/c/', always: true })
  assert.equal(await text('config.json'), '{"apiBaseUrl":"https://api.example.com/minifleet"}\n')
  const page = await text('index.html')
  assert.match(page, /connect-src 'self' https:\/\/api\.example\.com; /)
  assert.match(page, /<script type="module" src="\/c\/assets\/main-\w+\.js">/)
})

/** Scripts that a script needs before it runs. */
const staticImports = async (files: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, readonly string[]>> => {
  const scripts = [...files.keys()].filter((name) => name.endsWith('.js'))
  return new Map(
    await Promise.all(
      scripts.map(async (name) => {
        const imports = (await text(name)).matchAll(/(?:from|import)"\.\/([\w.-]+\.js)"/g)
        return [name, [...imports].map(([, file]) => `assets/${file}`)] as const
      }),
    ),
  )
}

const firstLoad = (page: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> => {
  const names = new Set([...page.matchAll(/assets\/[\w.-]+/g)].map(([name]) => name))
  const overview = [...imports.keys()].find((name) => name.startsWith('assets/overview-page-'))
  if (overview !== undefined) names.add(overview)
  for (const name of names) for (const other of imports.get(name) ?? []) names.add(other)
  return names
}
