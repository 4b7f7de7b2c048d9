import type { Release } from '../../../../client/src/client.ts'

type State = Release['state']

/** Not live, and not done with. */
const underWay: readonly State[] = [
  'committing',
  'failed',
  'committed',
  'submitting',
  'auditing',
  'delayed',
  'approved',
  'rejected',
  'withdrawn',
  'gray',
]

export const isUnderWay = (state: State): boolean => underWay.includes(state)

/** A newer commit would take its place. */
export const isOnItsWay = (state: State): boolean => isUnderWay(state) && state !== 'failed'

const steps: Readonly<Record<State, number>> = {
  committing: 0,
  failed: 0,
  committed: 1,
  submitting: 2,
  auditing: 2,
  delayed: 2,
  rejected: 2,
  withdrawn: 1,
  approved: 3,
  gray: 3,
  released: 4,
  rolledBack: 4,
  superseded: 0,
}

/** Which of the five steps a release stands at: commit, trial, review, release, live. */
export const stepOf = (state: State): number => steps[state]
