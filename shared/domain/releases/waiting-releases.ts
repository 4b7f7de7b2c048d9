import { isFailure } from '../../errors.ts'
import { after } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { settledReleases } from './attempts.ts'
import { grayChange, isRunning, readGrayPlan } from './gray-plans.ts'
import { isOnline, LOOK_AGAIN_MS, published } from './publishing.ts'
import { follow, recentReleases } from './release-records.ts'
import { isElsewhere, type ReleaseChange, type ReleaseRecord } from '../stores/releases.ts'

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
  if (!isRunning(plan, release) && (await isOnline(platform, release))) return published(platform, release)
  const change = grayChange(release, plan, databaseTime(platform))
  return change ? follow(platform, release, { ...change, ...lookAgain(platform, release) }) : release
}

/** The same for `processQueue`: it is due again in a while. */
export async function pollWaiting(platform: Platform, due: ReleaseRecord): Promise<ReleaseRecord> {
  const present = await lookAtWaiting(platform, due)
  return present === due ? follow(platform, due, lookAgain(platform, due)) : present
}

const lookAgain = (platform: Platform, release: ReleaseRecord): ReleaseChange => {
  const now = databaseTime(platform)
  const dueAt = isElsewhere(release) ? null : after(now, LOOK_AGAIN_MS)
  return { checkedAt: now, ...(release.problem && { problem: null }), dueAt }
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
