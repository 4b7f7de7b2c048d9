import type { Release } from '../../../../../client/src/operations.ts'
import { wordsFor } from '../../../text/words.ts'

type State = Release['state']

export type ActionName = keyof ReturnType<typeof labels>

export interface Action {
  readonly name: ActionName
  readonly label: string
  readonly theme: 'primary' | 'light' | 'danger'
}

const labels = () => wordsFor('release').actions

const newVersion: readonly ActionName[] = ['choose']

/** What can be done next, the likeliest last: there the thumb is. */
const actionsByState: Readonly<Record<State, readonly ActionName[]>> = {
  committing: [],
  committed: ['choose', 'prepare'],
  failed: newVersion,
  submitting: ['withdraw'],
  auditing: ['withdraw', 'expedite'],
  delayed: ['withdraw', 'expedite'],
  approved: ['startGray', 'release'],
  rejected: ['choose', 'fix'],
  withdrawn: ['choose', 'prepare'],
  gray: ['cancelGray', 'release'],
  released: ['rollback', 'choose'],
  rolledBack: newVersion,
  superseded: newVersion,
}

export function actionsFor(state: State): Action[] {
  const names = actionsByState[state]
  return names.map((name, index) => ({
    name,
    label: labels()[name],
    theme: index === names.length - 1 ? 'primary' : name === 'rollback' ? 'danger' : 'light',
  }))
}

const steps: Readonly<Record<State, number>> = {
  committing: 0,
  failed: 0,
  superseded: 0,
  committed: 1,
  withdrawn: 1,
  submitting: 2,
  auditing: 2,
  delayed: 2,
  rejected: 2,
  approved: 3,
  gray: 3,
  released: 4,
  rolledBack: 4,
}

/** Place on the way: version, trial, review, online; 4 is past the end. */
export const stepOf = (release: Release | null): number => (release ? steps[release.state] : 0)

/** Whether it may go on without anybody doing something here. */
export const isMoving = (release: Release | null): boolean =>
  release !== null && ['committing', 'submitting', 'auditing', 'delayed', 'gray'].includes(release.state)

export const isInTrial = (release: Release | null): boolean =>
  release !== null && ['committed', 'withdrawn'].includes(release.state)
