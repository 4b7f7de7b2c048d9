import { errcodeOf, Failure, isFailure } from '../errors.ts'
import { after } from '../time.ts'
import { audits } from '../wechat/endpoints/audits.ts'
import { code } from '../wechat/endpoints/code.ts'
import { releases as endpoints } from '../wechat/endpoints/releases.ts'
import { callForAuthorizer } from './authorizer-calls.ts'
import { settleCommit } from './commits.ts'
import { databaseTime, type Platform } from './platform.ts'
import { notApproved, publish, published, setLive } from './publishing.ts'
import { isFreshlyKnown, refreshAudit, settleSubmission } from './release-audits.ts'
import { follow, recentReleases } from './release-records.ts'
import { underReview } from './release-states.ts'
import type { ReleaseRecord } from './stores.ts'

const nothingYet = (): Failure =>
  new Failure('NOT_FOUND', 'No version was committed to this account yet', {
    field: 'appid',
    hint: 'Call releases.commit first.',
  })

/** The release under review, else the newest; asked of WeChat where what is stored could be stale. */
export async function currentStatus(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const releases = await recentReleases(platform, appid)
  const reviewed = releases.find((release) => underReview.includes(release.state))
  if (reviewed) return refreshAudit(platform, reviewed)
  const [newest] = releases
  if (!newest) throw nothingYet()
  return newest
}

/** Releases the approved version; the same once more is success. */
export async function release(platform: Platform, appid: string, version: string | undefined): Promise<ReleaseRecord> {
  const releases = await recentReleases(platform, appid)
  const candidate = await releasable(platform, releases)
  const online = releases.find((record) => record.state === 'released')
  const isOnline = online !== undefined && (version === undefined || version === online.version)
  if (candidate && (version === undefined || version === candidate.version)) return publish(platform, candidate)
  if (isOnline && (!candidate || version !== undefined)) return online
  if (candidate && version !== undefined)
    throw new Failure('CONFLICT', `Version ${candidate.version} is the approved one, not ${version}`, {
      field: 'version',
      hint: 'Name the approved version, or leave version out.',
    })
  throw notApproved(releases.find((record) => record.state !== 'failed' && record.state !== 'superseded'))
}

async function releasable(platform: Platform, releases: readonly ReleaseRecord[]): Promise<ReleaseRecord | undefined> {
  const approved = releases.find((record) => record.state === 'approved' || record.state === 'gray')
  if (approved) return approved
  const reviewed = releases.find((record) => underReview.includes(record.state))
  if (!reviewed || isFreshlyKnown(platform, reviewed)) return undefined
  const present = await refreshAudit(platform, reviewed)
  return present.state === 'approved' ? present : undefined
}

/** Takes back the version under review; five times a day and ten a month per mini program. */
export async function withdraw(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const reviewed = await underReviewOf(platform, appid)
  try {
    await callForAuthorizer(platform, appid, audits.withdraw, {})
  } catch (error) {
    if (!isFailure(error)) throw error
    const present = await refreshAudit(platform, reviewed).catch(() => undefined)
    if (present?.state !== 'withdrawn') throw error
    return present
  }
  const now = databaseTime(platform)
  return follow(platform, reviewed, { state: 'withdrawn', checkedAt: now, auditedAt: now, dueAt: null })
}

async function underReviewOf(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const releases = await recentReleases(platform, appid)
  const waiting = releases.find((record) => record.state === 'submitting')
  if (waiting) {
    const settled = await settleSubmission(platform, waiting)
    if (underReview.includes(settled.state)) return settled
  }
  const reviewed = releases.find((record) => underReview.includes(record.state))
  if (reviewed) return reviewed
  throw new Failure('CONFLICT', 'No version of this account is under review', {
    hint: 'releases.status shows where it stands.',
  })
}

