import type { EpochMs } from '../../time.ts'
import type { Page, PageRequest } from './page.ts'

export interface ActivityRecord {
  readonly id: string
  readonly identity: string
  readonly operation: string
  readonly appid?: string
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
  readonly inputId: string
  /** JSON text of the input, without secrets. */
  readonly input: string
  readonly keyed: boolean
  readonly order: string
  readonly startedAt: EpochMs
}

export type ActivityClaim =
  | { readonly kind: 'won'; readonly id: string; readonly fence: number; readonly resumed: boolean }
  | { readonly kind: 'running'; readonly remaining: number }
  | { readonly kind: 'done'; readonly inputId: string; readonly answer: string }
  | { readonly kind: 'otherInput' }

export interface ActivityStore {
  /** Newest run of identical calls. */
  latestOfSlot(slot: string): Promise<{ id: string; running: boolean } | undefined>
  /** Starts, joins, resumes or repeats. */
  claim(activity: NewActivity): Promise<ActivityClaim>
  finish(
    id: string,
    fence: number,
    result: { answer: string; outcome: string; free: boolean; endedAt: EpochMs },
  ): Promise<boolean>
  /** An entry for something that has succeeded already. */
  note(activity: NewActivity): Promise<void>
  list(page: PageRequest): Promise<Page<ActivityRecord>>
}
