import { announce } from '../subscriptions/announcements.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { closeProblem, openProblem } from '../problems/problems.ts'
import { pausedProblem } from './problems.ts'
import { quotaFor, type Quota } from './quota.ts'
import { presentRollout, settledStates } from './rollouts.ts'
import { itemStates, type ItemState, type RolloutRecord, type RolloutState } from '../stores/rollouts.ts'

export const underWay: readonly RolloutState[] = ['running', 'waitingForQuota', 'awaitingRelease']

type Counts = RolloutRecord['counts']

/** Counts, then decides: next wave, pause, wait for quota or for the operator, end. Undefined: an operator stopped it in between. */
export async function judge(
  platform: Platform,
  rollout: RolloutRecord,
  quota: Quota,
  noted: Pick<RolloutRecord, 'followedUntil'> = {},
): Promise<RolloutRecord | undefined> {
  const { stores } = platform
  const counts = await stores.rollouts.countItems(rollout.rolloutId)
  const now = databaseTime(platform)
  const change = (to: Parameters<typeof stores.rollouts.change>[2]) =>
    stores.rollouts.change(rollout.rolloutId, underWay, { counts, ...noted, ...to })
  if (rollout.wish === 'rollback')
    return change(counts.released > 0 ? {} : { state: 'completed', wish: null, endedAt: now })
  const failures = failuresIn(counts)
  if (rollout.maxFailures !== undefined && failures > Math.max(rollout.maxFailures, rollout.acceptedFailures ?? 0))
    return pauseByItself(platform, rollout, failures, change)
  const isLastWave = rollout.wave >= rollout.waves.length
  const wave = isLastWave ? counts : await stores.rollouts.countItems(rollout.rolloutId, rollout.wave)
  if (!isLastWave && isWaveDone(rollout, wave)) return change({ wave: rollout.wave + 1, state: 'running' })
  const { state, problem } = stateOf(rollout, counts, wave, quota)
  const isEnded = state === 'completed'
  if (isEnded) await closeProblem(platform, pausedProblem(rollout.rolloutId))
  const judged = await change({
    state,
    problem: problem ?? null,
    ...(isEnded && { endedAt: now }),
    ...(rollout.wish === 'release' && counts.approved === 0 && { wish: null }),
  })
  if (isEnded && judged) await announce(platform, { type: 'rollout.completed', data: presentRollout(judged, now) })
  return judged
}

export const failuresIn = (counts: Counts): number => counts.failed + counts.rejected

const sum = (counts: Counts, states: readonly ItemState[]): number =>
  states.reduce((total, state) => total + counts[state], 0)

/** Every item of the waves so far is where the next wave waits for it, or will get no further. */
function isWaveDone({ nextWaveWhen }: RolloutRecord, counts: Counts): boolean {
  const arrived: ItemState[] = nextWaveWhen === 'released' ? [...settledStates] : [...settledStates, 'approved', 'gray']
  return sum(counts, arrived) === sum(counts, itemStates)
}

function stateOf(
  rollout: RolloutRecord,
  counts: Counts,
  wave: Counts,
  quota: Quota,
): { state: RolloutState; problem?: RolloutRecord['problem'] } {
  if (sum(counts, settledStates) === rollout.total) return { state: 'completed' }
  const moving = sum(wave, ['pending', 'committing', 'submitting', 'auditing', 'delayed'])
  if (moving === 0 && wave.committed > 0 && rollout.autoSubmit && isWaitingForQuota(rollout, quota))
    return {
      state: 'waitingForQuota',
      problem: {
        code: 'QUOTA_EXCEEDED',
        message: `本月审核额度已用完（保留 ${rollout.quotaReserve} 次）。 The platform's review quota of the month is used up (reserve kept: ${rollout.quotaReserve}).`,
        hint: '额度恢复后会自动继续，也可在服务商助手申请临时额度。 It goes on by itself when quota returns; the console grants temporary quota on request.',
      },
    }
  const waits =
    moving === 0 && (wave.committed === 0 || !rollout.autoSubmit) && wave.approved + wave.gray + wave.committed > 0
  const isOperatorsTurn = waits && !rollout.autoRelease && rollout.wish !== 'release'
  return { state: isOperatorsTurn ? 'awaitingRelease' : 'running' }
}

/** What was known stays until WeChat has been asked again. */
const isWaitingForQuota = (rollout: RolloutRecord, quota: Quota): boolean =>
  quota.isRead || quota.rest === 0 ? quotaFor(quota, rollout) <= 0 : rollout.state === 'waitingForQuota'

async function pauseByItself(
  platform: Platform,
  rollout: RolloutRecord,
  failures: number,
  change: (to: Pick<RolloutRecord, 'state' | 'problem'>) => Promise<RolloutRecord | undefined>,
): Promise<RolloutRecord | undefined> {
  const chinese = `${rollout.total} 个商户中有 ${failures} 个失败或被驳回，超过允许的 ${rollout.maxFailures} 个。`
  const english = `${failures} of ${rollout.total} merchants failed or were rejected; ${rollout.maxFailures} are allowed.`
  const problem = {
    code: 'ROLLOUT_PAUSED',
    message: `${chinese} ${english}`,
    hint: '请查看失败明细，处理后重试。 Look at rollouts.items, mend the cause, then rollouts.retry.',
  }
  const paused = await change({ state: 'paused', problem })
  if (!paused) return undefined
  await announce(platform, { type: 'rollout.paused', data: presentRollout(paused, databaseTime(platform)) })
  await openProblem(platform, {
    code: pausedProblem(rollout.rolloutId),
    message: `批量发布「${rollout.name}」：${chinese} Rollout ${rollout.name}: ${english}`,
    hint: problem.hint,
  })
  return paused
}
