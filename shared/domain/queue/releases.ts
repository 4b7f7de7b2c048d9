import { forEachConcurrently } from '../../concurrency.ts'
import { SECOND } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import { PAGE, WIDTH } from './shares.ts'

/** Rollouts come after the releases, and get their share. */
const LAST_RELEASES_MS = 35 * SECOND

/** Takes the step that is due of each release. */
export async function advanceReleases(
  platform: Platform,
  leftMs: () => number,
): Promise<{ done: number; failed: number }> {
  const counts = { done: 0, failed: 0 }
  const seen = new Set<string>()
  while (leftMs() > LAST_RELEASES_MS) {
    const due = (await platform.stores.releases.due(PAGE, databaseTime(platform))).filter(
      ({ releaseId }) => !seen.has(releaseId),
    )
    if (due.length === 0) break
    for (const { releaseId } of due) seen.add(releaseId)
    const { advanceRelease } = await import('../releases/advance-release.ts')
    const { pollAudits } = await import('../releases/audit-polls.ts')
    const noteFailure = async (release: ReleaseRecord, error: unknown): Promise<void> => {
      counts.failed += 1
      await noteTrouble(platform, release, error)
    }
    const others = await pollAudits(platform, due, noteFailure)
    await forEachConcurrently(others, WIDTH, async (release) => {
      await advanceRelease(platform, release).catch((error: unknown) => noteFailure(release, error))
    })
    counts.done += due.length
  }
  return { done: counts.done - counts.failed, failed: counts.failed }
}

async function noteTrouble(platform: Platform, release: ReleaseRecord, error: unknown): Promise<void> {
  platform.log.warn('a release could not be advanced yet', {
    releaseId: release.releaseId,
    state: release.state,
    reason: error,
  })
  const { putOffRelease } = await import('../releases/advance-release.ts')
  await putOffRelease(platform, release, error).catch((reason: unknown) => {
    platform.log.warn('a release could not be put off', { releaseId: release.releaseId, reason })
  })
}
