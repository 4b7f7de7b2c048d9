import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { buildMiniprogram } from '../../scripts/miniprogram/build.ts'
import { pagesOf } from './phone/package-files.ts'

/** WeChat's bound for the main package and for each sub-package. */
const MAX_BYTES = 2 * 1024 * 1024

let folder = ''
let files: string[] = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'miniprogram-'))
  await buildMiniprogram({ folder, env: 'prod-1a2b3c' })
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
})

after(() => rm(folder, { recursive: true, force: true }))

const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8')
const exists = (path: string): boolean => files.includes(join(folder, path))

test('the whole mini program is far below the size of one package', async () => {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  assert.ok(bytes < MAX_BYTES / 3, `${bytes} bytes`)
})

test('pages, tabs and components are all there, with those they use, and no others', async () => {
  const app = JSON.parse(await read('app.json'))
  for (const { iconPath, selectedIconPath } of app.tabBar.list) assert.ok(exists(iconPath) && exists(selectedIconPath))
  const visited = new Set<string>()
  const visit = async (path: string): Promise<void> => {
    if (visited.has(path)) return
    visited.add(path)
    for (const kind of ['js', 'json', 'wxml', 'wxss']) assert.ok(exists(`${path}.${kind}`), `${path}.${kind}`)
    const components: Record<string, string> = JSON.parse(await read(`${path}.json`)).usingComponents ?? {}
    if (!path.startsWith('miniprogram_npm')) {
      const tags = Array.from((await read(`${path}.wxml`)).matchAll(/<([a-z]+-[a-z-]+)/g), ([, tag]) => tag)
      assert.deepEqual(new Set(tags), new Set(Object.keys(components)), path)
    }
    for (const used of Object.values(components))
      await visit(used.startsWith('/') ? used.slice(1) : join(dirname(path), used))
  }
  for (const page of pagesOf(app)) await visit(page)
  const components = files.filter((file) => file.endsWith('.wxml')).map((file) => file.slice(folder.length + 1, -5))
  const unused = components.filter((path) => !visited.has(path) && !path.includes('/template/'))
  assert.deepEqual(unused, [])
})

test('scripts ask for files that are there, and the environment is the one given', async () => {
  for (const file of files.filter((path) => path.endsWith('.js'))) {
    const text = await readFile(file, 'utf8')
    for (const [, path = ''] of text.matchAll(/\brequire\("([^"]+)"\)/g))
      assert.ok(files.includes(join(dirname(file), path)), `${file} asks for ${path}`)
  }
  assert.match(await read('app.js'), /"prod-1a2b3c"/)
})
