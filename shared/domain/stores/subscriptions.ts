import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import { flag, id, number, optional, problem, text, textMap, time, type Form, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

/** Read at once: more than the domain lets anybody make. */
export const MOST_SUBSCRIPTIONS = 100

/** Which events a subscription wants; `*` stands for any text. A member left out, or a bare `*`, allows everything. */
export interface Match {
  readonly type?: string | undefined
  readonly infoType?: string | undefined
  readonly event?: string | undefined
  readonly appid?: string | undefined
}

const match: Form<Match> = { ...textMap, write: (value) => JSON.stringify(value) }

export const subscription = {
  subscriptionId: id,
  /** Rises with what an operator changes; undefined before there were any. */
  revision: optional(number),
  url: text,
  match,
  enabled: flag,
  createdAt: time,
  /** Pushes that were received later concern it. */
  since: time,
  /** Up to here the pushes have become deliveries. */
  seenUntil: time,
  /** Rounds in a row in which nothing was accepted. */
  failures: number,
  failingSince: optional(time),
  /** Nothing is sent before. */
  retryAt: optional(time),
  lastError: optional(problem),
  /** When lasting failure switched it off. */
  switchedOffAt: optional(time),
  /** Until then a secret from before the last rotation signs too. */
  formerSecretUntil: optional(time),
  /** The run (`Run.activityId`) of the last rotation. */
  rotatedBy: optional(text),
}

export type SubscriptionRecord = RecordOf<typeof subscription>

export interface SubscriptionChange {
  readonly url: string
  readonly match: Match
  readonly enabled: boolean
  /** Default: as it was; `now` is by the database's clock. */
  readonly since?: EpochMs | 'now' | undefined
}

export interface SubscriptionHealth {
  readonly failures: number
  readonly failingSince: EpochMs | null
  readonly retryAt: EpochMs | null
  readonly lastError: KeptProblem | null
}

export interface SubscriptionStore {
  /** False when the id is taken. */
  insert(subscription: {
    subscriptionId: string
    url: string
    match: Match
    enabled: boolean
    secret: string
  }): Promise<boolean>
  find(subscriptionId: string): Promise<SubscriptionRecord | undefined>
  /** Every one; there are at most `MAX_SUBSCRIPTIONS`. */
  all(): Promise<readonly SubscriptionRecord[]>
  list(page: PageRequest): Promise<Page<SubscriptionRecord>>
  /** Switching it on forgets its failures; events from before do not concern it. False when somebody changed it in between. */
  change(seen: SubscriptionRecord, change: SubscriptionChange): Promise<boolean>
  /** The former secret goes on signing until then, as do those before it until their times. `rotatedBy` names the run. */
  rotate(
    subscriptionId: string,
    rotation: { secret: string; formerUntil: EpochMs; now: EpochMs; rotatedBy: string },
  ): Promise<boolean>
  remove(subscriptionId: string): Promise<boolean>
  /** Those that sign at this time, the newest first. */
  secrets(subscriptionId: string, now: EpochMs): Promise<readonly string[]>
  /** One caller at a time delivers to it. Undefined: another does. */
  claim(subscriptionId: string, owner: string): Promise<{ subscription: SubscriptionRecord; now: EpochMs } | undefined>
  /** What a round says of it; nothing where an operator changed it in between. */
  noteSeen(seen: SubscriptionRecord, seenUntil: EpochMs): Promise<void>
  noteHealth(seen: SubscriptionRecord, health: SubscriptionHealth): Promise<void>
  switchOff(seen: SubscriptionRecord, now: EpochMs): Promise<void>
  release(subscriptionId: string, owner: string): Promise<void>
}