export async function expedite(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const reviewed = await underReviewOf(platform, appid)
  if (reviewed.auditId === undefined) throw notApproved(reviewed)
  try {
    await callForAuthorizer(platform, appid, audits.expedite, { body: { auditid: reviewed.auditId } })
  } catch (error) {
    const ALREADY_EXPEDITED = 89404
    if (errcodeOf(error) !== ALREADY_EXPEDITED) throw error
  }
  return reviewed
}

/** Takes the online version back, by default to the one before it. */
export async function rollback(platform: Platform, appid: string, appVersion: number | undefined): Promise<unknown> {
  const releases = await recentReleases(platform, appid)
  const current = releases.find((record) => record.state === 'released')
  const before = await onlineVersion(platform, appid)
  try {
    await callForAuthorizer(platform, appid, endpoints.rollback, {
      query: appVersion === undefined ? {} : { app_version: appVersion },
    })
  } catch (error) {
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    const present = await onlineVersion(platform, appid)
    if (present === before) throw error
  }
  const online = await onlineVersion(platform, appid)
  const now = databaseTime(platform)
  const restored = releases.find(
    (record) => record.version === online && record.releasedAt !== undefined && record !== current,
  )
  if (restored) await setLive(platform, restored, now)
  if (!current) return { appid, state: 'rolledBack', version: before, onlineVersion: online }
  return follow(platform, current, { state: 'rolledBack', dueAt: null })
}

async function onlineVersion(platform: Platform, appid: string): Promise<string | undefined> {
  const { release_info: online } = await callForAuthorizer(platform, appid, code.versions, {})
  return online?.release_version ?? undefined
}

export async function startGray(platform: Platform, appid: string, percentage: number): Promise<ReleaseRecord> {
  const releases = await recentReleases(platform, appid)
  const candidate = await releasable(platform, releases)
  if (!candidate) throw notApproved(releases[0])
  try {
    await callForAuthorizer(platform, appid, endpoints.startGray, { body: { gray_percentage: percentage } })
  } catch (error) {
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    if ((await readGrayPlan(platform, appid))?.gray_percentage !== percentage) throw error
  }
  if (percentage === 100) return published(platform, candidate)
  return follow(platform, candidate, { state: 'gray', grayPercentage: percentage, dueAt: null })
}

export async function readGrayPlan(platform: Platform, appid: string) {
  const { gray_release_plan: plan } = await callForAuthorizer(platform, appid, endpoints.grayPlan, {})
  return plan ?? undefined
}

export async function cancelGray(platform: Platform, appid: string): Promise<ReleaseRecord> {
  const gray = (await recentReleases(platform, appid)).find((record) => record.state === 'gray')
  if (!gray)
    throw new Failure('CONFLICT', 'No gray release of this account is running', {
      hint: 'Start one with releases.startGray.',
    })
  try {
    await callForAuthorizer(platform, appid, endpoints.cancelGray, {})
  } catch (error) {
    if (!isFailure(error) || !error.outcomeUnknown) throw error
    const RUNNING = 1
    if ((await readGrayPlan(platform, appid))?.status === RUNNING) throw error
  }
  return follow(platform, gray, { state: 'approved', dueAt: null })
}

/** One step with a release whose time has come; for `processQueue`. */
export async function advanceRelease(platform: Platform, due: ReleaseRecord): Promise<ReleaseRecord> {
  if (due.state === 'committing') return settleCommit(platform, due)
  if (due.state === 'submitting') return settleSubmission(platform, due)
  if (underReview.includes(due.state)) return refreshAudit(platform, due)
  if (due.state === 'approved' && (due.autoRelease || due.attemptAt !== undefined)) return publish(platform, due)
  return follow(platform, due, { dueAt: null })
}

/** Puts a release off whose step failed, so that it does not hold up the others. */
export const putOffRelease = (platform: Platform, due: ReleaseRecord, ms: number): Promise<unknown> =>
  platform.stores.releases.change(due, { dueAt: after(databaseTime(platform), ms) }, databaseTime(platform))
