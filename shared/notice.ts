import type { Failure } from './errors.ts'
import type { Language } from './words/language.ts'
import type { Params, Telling } from './words/params.ts'

/** What is kept of a problem. Rows of before hold texts and no params. */
export interface KeptProblem {
  readonly code: string
  readonly params?: Params
  readonly message?: string
  readonly hint?: string
}

/** Why something failed, to be kept. */
export const problemOf = ({ reason, params, field, code, message, hint }: Failure): KeptProblem =>
  reason === undefined
    ? { code, message, ...(hint !== undefined && { hint }) }
    : { code: reason, params: { ...params, ...(field !== undefined && { field }) } }

/** A kept problem in words. */
export async function tellKept(
  { code, params, message = code, hint }: KeptProblem,
  language: Language,
): Promise<Telling> {
  const { tell } = await import('./words/tell.ts')
  return tell({ word: code, params }, language) ?? { message, ...(hint !== undefined && { hint }) }
}

/** A kept problem inside an answer. */
export const noticeOf = ({ code, params, message, hint }: KeptProblem, more: Readonly<Record<string, unknown>> = {}) =>
  new Notice(code, params, {
    ...(params === undefined && { message, ...(hint !== undefined && { hint }) }),
    ...more,
  })

/**
 * A problem or a warning inside an answer: its code and params, put into words where the answer goes out. `more` stands beside them. Rows
 * of before hold texts: those stand in `more`, and are told as they are.
 */
export class Notice {
  constructor(
    readonly code: string,
    readonly params: Params | undefined,
    readonly more: Readonly<Record<string, unknown>> = {},
    /** `hint`: only that stands in the answer. */
    readonly part: 'whole' | 'hint' = 'whole',
  ) {}

  toJSON(): Readonly<Record<string, unknown>> {
    const { code, params, more } = this
    return { code, ...(params && { params }), ...more }
  }
}

/** The answer with its notices in words. An answer without any is left as it is. */
export async function putIntoWords(data: unknown, language: Language): Promise<unknown> {
  if (!holdsNotice(data)) return data
  const { tell, usualHint } = await import('./words/tell.ts')
  const replace = (value: unknown): unknown => {
    if (value instanceof Notice) {
      const { code, params, more } = value
      const telling = tell({ word: code, params }, language)
      if (value.part === 'hint') return telling?.hint
      return { code, ...(params && { params }), message: code, hint: usualHint[language], ...telling, ...more }
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
