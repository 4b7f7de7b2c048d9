import { isFailure } from '../../errors.ts'
import { after } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { settledReleases } from './attempts.ts'
import { isOfRelease, isUnderWay, readGrayPlan } from './gray-plans.ts'
import { isOnline, LOOK_AGAIN_MS, published } from './publishing.ts'
import { follow, recentReleases } from './release-records.ts'
import type { ReleaseChange, ReleaseRecord } from '../stores/releases.ts'

/*
 * A version that is approved, or gray, waits for its users. WeChat ends a gray release by itself after some days, and the merchant may publish,
 * widen or cancel in its own console; nothing is pushed then.
 */

const isWaiting = ({ state, attemptAt }: ReleaseRecord): boolean =>
  (state === 'approved' || state === 'gray') && attemptAt === undefined

/** The release as WeChat has it now. */
export async function lookAtWaiting(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  if (!isWaiting(release)) return release
  const plan = await readGrayPlan(platform, release.appid)
  const isGray = isUnderWay(plan) && isOfRelease(plan, release)
  if (!isGray && (await isOnline(platform, release))) return published(platform, release)
  const grayPercentage = isGray ? plan?.gray_percentage : undefined
  if ((release.state === 'gray') === isGray && release.grayPercentage === grayPercentage) return release
  return follow(platform, release, {
    state: isGray ? 'gray' : 'approved',
    grayPercentage: grayPercentage ?? null,
    graySince: grayPercentage === undefined ? null : databaseTime(platform),
    ...lookAgain(platform, release),
  })
}

/** The same for `processQueue`: it is due again in a while. */
export async function pollWaiting(platform: Platform, due: ReleaseRecord): Promise<ReleaseRecord> {
  const present = await lookAtWaiting(platform, due)
  return present === due ? follow(platform, due, lookAgain(platform, due)) : present
}

const lookAgain = (platform: Platform, { problem }: ReleaseRecord): ReleaseChange => {
  const now = databaseTime(platform)
  return { checkedAt: now, ...(problem && { problem: null }), dueAt: after(now, LOOK_AGAIN_MS) }
}

/** The same for a reader, who is shown what is known where WeChat does not say. */
export const presentlyWaiting = (platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> =>
  lookAtWaiting(platform, release).catch((error: unknown) => {
    if (!isFailure(error)) throw error
    platform.log.warn('a release could not be compared with WeChat', { releaseId: release.releaseId, reason: error })
    return release
  })

/** Before an account is shown. */
export async function lookAtAllWaiting(platform: Platform, appid: string): Promise<void> {
  for (const release of await recentReleases(platform, appid)) await presentlyWaiting(platform, release)
}

/** The releases of an account with nothing left open, those that wait as WeChat has them now. */
export async function presentReleases(platform: Platform, appid: string): Promise<readonly ReleaseRecord[]> {
  const releases = await settledReleases(platform, appid)
  const waiting = releases.filter(isWaiting)
  if (waiting.length === 0) return releases
  for (const release of waiting) await presentlyWaiting(platform, release)
  // A version that went online superseded others.
  return settledReleases(platform, appid)
}
