import type { Params } from '../../../shared/words/params.ts'
import { tell } from '../../../shared/words/tell.ts'
import { type Language } from './language.ts'

export interface Problem {
  readonly code: string
  readonly params?: Params | undefined
  readonly message: string
  readonly hint?: string | undefined
}

interface Told {
  readonly title: string
  /** What to do. */
  readonly details: string
  /** For the merchant, where only the merchant can help. */
  readonly inviteUrl: string | undefined
}

/** A problem for people to read. One that has no words here is told in those that came with it. */
export const tellProblem = ({ code, params, message, hint }: Problem, language: Language): Told => {
  const told = tell({ word: code, params }, language, 'console') ?? { message, hint }
  const link = params?.['link']
  return { title: told.message, details: told.hint ?? '', inviteUrl: typeof link === 'string' ? link : undefined }
}
