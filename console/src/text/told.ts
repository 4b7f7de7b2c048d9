import type { Params } from '../../../shared/words/params.ts'
import { tell } from '../../../shared/words/tell.ts'
import type { Language } from '../../../shared/words/language.ts'

/** A refusal, a problem or a warning as it comes from the platform. */
export interface Tellable {
  readonly code: string
  /** Default: the code says it. */
  readonly reason?: string | undefined
  readonly params?: Params | undefined
  readonly field?: string | undefined
  /** In the language of the answer; stand in for a word that this console does not know yet. */
  readonly message: string
  readonly hint?: string | undefined
}

export interface Told {
  readonly message: string
  /** What to do, by the names of the buttons here. */
  readonly hint?: string | undefined
}

export const tellInConsole = ({ code, reason, params, field, message, hint }: Tellable, language: Language): Told =>
  tell({ word: reason ?? code, params, field }, language, 'console') ?? { message, hint }
