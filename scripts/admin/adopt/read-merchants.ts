import { parse } from 'csv-parse/sync'
import * as v from 'valibot'
import type { ImportedItem } from '../../../shared/domain/authorizers/import-bindings.ts'
import { failureOfIssue } from '../../../shared/domain/input-flaws.ts'
import { appid, attributes, businessId } from '../../../shared/domain/inputs.ts'
import type { Language } from '../../../shared/words/language.ts'
import { tell } from '../../../shared/words/tell.ts'
import { decodeUtf16 } from '../../deploy/read-text.ts'
import type { Words } from '../../deploy/words.ts'

/** One merchant of the file, and the line of the file where it begins. */
export interface Merchant extends ImportedItem {
  readonly line: number
}

export interface Flaw {
  readonly line: number
  readonly words: Words
}

export interface Merchants {
  readonly merchants: readonly Merchant[]
  readonly flaws: readonly Flaw[]
}

const rowSchema = v.object({ businessId, appid, attributes })

/** Reads `businessId,appid,…attributes` as spreadsheet programs save it. Names of columns are names of attributes; an empty cell says nothing. */
export function readMerchants(bytes: Uint8Array): Merchants {
  const text = decode(bytes)
  if (text === undefined)
    return flawedFile({ zh: '文件既不是 UTF-8 也不是 GB18030', en: 'the file is neither UTF-8 nor GB18030' })
  const rows = readRows(text)
  if ('words' in rows) return { merchants: [], flaws: [rows] }
  const [head, ...body] = rows
  if (!head) return flawedFile({ zh: '文件是空的', en: 'the file is empty' })
  const columns = head.cells.map(nameOfColumn)
  const flaws = flawsOfHead(columns, head.line, body)
  if (flaws.length > 0) return { merchants: [], flaws }
  return readBody(columns, body)
}

const flawedFile = (words: Words): Merchants => ({ merchants: [], flaws: [{ line: 1, words }] })

/** Excel's "Unicode text" is UTF-16, its CSV in China GB18030 without a mark. */
function decode(bytes: Uint8Array): string | undefined {
  const utf16 = decodeUtf16(bytes)
  if (utf16 !== undefined) return utf16
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  return undefined
}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows with something in them. */
function readRows(text: string): readonly Row[] | Flaw {
  // Excel writes and heeds this first line.
  const lines = text.replaceAll(/\r\n?/g, '\n')
  const declared = /^sep=(.)\n/.exec(lines)
  const body = declared ? lines.slice(declared[0].length) : lines
  const above = declared ? 1 : 0
  const delimiter = declared?.[1] ?? delimiterOf(body)
  const rows: Row[] = []
  let line = above + 1
  try {
    parse(body, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      on_record: (record: readonly string[], { lines }) => {
        const cells = record.map(clean)
        if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
        line = above + lines + 1
        return null
      },
    })
    return rows
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error && typeof error.lines === 'number')) throw error
    return { line: above + error.lines, words: { zh: '引号没有成对', en: 'a quote is not closed' } }
  }
}

/** What separates the names of the first line. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n', 1)
  return [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
}

/** Spaces of every width around a value, and the `="007"` that keeps Excel from taking zeros away. */
function clean(cell: string): string {
  const bare = cell.replaceAll(/^[\s\u200B\uFEFF]+|[\s\u200B\uFEFF]+$/gu, '')
  return /^="(.*)"$/su.exec(bare)?.[1] ?? bare
}

const nameOfColumn = (name: string): string =>
  ['businessId', 'appid'].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name

function flawsOfHead(columns: readonly string[], line: number, body: readonly Row[]): readonly Flaw[] {
  const missing = ['businessId', 'appid'].filter((name) => !columns.includes(name))
  if (missing.length > 0)
    return [
      {
        line,
        words: {
          zh: `第一行缺少列 ${missing.join('、')}（应为 businessId,appid,属性名…）`,
          en: `the first line lacks ${missing.join(' and ')} (it is businessId,appid and names of attributes)`,
        },
      },
    ]
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index)
  if (twice !== undefined)
    return [{ line, words: { zh: `列 ${twice} 出现了两次`, en: `the column ${twice} stands there twice` } }]
  const unnamed = body.find(({ cells }) => cells.some((cell, index) => cell !== '' && (columns[index] ?? '') === ''))
  return unnamed
    ? [{ line: unnamed.line, words: { zh: '有值的列没有列名', en: 'a value stands in a column without a name' } }]
    : []
}

/** `1.02E+12`: what became of a long number. */
const looksRounded = (cell: string): boolean => /^\d(?:\.\d+)?E\+\d+$/i.test(cell)

function readBody(columns: readonly string[], body: readonly Row[]): Merchants {
  const merchants: Merchant[] = []
  const flaws: Flaw[] = []
  const places = new Map<string, number>()
  for (const { line, cells } of body) {
    const fields = new Map(columns.map((name, index) => [name, cells[index] ?? '']))
    const rounded = [...fields].find(([, cell]) => looksRounded(cell))
    if (rounded) {
      flaws.push({
        line,
        words: {
          zh: `${rounded[0]} 是 ${rounded[1]}：表格软件丢掉了数字的后几位，请把这一列设为文本再填`,
          en: `${rounded[0]} is ${rounded[1]}: the spreadsheet has dropped digits; make it a column of text and fill it in again`,
        },
      })
      continue
    }
    const rest = [...fields].filter(([name, cell]) => !['businessId', 'appid', ''].includes(name) && cell !== '')
    const row = v.safeParse(rowSchema, {
      businessId: fields.get('businessId'),
      appid: fields.get('appid'),
      attributes: Object.fromEntries(rest),
    })
    if (!row.success) {
      flaws.push({ line, words: tellIssue(row.issues[0]) })
      continue
    }
    const repeated = (['businessId', 'appid'] as const).find((name) => places.has(`${name} ${row.output[name]}`))
    if (repeated) {
      const [value, first] = [row.output[repeated], places.get(`${repeated} ${row.output[repeated]}`)]
      flaws.push({
        line,
        words: {
          zh: `${repeated} ${value} 已在第 ${first} 行出现`,
          en: `${repeated} ${value} stands in line ${first} already`,
        },
      })
      continue
    }
    for (const name of ['businessId', 'appid'] as const) places.set(`${name} ${row.output[name]}`, line)
    merchants.push({ line, ...row.output })
  }
  return { merchants, flaws }
}

function tellIssue(issue: v.BaseIssue<unknown>): Words {
  const { code, reason = code, params, field } = failureOfIssue(issue)
  const told = (language: Language) => tell({ word: reason, params, field }, language)?.message ?? reason
  return { zh: told('zh'), en: told('en') }
}
