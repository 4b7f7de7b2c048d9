import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import type { ReleaseHappening } from './happened.ts'
import type { Happening } from './outbox.ts'
import type { Page, PageRequest } from './page.ts'

export const releaseStates = [
  'committing',
  'committed',
  'failed',
  'submitting',
  'auditing',
  'delayed',
  'approved',
  'rejected',
  'withdrawn',
  'gray',
  'released',
  'rolledBack',
  'superseded',
] as const

export type ReleaseState = (typeof releaseStates)[number]

/** What was begun at WeChat with `attemptAt`, where the state alone does not say it. */
export interface ReleaseIntent {
  readonly kind: 'gray' | 'cancelGray' | 'rollback' | 'withdraw'
  /** Of a gray release. */
  readonly percentage?: number
  /** The version that was online before a rollback. */
  readonly before?: string
}

/** How far back a use case looks: nothing older than this can still be under way. */
export const RECENT_RELEASES = 20

/** Somebody else put it there. */
export const isElsewhere = ({ templateId }: Pick<ReleaseRecord, 'templateId'>): boolean => templateId === undefined

export const originOf = (release: Pick<ReleaseRecord, 'templateId'>): 'here' | 'elsewhere' =>
  isElsewhere(release) ? 'elsewhere' : 'here'

/** Releases are counted by account. */
export const releaseIdOf = (appid: string, number: number): string => `${appid}-${number}`

export interface ReleaseRecord {
  readonly releaseId: string
  readonly appid: string
  /** Rises per authorizer: those made here are counted, what came from elsewhere stands between them by its time. */
  readonly number: number
  /** Absent where somebody else put the version there: WeChat names neither its template nor its ext_json. */
  readonly templateId?: number
  readonly version: string
  readonly description: string
  readonly state: ReleaseState
  /** Rises with every change; each change is guarded by it. */
  readonly revision: number
  /** The string that was, or is to be, sent as `ext_json`. */
  readonly extJson?: string
  /** Of a version from elsewhere: when it was submitted, or went online. */
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  readonly auditId?: number
  /** The newest audit id at WeChat before this submission: a greater one is ours. 0 when there was none. */
  readonly auditBaseline?: number
  readonly submission?: unknown
  readonly submittedAt?: EpochMs
  readonly auditedAt?: EpochMs
  readonly releasedAt?: EpochMs
  readonly reason?: string
  readonly screenshots?: readonly string[]
  readonly autoRelease?: boolean
  readonly grayPercentage?: number
  /** When so many users had it first. */
  readonly graySince?: EpochMs
  /** A call to WeChat was begun for it and has not said how it ended. */
  readonly attemptAt?: EpochMs
  readonly intent?: ReleaseIntent
  /** The identity of whoever asked for what is, or was last, begun at WeChat. */
  readonly who?: string
  /** The rollout that ships it; its item follows it. */
  readonly rolloutId?: string
  readonly checkedAt?: EpochMs
  readonly problem?: KeptProblem
  /** The runs (`Run.activityId`) that did something with it: one that is repeated goes on with this very release. */
  readonly runs?: readonly string[]
}

/** `null` takes a value away; a new `attemptAt`, or none, takes the `intent` of the former one away. */
export type ReleaseChange = Partial<
  Pick<
    ReleaseRecord,
    | 'auditId'
    | 'auditBaseline'
    | 'submission'
    | 'submittedAt'
    | 'auditedAt'
    | 'releasedAt'
    | 'autoRelease'
    | 'checkedAt'
    | 'runs'
    | 'intent'
    | 'rolloutId'
    | 'who'
  >
> & {
  readonly state?: ReleaseState
  /** Nobody waits for the step that `problem` tells of; it ends with the problem. */
  readonly heldUp?: true
} & { readonly [K in 'reason' | 'screenshots' | 'grayPercentage' | 'problem']?: ReleaseRecord[K] | null } & {
  readonly [K in 'dueAt' | 'attemptAt' | 'graySince']?: EpochMs | null
}

export interface ReleaseStore {
  find(releaseId: string): Promise<ReleaseRecord | undefined>
  /** The newest `RECENT_RELEASES`, newest first. */
  ofAuthorizer(appid: string): Promise<readonly ReleaseRecord[]>
  /** False when another release took this number. */
  insert(release: ReleaseRecord, order: string, dueAt: EpochMs | null): Promise<boolean>
  /** The release after the change; undefined when somebody changed it in between. */
  change(
    release: ReleaseRecord,
    change: ReleaseChange,
    now: EpochMs,
    ...happenings: Happening[]
  ): Promise<ReleaseRecord | undefined>
  /** Marks older ones of these states superseded. */
  supersede(appid: string, beforeNumber: number, states: readonly ReleaseState[], now: EpochMs): Promise<void>
  /** Many at once, each with an order of its own. Those that this very call put in; other numbers were taken. */
  insertAll(
    releases: readonly { readonly release: ReleaseRecord; readonly order: string }[],
    dueAt: EpochMs,
    mark: string,
  ): Promise<readonly ReleaseRecord[]>
  /** The same change to many, each only if nobody changed it in between. Those that this very call changed. */
  changeAll(
    releases: readonly ReleaseRecord[],
    change: ReleaseChange,
    now: EpochMs,
    mark: string,
    ...happenings: Happening[]
  ): Promise<readonly ReleaseRecord[]>
  /** What these accounts have that is not superseded, newest first, in one read. */
  currentOf(appids: readonly string[]): Promise<ReadonlyMap<string, readonly ReleaseRecord[]>>
  /** What these accounts have, or had, with users: all or a part of them. */
  shownOf(appids: readonly string[]): Promise<readonly ReleaseRecord[]>
  /** Of these accounts, those of one rollout. */
  ofRollout(rolloutId: string, appids: readonly string[]): Promise<readonly ReleaseRecord[]>
  /** Those of a rollout that changed at `since` or later, by the database's clock, earliest first; `until` is when the last one did. */
  changedSince(
    rolloutId: string,
    since: EpochMs,
    limit: number,
  ): Promise<{ readonly releases: readonly ReleaseRecord[]; readonly until: EpochMs | undefined }>
  /** All that happened to releases of this account, of the newest thousand. */
  happenedOf(appid: string): Promise<readonly ReleaseHappening[]>
  heldUp(limit: number): Promise<readonly ReleaseRecord[]>
  due(limit: number, now: EpochMs): Promise<readonly ReleaseRecord[]>
  list(
    filter: {
      appids?: readonly string[] | undefined
      states?: readonly ReleaseState[] | undefined
      rolloutId?: string | undefined
    },
    page: PageRequest,
  ): Promise<Page<ReleaseRecord>>
  count(state: ReleaseState): Promise<number>
}
