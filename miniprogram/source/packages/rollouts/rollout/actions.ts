import type { Rollout } from '../../../../../client/src/operations.ts'
import { wordsFor } from '../../../text/words.ts'

export type ActionName = 'pause' | 'resume' | 'release' | 'retry' | 'cancel'

export interface Action {
  readonly name: ActionName
  readonly label: string
  readonly theme: 'primary' | 'light'
}

const pausable: readonly Rollout['state'][] = ['scheduled', 'running', 'resting', 'waitingForQuota', 'awaitingRelease']

export const mayCancel = (state: Rollout['state']): boolean => state !== 'completed' && state !== 'cancelled'

/** What can be done next, the likeliest last: there the thumb is. */
export function actionsFor({ state, counts }: Rollout): Action[] {
  const count = (...states: (keyof Rollout['counts'])[]): number => states.reduce((sum, name) => sum + counts[name], 0)
  const names: ActionName[] = []
  if (state !== 'cancelled' && count('failed', 'skipped', 'rejected', 'withdrawn') > 0) names.push('retry')
  if (pausable.includes(state)) names.push('pause')
  if (state === 'paused') names.push('resume')
  if (mayCancel(state) && count('approved', 'gray') > 0) names.push('release')
  const { actions } = wordsFor('rollout')
  return names.map((name, index) => ({
    name,
    label: actions[name],
    theme: index === names.length - 1 ? 'primary' : 'light',
  }))
}
