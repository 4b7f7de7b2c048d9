import type { EpochMs } from '../../time.ts'
import type { Refusal } from './tokens.ts'

export interface CodeRecord {
  readonly codeId: string
  readonly state: 'new' | 'done' | 'failed'
  readonly appid?: string
  readonly failure?: Refusal
}

export interface CodeStore {
  find(codeId: string): Promise<CodeRecord | undefined>
  /** Notes which authorizer WeChat's push named for the code. */
  note(codeId: string, appid: string | undefined, expiresAt: EpochMs): Promise<void>
  /** Leases the code for its one exchange: the database's clock, or who holds it. */
  claim(
    codeId: string,
    owner: string,
  ): Promise<
    { kind: 'won'; record: CodeRecord; now: EpochMs } | { kind: 'held' } | { kind: 'done'; record: CodeRecord }
  >
  finish(codeId: string, owner: string, outcome: { appid: string } | { failure: Refusal }): Promise<void>
  release(codeId: string, owner: string): Promise<void>
}
