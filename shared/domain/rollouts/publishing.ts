import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { assertCallable } from '../authorizers/authorizer-calls.ts'
import { endGray } from '../releases/gray-releases.ts'
import { publish, publishedAll, sendRelease } from '../releases/publishing.ts'
import { byRollout } from './rollout-caller.ts'
import { supersededBy } from './following.ts'
import { beginAll, forEachOf, isForgotten, noteAll, readShipments, sendAll } from './item-page.ts'
import type { ItemPage, Ours } from './item-page.ts'
import { rollBackRelease } from '../releases/rollbacks.ts'

/** Puts the approved ones of a page online. */
export async function publishPage(page: ItemPage): Promise<void> {
  const { platform, outcomes } = page
  const approved: Ours[] = []
  await forEachOf(page, await readShipments(page), async (shipment) => {
    const { item, ours } = shipment
    if (!ours || isForgotten(shipment)) return outcomes.set(item, supersededBy(ours))
    if (ours.state !== 'approved') return outcomes.follow(item, ours)
    await assertCallable(platform, item.appid, endpoints.release)
    approved.push({ ...shipment, ours })
  })
  const free = approved.filter(({ ours }) => ours.attemptAt === undefined)
  const sent = await sendAll(
    page,
    free,
    () => beginAll(platform, free, {}),
    (intent) => sendRelease(platform, intent),
  )
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
