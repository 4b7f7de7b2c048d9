import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { before, test } from 'node:test'
import * as v from 'valibot'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { adminCommand } from '../../scripts/admin/command.ts'
import { runCommand } from '../../scripts/command-line.ts'
import { readMeasured } from '../../scripts/costs/measured.ts'
import { renderPage } from '../../scripts/costs/command.ts'
import { allOperations } from '../../shared/domain/operations/table.ts'

/* A newcomer who follows the documentation only meets what exists. */

const ignored = new Set(['node_modules', 'dist', '.git', '.minifleet'])

/** Files below the project whose name ends so. */
async function findFiles(ending: string, folder = projectFolder): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries
    .filter(({ name }) => !ignored.has(name))
    .map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return findFiles(ending, path)
      return entry.name.endsWith(ending) ? [path] : []
    })
  return (await Promise.all(found)).flat().sort()
}

interface Page {
  readonly path: string
  readonly text: string
}

const read = async (path: string): Promise<Page> => ({
  path: relative(projectFolder, path),
  text: await readFile(path, 'utf8'),
})

let pages: Page[]
/** Sources that hold texts for people. */
let screens: Page[]
let scripts: Readonly<Record<string, string>>
before(async () => {
  pages = await Promise.all([...(await findFiles('.md')), join(projectFolder, '.env.example')].map(read))
  const shown = ['console/src', 'miniprogram/source', 'shared', 'scripts', 'local', 'relay', 'client/src', 'examples']
  const sources = await Promise.all(
    shown.flatMap((name) => ['.ts', '.tsx', '.wxml'].map((ending) => findFiles(ending, join(projectFolder, name)))),
  )
  screens = await Promise.all(sources.flat().map(read))
  const manifest = v.object({ scripts: v.record(v.string(), v.string()) })
  scripts = v.parse(manifest, JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'))).scripts
})

interface Command {
  readonly script: string
  readonly args: readonly string[]
}

/** `npm run X -- …`, `npm X`, up to where the code ends, a comment begins, or another command follows. */
const commandsIn = (text: string): Command[] =>
  [...text.matchAll(/npm (?:(run) )?(?:-s )?([a-z][\w:-]*)([^`'\n|&#;，。；）]*)/g)].flatMap(
    ([, run, name = '', rest = '']) => {
      if (run === undefined && !['start', 'test'].includes(name)) return []
      const args = rest.split(/\s+/).filter((word) => word !== '')
      return [{ script: name, args: args[0] === '--' ? args.slice(1) : [] }]
    },
  )

const flagsOf = async (command: string): Promise<Set<string>> => {
  const file = /(?:scripts|bench)\/[\w-]+\.ts/.exec(command)?.[0]
  if (file === undefined) return new Set()
  const folder = join(projectFolder, file.replace(/\.ts$/, ''))
  const others =
    file.startsWith('scripts/') && (await stat(folder).catch(() => undefined)) ? await findFiles('.ts', folder) : []
  const texts = await Promise.all([join(projectFolder, file), ...others].map((path) => readFile(path, 'utf8')))
  return new Set([
    'help',
    ...[...texts.join('\n').matchAll(/(?:[oO]ption|Option)\(\s*'--([\w-]+)/g)].map(([, flag = '']) => flag),
  ])
}

test('every npm command in the documentation and on a screen exists, with its flags', async () => {
  const wrong: string[] = []
  let seen = 0
  for (const { path, text } of [...pages, ...screens])
    for (const { script, args } of commandsIn(text)) {
      seen += 1
      const command = scripts[script]
      if (command === undefined) {
        wrong.push(`${path}: npm run ${script}`)
        continue
      }
      const flags = await flagsOf(command)
      for (const arg of args) {
        const flag = /^\[?--([a-z][\w-]*)/.exec(arg)?.[1]
        if (flag !== undefined && !flags.has(flag)) wrong.push(`${path}: npm run ${script} -- --${flag}`)
      }
    }
  assert.deepEqual(wrong, [])
  assert.ok(seen > 80)
})

test('every admin command in the documentation and on a screen is one, with as many words as it takes', async () => {
  const wrong: string[] = []
  for (const { path, text } of [...pages, ...screens])
    for (const { script, args } of commandsIn(text)) {
      const words = args.filter((word) => !/^[[…]/.test(word))
      if (script !== 'admin' || words.length === 0 || words[0] === 'COMMAND') continue
      const command = adminCommand(async () => undefined)
      for (const one of [command, ...command.commands])
        one.configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
      if (await runCommand(command, words)) wrong.push(`${path}: npm run admin -- ${words.join(' ')}`)
    }
  assert.deepEqual(wrong, [])
})

test('every operation that the documentation names exists', async () => {
  const operations = await allOperations()
  const nouns = new Set(Object.keys(operations).map((name) => name.split('.')[0]))
  const wrong = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/`([a-zA-Z]+)\.([a-zA-Z]+)(?:`| \{)/g)]
      .filter(([, noun = '', verb = '']) => nouns.has(noun) && !Object.hasOwn(operations, `${noun}.${verb}`))
      .filter(([, noun = '', verb = '']) => !eventsAndFields.has(`${noun}.${verb}`))
      .map(([, noun, verb]) => `${path}: ${noun}.${verb}`),
  )
  assert.deepEqual(wrong, [])
})

/** Fields and files, though their first word is an operation's. */
const eventsAndFields = new Set(['authorizers.reauthorize', 'templates.ts', 'tokens.ts'])

test('every link within the documentation leads somewhere', async () => {
  const wrong: string[] = []
  const anchors = new Map(
    pages.map(({ path, text }) => [
      path,
      new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title))),
    ]),
  )
  for (const { path, text } of pages)
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(?:https?:|mailto:)/.test(target)) continue
      const [file = '', anchor] = target.split('#')
      const resolved = file === '' ? path : relative(projectFolder, join(projectFolder, dirname(path), file))
      if (!(await stat(join(projectFolder, resolved)).catch(() => undefined))) wrong.push(`${path}: ${target}`)
      else if (anchor !== undefined && !anchors.get(resolved)?.has(decodeURIComponent(anchor)))
        wrong.push(`${path}: ${target}`)
    }
  assert.deepEqual(wrong, [])
})

/** As repositories on the web make them. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-')

test('every file that the architecture names exists', async () => {
  const rooms = ['', 'shared', 'shared/domain'].map((folder) => join(projectFolder, folder))
  const found: string[] = []
  const named = pages
    .filter(({ path }) => path.startsWith('docs/architecture'))
    .flatMap(({ text }) => [...text.matchAll(/`([\w./-]+\/[\w-]+(?:\.ts)?)`/g)].map(([, file = '']) => file))
  assert.ok(named.length > 60)
  for (const file of named) if (!rooms.some((room) => existsSync(join(room, file)))) found.push(file)
  assert.deepEqual(found, [])
})

test('every page for operators is there in both languages', async () => {
  const names = (await readdir(join(projectFolder, 'docs'))).filter((name) => name.endsWith('.md'))
  const translated = names.filter((name) => name.endsWith('.zh-CN.md')).map((name) => name.replace('.zh-CN', ''))
  assert.deepEqual(
    translated.filter((name) => !names.includes(name)),
    [],
  )
  for (const name of [
    'deployment',
    'operating',
    'wechat-console',
    'incidents',
    'observability',
    'costs',
    'limits',
    'relay',
  ])
    assert.ok(translated.includes(`${name}.md`), name)
})

test('the tables of costs are those that the measurements give', async () => {
  const measured = await readMeasured()
  for (const [language, file] of [
    ['en', 'docs/costs.md'],
    ['zh', 'docs/costs.zh-CN.md'],
  ] as const)
    assert.equal(
      await readFile(join(projectFolder, file), 'utf8'),
      await renderPage(language, measured),
      `${file}: npm run costs -- --write`,
    )
})
