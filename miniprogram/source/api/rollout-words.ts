import type { Rollout } from '../../../client/src/operations.ts'
import { fill, wordsFor } from '../text/words.ts'
import { formatTime } from '../text/times.ts'

export interface Count {
  readonly state: string
  readonly label: string
  readonly count: number
}

export interface DescribedRollout extends Rollout {
  readonly percent: number
  readonly summary: string
  readonly countsText: string
  readonly shownCounts: readonly Count[]
}

/** A rollout with what a screen says about it. */
export function describeRollout(rollout: Rollout): DescribedRollout {
  const t = wordsFor('rollouts')
  const labels: Readonly<Record<string, string>> = t.states
  const { version, wave, waves, canary, startAt, startedAt, counts, progress } = rollout
  const shownCounts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => ({ state, label: labels[state] ?? state, count }))
  return {
    ...rollout,
    percent: Math.round(progress * 100),
    summary: fill(t.summary, {
      version,
      wave,
      waves: waves.length + (canary === undefined ? 0 : 1),
      time: formatTime(startedAt ?? startAt ?? ''),
    }),
    countsText: shownCounts.map(({ label, count }) => `${label} ${count}`).join(' · '),
    shownCounts,
  }
}
