import { epochMs, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { quotaFor, type Quota } from './quota.ts'
import { isQuiet } from '../releases/quiet-hours.ts'
import { isPassed, stageOf, watchedFrom, wholeWave } from './guard-stage.ts'
import { goingOn, isEarly, lastWaveOf, nextWaveWhenOf, readRollout, settledStates } from './rollouts.ts'
import { changeRollout, underWay } from './steering.ts'
import { itemStates, type ItemState } from '../stores/rollouts.ts'
import type { GuardWatch, RolloutChange, RolloutRecord, RolloutState } from '../stores/rollouts.ts'

type Counts = RolloutRecord['counts']

interface Noted extends Pick<RolloutRecord, 'followedUntil'> {
  /** Merchants of this wave are at the step of their gray releases that may be taken. */
  readonly isReached?: boolean
}

/**
 * Counts, then decides: next wave, pause, wait for quota or for the operator, end. Where somebody changed the rollout in between it is
 * read and judged again.
 */
export async function judge(
  platform: Platform,
  rollout: RolloutRecord,
  quota: Quota,
  { isReached = false, ...noted }: Noted = {},
): Promise<RolloutRecord> {
  let present = rollout
  for (;;) {
    const change = await verdictOn(platform, present, quota, isReached)
    const judged = await changeRollout(platform, present, { ...noted, ...change })
    if (judged) return judged
    present = await readRollout(platform, rollout.rolloutId)
  }
}

async function verdictOn(
  platform: Platform,
  rollout: RolloutRecord,
  quota: Quota,
  isReached: boolean,
): Promise<RolloutChange> {
  const { stores } = platform
  const counts = await stores.rollouts.countItems(rollout.rolloutId)
  const isReleased = rollout.wish === 'release' && counts.approved === 0
  const asked = { counts, ...(isReleased && { wish: null, wishWhileStill: false }) }
  const now = databaseTime(platform)
  if (rollout.state === 'scheduled') return { ...asked, ...goingOn(rollout, now) }
  if (!underWay.includes(rollout.state)) return asked
  if (rollout.wish === 'rollback')
    return {
      counts,
      ...((await isTakenBack(platform, rollout)) && { state: endOf(rollout), wish: null, endedAt: now }),
    }
  const failures = failuresIn(counts)
  if (rollout.maxFailures !== undefined && failures > Math.max(rollout.maxFailures, rollout.acceptedFailures ?? 0))
    return { counts, ...pauseFor(rollout, failures) }
  const isLastWave = rollout.wave >= lastWaveOf(rollout)
  const wave = isLastWave ? counts : await stores.rollouts.countItems(rollout.rolloutId, rollout.wave)
  const isDone = isWaveDone(rollout, wave)
  const watch = await watchAfter(platform, rollout, wave, { isDone, isReached })
  if (isDone && watch) {
    const { state } = goingOn(rollout, now)
    return { ...asked, state, problem: null, watch }
  }
  if (!isLastWave && isDone) return { counts, wave: rollout.wave + 1, state: 'running' }
  const { state, problem } = stateOf(rollout, counts, wave, quota, now)
  return {
    ...asked,
    state,
    problem: problem ?? null,
    ...(watch && { watch }),
    ...(state === 'completed' && { endedAt: now }),
  }
}

/** One that its guard takes back was never completed. */
const endOf = ({ problem }: RolloutRecord): RolloutState =>
  problem?.code === 'GUARD_BREACHED' ? 'cancelled' : 'completed'

/** What the guard looks at from now on, or still; undefined: nothing. */
async function watchAfter(
  platform: Platform,
  rollout: RolloutRecord,
  upToWave: Counts,
  { isDone, isReached }: { readonly isDone: boolean; readonly isReached: boolean },
): Promise<GuardWatch | undefined> {
  if (!rollout.guard || isPassed(rollout)) return undefined
  const stage = stageOf(rollout)
  const whole = wholeWave(rollout)
  const now = databaseTime(platform)
  if (!isDone) return isReached && stage.since === undefined ? watchedFrom(stage, stage.step, now) : undefined
  if (stage.step === whole && stage.since !== undefined) return stage
  const before =
    rollout.wave === 1 ? 0 : (await platform.stores.rollouts.countItems(rollout.rolloutId, rollout.wave - 1)).released
  return upToWave.released > before ? watchedFrom(stage, whole, now) : undefined
}

/** Nothing is left to try: what could not be taken back is not due any more. */
async function isTakenBack(platform: Platform, rollout: RolloutRecord): Promise<boolean> {
  const latest = epochMs(8.64e15)
  const { rolloutId } = rollout
  const left = await platform.stores.rollouts.dueItems(rolloutId, ['released', 'gray'], lastWaveOf(rollout), 1, latest)
  return left.length === 0
}

const failuresIn = (counts: Counts): number => counts.failed + counts.rejected

const sum = (counts: Counts, states: readonly ItemState[]): number =>
  states.reduce((total, state) => total + counts[state], 0)

/** Every item of the waves so far is where the next wave waits for it, or will get no further. */
function isWaveDone(rollout: RolloutRecord, counts: Counts): boolean {
  const arrived: ItemState[] =
    nextWaveWhenOf(rollout) === 'released' ? [...settledStates] : [...settledStates, 'approved', 'gray']
  return sum(counts, arrived) === sum(counts, itemStates)
}

function stateOf(
  rollout: RolloutRecord,
  counts: Counts,
  wave: Counts,
  quota: Quota,
  now: EpochMs,
): { state: RolloutState; problem?: RolloutRecord['problem'] } {
  if (sum(counts, settledStates) === rollout.total) return { state: 'completed' }
  if (isEarly(rollout, now)) return { state: 'scheduled' }
  const isResting = isQuiet(now, rollout.quietHours)
  const moving = sum(wave, ['pending', 'committing', 'submitting', 'auditing', 'delayed'])
  if (!isResting && moving === 0 && wave.committed > 0 && rollout.autoSubmit && isWaitingForQuota(rollout, quota))
    return {
      state: 'waitingForQuota',
      problem: {
        code: 'REVIEW_QUOTA_RESERVED',
        params: rollout.quotaReserve > 0 ? { reserve: rollout.quotaReserve } : {},
      },
    }
  const waiting = wave.approved + wave.committed + (rollout.gray ? 0 : wave.gray)
  const waits = moving === 0 && (wave.committed === 0 || !rollout.autoSubmit) && waiting > 0
  const isOperatorsTurn = waits && !rollout.autoRelease && rollout.wish !== 'release'
  if (isOperatorsTurn) return { state: 'awaitingRelease' }
  return { state: isResting ? 'resting' : 'running' }
}

/** What was known stays until WeChat has been asked again. */
const isWaitingForQuota = (rollout: RolloutRecord, quota: Quota): boolean =>
  quota.isRead || quota.rest === 0 ? quotaFor(quota, rollout) <= 0 : rollout.state === 'waitingForQuota'

function pauseFor({ total, maxFailures = 0 }: RolloutRecord, failures: number): RolloutChange {
  const problem = { code: 'ROLLOUT_PAUSED', params: { total, failures, maxFailures } }
  return { state: 'paused', wishWhileStill: false, problem }
}
