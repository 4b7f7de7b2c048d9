import * as v from 'valibot'
import { epochMs, type EpochMs } from '../../time.ts'
import {
  flag,
  id,
  json,
  lenient,
  list,
  nested,
  number,
  ofEach,
  optional,
  orElse,
  problem,
  text,
  time,
} from './forms.ts'
import { word, type RecordOf } from './forms.ts'
import { jsonOf } from './json-of.ts'
import type { Happening } from './outbox.ts'
import type { Page, PageRequest } from './page.ts'
import { settings } from './template-settings.ts'

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

const listOf = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.readonly())
const moment = v.pipe(v.number(), v.transform(epochMs))

/** When a new version counts as worse than the one before, and what is done then. */
const guardRules = v.object({
  /** So many times the former share of users with errors. */
  maxErrorGrowth: v.number(),
  newErrors: v.boolean(),
  /** Users with errors below which nothing is said. */
  minUsers: v.number(),
  watchMinutes: v.number(),
  noDataHours: v.number(),
  noData: v.picklist(['wait', 'goOn']),
  then: v.picklist(['pause', 'rollback']),
})

export type GuardRules = v.InferOutput<typeof guardRules>

export const guardStates = ['watching', 'good', 'breached', 'noData'] as const
export type GuardState = (typeof guardStates)[number]

/** Shares of users with errors, in percent. */
const shares = { share: v.exactOptional(v.number()), formerShare: v.exactOptional(v.number()) }

/** Of a wave, or of a step of its gray release. */
const guardFigures = v.object({
  merchants: v.number(),
  /** Of these WeChat showed errors of both versions. */
  compared: v.number(),
  /** Users of the new version who met errors. */
  users: v.number(),
  ...shares,
  growth: v.exactOptional(v.number()),
  /** Errors that the former version never had, by users. */
  newErrors: listOf(v.object({ message: v.string(), users: v.number() })),
})

export type GuardFigures = v.InferOutput<typeof guardFigures>

const judgement = v.object({
  at: moment,
  state: v.picklist(guardStates),
  wave: v.number(),
  step: v.exactOptional(v.number()),
  ...shares,
})

export type Judgement = v.InferOutput<typeof judgement>

/** What is judged, or is to be judged next. */
const guardWatch = v.object({
  state: v.picklist(guardStates),
  wave: v.number(),
  /** Steps of the wave's gray releases that may be taken, from 1; one more than there are: the wave as a whole, and beyond: it is passed. */
  step: v.number(),
  /** All of it is with the users since. */
  since: v.exactOptional(moment),
  /** Figures were missing: they are read again then. */
  againAt: v.exactOptional(moment),
  judgedAt: v.exactOptional(moment),
  figures: v.exactOptional(guardFigures),
  /** The newest last. */
  history: listOf(judgement),
  /** Figures of so many merchants as there was time for. */
  reading: v.exactOptional(v.unknown()),
})

export type GuardWatch = v.InferOutput<typeof guardWatch>

const anyObject = lenient(optional(jsonOf(v.record(v.string(), v.unknown()))))

/** What a rollout is to do; fixed at creation. */
const plan = {
  name: text,
  templateId: number,
  version: text,
  description: text,
  ext: anyObject,
  extJson: anyObject,
  extVars: optional(jsonOf(v.record(v.string(), v.string()))),
  /** Of the template, as they were when it was planned. */
  settings: optional(settings),
  /** Codes of warnings in spite of which a merchant gets it. */
  allow: lenient(optional(list(word(warningCodes)))),
  setup: optional(json),
  /** So many are wave 1, before all others. */
  canary: optional(number),
  /** Cumulative percentages of the rest, the last is 100. */
  waves: orElse(list(number), []),
  nextWaveWhen: word(['approved', 'released']),
  maxFailures: optional(number),
  quotaReserve: number,
  autoSubmit: flag,
  autoRelease: flag,
  /** Nothing is sent before. */
  startAt: optional(time),
  /** `HH:MM`; `to` is not one of them any more. They may pass midnight. */
  quietHours: optional(nested({ from: text, to: text, timeZone: text })),
  /** Percentages of its users that a merchant's release reaches one after the other, the last is 100. */
  gray: optional(list(number)),
}

export type RolloutPlan = RecordOf<typeof plan>

export type QuietHours = NonNullable<RolloutPlan['quietHours']>

export const itemCounts = ofEach(itemStates, lenient(orElse(number, 0)))

export const rollout = {
  rolloutId: id,
  /** Rises with every change; each change is guarded by it. */
  revision: number,
  ...plan,
  total: number,
  state: word(rolloutStates),
  /** The wave that is under way, from 1. */
  wave: number,
  counts: itemCounts,
  /** Unset while it waits for `startAt`. */
  startedAt: optional(time),
  endedAt: optional(time),
  /** An operator asked to release all that are approved, or to take back all that were released. */
  wish: lenient(optional(word(['release', 'rollback']))),
  /** That was asked while the rollout stood still, which it goes on to do. */
  wishWhileStill: optional(flag),
  problem: optional(problem),
  /** So many failed or rejected ones an operator has seen and gone on all the same. */
  acceptedFailures: optional(number),
  /** Up to here, by the database's clock, its items follow their releases. */
  followedUntil: optional(time),
  /** The runs (`Run.activityId`) that steered it last. */
  runs: optional(list(text)),
  guard: optional(jsonOf(guardRules)),
  watch: optional(jsonOf(guardWatch)),
}

export type RolloutRecord = RecordOf<typeof rollout>

type Passing = 'endedAt' | 'wish' | 'problem' | 'guard' | 'watch'

/** `null` takes a value away. */
export type RolloutChange = Partial<
  Omit<RolloutRecord, keyof RolloutPlan | 'rolloutId' | 'revision' | 'total' | Passing>
> & { readonly [K in Passing]?: RolloutRecord[K] | null } & {
  /** When it is worked on next; `null` where nothing is left to do. */
  readonly dueAt?: EpochMs | null
}

export const rolloutItem = {
  itemId: id,
  rolloutId: text,
  appid: text,
  state: word(itemStates),
  revision: number,
  wave: number,
  /** What the rejected have in common who were rejected for the same reason. */
  rejectedFor: optional(text),
  problem: optional(problem),
  /** What the next submission takes, as `rollouts.retry` was told. */
  submission: optional(json),
}

export type RolloutItem = RecordOf<typeof rolloutItem>

/** `null` takes a value away. */
export type ItemChange = Partial<Pick<RolloutItem, 'state' | 'rejectedFor' | 'submission'>> & {
  readonly problem?: RolloutItem['problem'] | null
  /** When it is worked on next; `null` where nothing is left to do. */
  readonly dueAt?: EpochMs | null
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
