import type { EpochMs } from '../../time.ts'
import { roles } from './admins.ts'
import { id, number, optional, orElse, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

/** A call. Its answer stays sealed. */
export const activity = {
  id,
  identity: text,
  operation: text,
  appid: optional(text),
  /** That the operation asked for. Entries of before do not say. */
  role: orElse(word(roles), 'owner'),
  /** JSON text, without secrets. */
  input: text,
  state: word(['running', 'done', 'freed']),
  startedAt: time,
  endedAt: optional(time),
  outcome: optional(text),
  fence: number,
}

export type ActivityRecord = RecordOf<typeof activity>

export type NewActivity = Pick<ActivityRecord, 'id' | 'identity' | 'operation' | 'role' | 'input'> & {
  readonly appid?: string | undefined
  readonly slot: string
  readonly inputId: string
  readonly keyed: boolean
  readonly order: string
}

export type ActivityClaim =
  | {
      readonly kind: 'won'
      readonly id: string
      readonly fence: number
      /** When a former attempt began whose end is not known, by the database's clock. */
      readonly begunBefore: EpochMs | undefined
      readonly memo?: string | undefined
    }
  | { readonly kind: 'running'; readonly remaining: number }
  | { readonly kind: 'done'; readonly answer: string }
  | { readonly kind: 'otherInput' }
  /** It had its time: whoever calls again makes an entry of his own. */
  | { readonly kind: 'over' }

/** `freed`: nothing was done, the key is as if never used. `unknown`: the next attempt finds out. */
export type RunEnd = 'done' | 'freed' | 'unknown'

export interface ActivityStore {
  /** Newest run of identical calls. */
  latestOfSlot(slot: string): Promise<{ id: string; running: boolean } | undefined>
  /** Starts, joins, resumes or repeats. */
  claim(activity: NewActivity): Promise<ActivityClaim>
  /** Whether there is an entry of this id for this input that was not freed. One read. */
  wasBegun(id: string, inputId: string): Promise<boolean>
  /** Whether somebody is at it, or died at it. One read. */
  isHeld(id: string): Promise<boolean>
  /** Kept for the next attempt, should this one die. */
  remember(id: string, fence: number, memo: string): Promise<void>
  finish(id: string, fence: number, result: { answer: string; outcome: string; end: RunEnd }): Promise<boolean>
  /** An entry for something that has succeeded already. */
  note(activity: NewActivity): Promise<void>
  list(filter: ActivityFilter, page: PageRequest): Promise<Page<ActivityRecord>>
}

export interface ActivityFilter {
  readonly appids?: readonly string[] | undefined
  readonly operation?: string | undefined
  /** One of these callers. */
  readonly identities?: readonly string[] | undefined
  /** Begun then or later. */
  readonly since?: EpochMs | undefined
  /** Begun then or before. */
  readonly until?: EpochMs | undefined
}
