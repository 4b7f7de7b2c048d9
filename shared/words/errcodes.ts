import { cures, errcodeTable } from './errcode-table.ts'
import type { Language, Told } from './language.ts'
import type { Telling } from './params.ts'

/**
 * Whose move it is: `retry` after a pause, `wait` until a quota or a running step allows it, `token` refresh and once
 * more, `reauthorize` by the merchant, another action of the `merchant` or of the `provider` (us), `readBack` because
 * the wanted state may be there already.
 */
export type Move = 'retry' | 'wait' | 'token' | 'reauthorize' | 'merchant' | 'provider' | 'readBack'

export interface ErrcodeExplanation {
  readonly move: Move
  readonly meaning: Told
  readonly cure: Told
  /** The cure where a console's buttons do it. */
  readonly consoleCure?: Told
}

interface Row extends ErrcodeExplanation {
  readonly first: number
  readonly last: number
}

/** What an errcode of WeChat's means and what to do; undefined where no source tells. */
export const explainErrcode = (errcode: number): ErrcodeExplanation | undefined => {
  const row = rows().find(({ first, last }) => first <= errcode && errcode <= last)
  if (!row) return undefined
  const { move, meaning, cure, consoleCure } = row
  return { move, meaning, cure, ...(consoleCure && { consoleCure }) }
}

/** Every errcode or range of errcodes with an explanation, for the documentation. */
export const listErrcodes = (): readonly Row[] => rows()

let parsed: readonly Row[] | undefined

const rows = (): readonly Row[] => (parsed ??= errcodeTable.trim().split('\n').map(parseRow))

const parseRow = (line: string): Row => {
  const [codes = '', move = '', zh = '', en = '', cureName = ''] = line.trim().split(' | ')
  const [first = '', last = first] = codes.split('..')
  const [cureZh, cureEn, consoleZh, consoleEn] = isCureName(cureName) ? wordsOf(cureName) : ['', '']
  if (!isMove(move) || cureEn === '' || en === '') throw new TypeError(`errcode table: ${codes}`)
  return {
    first: Number(first),
    last: Number(last),
    move,
    meaning: { zh, en },
    cure: { zh: cureZh, en: cureEn },
    ...(consoleZh !== undefined && consoleEn !== undefined && { consoleCure: { zh: consoleZh, en: consoleEn } }),
  }
}

const wordsOf = (name: keyof typeof cures): readonly [string, string, string?, string?] => cures[name]

const isCureName = (name: string): name is keyof typeof cures => Object.hasOwn(cures, name)

const moves: readonly string[] = ['retry', 'wait', 'token', 'reauthorize', 'merchant', 'provider', 'readBack']

const isMove = (text: string): text is Move => moves.includes(text)

/** What WeChat's refusal says; undefined where no source tells. */
export function tellErrcode(errcode: number, language: Language, reader: 'api' | 'console'): Telling | undefined {
  const known = explainErrcode(errcode)
  if (!known) return undefined
  const meaning = known.meaning[language]
  const cure = (reader === 'console' ? known.consoleCure : undefined) ?? known.cure
  return {
    message: language === 'zh' ? `${meaning}（${errcode}）` : `${capital(meaning)} (${errcode})`,
    hint: cure[language],
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
