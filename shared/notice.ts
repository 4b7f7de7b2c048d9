import type { Language } from './words/language.ts'
import type { Params } from './words/params.ts'

/**
 * A problem or a warning inside an answer: its code and params, put into words where the answer goes out. `more` stands beside them. Rows
 * of before hold texts: those stand in `more`, and are told as they are.
 */
export class Notice {
  constructor(
    readonly code: string,
    readonly params: Params | undefined,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {}
}

/** The answer with its notices in words. An answer without any is left as it is. */
export async function putIntoWords(data: unknown, language: Language): Promise<unknown> {
  if (!holdsNotice(data)) return data
  const { tell } = await import('./words/tell.ts')
  const replace = (value: unknown): unknown => {
    if (value instanceof Notice) {
      const { code, params, more } = value
      const telling = tell({ word: code, params }, language)
      return { code, ...(params && { params }), message: code, ...telling, ...more }
    }
    if (Array.isArray(value)) return value.map(replace)
    return isPlainObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replace(member)]))
      : value
  }
  return replace(data)
}

const holdsNotice = (value: unknown): boolean =>
  value instanceof Notice ||
  (Array.isArray(value) ? value.some(holdsNotice) : isPlainObject(value) && Object.values(value).some(holdsNotice))

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
