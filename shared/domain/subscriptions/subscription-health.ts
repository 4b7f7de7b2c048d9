import { after, DAY, HOUR, MINUTE, SECOND, type EpochMs } from '../../time.ts'
import type { Round } from './delivery-round.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { closeProblem, openProblem, type NewProblem } from '../problems/problems.ts'
import type { SubscriptionRecord } from '../stores/subscriptions.ts'

/** Before an endpoint that accepts nothing is asked again; the last one stays. */
const delays = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE]

/** Failing for about as long as one delivery is retried, with nothing accepted in between. */
const LASTING_MS = 3 * DAY - HOUR
const WORTH_A_PROBLEM_MS = HOUR

const FAILING = 'SUBSCRIPTION_FAILING'
const SWITCHED_OFF = 'SUBSCRIPTION_SWITCHED_OFF'

/** What a round says of the endpoint as a whole. */
export async function noteHealth(platform: Platform, round: Round): Promise<void> {
  const { subscription, delivered, died, doubtful } = round
  if (delivered > 0) return noteRecovery(platform, subscription)
  const failed = [...doubtful.values()]
  for (const { delivery, failure } of failed) await platform.stores.deliveries.noteFailure(delivery, failure)
  if (failed.length === 0 && died === 0) return
  const now = databaseTime(platform)
  const failures = subscription.failures + (failed.length > 0 ? 1 : 0)
  const failingSince = subscription.failingSince ?? (failed.length > 0 ? now : null)
  await platform.stores.subscriptions.noteHealth(subscription, {
    failures,
    failingSince,
    retryAt: after(now, delays[Math.min(failures, delays.length) - 1] ?? 0),
    lastError: failed.at(-1)?.failure.problem ?? subscription.lastError ?? null,
  })
  if (failingSince === null) return
  if (now - failingSince >= LASTING_MS) await switchOff(platform, subscription)
  else if (now - failingSince >= WORTH_A_PROBLEM_MS) await reviewProblems(platform, subscription.subscriptionId)
}

async function noteRecovery(platform: Platform, subscription: SubscriptionRecord): Promise<void> {
  const { subscriptionId, failures } = subscription
  if (failures === 0) return
  const well = { failures: 0, failingSince: null, retryAt: null, lastError: null }
  await platform.stores.subscriptions.noteHealth(subscription, well)
  platform.log.info('a subscription is well again', { subscriptionId })
  await reviewProblems(platform, subscriptionId)
}

async function switchOff(platform: Platform, subscription: SubscriptionRecord): Promise<void> {
  await platform.stores.subscriptions.switchOff(subscription, databaseTime(platform))
  await reviewProblems(platform, subscription.subscriptionId)
}

/** What the row says of it. */
export function endpointProblems(subscription: SubscriptionRecord, now: EpochMs): readonly NewProblem[] {
  const { subscriptionId, enabled, failures, failingSince, switchedOffAt } = subscription
  const of = { about: subscriptionId, params: { host: hostOf(subscription), subscriptionId } }
  if (switchedOffAt !== undefined) return [{ ...of, code: SWITCHED_OFF }]
  const isFailing = enabled && failures > 0 && failingSince !== undefined && now - failingSince >= WORTH_A_PROBLEM_MS
  return isFailing ? [{ ...of, code: FAILING }] : []
}

/** The same for one that changed, or is no more. */
export async function reviewProblems(platform: Platform, subscriptionId: string): Promise<void> {
  const present = await platform.stores.subscriptions.find(subscriptionId)
  const found = present ? endpointProblems(present, databaseTime(platform)) : []
  for (const problem of found) await openProblem(platform, problem)
  for (const code of [FAILING, SWITCHED_OFF] as const)
    if (!found.some((problem) => problem.code === code)) await closeProblem(platform, code, subscriptionId)
}

const hostOf = ({ url }: SubscriptionRecord): string => new URL(url).host
