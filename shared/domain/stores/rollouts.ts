import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import type { Happening } from './outbox.ts'
import type { Page, PageRequest } from './page.ts'
import type { TemplateSettings } from './template-settings.ts'

export const rolloutStates = [
  'scheduled',
  'running',
  'resting',
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

/** What an operator may send on its way again after a fix. */
export const retryableStates = ['failed', 'skipped', 'rejected', 'withdrawn'] as const satisfies readonly ItemState[]

/** What a person has to allow before it is sent. */
export const warningCodes = [
  'DIFFERENT_SOURCE',
  'OLDER_VERSION',
  'EXT_KEYS_LOST',
  'VARIABLE_EMPTY',
  'NOTICE_OPEN',
  'LIVE_UNKNOWN',
] as const
export type WarningCode = (typeof warningCodes)[number]

/** `HH:MM`; `to` is not one of them any more. They may pass midnight. */
export interface QuietHours {
  readonly from: string
  readonly to: string
  readonly timeZone: string
}

/** When a new version counts as worse than the one before, and what is done then. */
export interface GuardRules {
  /** So many times the former share of users with errors. */
  readonly maxErrorGrowth: number
  readonly newErrors: boolean
  /** Users with errors below which nothing is said. */
  readonly minUsers: number
  readonly watchMinutes: number
  readonly noDataHours: number
  readonly noData: 'wait' | 'goOn'
  readonly then: 'pause' | 'rollback'
}

export const guardStates = ['watching', 'good', 'breached', 'noData'] as const
export type GuardState = (typeof guardStates)[number]

/** Of a wave, or of a step of its gray release. */
export interface GuardFigures {
  readonly merchants: number
  /** Of these WeChat showed errors of both versions. */
  readonly compared: number
  /** Users of the new version who met errors. */
  readonly users: number
  /** Shares of users with errors, in percent. */
  readonly share?: number
  readonly formerShare?: number
  readonly growth?: number
  /** Errors that the former version never had, by users. */
  readonly newErrors: readonly { readonly message: string; readonly users: number }[]
}

export interface Judgement {
  readonly at: EpochMs
  readonly state: GuardState
  readonly wave: number
  readonly step?: number
  readonly share?: number
  readonly formerShare?: number
}

/** What is judged, or is to be judged next. */
export interface GuardWatch {
  readonly state: GuardState
  readonly wave: number
  /** Steps of the wave's gray releases that may be taken, from 1; one more than there are: the wave as a whole, and beyond: it is passed. */
  readonly step: number
  /** All of it is with the users since. */
  readonly since?: EpochMs
  /** Figures were missing: they are read again then. */
  readonly againAt?: EpochMs
  readonly judgedAt?: EpochMs
  readonly figures?: GuardFigures
  /** The newest last. */
  readonly history: readonly Judgement[]
  /** Figures of so many merchants as there was time for. */
  readonly reading?: unknown
}

/** What a rollout is to do; fixed at creation. */
export interface RolloutPlan {
  readonly name: string
  readonly templateId: number
  readonly version: string
  readonly description: string
  readonly ext?: Readonly<Record<string, unknown>>
  readonly extJson?: Readonly<Record<string, unknown>>
  readonly extVars?: Readonly<Record<string, string>>
  /** Of the template, as they were when it was planned. */
  readonly settings?: TemplateSettings
  /** Codes of warnings in spite of which a merchant gets it. */
  readonly allow?: readonly WarningCode[]
  readonly setup?: unknown
  /** So many are wave 1, before all others. */
  readonly canary?: number
  /** Cumulative percentages of the rest, the last is 100. */
  readonly waves: readonly number[]
  readonly nextWaveWhen: 'approved' | 'released'
  readonly maxFailures?: number
  readonly quotaReserve: number
  readonly autoSubmit: boolean
  readonly autoRelease: boolean
  /** Nothing is sent before. */
  readonly startAt?: EpochMs
  readonly quietHours?: QuietHours
  /** Percentages of its users that a merchant's release reaches one after the other, the last is 100. */
  readonly gray?: readonly number[]
}

export interface RolloutRecord extends RolloutPlan {
  readonly rolloutId: string
  /** Rises with every change; each change is guarded by it. */
  readonly revision: number
  readonly total: number
  readonly state: RolloutState
  /** The wave that is under way, from 1. */
  readonly wave: number
  readonly counts: Readonly<Record<ItemState, number>>
  /** Unset while it waits for `startAt`. */
  readonly startedAt?: EpochMs
  readonly endedAt?: EpochMs
  /** An operator asked to release all that are approved, or to take back all that were released. */
  readonly wish?: 'release' | 'rollback'
  /** That was asked while the rollout stood still, which it goes on to do. */
  readonly wishWhileStill?: boolean
  readonly problem?: KeptProblem
  /** So many failed or rejected ones an operator has seen and gone on all the same. */
  readonly acceptedFailures?: number
  /** Up to here, by the database's clock, its items follow their releases. */
  readonly followedUntil?: EpochMs
  /** The runs (`Run.activityId`) that steered it last. */
  readonly runs?: readonly string[]
  readonly guard?: GuardRules
  readonly watch?: GuardWatch
}

/** `null` takes a value away. */
export type RolloutChange = Partial<
  Pick<
    RolloutRecord,
    'state' | 'wave' | 'counts' | 'followedUntil' | 'acceptedFailures' | 'wishWhileStill' | 'runs' | 'startedAt'
  >
> & { readonly [K in 'endedAt' | 'wish' | 'problem' | 'guard' | 'watch']?: RolloutRecord[K] | null } & {
  /** When it is worked on next; `null` where nothing is left to do. */
  readonly dueAt?: EpochMs | null
}

export interface RolloutItem {
  readonly itemId: string
  readonly rolloutId: string
  readonly appid: string
  readonly state: ItemState
  readonly revision: number
  readonly wave: number
  readonly rejectedFor?: string
  readonly problem?: KeptProblem
  /** What the next submission takes, as `rollouts.retry` was told. */
  readonly submission?: unknown
}

export type ItemChange = Partial<Pick<RolloutItem, 'state'>> & {
  readonly problem?: RolloutItem['problem'] | null
  /** What the rejected have in common who were rejected for the same reason. */
  readonly rejectedFor?: string
  /** When it is worked on next; `null` where nothing is left to do. */
  readonly dueAt?: EpochMs | null
  /** `null` takes it away. */
  readonly submission?: unknown
}

export interface RolloutStore {
  /** For a rollout that was never made. */
  removeItems(rolloutId: string): Promise<void>
  /** The items first: a rollout exists once its own document does. Repeating it changes nothing. */
  insert(rollout: RolloutRecord, items: readonly RolloutItem[], order: string, dueAt: EpochMs): Promise<void>
  find(rolloutId: string): Promise<RolloutRecord | undefined>
  list(filter: { state?: RolloutState | undefined }, page: PageRequest): Promise<Page<RolloutRecord>>
  items(rolloutId: string, filter: ItemFilter, page: PageRequest): Promise<Page<RolloutItem>>
  /** The rollout after the change; undefined when somebody changed it in between. */
  change(rollout: RolloutRecord, change: RolloutChange, ...happenings: Happening[]): Promise<RolloutRecord | undefined>
  /** Rollouts that have something to do now, each for one caller at a time. */
  claimDue(limit: number, now: EpochMs, owner: string): Promise<readonly RolloutRecord[]>
  /** What somebody asked for in the meantime stays due. */
  release(rollout: RolloutRecord, owner: string, dueAt: EpochMs | null): Promise<void>
  dueItems(
    rolloutId: string,
    states: readonly ItemState[],
    wave: number,
    limit: number,
    now: EpochMs,
  ): Promise<readonly RolloutItem[]>
  /** The same change to many, each only if nobody changed it in between. How many. */
  changeItems(items: readonly RolloutItem[], change: ItemChange): Promise<number>
  /** The same by account, for those in one of the states `from`. How many. */
  changeItemsOf(
    rolloutId: string,
    appids: readonly string[],
    from: readonly ItemState[],
    change: ItemChange,
  ): Promise<number>
  /** Puts all items of these states into another state (or the same one) and makes them due. How many. */
  reset(rolloutId: string, filter: ItemFilter, to: ItemState, now: EpochMs, submission?: unknown): Promise<number>
  countItems(rolloutId: string, upToWave?: number): Promise<Readonly<Record<ItemState, number>>>
  /** How many of these accounts are in it. */
  countOf(rolloutId: string, appids: readonly string[]): Promise<number>
  /** How many were rejected for each reason. */
  countRejections(rolloutId: string): Promise<ReadonlyMap<string, number>>
}

export interface ItemFilter {
  readonly states?: readonly ItemState[] | undefined
  readonly rejectedFor?: string | undefined
  readonly appids?: readonly string[] | undefined
  readonly wave?: number | undefined
  /** With this in the appid, or one of these accounts. */
  readonly like?: { readonly text: string; readonly appids: readonly string[] } | undefined
}
