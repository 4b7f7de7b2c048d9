import { after, DAY } from '../../time.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { assertCallable } from '../authorizers/authorizer-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { settleAttempt } from '../releases/attempts.ts'
import { widenRelease } from '../releases/gray-releases.ts'
import { byRollout } from './rollout-caller.ts'
import { grayEnd, supersededBy } from './following.ts'
import { allowedShare } from './guard-stage.ts'
import { forEachOf, isForgotten, readShipments, type ItemPage, type Shipment } from './item-page.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { RolloutRecord } from '../stores/rollouts.ts'

/** Puts the approved ones of a page online for the first part of their users, and widens those that have been gray for a day. */
export async function widenPage(page: ItemPage): Promise<void> {
  const { platform, rollout, outcomes } = page
  await forEachOf(page, await readShipments(page), async (shipment) => {
    const { item } = shipment
    const ours = await settledOf(platform, shipment)
    if (!ours) return outcomes.set(item, supersededBy(shipment.ours))
    if (ours.attemptAt !== undefined) return outcomes.putOff(item)
    const isStill = ours.state === 'approved' || isOfYesterday(platform, ours)
    const next = nextShare(rollout, ours)
    if (isStill && next > allowedShare(rollout)) return outcomes.hold(item)
    const present = isStill && !isEnded(ours) ? await widen(platform, ours, next) : ours
    const end = isEnded(present) && grayEnd(rollout)
    if (end) outcomes.set(item, end)
    else outcomes.follow(item, present)

    /** By another hand, after we had begun. */
    function isEnded({ state }: ReleaseRecord): boolean {
      return item.state === 'gray' && state === 'approved'
    }
  })
}

async function settledOf(platform: Platform, shipment: Shipment): Promise<ReleaseRecord | undefined> {
  const { ours } = shipment
  if (!ours || isForgotten(shipment)) return undefined
  return ours.attemptAt === undefined ? ours : settleAttempt(platform, ours)
}

const isOfYesterday = (platform: Platform, { state, graySince }: ReleaseRecord): boolean =>
  state === 'gray' && (graySince === undefined || after(graySince, DAY) <= databaseTime(platform))

function nextShare({ gray }: RolloutRecord, { state, grayPercentage = 0 }: ReleaseRecord): number {
  const present = state === 'gray' ? grayPercentage : 0
  return gray?.find((percentage) => percentage > present) ?? 100
}

async function widen(platform: Platform, ours: ReleaseRecord, share: number): Promise<ReleaseRecord> {
  await assertCallable(platform, ours.appid, endpoints.startGray)
  return widenRelease(platform, ours, share, byRollout)
}
