import { cures, errcodeTable } from '../words/errcode-table.ts'

/**
 * Whose move it is: `retry` after a pause, `wait` until a quota or a running step allows it, `token` refresh and once
 * more, `reauthorize` by the merchant, another action of the `merchant` or of the `provider` (us), `readBack` because
 * the wanted state may be there already.
 */
export type Move = 'retry' | 'wait' | 'token' | 'reauthorize' | 'merchant' | 'provider' | 'readBack'

interface TwoLanguages {
  readonly zh: string
  readonly en: string
}

export interface ErrcodeExplanation {
  readonly move: Move
  readonly meaning: TwoLanguages
  readonly cure: TwoLanguages
}

interface Row extends ErrcodeExplanation {
  readonly first: number
  readonly last: number
}

/** What an errcode of WeChat's means and what to do; undefined where no source tells. */
export const explainErrcode = (errcode: number): ErrcodeExplanation | undefined => {
  const row = rows().find(({ first, last }) => first <= errcode && errcode <= last)
  return row && { move: row.move, meaning: row.meaning, cure: row.cure }
}

/** Every errcode or range of errcodes with an explanation, for the documentation. */
export const listErrcodes = (): readonly Row[] => rows()

let parsed: readonly Row[] | undefined

const rows = (): readonly Row[] => (parsed ??= errcodeTable.trim().split('\n').map(parseRow))

const parseRow = (line: string): Row => {
  const [codes = '', move = '', zh = '', en = '', cureName = ''] = line.trim().split(' | ')
  const [first = '', last = first] = codes.split('..')
  const [cureZh, cureEn] = isCureName(cureName) ? cures[cureName] : ['', '']
  if (!isMove(move) || cureEn === '' || en === '') throw new TypeError(`errcode table: ${codes}`)
  return { first: Number(first), last: Number(last), move, meaning: { zh, en }, cure: { zh: cureZh, en: cureEn } }
}

const isCureName = (name: string): name is keyof typeof cures => Object.hasOwn(cures, name)

const moves: readonly string[] = ['retry', 'wait', 'token', 'reauthorize', 'merchant', 'provider', 'readBack']

const isMove = (text: string): text is Move => moves.includes(text)

export type ErrcodeClass =
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'TICKET_MISSING'
  | 'REAUTHORIZATION_REQUIRED'
  | 'QUOTA_EXCEEDED'
  | 'CONFIG_INVALID'
  | 'WECHAT_UNAVAILABLE'
  | 'WECHAT_REJECTED'

const classes: readonly (readonly [ErrcodeClass, readonly number[]])[] = [
  ['NOT_FOUND', [85014, 85058, 85064]],
  ['CONFLICT', [85009, 85019, 85020, 87011]],
  ['TICKET_MISSING', [61005, 61006]],
  ['REAUTHORIZATION_REQUIRED', [61003, 61023, 42002, 42007, 48001, 61007, 61016, 61017]],
  ['QUOTA_EXCEEDED', [45009, 45011, 48006, 85085, 86102, 87013, 89405, 9402202]],
  ['CONFIG_INVALID', [61004]],
  ['WECHAT_UNAVAILABLE', [-1]],
]

/** How callers are told about it: the table of section 4 of the contract. */
export const codeOfErrcode = (errcode: number): ErrcodeClass =>
  classes.find(([, errcodes]) => errcodes.includes(errcode))?.[0] ?? 'WECHAT_REJECTED'
