import { tellErrcode } from './errcodes.ts'
import type { Language } from './language.ts'
import type { Param, Params, Telling, Words } from './params.ts'
import { problemWords } from './problems.ts'
import { reasonWords } from './reasons.ts'
import { termOf } from './terms.ts'

interface Subject {
  /** A reason, or the code of a problem or warning. */
  readonly word: string
  readonly params?: Params | undefined
  readonly field?: string | undefined
}

const catalogue: Readonly<Record<string, Words>> = { ...reasonWords, ...problemWords }

/** Whether the catalogue has words for it. */
export const isWordKnown = (word: string): boolean => Object.hasOwn(catalogue, word)

/** Puts a reason into words. A console names its buttons. Undefined for a word that the catalogue lacks. */
export function tell(
  { word, params = {}, field }: Subject,
  language: Language,
  reader: 'api' | 'console' = 'api',
): Telling | undefined {
  const words = Object.hasOwn(catalogue, word) ? catalogue[word] : undefined
  if (!words) return undefined
  const { errcode } = params
  const ofErrcode = words.byErrcode && typeof errcode === 'number' ? tellErrcode(errcode, language, reader) : undefined
  if (ofErrcode) return ofErrcode
  const hint = (reader === 'console' ? words.consoleHint : undefined) ?? words.hint
  const fields = { ...params, field: field === undefined ? input[language] : quote(field, language) }
  const cure = hint && fill(hint[language], fields, language)
  return { message: fill(words.message[language], fields, language).trim(), ...(cure && { hint: cure }) }
}

/** Where a problem has no cure of its own. */
export const usualHint = { zh: '请按原因处理后重试。', en: 'Deal with the cause, then try again.' }

const input = { zh: '输入', en: 'The input' }

/** A name of ours inside a Chinese sentence stands apart from it. */
const quote = (field: string, language: Language): string => (language === 'zh' ? ` ${field} ` : field)

/** Fills a text of the catalogue. */
export function fill(text: string, params: Params, language: Language): string {
  const chosen = text.replaceAll(/\[\[([^|\]]*)\|?([^\]]*)\]\]/g, (_, part: string, otherwise: string) =>
    namesIn(part).every((name) => params[name] !== undefined) ? part : otherwise,
  )
  return chosen.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (whole, name: string, kind?: string) => {
    const value = params[name]
    if (value === undefined) return whole
    // The cause of a problem, with the params of both.
    if (kind === 'reason') return tell({ word: String(value), params }, language)?.message ?? String(value)
    if (kind === 'cure') return tell({ word: String(value), params }, language)?.hint ?? ''
    return inWords(value, kind, language)
  })
}

/** The params that a text names. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)(?::\w+)?\}/g)].map(([, name = '']) => name)

function inWords(value: Param, kind: string | undefined, language: Language): string {
  const values = typeof value === 'object' ? value : [String(value)]
  const words = kind === undefined ? values : values.map((one) => termOf(kind, one, language))
  return words.join(language === 'zh' ? '、' : ', ')
}
