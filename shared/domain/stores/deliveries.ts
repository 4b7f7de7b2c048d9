import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import { id, nested, number, optional, problem, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'
import type { PushView } from './pushes.ts'

const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** As they are told. */
export const shownDeliveryStates = ['waiting', 'delivered', 'failed'] as const
type ShownDeliveryState = (typeof shownDeliveryStates)[number]

export const shownState = (state: DeliveryState): ShownDeliveryState => (state === 'dead' ? 'failed' : state)
export const keptState = (state: ShownDeliveryState): DeliveryState => (state === 'failed' ? 'dead' : state)

/** Sending it once. */
const attempt = {
  url: text,
  durationMs: number,
  /** None where nobody answered. */
  httpStatus: optional(number),
  /** How the answer begins. */
  answer: optional(text),
}

export type Attempt = RecordOf<typeof attempt>

export const delivery = {
  /** Also the `webhook-id`. */
  deliveryId: id,
  subscriptionId: text,
  type: text,
  appid: optional(text),
  /** JSON text, exactly as it is sent. */
  body: text,
  state: word(deliveryStates),
  attempts: number,
  /** When it happened: in this order they are sent. */
  createdAt: time,
  dueAt: time,
  /** While it fails, until then nothing of the same authorizer goes before it. */
  holdsUntil: time,
  /** Not tried any more then. */
  expiresAt: time,
  endedAt: optional(time),
  lastError: optional(problem),
  lastAttempt: optional(nested(attempt)),
  /** The call that last had it sent again with all others that were given up. */
  revivedBy: optional(text),
}

export type Delivery = RecordOf<typeof delivery>

export type NewDelivery = Pick<Delivery, 'deliveryId' | 'subscriptionId' | 'type' | 'body' | 'createdAt'> & {
  readonly appid?: string | undefined
  /** Sorts what one instance stored within one millisecond. */
  readonly order: string
  /** Unique; sorts newest first. */
  readonly place: string
}

export interface FailedAttempt {
  readonly attempt: Attempt
  readonly problem: KeptProblem
}

export interface DeliveryFilter {
  readonly subscriptionId?: string | undefined
  readonly state?: DeliveryState | undefined
  readonly type?: string | undefined
  readonly appids?: readonly string[] | undefined
}

/** What an event list shows of a push, with its place in time. */
export type ReceivedPush = Pick<PushView, 'id' | 'type' | 'appid' | 'createTime' | 'receivedAt' | 'fields'>

export interface DeliveryStore {
  /** False when it is there already. */
  insert(delivery: NewDelivery): Promise<boolean>
  /** Those that are there already stay as they are. */
  insertAll(deliveries: readonly NewDelivery[]): Promise<void>
  find(deliveryId: string): Promise<Delivery | undefined>
  /** Waiting ones that are due and were stored before `until`, oldest first. */
  due(subscriptionId: string, now: EpochMs, until: EpochMs, limit: number): Promise<readonly Delivery[]>
  /** Failing ones that others have to wait for. */
  holding(subscriptionId: string, now: EpochMs): Promise<readonly Delivery[]>
  finish(deliveryId: string, now: EpochMs, attempt: Attempt): Promise<void>
  /** Not tried any more. */
  giveUp(deliveryId: string, now: EpochMs): Promise<void>
  /** Without `dueAt` its time stays. */
  noteFailure(seen: Pick<Delivery, 'deliveryId' | 'attempts'>, failure: FailedAttempt, dueAt?: EpochMs): Promise<void>
  /** Gives up what waits for a subscription that is no more. */
  abandon(subscriptionId: string, why: KeptProblem, now: EpochMs): Promise<void>
  postpone(deliveryIds: readonly string[], dueAt: EpochMs): Promise<void>
  /** Makes it wait once more, for so long and in nobody's way. */
  revive(deliveryId: string, inMs: number): Promise<void>
  /** The same for all that were given up, at once; how many this call (`by`) has had sent again. */
  reviveAll(subscriptionId: string, by: string): Promise<number>
  /** Newest first. */
  list(filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>>
  count(subscriptionId: string, state: DeliveryState): Promise<number>
  /** Pushes but tickets, in the order in which they were received. */
  pushesAfter(receivedAt: EpochMs, limit: number): Promise<readonly ReceivedPush[]>
}
