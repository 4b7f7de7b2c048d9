import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import { id, number, optional, problem, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'
import type { PushView } from './pushes.ts'

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

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
}

export type Delivery = RecordOf<typeof delivery>

export type NewDelivery = Pick<Delivery, 'deliveryId' | 'subscriptionId' | 'type' | 'body' | 'createdAt'> & {
  readonly appid?: string | undefined
  /** Sorts what one instance stored within one millisecond. */
  readonly order: string
  /** Unique; sorts newest first. */
  readonly place: string
}

export interface DeliveryFilter {
  readonly subscriptionId?: string | undefined
  readonly state?: DeliveryState | undefined
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
  finish(deliveryId: string, state: 'delivered' | 'dead', now: EpochMs): Promise<void>
  /** Without `dueAt` its time stays. */
  noteFailure(seen: Pick<Delivery, 'deliveryId' | 'attempts'>, lastError: KeptProblem, dueAt?: EpochMs): Promise<void>
  /** Gives up what waits for a subscription that is no more. */
  abandon(subscriptionId: string, why: KeptProblem, now: EpochMs): Promise<void>
  postpone(deliveryIds: readonly string[], dueAt: EpochMs): Promise<void>
  /** Makes it wait once more, in nobody's way. */
  revive(deliveryId: string, dueAt: EpochMs, now: EpochMs): Promise<void>
  /** Newest first. */
  list(filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>>
  count(subscriptionId: string, state: DeliveryState): Promise<number>
  /** Pushes but tickets, in the order in which they were received. */
  pushesAfter(receivedAt: EpochMs, limit: number): Promise<readonly ReceivedPush[]>
}
