import { Failure } from '../../errors.ts'
import { after, DAY, MINUTE, toIso, toUnixSeconds, type EpochMs } from '../../time.ts'
import { deliveryOutcome, subscription } from '../answers.ts'
import type { Run } from '../callers/activity.ts'
import { removeOnce } from '../callers/remove-once.ts'
import { mayWantPushes, messageId } from './new-deliveries.ts'
import { presentDelivery } from './delivery-list.ts'
import { nextAttempt } from './retry-delays.ts'
import { reviewProblems } from './subscription-health.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { present } from '../present.ts'
import type { PageRequest } from '../stores/page.ts'
import type { Match, SubscriptionRecord } from '../stores/subscriptions.ts'
import type { WebhookOutcome } from './webhook-message.ts'

/** Each matching one costs a write per event. */
export const MAX_SUBSCRIPTIONS = 50
/** After a rotation the former secret signs for so long, too. */
const BOTH_SECRETS_MS = DAY
/** In a list. */
const SHOWN_DELIVERIES = 20
/** While a delivery is sent again by hand the queue leaves it alone. */
const REDELIVERY_MS = MINUTE

export interface SubscriptionInput {
  readonly subscriptionId?: string | undefined
  readonly url: string
  readonly match: Match
  readonly enabled?: boolean | undefined
  readonly rotateSecret?: boolean | undefined
}

type Put = { readonly subscriptionId: string; readonly secret?: string }

/** Makes or changes one. The secret is answered when it is new, this once. */
export async function putSubscription(platform: Platform, input: SubscriptionInput, run: Run): Promise<Put> {
  const objection = await platform.webhooks.objection(input.url)
  if (objection !== undefined) throw new Failure('ADDRESS_NOT_PUBLIC', { params: { objection }, field: 'url' })
  return input.subscriptionId === undefined
    ? create(platform, input, run.activityId)
    : change(platform, input.subscriptionId, input, run.activityId)
}

async function create(platform: Platform, input: SubscriptionInput, runId: string): Promise<Put> {
  const subscriptionId = `sub_${platform.ids.hash('subscription', runId).slice(0, 24)}`
  const all = await platform.stores.subscriptions.all()
  if (all.some((known) => known.subscriptionId === subscriptionId)) return madeBefore(platform, subscriptionId)
  if (all.length >= MAX_SUBSCRIPTIONS)
    throw new Failure('TOO_MANY_SUBSCRIPTIONS', { params: { max: MAX_SUBSCRIPTIONS } })
  const { url, match, enabled = true } = input
  const secret = newSecret(platform)
  const isNew = await platform.stores.subscriptions.insert({ subscriptionId, url, match, enabled, secret })
  return isNew ? { subscriptionId, secret } : madeBefore(platform, subscriptionId)
}

/** The secret of an attempt whose answer was lost. */
async function madeBefore(platform: Platform, subscriptionId: string): Promise<Put> {
  const [secret] = await platform.stores.subscriptions.secrets(subscriptionId, databaseTime(platform))
  return { subscriptionId, ...(secret !== undefined && { secret }) }
}

async function change(
  platform: Platform,
  subscriptionId: string,
  input: SubscriptionInput,
  runId: string,
): Promise<Put> {
  const known = await find(platform, subscriptionId)
  const { url, match, enabled = known.enabled } = input
  // What was looked at under the former match is not looked at again.
  const lookedAt = mayWantPushes(known.match) ? known.seenUntil : 'now'
  const since = isSameMatch(match, known.match) ? undefined : lookedAt
  if (!(await platform.stores.subscriptions.change(known, { url, match, enabled, since })))
    return change(platform, subscriptionId, input, runId)
  if (enabled && !known.enabled) await reviewProblems(platform, subscriptionId)
  if (input.rotateSecret !== true) return { subscriptionId }
  if (known.rotatedBy === runId) return madeBefore(platform, subscriptionId)
  const secret = newSecret(platform)
  const now = databaseTime(platform)
  const rotation = { secret, formerUntil: after(now, BOTH_SECRETS_MS), now, rotatedBy: runId }
  if (!(await platform.stores.subscriptions.rotate(subscriptionId, rotation))) throw unknownSubscription()
  return { subscriptionId, secret }
}

const isSameMatch = (a: Match, b: Match): boolean =>
  a.type === b.type && a.infoType === b.infoType && a.event === b.event && a.appid === b.appid

/** 32 random bytes in the form that Standard Webhooks names. */
const newSecret = ({ ids }: Platform): string =>
  `whsec_${Buffer.from(ids.random() + ids.random(), 'hex').toString('base64')}`

async function find(platform: Platform, subscriptionId: string): Promise<SubscriptionRecord> {
  const known = await platform.stores.subscriptions.find(subscriptionId)
  if (!known) throw unknownSubscription()
  return known
}

const unknownSubscription = (): Failure => new Failure('SUBSCRIPTION_UNKNOWN', { field: 'subscriptionId' })

