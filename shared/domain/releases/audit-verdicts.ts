import { after, epochMs, MINUTE, type EpochMs } from '../../time.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { nextPoll } from './audit-schedule.ts'
import { ATTEMPT_MS } from './commits.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { LOOK_AGAIN_MS, publish } from './publishing.ts'
import { follow } from './release-records.ts'
import { underReview } from './release-states.ts'
import { plainText } from './rejection-reasons.ts'
import { isElsewhere, type ReleaseChange, type ReleaseRecord, type ReleaseState } from '../stores/releases.ts'

export interface AuditSays {
  readonly status: number
  readonly reason?: string | null | undefined
  readonly screenshot?: string | null | undefined
}

const statesOfAudit: Readonly<Record<number, ReleaseState>> = {
  0: 'approved',
  1: 'rejected',
  2: 'auditing',
  3: 'withdrawn',
  4: 'delayed',
}

/** What WeChat's number means is known. */
export const isAuditStatus = (status: number): boolean => statesOfAudit[status] !== undefined

/** Asks WeChat how the audit stands; final states stay final. */
export async function refreshAudit(
  platform: Platform,
  release: ReleaseRecord,
  known?: AuditSays,
): Promise<ReleaseRecord> {
  if (!underReview.includes(release.state) || release.auditId === undefined) return release
  const says =
    known ?? (await callForAuthorizer(platform, release.appid, audits.status, { body: { auditid: release.auditId } }))
  const now = databaseTime(platform)
  const change = auditChange(release, says, now)
  if (!isNews(change)) return follow(platform, release, change)
  const changed = await follow(platform, release, change)
  platform.log.info('audit changed', { appid: release.appid, auditId: release.auditId, state: change.state })
  return changed.state === 'approved' && changed.autoRelease ? releaseByItself(platform, changed) : changed
}

/** What WeChat's answer means for the record. */
export function auditChange(release: ReleaseRecord, says: AuditSays, now: EpochMs): ReleaseChange {
  const state = statesOfAudit[says.status]
  const isAnother = state !== undefined && state !== 'auditing' && state !== release.state
  // What came from elsewhere is asked about once a day, and when somebody looks.
  const isWatched = !isElsewhere(release) || release.autoRelease
  const poll = isWatched ? nextPoll(release.submittedAt ?? epochMs(0), now) : null
  const hasAnswered = release.attemptAt !== undefined && (isAnother || now - release.attemptAt >= ATTEMPT_MS)
  const alive = {
    checkedAt: now,
    ...(release.problem && { problem: null }),
    ...(hasAnswered && { attemptAt: null }),
  }
  if (!isAnother) return { ...alive, dueAt: poll }
  const screenshots = (says.screenshot ?? '').split('|').filter((id) => id !== '')
  const reason = state === 'approved' || !says.reason ? undefined : plainText(says.reason)
  return {
    ...alive,
    state,
    reason: reason ?? null,
    ...(screenshots.length > 0 && { screenshots }),
    ...(state !== 'delayed' && { auditedAt: now }),
    dueAt:
      state === 'delayed'
        ? poll
        : state === 'approved' && isWatched
          ? after(now, release.autoRelease ? 0 : LOOK_AGAIN_MS)
          : null,
  }
}

export const isNews = (change: ReleaseChange): boolean => change.state !== undefined

export async function releaseByItself(platform: Platform, release: ReleaseRecord): Promise<ReleaseRecord> {
  try {
    return await publish(platform, release)
  } catch (error) {
    // It stays approved and due: processQueue tries again.
    platform.log.warn('an approved version could not be released yet', { appid: release.appid, reason: error })
    return follow(platform, release, { dueAt: after(databaseTime(platform), MINUTE) })
  }
}

/** What was asked about so lately is known. */
export const isFreshlyKnown = (platform: Platform, release: ReleaseRecord): boolean =>
  databaseTime(platform) - (release.checkedAt ?? release.updatedAt) < MINUTE
