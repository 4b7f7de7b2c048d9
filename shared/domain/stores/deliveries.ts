import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import type { Page, PageRequest } from './page.ts'
import type { PushView } from './pushes.ts'

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export interface NewDelivery {
  /** Also the `webhook-id`. */
  readonly deliveryId: string
  readonly subscriptionId: string
  readonly type: string
  readonly appid?: string | undefined
  /** JSON text, exactly as it is sent. */
  readonly body: string
  /** Sorts what one instance stored within one millisecond. */
  readonly order: string
  /** Unique; sorts newest first. */
  readonly place: string
  /** When it happened: in this order they are sent. */
  readonly createdAt: EpochMs
}

export interface Delivery extends Omit<NewDelivery, 'order' | 'place'> {
  readonly state: DeliveryState
  readonly attempts: number
  readonly dueAt: EpochMs
  /** While it fails, until then nothing of the same authorizer goes before it. */
  readonly holdsUntil: EpochMs
  /** Not tried any more then. */
  readonly expiresAt: EpochMs
  readonly endedAt?: EpochMs
  readonly lastError?: KeptProblem
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
