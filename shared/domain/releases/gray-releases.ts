import { errcodeOf, Failure, isFailure } from '../../errors.ts'
import { releases as endpoints } from '../../wechat/endpoints/releases.ts'
import { errcodes, saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import type { Platform } from '../platform.ts'
import { begin, carryOut, settledReleases } from './attempts.ts'
import { otherReleased, otherSubmission } from './latest-audit.ts'
import { notApproved, publish } from './publishing.ts'
import { wasAsked } from './release-records.ts'
import { releasable } from './releases.ts'
import { lookAtWaiting, presentlyWaiting } from './waiting-releases.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** Puts the approved version online for a part of the users; the part only grows, and at 100 it is released. */
export async function startGray(
  platform: Platform,
  appid: string,
  percentage: number,
  asked: Asked,
): Promise<ReleaseRecord> {
  const releases = await settledReleases(platform, appid)
  const ours = releases.find((one) => wasAsked(one, asked))
  if (ours && grayShare(ours) >= percentage) return ours
  const candidate = await releasable(platform, releases)
  if (!candidate) throw notApproved(releases.find((record) => record.state !== 'failed'))
  const present = candidate.state === 'gray' ? (candidate.grayPercentage ?? 0) : 0
  if (percentage === present) return candidate
  if (percentage < present) throw new Failure('GRAY_ONLY_GROWS', { params: { present }, field: 'percentage' })
  const begun = await begin(platform, candidate, { kind: 'gray', percentage }, asked)
  const send = () => callForAuthorizer(platform, appid, endpoints.startGray, { body: { gray_percentage: percentage } })
  const done = await carryOut(platform, begun, send, saying.otherState).catch((error: unknown) =>
    refuse(platform, begun, error),
  )
  if (done.state === 'superseded') throw otherReleased(done, (await otherSubmission(platform, done)) ?? '')
  return done
}

const grayShare = ({ state, grayPercentage = 0 }: ReleaseRecord): number =>
  state === 'released' ? 100 : state === 'gray' ? grayPercentage : 0

export async function cancelGray(platform: Platform, appid: string, asked: Asked): Promise<ReleaseRecord> {
  const releases = await settledReleases(platform, appid)
  const ours = releases.find((one) => wasAsked(one, asked))
  if (ours && ours.state !== 'gray') return ours
  const gray = releases.find(({ state }) => state === 'gray')
  if (!gray) throw new Failure('NO_GRAY_RUNNING')
  const begun = await begin(platform, gray, { kind: 'cancelGray' }, asked)
  const send = () => callForAuthorizer(platform, appid, endpoints.cancelGray, {})
  return carryOut(platform, begun, send, saying.otherState).catch((error: unknown) => refuse(platform, begun, error))
}

/** This very release for a larger part of the users; what others did with it meanwhile is read first. The release as it is then. */
export async function widenRelease(
  platform: Platform,
  release: ReleaseRecord,
  percentage: number,
  asked: Asked,
): Promise<ReleaseRecord> {
  const { appid } = release
  const present = release.state === 'gray' ? await lookAtWaiting(platform, release) : release
  if (present.state !== release.state || grayShare(present) >= percentage) return present
  const begun = await begin(platform, present, { kind: 'gray', percentage }, asked)
  const send = () => callForAuthorizer(platform, appid, endpoints.startGray, { body: { gray_percentage: percentage } })
  try {
    return await carryOut(platform, begun, send, saying.otherState)
  } catch (error) {
    const noted = await platform.stores.releases.find(release.releaseId)
    // Nobody uses it yet.
    if (noted && errcodeOf(error) === errcodes.noOnlineVersion) return publish(platform, noted, { asked })
    const now = noted && isFailure(error) ? await presentlyWaiting(platform, noted) : undefined
    if (now && (now.state !== present.state || grayShare(now) >= percentage)) return now
    throw error
  }
}

/** Ends the gray release of this very release, where it runs. The release as it is then. */
export async function endGray(
  platform: Platform,
  { appid, releaseId }: ReleaseRecord,
  asked: Asked,
): Promise<ReleaseRecord | undefined> {
  const ours = (await settledReleases(platform, appid)).find((one) => one.releaseId === releaseId)
  const present = ours && (await lookAtWaiting(platform, ours))
  if (present?.state !== 'gray') return present
  const begun = await begin(platform, present, { kind: 'cancelGray' }, asked)
  return carryOut(
    platform,
    begun,
    () => callForAuthorizer(platform, appid, endpoints.cancelGray, {}),
    saying.otherState,
  )
}

/** WeChat may say no because the release is over: by itself, or by the merchant's hand. */
async function refuse(platform: Platform, begun: ReleaseRecord, error: unknown): Promise<never> {
  const noted = await platform.stores.releases.find(begun.releaseId)
  const present = noted && (await presentlyWaiting(platform, noted))
  throw present?.state === 'released' ? notApproved(present) : error
}
