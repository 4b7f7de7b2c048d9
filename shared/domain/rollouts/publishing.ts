import { after } from '../../time.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { assertCallable } from '../authorizers/authorizer-calls.ts'
import { ATTEMPT_MS } from '../releases/commits.ts'
import { databaseTime } from '../platform.ts'
import { endGray } from '../releases/gray-releases.ts'
import { publish, releasedNow, sendRelease, setLive } from '../releases/publishing.ts'
import { changeReleases, supersedeOlder } from '../releases/release-records.ts'
import { supersededByRelease, underReview } from '../releases/release-states.ts'
import { byRollout } from './asked.ts'
import { supersededBy } from './following.ts'
import { writeIntents, forEachOf, readShipments, type ItemPage, type Shipment } from './page.ts'
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
  await sendAll(
    page,
    approved.filter(({ ours }) => ours.attemptAt === undefined),
  )
  // Somebody is at it, or was: this waits for them, or finds out.
  await forEachOf(
    page,
    approved.filter(({ ours }) => ours.attemptAt !== undefined),
    async ({ item, ours }) => {
      outcomes.follow(item, await publish(platform, ours, { asked: byRollout }))
    },
  )
}

/** The intents first, in one write; then all at once; then what became of them, in one write. */
async function sendAll(page: ItemPage, approved: readonly Approved[]): Promise<void> {
  if (approved.length === 0) return
  const { platform, outcomes } = page
  const begun = databaseTime(platform)
  const intentOf = await writeIntents(page, () =>
    changeReleases(
      platform,
      approved.map(({ ours }) => ours),
      { ...byRollout, attemptAt: begun, dueAt: after(begun, ATTEMPT_MS) },
    ),
  )
  const sent: { item: Shipment['item']; release: ReleaseRecord; releases: readonly ReleaseRecord[] }[] = []
  await forEachOf(page, approved, async ({ item, releases }) => {
    const intent = intentOf(item.appid)
    if (!intent) return outcomes.putOff(item)
    await sendRelease(platform, intent)
    sent.push({ item, release: intent, releases })
  })
  if (sent.length === 0) return
  const now = databaseTime(platform)
  const released = sent.map(({ release }) => release)
  // The records come last: once these say `released`, nobody comes back to them.
  await setLive(platform, released, now)
  await supersedeOlder(platform, sent, supersededByRelease)
  const noted = await changeReleases(platform, released, releasedNow(now))
  const isNoted = new Set(noted.map(({ releaseId }) => releaseId))
  for (const { item, release } of sent)
    if (isNoted.has(release.releaseId)) outcomes.set(item, { state: 'released', problem: null })
    else outcomes.putOff(item)
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
