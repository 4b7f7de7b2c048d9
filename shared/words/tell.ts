import type { Language } from './language.ts'
import type { Param, Params, Words } from './params.ts'
import { reasonWords } from './reasons.ts'
import { termOf } from './terms.ts'

export interface Telling {
  readonly message: string
  readonly hint?: string
}

interface Subject {
  /** A reason, or the code of a problem or warning. */
  readonly word: string
  readonly params?: Params | undefined
  readonly field?: string | undefined
}

const catalogue: Readonly<Record<string, Words>> = reasonWords

/** Puts a reason into words. A console names its buttons. Undefined for a word that the catalogue lacks. */
export function tell(
  { word, params = {}, field }: Subject,
  language: Language,
  reader: 'api' | 'console' = 'api',
): Telling | undefined {
  const words = Object.hasOwn(catalogue, word) ? catalogue[word] : undefined
  if (!words) return undefined
  const hint = (reader === 'console' ? words.consoleHint : undefined) ?? words.hint
  const fields = { ...params, field: field === undefined ? input[language] : quote(field, language) }
  return {
    message: begin(fill(words.message[language], fields, language)),
    ...(hint && { hint: fill(hint[language], fields, language) }),
  }
}

const input = { zh: '输入', en: 'The input' }

/** A name of ours inside a Chinese sentence stands apart from it. */
const quote = (field: string, language: Language): string => (language === 'zh' ? ` ${field} ` : field)

const begin = (text: string): string => text.trim()

/** Fills a text of the catalogue. */
export function fill(text: string, params: Params, language: Language): string {
  const chosen = text.replaceAll(/\[\[(.*?)\]\]/g, (_, part: string) =>
    namesIn(part).every((name) => params[name] !== undefined) ? part : '',
  )
  return chosen.replaceAll(/\{(\w+)(?::(\w+))?\}/g, (whole, name: string, kind?: string) => {
    const value = params[name]
    return value === undefined ? whole : inWords(value, kind, language)
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
