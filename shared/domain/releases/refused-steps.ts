import { isFailure, type Failure } from '../../errors.ts'
import { problemOf } from '../../notice.ts'
import { accountProblems } from '../authorizers/account-status.ts'
import type { Platform } from '../platform.ts'
import { openProblem, type NewProblem } from '../problems/problems.ts'
import { recentReleases } from './release-records.ts'
import type { ReleaseChange, ReleaseRecord } from '../stores/releases.ts'

/* A step that nobody waits for, and that was refused for good: it stands on the release, and as a problem of its account. */

/** Of the account, or of all: told by a problem of its own. */
const isTold = ({ code, reason }: Failure): boolean =>
  (code === 'REAUTHORIZATION_REQUIRED' && reason !== 'PERMISSION_SET_MISSING') ||
  code === 'CONFIG_INVALID' ||
  accountProblems.some((standing) => standing === reason)

/** What the release says of a step that failed; nothing where it may go well the next time. */
export const heldUpBy = (error: unknown): ReleaseChange =>
  isFailure(error) && !error.retryable ? { problem: problemOf(error), ...(!isTold(error) && { heldUp: true }) } : {}

/** What a release that is held up means; a newer one makes it pointless. */
export async function heldUpProblem(platform: Platform, release: ReleaseRecord): Promise<readonly NewProblem[]> {
  const { appid, version, state, problem, number, rolloutId } = release
  // An item of a rollout tells it by itself.
  if (!problem || state === 'superseded' || (state === 'failed' && rolloutId !== undefined)) return []
  if (state === 'failed' && (await recentReleases(platform, appid)).some((other) => other.number > number)) return []
  return [{ code: 'RELEASE_HELD_UP', appid, params: { ...problem.params, version, reason: problem.code } }]
}

/** Tells of a release that has just been held up; the full look finds what is missed here. */
export async function tellHeldUp(platform: Platform, release: ReleaseRecord): Promise<void> {
  for (const problem of await heldUpProblem(platform, release)) await openProblem(platform, problem)
}
