import { isFailure } from '../../errors.ts'
import { after, HOUR, MINUTE } from '../../time.ts'
import { settleAttempt } from './attempts.ts'
import { settleCommit } from './commits.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { publish } from './publishing.ts'
import { refreshAudit } from './audit-verdicts.ts'
import { heldUpBy, tellHeldUp } from './refused-steps.ts'
import { follow } from './release-records.ts'
import { underReview } from './release-states.ts'
import { settleSubmission } from './submissions.ts'
import { pollWaiting } from './waiting-releases.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** One step with a release whose time has come; for `processQueue`. */
export async function advanceRelease(platform: Platform, due: ReleaseRecord): Promise<ReleaseRecord> {
  if (due.state === 'committing') {
    const settled = await settleCommit(platform, due)
    if (settled.state === 'failed') await tellHeldUp(platform, settled)
    return settled
  }
  if (due.state === 'submitting') return settleSubmission(platform, due)
  if (underReview.includes(due.state)) return refreshAudit(platform, due)
  const isGoingOnline = due.state === 'approved' || due.state === 'gray'
  if (due.attemptAt !== undefined && (due.intent || isGoingOnline)) return settleAttempt(platform, due)
  if (due.state === 'approved' && due.autoRelease) return publish(platform, due)
  if (isGoingOnline) return pollWaiting(platform, due)
  return follow(platform, due, { dueAt: null })
}

/** Puts a release off whose step failed, so that it does not hold up the others. What was refused for good stands on it, and is told. */
export async function putOffRelease(platform: Platform, due: ReleaseRecord, error: unknown): Promise<void> {
  let present = (await platform.stores.releases.find(due.releaseId)) ?? due
  // What the step has noted already, because it is over, stays as it is.
  if (present.state === due.state) {
    const wait = isFailure(error) && !error.retryable ? HOUR : MINUTE
    const change = { ...heldUpBy(error), dueAt: after(databaseTime(platform), wait) }
    present = await follow(platform, present, change)
  }
  await tellHeldUp(platform, present)
}
