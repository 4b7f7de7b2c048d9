import { reachesOf } from '../item-states.ts'
import type { Draft } from './draft.ts'

/** Most that a rollout may have. */
export const MAX_WAVES = 20

export const wavesOf = ({ waves }: Pick<Draft, 'waves'>): number[] => [...waves.map(Number), 100]

/** Whole percentages that ascend, and end before 100. */
export const wavesFit = ({ waves }: Pick<Draft, 'waves'>): boolean =>
  waves.every((end, index) => {
    const value = Number(end)
    const before = Number(waves[index - 1] ?? 0)
    return /^\d{1,2}$/.test(end.trim()) && value > before && value < 100
  })

/** How many merchants each wave has. */
export const waveSizes = (ends: readonly number[], total: number): number[] => {
  const reaches = reachesOf({ waves: ends }, total)
  return reaches.map((reach, index) => reach - (reaches[index - 1] ?? 0))
}
