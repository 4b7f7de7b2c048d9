import { after, HOUR, MINUTE, type EpochMs } from '../../time.ts'
import type { GuardRules, GuardWatch, RolloutRecord } from '../stores/rollouts.ts'

/* What a guard judges: each step of a wave's gray releases, then the wave as a whole. */

/** The number of the step that is the whole wave. */
export const wholeWave = ({ gray }: Pick<RolloutRecord, 'gray'>): number => gray?.length ?? 1

/** Of the wave that is under way. */
export const stageOf = ({ watch, wave }: RolloutRecord): GuardWatch =>
  watch?.wave === wave ? watch : { ...(watch ?? { history: [] }), state: watch?.state ?? 'watching', wave, step: 1 }

export const isPassed = (rollout: RolloutRecord): boolean => stageOf(rollout).step > wholeWave(rollout)

/** The next wave or step does not begin before it is judged. */
export const isWatched = (rollout: RolloutRecord): boolean =>
  rollout.guard !== undefined && stageOf(rollout).since !== undefined && !isPassed(rollout)

/** So many percent of a merchant's users may have the version. */
export const allowedShare = (rollout: RolloutRecord): number =>
  (rollout.guard && rollout.gray?.[stageOf(rollout).step - 1]) ?? 100

/** A wave or step that is all there is watched from now on. */
export const watchedFrom = (stage: GuardWatch, step: number, now: EpochMs): GuardWatch => ({
  ...withoutStage(stage),
  state: 'watching',
  step,
  since: now,
})

/** What comes next may begin. */
export const passed = (stage: GuardWatch): GuardWatch => ({ ...withoutStage(stage), step: stage.step + 1 })

function withoutStage(watch: GuardWatch): GuardWatch {
  const { since: _, againAt: __, reading: ___, ...stage } = watch
  return stage
}

/** When figures are read, and when the wait for them ends. */
export const judgingAt = ({ watchMinutes }: GuardRules, { since, againAt }: GuardWatch): EpochMs | undefined =>
  againAt ?? (since && after(since, watchMinutes * MINUTE))

export const waitEndsAt = ({ noDataHours }: GuardRules, { since, againAt }: GuardWatch): EpochMs | undefined =>
  since && againAt && after(since, noDataHours * HOUR)
