import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { both, codeOf, DeployError } from '../../deploy/words.ts'
import type { Ask } from '../door.ts'
import { readMerchants, type Flaw, type Merchant } from './read-merchants.ts'

/** Where the progress is drawn. */
export interface Screen {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const outcomes = ['bound', 'updated', 'unchanged', 'conflict', 'unknown'] as const

type Counts = Record<(typeof outcomes)[number], number>

const answerSchema = v.object({
  items: v.array(
    v.object({
      businessId: v.string(),
      appid: v.string(),
      outcome: v.picklist(outcomes),
      problem: v.optional(v.object({ code: v.string(), message: v.string(), hint: v.optional(v.string()) })),
    }),
  ),
})

interface Left {
  readonly line: number
  readonly businessId: string
  readonly appid: string
  readonly outcome: string
  readonly code: string
}

export interface Adopted {
  readonly dryRun: boolean
  readonly merchants: number
  readonly counts: Readonly<Counts>
  /** Merchants that were not bound. */
  readonly left: readonly Left[]
}

/** The API takes 500 merchants and 100 KB at once. */
const PAGE = 500
const PAGE_BYTES = 80_000

/** Binds the merchants of a file. Whatever stops it, the same command goes on with what is left. @throws DeployError */
export async function adopt(ask: Ask, file: string, dryRun: boolean, screen: Screen): Promise<Adopted> {
  const merchants = await readGood(file)
  const counts: Counts = { bound: 0, updated: 0, unchanged: 0, conflict: 0, unknown: 0 }
  const left: Left[] = []
  let done = 0
  for (const page of pagesOf(merchants)) {
    const items = page.map(({ line: _line, ...item }) => item)
    const answer = v.parse(answerSchema, await ask('bindings.import', { items, dryRun }))
    for (const [index, { outcome, businessId, appid, problem }] of answer.items.entries()) {
      counts[outcome]++
      const line = page[index]?.line ?? 0
      if (!problem) continue
      left.push({ line, businessId, appid, outcome, code: problem.code })
      say(
        screen,
        `第 ${line} 行 · line ${line}: ${businessId} ${appid} ${outcome}: ${problem.message} (${problem.code})\n`,
      )
    }
    done += page.length
    draw(screen, done, merchants.length)
  }
  if (screen.isTTY) screen.write('\n')
  return { dryRun, merchants: merchants.length, counts, left }
}

async function readGood(file: string): Promise<readonly Merchant[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new DeployError(
      { zh: `无法读取 ${file}（${codeOf(error)}）`, en: `${file} cannot be read (${codeOf(error)})` },
      { zh: '请检查路径', en: 'check the path' },
      error,
    )
  })
  const { merchants, flaws } = readMerchants(bytes)
  if (flaws.length > 0) throw refuseFlaws(file, flaws)
  if (merchants.length === 0)
    throw new DeployError(
      { zh: `${file} 中没有商户`, en: `there is no merchant in ${file}` },
      { zh: '第一行是列名，之后每行一个商户', en: 'the first line names the columns, each further line is a merchant' },
    )
  return merchants
}

const refuseFlaws = (file: string, flaws: readonly Flaw[]): DeployError =>
  new DeployError(
    {
      zh: `${file} 有 ${flaws.length} 处需要修改，没有写入任何内容`,
      en: `${file}: to be corrected first (${flaws.length}); nothing was written`,
    },
    { zh: '改好后再执行同一命令', en: 'correct them and give the same command again' },
    undefined,
    flaws.map(({ line, words }) => `  第 ${line} 行 · line ${line}: ${both(words)}`),
  )

function* pagesOf(merchants: readonly Merchant[]): Generator<readonly Merchant[]> {
  let page: Merchant[] = []
  let bytes = 0
  for (const merchant of merchants) {
    const size = Buffer.byteLength(JSON.stringify(merchant))
    if (page.length === PAGE || (page.length > 0 && bytes + size > PAGE_BYTES)) {
      yield page
      page = []
      bytes = 0
    }
    page.push(merchant)
    bytes += size
  }
  if (page.length > 0) yield page
}

const BAR = 24

function draw(screen: Screen, done: number, total: number): void {
  const full = Math.round((done / total) * BAR)
  const line = `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${done} / ${total}`
  screen.write(screen.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
}

/** Above the bar. */
const say = (screen: Screen, text: string): unknown => screen.write(screen.isTTY ? `\r\u001b[K${text}` : text)
