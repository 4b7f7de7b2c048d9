import type { Failure } from '../../errors.ts'
import { problemOf } from '../../notice.ts'
import { after } from '../../time.ts'
import { settleAttempt } from './attempts.ts'
import { settleCommit } from './commits.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { publish } from './publishing.ts'
import { refreshAudit } from './release-audits.ts'
import { follow } from './release-records.ts'
import { underReview } from './release-states.ts'
import { settleSubmission } from './submissions.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** One step with a release whose time has come; for `processQueue`. */
export async function advanceRelease(platform: Platform, due: ReleaseRecord): Promise<ReleaseRecord> {
  if (due.state === 'committing') return settleCommit(platform, due)
  if (due.state === 'submitting') return settleSubmission(platform, due)
  if (underReview.includes(due.state)) return refreshAudit(platform, due)
  const isGoingOnline = due.state === 'approved' || due.state === 'gray'
  if (due.attemptAt !== undefined && (due.intent || isGoingOnline)) return settleAttempt(platform, due)
  if (due.state === 'approved' && due.autoRelease) return publish(platform, due)
  return follow(platform, due, { dueAt: null })
}

/** Puts a release off whose step failed, so that it does not hold up the others. What only the merchant can mend stands on it. */
export const putOffRelease = (
  platform: Platform,
  due: ReleaseRecord,
  ms: number,
  lost: Failure | undefined,
): Promise<unknown> =>
  platform.stores.releases.change(
    due,
    { dueAt: after(databaseTime(platform), ms), ...(lost && { problem: problemOf(lost) }) },
    databaseTime(platform),
  )
