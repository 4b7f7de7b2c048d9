import { toIso, type EpochMs } from '../../time.ts'
import type { Happening } from '../stores/outbox.ts'
import { isElsewhere, type ReleaseChange, type ReleaseRecord } from '../stores/releases.ts'
import { underReview } from './release-states.ts'

/** What business servers are told of a change: what it leaves in the record, and that what comes later is not there yet. */
export function happeningOf(release: ReleaseRecord, change: ReleaseChange, now: EpochMs): Happening[] {
  // What others do is no success of ours.
  if (isElsewhere(release)) return []
  const { state } = change
  const is = { state, updatedAt: toIso(now) }
  if (state === 'released' && (release.state === 'approved' || release.state === 'gray'))
    return [{ type: 'release.released', data: { ...is, ...timeOf('releasedAt', change.releasedAt) } }]
  if (!underReview.includes(release.state)) return []
  const judged = {
    ...is,
    ...timeOf('auditedAt', change.auditedAt),
    releasedAt: null,
    grayPercentage: null,
    problem: null,
    reason: change.reason ?? null,
  }
  if (state === 'approved') return [{ type: 'release.approved', data: judged }]
  if (state !== 'rejected') return []
  // It may be submitted again before this is told.
  return [
    {
      type: 'release.rejected',
      data: {
        ...judged,
        auditId: release.auditId ?? null,
        screenshots: change.screenshots ?? release.screenshots ?? null,
        ...timeOf('submittedAt', release.submittedAt),
        autoRelease: release.autoRelease ?? null,
      },
    },
  ]
}

const timeOf = (name: string, at: EpochMs | null | undefined): object =>
  at === undefined ? {} : { [name]: at === null ? null : toIso(at) }
