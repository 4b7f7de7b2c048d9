import { forEachConcurrently } from '../../concurrency.ts'
import { after, toUnixSeconds, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { nextAttempt, SHORT_MS } from './retry-delays.ts'
import type { Delivery, FailedAttempt } from '../stores/deliveries.ts'
import type { SubscriptionRecord } from '../stores/subscriptions.ts'

const LANES_AT_ONCE = 8
const PAGE = 100
/** After so many failures in a row nothing more is tried in this round. */
const STREAK = 5

/** One claim of one subscription. */
export interface Round {
  readonly subscription: SubscriptionRecord
  readonly secrets: readonly string[]
  /** Authorizers whose deliveries wait for a failing one, until when. */
  readonly held: Map<string, EpochMs>
  /** Failed before anything was accepted: is it them, or the whole endpoint? */
  readonly doubtful: Map<string, { readonly delivery: Delivery; readonly failure: FailedAttempt }>
  readonly isOver: () => boolean
  delivered: number
  died: number
  /** Failures since something was accepted. */
  streak: number
  /** Why the round cannot go on; nothing to do with the endpoint. */
  trouble?: unknown
}

export async function openRound(
  platform: Platform,
  subscription: SubscriptionRecord,
  isOver: () => boolean,
): Promise<Round> {
  const now = databaseTime(platform)
  const { subscriptionId } = subscription
  const [secrets, holding] = await Promise.all([
    platform.stores.subscriptions.secrets(subscriptionId, now),
    platform.stores.deliveries.holding(subscriptionId, now),
  ])
  const held = new Map<string, EpochMs>()
  for (const delivery of holding)
    if (delivery.dueAt > now) held.set(laneOf(delivery), untilWhen(delivery, delivery.dueAt))
  return { subscription, secrets, held, doubtful: new Map(), isOver, delivered: 0, died: 0, streak: 0 }
}

/** Order is kept within an authorizer. */
const laneOf = ({ appid }: Delivery): string => appid ?? ''

const untilWhen = ({ holdsUntil }: Delivery, dueAt: EpochMs): EpochMs => (dueAt < holdsUntil ? dueAt : holdsUntil)

const mustStop = (round: Round): boolean => round.isOver() || round.streak >= STREAK || round.trouble !== undefined

/** Whatever was stored before `until`, oldest first; a page at a time, and each page leaves the line in some way. */
export async function sendWaiting(platform: Platform, round: Round, until: EpochMs): Promise<void> {
  const { subscriptionId, failures } = round.subscription
  // An endpoint that was down is asked for the oldest first, so that everything comes in order once it is back.
  const width = failures > 0 ? 1 : LANES_AT_ONCE
  while (!mustStop(round)) {
    const now = databaseTime(platform)
    const page = await platform.stores.deliveries.due(subscriptionId, now, until, PAGE + round.doubtful.size)
    const fresh = page.filter(({ deliveryId }) => !round.doubtful.has(deliveryId))
    if (fresh.length === 0) return
    await forEachConcurrently(lanesOf(fresh), width, (lane) => sendLane(platform, round, lane))
    if (round.trouble !== undefined) throw round.trouble
  }
}

function lanesOf(deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] {
  const lanes = new Map<string, Delivery[]>()
  for (const delivery of deliveries) {
    const lane = lanes.get(laneOf(delivery))
    if (lane) lane.push(delivery)
    else lanes.set(laneOf(delivery), [delivery])
  }
  return [...lanes.values()]
}

async function sendLane(platform: Platform, round: Round, lane: readonly Delivery[]): Promise<void> {
  try {
    for (const [index, delivery] of lane.entries()) {
      const held = round.held.get(laneOf(delivery))
      if (held !== undefined) return await postpone(platform, lane.slice(index), held)
      if (mustStop(round)) return
      await sendOne(platform, round, delivery)
    }
  } catch (error) {
    round.trouble ??= error
  }
}

function postpone(platform: Platform, deliveries: readonly Delivery[], until: EpochMs): Promise<void> {
  const soon = after(databaseTime(platform), SHORT_MS)
  const ids = deliveries.map(({ deliveryId }) => deliveryId)
  return platform.stores.deliveries.postpone(ids, until > soon ? until : soon)
}

async function sendOne(platform: Platform, round: Round, delivery: Delivery): Promise<void> {
  const { deliveryId: id, subscriptionId, type, body, attempts, expiresAt } = delivery
  const now = databaseTime(platform)
  if (expiresAt <= now) {
    await platform.stores.deliveries.giveUp(id, now)
    round.died += 1
    platform.log.warn('a delivery is given up', { deliveryId: id, subscriptionId, type, attempts })
    return
  }
  const message = { id, body, unixSeconds: toUnixSeconds(now), secrets: round.secrets }
  const outcome = await platform.webhooks.post(round.subscription.url, message)
  if (outcome.delivered) {
    await platform.stores.deliveries.finish(id, databaseTime(platform), outcome.attempt)
    return noteAccepted(platform, round)
  }
  platform.log.info('a delivery was not accepted', {
    deliveryId: id,
    subscriptionId,
    type,
    attempts,
    why: outcome.problem,
  })
  return noteRefused(platform, round, delivery, outcome)
}

/** The endpoint is up, so those that failed before failed on their own account. */
async function noteAccepted(platform: Platform, round: Round): Promise<void> {
  round.delivered += 1
  round.streak = 0
  const explained = [...round.doubtful.values()]
  round.doubtful.clear()
  for (const { delivery, failure } of explained) await putOff(platform, delivery, failure)
}

async function noteRefused(
  platform: Platform,
  round: Round,
  delivery: Delivery,
  failure: FailedAttempt,
): Promise<void> {
  round.streak += 1
  const now = databaseTime(platform)
  const isUp = round.delivered > 0
  const dueAt = isUp ? nextAttempt(now, delivery.attempts + 1) : after(now, SHORT_MS)
  if (delivery.holdsUntil > now) round.held.set(laneOf(delivery), untilWhen(delivery, dueAt))
  if (isUp) await putOff(platform, delivery, failure)
  else round.doubtful.set(delivery.deliveryId, { delivery, failure })
}

const putOff = (platform: Platform, delivery: Delivery, failure: FailedAttempt): Promise<void> =>
  platform.stores.deliveries.noteFailure(delivery, failure, nextAttempt(databaseTime(platform), delivery.attempts + 1))
