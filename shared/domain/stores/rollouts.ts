import type { EpochMs } from '../../time.ts'
import type { Page, PageRequest } from './page.ts'

export const rolloutStates = [
  'running',
  'paused',
  'waitingForQuota',
  'awaitingRelease',
  'completed',
  'cancelled',
] as const

export type RolloutState = (typeof rolloutStates)[number]

export const itemStates = [
  'pending',
  'committing',
  'committed',
  'submitting',
  'auditing',
  'delayed',
  'rejected',
  'withdrawn',
  'approved',
  'gray',
  'released',
  'rolledBack',
  'failed',
  'skipped',
] as const

export type ItemState = (typeof itemStates)[number]

/** What a rollout is to do; fixed at creation. */
export interface RolloutPlan {
  readonly name: string
  readonly templateId: number
  readonly version: string
  readonly description: string
  readonly ext?: Readonly<Record<string, unknown>>
  readonly setup?: unknown
  /** Cumulative percentages, the last is 100. */
  readonly waves: readonly number[]
  readonly nextWaveWhen: 'approved' | 'released'
  readonly maxFailures?: number
  readonly quotaReserve: number
  readonly autoSubmit: boolean
  readonly autoRelease: boolean
}

export interface RolloutRecord extends RolloutPlan {
  readonly rolloutId: string
  readonly total: number
  readonly state: RolloutState
  /** The wave that is under way, from 1. */
  readonly wave: number
  readonly counts: Readonly<Record<ItemState, number>>
  readonly startedAt: EpochMs
  readonly endedAt?: EpochMs
  /** An operator asked to release all that are approved, or to take back all that were released. */
  readonly wish?: 'release' | 'rollback'
  readonly problem?: { readonly code: string; readonly message: string; readonly hint: string }
}

export type RolloutChange = Partial<Pick<RolloutRecord, 'state' | 'wave' | 'counts' | 'endedAt' | 'wish' | 'problem'>>

export interface RolloutItem {
  readonly itemId: string
  readonly rolloutId: string
  readonly appid: string
  readonly state: ItemState
  readonly wave: number
  readonly releaseId?: string
  readonly problem?: { readonly code: string; readonly message: string; readonly hint: string }
}

export type ItemChange = Partial<Pick<RolloutItem, 'state' | 'releaseId'>> & {
  readonly problem?: RolloutItem['problem'] | null
  /** When it is worked on next. */
  readonly dueAt?: EpochMs
}

export interface RolloutStore {
  /** The items first: a rollout exists once its own document does. Repeating it changes nothing. */
  insert(rollout: RolloutRecord, items: readonly RolloutItem[], order: string, dueAt: EpochMs): Promise<void>
  find(rolloutId: string): Promise<RolloutRecord | undefined>
  list(filter: { state?: RolloutState | undefined }, page: PageRequest): Promise<Page<RolloutRecord>>
  items(rolloutId: string, filter: { state?: ItemState | undefined }, page: PageRequest): Promise<Page<RolloutItem>>
  /** False when the rollout left these states in between. `wish` and `problem` of null go away. */
  change(
    rolloutId: string,
    from: readonly RolloutState[],
    change: Omit<RolloutChange, 'wish' | 'problem'> & {
      readonly wish?: RolloutRecord['wish'] | null
      readonly problem?: RolloutRecord['problem'] | null
      readonly dueAt?: EpochMs
    },
  ): Promise<RolloutRecord | undefined>
  /** Rollouts that have something to do now, each for one caller at a time. */
  claimDue(limit: number, now: EpochMs, owner: string): Promise<readonly RolloutRecord[]>
  release(rolloutId: string, owner: string, dueAt: EpochMs): Promise<void>
  dueItems(
    rolloutId: string,
    states: readonly ItemState[],
    wave: number,
    limit: number,
    now: EpochMs,
  ): Promise<readonly RolloutItem[]>
  changeItem(item: RolloutItem, change: ItemChange): Promise<boolean>
  /** Puts all items of these states back to `pending` (or another state) and makes them due. How many. */
  reset(rolloutId: string, from: readonly ItemState[], to: ItemState, now: EpochMs): Promise<number>
  countItems(rolloutId: string, upToWave?: number): Promise<Readonly<Record<ItemState, number>>>
}