export async function deleteSubscription(platform: Platform, subscriptionId: string, run: Run): Promise<void> {
  const { subscriptions } = platform.stores
  await removeOnce(run, {
    isThere: async () => (await subscriptions.find(subscriptionId)) !== undefined,
    remove: () => subscriptions.remove(subscriptionId),
    unknown: unknownSubscription,
  })
  // Nothing is sent any more; what this leaves behind is given up by the clean-up.
  await platform.stores.deliveries
    .abandon(subscriptionId, { code: 'SUBSCRIPTION_DELETED', params: {} }, databaseTime(platform))
    .catch((error: unknown) => platform.log.warn('deliveries were left waiting', { subscriptionId, reason: error }))
  await reviewProblems(platform, subscriptionId)
}

/** With the newest deliveries of each: what was accepted, what waits, what was given up. */
export async function listSubscriptions(platform: Platform, page: PageRequest) {
  const { items, ...rest } = await platform.stores.subscriptions.list(page)
  return { ...rest, items: await Promise.all(items.map((item) => presentWithDeliveries(platform, item))) }
}

async function presentWithDeliveries(platform: Platform, record: SubscriptionRecord) {
  const { deliveries } = platform.stores
  const { subscriptionId, enabled, retryAt, formerSecretUntil } = record
  const [waiting, failed, newest] = await Promise.all([
    deliveries.count(subscriptionId, 'waiting'),
    deliveries.count(subscriptionId, 'dead'),
    deliveries.list({ subscriptionId }, { limit: SHOWN_DELIVERIES }),
  ])
  const now = databaseTime(platform)
  const inFuture = (at: EpochMs | undefined) => (at !== undefined && at > now ? at : undefined)
  return present(subscription(), {
    ...record,
    nextAttemptAt: enabled ? inFuture(retryAt) : undefined,
    formerSecretUntil: inFuture(formerSecretUntil),
    waiting,
    failed,
    deliveries: newest.items.map((one) => presentDelivery(one)),
  })
}

/** Sends an event of the type `subscription.test` now, once, whatever the subscription matches. */
export async function testSubscription(platform: Platform, subscriptionId: string, runId: string) {
  const known = await find(platform, subscriptionId)
  const id = messageId(platform, 'test', runId)
  const timestamp = toIso(databaseTime(platform))
  const data = { subscriptionId }
  const body = JSON.stringify({ id, type: 'subscription.test', timestamp, data })
  return presentOutcome(id, await sendNow(platform, known, id, body))
}

/** Sends a stored event again now, under its own id; if that fails it waits like a new one. */
export async function redeliver(platform: Platform, deliveryId: string, begunBefore?: EpochMs) {
  const delivery = await platform.stores.deliveries.find(deliveryId)
  if (begunBefore !== undefined && delivery?.state === 'delivered' && (delivery.endedAt ?? 0) >= begunBefore)
    return { deliveryId, delivered: true }
  const target = delivery && (await platform.stores.subscriptions.find(delivery.subscriptionId))
  if (!delivery || !target) throw new Failure('DELIVERY_UNKNOWN', { field: 'deliveryId' })
  if (!target.enabled) throw new Failure('SUBSCRIPTION_OFF')
  await platform.stores.deliveries.revive(deliveryId, REDELIVERY_MS)
  const outcome = await sendNow(platform, target, deliveryId, delivery.body)
  if (outcome.delivered) await platform.stores.deliveries.finish(deliveryId, databaseTime(platform), outcome.attempt)
  else {
    const dueAt = nextAttempt(databaseTime(platform), delivery.attempts + 1)
    await platform.stores.deliveries.noteFailure(delivery, outcome, dueAt)
  }
  return presentOutcome(deliveryId, outcome)
}

/** All that were given up, in their order; the queue sends them. */
export async function redeliverFailed(platform: Platform, subscriptionId: string, { activityId }: Run) {
  const target = await find(platform, subscriptionId)
  if (!target.enabled) throw new Failure('SUBSCRIPTION_OFF')
  const count = await platform.stores.deliveries.reviveAll(subscriptionId, activityId)
  const { url, match, enabled } = target
  // An endpoint that is left alone for a while gets its chance at once.
  if (count > 0) await platform.stores.subscriptions.change(target, { url, match, enabled })
  return { subscriptionId, redelivered: count }
}

async function sendNow(platform: Platform, to: SubscriptionRecord, id: string, body: string): Promise<WebhookOutcome> {
  const now = databaseTime(platform)
  const secrets = await platform.stores.subscriptions.secrets(to.subscriptionId, now)
  return platform.webhooks.post(to.url, { id, body, unixSeconds: toUnixSeconds(now), secrets })
}

const presentOutcome = (deliveryId: string, outcome: WebhookOutcome) =>
  present(deliveryOutcome(), {
    deliveryId,
    delivered: outcome.delivered,
    httpStatus: outcome.attempt.httpStatus,
    error: outcome.delivered ? undefined : outcome.problem,
  })
