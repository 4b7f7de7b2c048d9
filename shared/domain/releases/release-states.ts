import { release } from '../answers.ts'
import { present } from '../present.ts'
import { originOf, type ReleaseRecord, type ReleaseState } from '../stores/releases.ts'

/** From where a release may go where; nothing else ever happens to one. */
const transitions: Readonly<Record<ReleaseState, readonly ReleaseState[]>> = {
  committing: ['committed', 'failed'],
  committed: ['submitting', 'superseded'],
  failed: [],
  // Back to where it came from when WeChat refuses the submission.
  submitting: ['auditing', 'committed', 'rejected', 'withdrawn', 'superseded'],
  auditing: ['approved', 'rejected', 'delayed', 'withdrawn'],
  delayed: ['approved', 'rejected', 'withdrawn'],
  approved: ['gray', 'released', 'superseded'],
  rejected: ['submitting', 'superseded'],
  withdrawn: ['submitting', 'superseded'],
  gray: ['released', 'approved', 'superseded'],
  released: ['rolledBack', 'superseded'],
  // A rollback brings a former version back.
  rolledBack: ['released'],
  superseded: ['released'],
}

export const mayBecome = (from: ReleaseState, to: ReleaseState): boolean => transitions[from].includes(to)

/** A newer commit takes the trial version's place from these; what is under review or approved stays. */
export const supersededByCommit: readonly ReleaseState[] = ['committed', 'rejected', 'withdrawn', 'submitting']

/** A newer submission makes WeChat forget the version that was approved before. */
export const supersededBySubmission: readonly ReleaseState[] = ['approved']

export const supersededByRelease: readonly ReleaseState[] = ['released', 'approved', 'gray']

export const submittable: readonly ReleaseState[] = ['committed', 'rejected', 'withdrawn']

export const underReview: readonly ReleaseState[] = ['auditing', 'delayed']

/** A release as callers see it. */
export const presentRelease = (record: ReleaseRecord) => present(release(), { ...record, origin: originOf(record) })
