import type { EpochMs } from '../../time.ts'
import type { Role } from './admins.ts'
import type { Page, PageRequest } from './page.ts'

export interface ActivityRecord {
  readonly id: string
  readonly identity: string
  readonly operation: string
  readonly appid?: string
  /** That the operation asked for. */
  readonly role: Role
  readonly input: string
  readonly state: 'running' | 'done' | 'freed'
  readonly startedAt: EpochMs
  readonly endedAt?: EpochMs
  /** JSON text of the answer as it was given. */
  readonly answer?: string
  readonly outcome?: string
  readonly fence: number
}

export interface NewActivity {
  readonly id: string
  readonly slot: string
  readonly identity: string
  readonly operation: string
  readonly appid?: string | undefined
  readonly role: Role
  readonly inputId: string
  /** JSON text of the input, without secrets. */
  readonly input: string
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
