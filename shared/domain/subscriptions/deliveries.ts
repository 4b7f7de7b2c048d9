import { forEachConcurrently } from '../../concurrency.ts'
import { SECOND, type EpochMs } from '../../time.ts'
import { mayWantPushes } from './new-deliveries.ts'
import { openRound, sendWaiting } from './delivery-round.ts'
import { noteHealth } from './subscription-health.ts'
import { databaseTime, learnDatabaseTime, type Platform } from '../platform.ts'
import { takeInPushes } from './push-deliveries.ts'
import { emptyOutbox } from './empty-outbox.ts'
import type { Due } from '../stores/due.ts'
import type { SubscriptionRecord } from '../stores/subscriptions.ts'

/** Enough for one last attempt (8 s) and what has to be written after it. */
const LAST_ATTEMPT_MS = 14 * SECOND
/** Of one run; other steps have work too. */
const SLICE_MS = 20 * SECOND
const SUBSCRIPTIONS_AT_ONCE = 4

/** Sends what waits, each subscription under a lease of its own. How many were accepted. */
export async function deliver(platform: Platform, leftMs: () => number): Promise<number> {
  const subscriptions = (await platform.stores.subscriptions.all()).filter(({ enabled }) => enabled)
  const atEnd = leftMs() - SLICE_MS
  const left = (): number => Math.min(leftMs() - LAST_ATTEMPT_MS, leftMs() - atEnd)
  let delivered = 0
  const trouble = await emptyOutbox(platform, subscriptions, () => left() <= 0).catch((error: unknown) => ({
    error,
  }))
  await forEachConcurrently(subscriptions, SUBSCRIPTIONS_AT_ONCE, async (subscription) => {
    try {
      delivered += await serve(platform, subscription, () => left() <= 0)
    } catch (error) {
      const { subscriptionId } = subscription
      platform.log.warn('a subscription could not be served', { subscriptionId, reason: error })
    }
  })
  if (trouble) throw trouble.error
  return delivered
}

/** Whether what was seen gives any subscription something to do. */
export const isToDeliver = (due: Due, now: EpochMs): boolean =>
  due.subscriptions.some(({ match, since, seenUntil, retryAt }) => {
    const isResting = retryAt !== undefined && retryAt > now
    const hasPushes = isLater(due.newestPushAt, seenUntil) && mayWantPushes(match)
    return isLater(due.newestUntoldAt, since) || (!isResting && (due.deliveries || hasPushes))
  })

const isLater = (time: EpochMs | undefined, than: EpochMs): boolean => time !== undefined && time > than

async function serve(platform: Platform, known: SubscriptionRecord, isOver: () => boolean): Promise<number> {
  if (isOver() || mustRest(platform, known) || !(await hasWork(platform, known))) return 0
  const { subscriptions } = platform.stores
  const owner = platform.ids.random()
  const claim = await subscriptions.claim(known.subscriptionId, owner)
  if (!claim) return 0
  try {
    learnDatabaseTime(platform, claim.now)
    const { subscription } = claim
    if (!subscription.enabled || mustRest(platform, subscription)) return 0
    await takeInPushes(platform, subscription, isOver)
    const round = await openRound(platform, subscription, isOver)
    await sendWaiting(platform, round, claim.now)
    await noteHealth(platform, round)
    return round.delivered
  } finally {
    await subscriptions.release(known.subscriptionId, owner)
  }
}

const mustRest = (platform: Platform, { retryAt }: SubscriptionRecord): boolean =>
  retryAt !== undefined && retryAt > databaseTime(platform)

async function hasWork(platform: Platform, subscription: SubscriptionRecord): Promise<boolean> {
  const now = databaseTime(platform)
  const [pushes, waiting] = await Promise.all([
    mayWantPushes(subscription.match) ? platform.stores.deliveries.pushesAfter(subscription.seenUntil, 1) : [],
    platform.stores.deliveries.due(subscription.subscriptionId, now, now, 1),
  ])
  return pushes.length + waiting.length > 0
}
