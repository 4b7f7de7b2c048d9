import type { EpochMs } from '../../time.ts'
import { flag, id, json, list, nested, number, optional, problem, text, time, word, type RecordOf } from './forms.ts'
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

/** How far back a use case looks for what is over. */
export const RECENT_RELEASES = 20

/** Somebody else put it there. */
export const isElsewhere = ({ templateId }: Pick<ReleaseRecord, 'templateId'>): boolean => templateId === undefined

export const originOf = (release: Pick<ReleaseRecord, 'templateId'>): 'here' | 'elsewhere' =>
  isElsewhere(release) ? 'elsewhere' : 'here'

/** Releases are counted by account. */
export const releaseIdOf = (appid: string, number: number): string => `${appid}-${number}`

export const numberIn = (releaseId: string): number => Number(releaseId.slice(releaseId.lastIndexOf('-') + 1))

export const release = {
  releaseId: id,
  appid: text,
  /** Rises per authorizer: those made here are counted, what came from elsewhere stands between them by its time. */
  number,
  /** Absent where somebody else put the version there: WeChat names neither its template nor its ext_json. */
  templateId: optional(number),
  /** appid of the mini program that the template was made in: templates are deleted. Absent where WeChat did not say, and in rows of before. */
  source: optional(text),
  version: text,
  description: text,
  state: word(releaseStates),
  /** Rises with every change; each change is guarded by it. */
  revision: number,
  /** The string that was, or is to be, sent as `ext_json`. */
  extJson: optional(text),
  /** Of a version from elsewhere: when it was submitted, or went online. */
  createdAt: time,
  updatedAt: time,
  auditId: optional(number),
  /** The newest audit id at WeChat before this submission: a greater one is ours. 0 when there was none. */
  auditBaseline: optional(number),
  submission: optional(json),
  submittedAt: optional(time),
  auditedAt: optional(time),
  releasedAt: optional(time),
  reason: optional(text),
  screenshots: optional(list(text)),
  autoRelease: optional(flag),
  grayPercentage: optional(number),
  /** When so many users had it first. */
  graySince: optional(time),
  /** A call to WeChat was begun for it and has not said how it ended. */
  attemptAt: optional(time),
  /** What was begun with `attemptAt`, where the state alone does not say it. */
  intent: optional(
    nested({
      kind: word(['gray', 'cancelGray', 'rollback', 'withdraw']),
      /** Of a gray release. */
      percentage: optional(number),
      /** The version that was online before a rollback. */
      before: optional(text),
    }),
  ),
  /** The identity of whoever asked for what is, or was last, begun at WeChat. */
  who: optional(text),
  /** The rollout that ships it; its item follows it. */
  rolloutId: optional(text),
  checkedAt: optional(time),
  problem: optional(problem),
  /** The runs (`Run.activityId`) that did something with it: one that is repeated goes on with this very release. */
  runs: optional(list(text)),
}

export type ReleaseRecord = RecordOf<typeof release>

export type ReleaseIntent = NonNullable<ReleaseRecord['intent']>

type Fixed =
  | 'releaseId'
  | 'appid'
  | 'number'
  | 'templateId'
  | 'source'
  | 'version'
  | 'description'
  | 'revision'
  | 'extJson'
  | 'createdAt'
  | 'updatedAt'
type Passing = 'reason' | 'screenshots' | 'grayPercentage' | 'graySince' | 'attemptAt' | 'problem'

/** `null` takes a value away; a new `attemptAt`, or none, takes the `intent` of the former one away. */
export type ReleaseChange = Partial<Omit<ReleaseRecord, Fixed | Passing>> & {
  readonly [K in Passing]?: ReleaseRecord[K] | null
} & {
  /** When it is looked at again by itself. */
  readonly dueAt?: EpochMs | null
  /** Nobody waits for the step that `problem` tells of; it ends with the problem. */
  readonly heldUp?: true
}

export interface ReleaseStore {
  find(releaseId: string): Promise<ReleaseRecord | undefined>
  /** The newest `RECENT_RELEASES`, whatever older ones are not over, and the last that was made here; newest first. */
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
