import type { EpochMs } from '../../time.ts'
import { id, number, optional, orElse, text, word, type RecordOf } from './forms.ts'
import type { Refusal } from './tokens.ts'

/** A code that WeChat hands out for an authorization. */
export const code = {
  codeId: id,
  state: word(['new', 'done', 'failed']),
  appid: optional(text),
  failureErrcode: optional(number),
  failureErrmsg: orElse(text, ''),
}

export type CodeRecord = Omit<RecordOf<typeof code>, 'failureErrcode' | 'failureErrmsg'> & {
  readonly failure?: Refusal
}

export type CodeClaim =
  /** `now` by the database's clock. `isNew`: nobody had it before. */
  | { readonly kind: 'won'; readonly record: CodeRecord; readonly now: EpochMs; readonly isNew: boolean }
  | { readonly kind: 'held' }
  | { readonly kind: 'done'; readonly record: CodeRecord }

export interface CodeStore {
  /** What became of it: done as well where only the account that it brought says so. */
  find(codeId: string): Promise<CodeRecord | undefined>
  /** Notes which authorizer WeChat's push named for the code. */
  note(codeId: string, appid: string, expiresAt: EpochMs): Promise<void>
  /** Leases the code for its one exchange, and notes who was named for it. `now`: by the database's clock, where that is known. */
  claim(
    codeId: string,
    owner: string,
    known: { readonly appid: string | undefined; readonly now: EpochMs | undefined },
  ): Promise<CodeClaim>
  finish(codeId: string, owner: string, outcome: { appid: string } | { failure: Refusal }): Promise<void>
  release(codeId: string, owner: string): Promise<void>
}
