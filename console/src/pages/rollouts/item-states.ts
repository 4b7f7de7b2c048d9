import type { DataOf } from '../../api/call.ts'

export type Rollout = DataOf<'rollouts.get'>
export type RolloutItem = DataOf<'rollouts.items'>['items'][number]
export type ItemState = RolloutItem['state']

/** From the users backwards, then those that left the way. */
export const itemStates: readonly ItemState[] = [
  'released',
  'gray',
  'approved',
  'auditing',
  'delayed',
  'submitting',
  'committed',
  'committing',
  'pending',
  'rejected',
  'failed',
  'withdrawn',
  'skipped',
  'rolledBack',
]

export const countOf = ({ counts }: Rollout, ...states: readonly ItemState[]): number =>
  states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)

export const totalOf = (rollout: Rollout): number => countOf(rollout, ...itemStates)

export const isItemState = (word: string): word is ItemState => itemStates.some((state) => state === word)

/** Whether anything may still happen by itself. */
export const isOpen = ({ state }: Rollout): boolean => state !== 'completed' && state !== 'cancelled'

/** How many are in a wave and all before it, as the platform counts them; a canary is the first wave. */
export function reachesOf({ waves, canary = 0 }: Pick<Rollout, 'waves' | 'canary'>, total: number): readonly number[] {
  const reaches = waves.map((percentage) => canary + Math.ceil(((total - canary) * percentage) / 100))
  return canary > 0 ? [canary, ...reaches] : reaches
}

export const waveCountOf = ({ waves, canary = 0 }: Rollout): number => waves.length + (canary > 0 ? 1 : 0)
