import { after } from '../../time.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { assertCallable } from '../authorizers/authorizer-calls.ts'
import { ATTEMPT_MS } from '../releases/commits.ts'
import { databaseTime } from '../platform.ts'
import { endGray } from '../releases/gray-releases.ts'
import { publish, publishedAll, sendRelease } from '../releases/publishing.ts'
import { changeReleases } from '../releases/release-records.ts'
import { underReview } from '../releases/release-states.ts'
import { byRollout } from './asked.ts'
import { supersededBy } from './following.ts'
import { forEachOf, noteAll, readShipments, sendAll, type ItemPage, type Shipment } from './page.ts'
import { rollBackRelease } from '../releases/rollbacks.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

interface Approved extends Shipment {
  readonly ours: ReleaseRecord
}

/** Puts the approved ones of a page online. */
export async function publishPage(page: ItemPage): Promise<void> {
  const { platform, outcomes } = page
  const approved: Approved[] = []
  await forEachOf(page, await readShipments(page), async (shipment) => {
    const { item, ours, releases } = shipment
    // A newer submission makes WeChat forget the approval, also where its record does not say so yet.
    const isForgotten = releases.some(
      ({ state, number }) => underReview.includes(state) && number > (ours?.number ?? 0),
    )
    if (!ours || isForgotten) return outcomes.set(item, supersededBy(ours))
    if (ours.state !== 'approved') return outcomes.follow(item, ours)
    await assertCallable(platform, item.appid, endpoints.release)
    approved.push({ ...shipment, ours })
  })
  const free = approved.filter(({ ours }) => ours.attemptAt === undefined)
  const begun = databaseTime(platform)
  const intents = () =>
    changeReleases(
      platform,
      free.map(({ ours }) => ours),
      { ...byRollout, attemptAt: begun, dueAt: after(begun, ATTEMPT_MS) },
    )
  const sent = await sendAll(page, free, intents, (intent) => sendRelease(platform, intent))
  await noteAll(page, sent, publishedAll)
  // Somebody is at it, or was: this waits for them, or finds out.
  await forEachOf(
    page,
    approved.filter(({ ours }) => ours.attemptAt !== undefined),
    async ({ item, ours }) => {
      outcomes.follow(item, await publish(platform, ours, { asked: byRollout }))
    },
  )
}

/** Takes back the released ones of a page, and ends gray releases; one that is no longer the newest stays. */
export async function rollBackPage(page: ItemPage): Promise<void> {
  const { platform, outcomes } = page
  await forEachOf(page, await readShipments(page), async ({ item, ours }) => {
    const present = item.state === 'gray' && ours ? await endGray(platform, ours, byRollout) : ours
    const isEnded = present?.state === 'rolledBack' || (item.state === 'gray' && present?.state === 'approved')
    if (isEnded) return outcomes.set(item, { state: 'rolledBack', problem: null, dueAt: null })
    if (present?.state !== 'released') return outcomes.set(item, supersededBy(ours))
    const isBack = await rollBackRelease(platform, present, byRollout)
    outcomes.set(item, isBack ? { state: 'rolledBack', problem: null } : supersededBy(ours))
  })
}
