import { errcodeOf, Failure, isFailure } from '../../errors.ts'
import { SECOND } from '../../time.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Asked } from '../callers/activity.ts'
import { begin } from './attempts.ts'
import { lookAtCommit } from './commits.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { notApproved, publish } from './publishing.ts'
import { isFreshlyKnown, refreshAudit } from './audit-verdicts.ts'
import { readIfOld } from './daily-readings.ts'
import { followLive } from './follow-wechat.ts'
import { isNotBefore, readVersions } from './read-versions.ts'
import { follow, knownReleases, recentReleases, wasAsked } from './release-records.ts'
import { underReview } from './release-states.ts'
import { cancelWaiting, settleSubmission } from './submissions.ts'
import type { ReleaseRecord, ReleaseState } from '../stores/releases.ts'
import { presentlyWaiting } from './waiting-releases.ts'

const nothingYet = (): Failure => new Failure('NO_VERSION_YET', { field: 'appid' })

/** The release under review, else the newest; asked of WeChat where what is stored could be stale. */
export async function currentStatus(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const { authorizer, releases: noted } = await platform.stores.accounts.load({ appid }, 'authorizer', 'releases')
  if (!authorizer && noted.length === 0) throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
  const wasRead = authorizer !== undefined && (await readIfOld(platform, authorizer))
  const releases = wasRead ? await recentReleases(platform, appid) : noted
  const reviewed = releases.find((release) => underReview.includes(release.state))
  if (reviewed) return refreshAudit(platform, reviewed)
  const [newest] = releases
  if (!newest) throw nothingYet()
  return newest.state === 'committing' ? lookAtCommit(platform, newest) : presentlyWaiting(platform, newest)
}

/** On its way to the users, or held up there. */
const isUnderWay: ReadonlySet<ReleaseState> = new Set<ReleaseState>([
  'committing',
  'committed',
  'submitting',
  ...underReview,
  'rejected',
  'withdrawn',
])

/** Releases the approved version; the same once more is success, while nothing newer is under way. */
export async function release(
  platform: Platform,
  appid: string,
  version: string | undefined,
  asked: Asked,
): Promise<ReleaseRecord> {
  const releases = await knownReleases(platform, appid)
  const begun = releases.find((record) => wasAsked(record, asked))
  if (begun && begun.state !== 'approved' && begun.state !== 'gray') return begun
  const candidate = await releasable(platform, releases)
  if (candidate && (version === undefined || version === candidate.version))
    return publish(platform, candidate, { asked, known: releases })
  const newer = newerThanOnline(releases)
  // What is known not to be approved is refused without a question; what is online may be another hand's meanwhile.
  const isAsked = version === undefined ? !newer : version !== newer?.version
  const present = isAsked ? await compareOnline(platform, appid, releases) : releases
  const online = present.find(({ state }) => state === 'released')
  if (online && (version === undefined ? !newerThanOnline(present) : version === online.version)) return online
  if (candidate && version !== undefined)
    throw new Failure('OTHER_VERSION_APPROVED', { params: { approved: candidate.version, version }, field: 'version' })
  throw notApproved(newer ?? present.find(({ state }) => state !== 'failed' && state !== 'superseded'))
}

function newerThanOnline(releases: readonly ReleaseRecord[]): ReleaseRecord | undefined {
  const online = releases.find(({ state }) => state === 'released')
  return releases.find(({ number, state }) => number > (online?.number ?? 0) && isUnderWay.has(state))
}

/** WeChat may name the former version for a moment after a release. */
const LAG_MS = 10 * SECOND

/** As WeChat has them now; where it does not say, as they were. None counts as online that it does not name. */
async function compareOnline(
  platform: Platform,
  appid: string,
  releases: readonly ReleaseRecord[],
): Promise<readonly ReleaseRecord[]> {
  const ours = releases.find(({ state }) => state === 'released')
  const told = await readVersions(platform, appid).catch((error: unknown) => {
    if (isFailure(error)) return undefined
    throw error
  })
  if (!told?.online || told.online.version === ours?.version) return releases
  const isNew = ours?.releasedAt !== undefined && databaseTime(platform) - ours.releasedAt < LAG_MS
  if (isNew && !isNotBefore(told.online, ours.createdAt)) return releases
  if (releases.every(({ attemptAt }) => attemptAt === undefined)) await followLive(platform, appid, told)
  const present = await recentReleases(platform, appid)
  return present.filter(({ state, version }) => state !== 'released' || version === told.online?.version)
}

/** The release that may go online; a review is asked about where what is stored could be stale. */
export async function releasable(
  platform: Platform,
  releases: readonly ReleaseRecord[],
): Promise<ReleaseRecord | undefined> {
  const approved = releases.find((record) => record.state === 'approved' || record.state === 'gray')
  const reviewed = releases.find((record) => underReview.includes(record.state))
  // A newer submission makes WeChat forget the approval, also where its record does not say so yet.
  if (approved && !(reviewed && reviewed.number > approved.number)) return approved
  if (!reviewed || isFreshlyKnown(platform, reviewed)) return undefined
  const present = await refreshAudit(platform, reviewed)
  return present.state === 'approved' ? present : undefined
}

/** Takes back the version under review; five times a day and ten a month per mini program. */
export async function withdraw(platform: Platform, appid: string, asked: Asked): Promise<ReleaseRecord> {
  const releases = await knownReleases(platform, appid)
  const begun = releases.find((record) => wasAsked(record, asked) && record.state === 'withdrawn')
  if (begun) return begun
  const waiting = releases.find((record) => record.state === 'submitting' && record.attemptAt === undefined)
  const cancelled = waiting && (await cancelWaiting(platform, waiting, asked))
  if (cancelled) return cancelled
  const reviewed = await begin(platform, await underReviewOf(platform, appid), { kind: 'withdraw' }, asked)
  try {
    await callForAuthorizer(platform, appid, audits.withdraw, {})
  } catch (error) {
    if (!isFailure(error)) throw error
    const present = await refreshAudit(platform, reviewed).catch(() => undefined)
    if (present?.state !== 'withdrawn') throw error
    return present
  }
  const now = databaseTime(platform)
  return follow(platform, reviewed, {
    state: 'withdrawn',
    checkedAt: now,
    auditedAt: now,
    attemptAt: null,
    dueAt: null,
  })
}

async function underReviewOf(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const releases = await knownReleases(platform, appid)
  const waiting = releases.find((record) => record.state === 'submitting')
  if (waiting) {
    const settled = await settleSubmission(platform, waiting)
    if (underReview.includes(settled.state)) return settled
  }
  const reviewed = releases.find((record) => underReview.includes(record.state))
  if (reviewed) return reviewed
  throw new Failure('NOTHING_UNDER_REVIEW')
}

const ALREADY_EXPEDITED = 89404

export async function expedite(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const reviewed = await underReviewOf(platform, appid)
  if (reviewed.auditId === undefined) throw notApproved(reviewed)
  const body = { auditid: reviewed.auditId }
  const send = () => callForAuthorizer(platform, appid, audits.expedite, { body })
  try {
    // Sent again where the answer was lost: WeChat then says that it is done.
    await send().catch((error: unknown) => (isFailure(error) && error.outcomeUnknown ? send() : Promise.reject(error)))
  } catch (error) {
    if (errcodeOf(error) !== ALREADY_EXPEDITED) throw error
  }
  return reviewed
}
