import { carefulWaves } from '../../../../../shared/domain/rollouts/careful-plan.ts'
import { reachesOf } from '../item-states.ts'
import type { Draft } from './draft.ts'

/** Most that a rollout may have. */
export const MAX_WAVES = 20

/** Where nobody knows yet how many merchants there are. */
const MANY = 1000

/** A few first, then a third. */
const carefulEnds = (merchants: number | undefined): readonly string[] =>
  carefulWaves(merchants ?? MANY)
    .slice(0, -1)
    .map(String)

export const presetNames = ['once', 'two', 'three'] as const
export type Preset = (typeof presetNames)[number]

/** Ready-made ways: the ends of the waves before the last, in percent. */
export const presetsFor = (merchants: number | undefined): Readonly<Record<Preset, readonly string[]>> => ({
  once: [],
  two: ['10'],
  three: carefulEnds(merchants),
})

/** Ends of the waves before the last, as they were chosen. */
export const endsOf = ({ waves }: Pick<Draft, 'waves'>, merchants: number | undefined): readonly string[] =>
  waves ?? carefulEnds(merchants)

export const wavesOf = (ends: readonly string[]): number[] => [...ends.map(Number), 100]

/** Whole percentages that ascend, and end before 100. */
export const wavesFit = (ends: readonly string[]): boolean =>
  ends.every((end, index) => {
    const value = Number(end)
    const before = Number(ends[index - 1] ?? 0)
    return /^\d{1,2}$/.test(end.trim()) && value > before && value < 100
  })

/** How many merchants each wave has. */
export const waveSizes = (ends: readonly number[], total: number): number[] => {
  const reaches = reachesOf({ waves: ends }, total)
  return reaches.map((reach, index) => reach - (reaches[index - 1] ?? 0))
}
