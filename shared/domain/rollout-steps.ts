import { forEachConcurrently } from '../concurrency.ts'
import { isFailure } from '../errors.ts'
import { after, SECOND } from '../time.ts'
import { audits } from '../wechat/endpoints/audits.ts'
import { announce } from './announcements.ts'
import { callForAuthorizer } from './authorizer-calls.ts'
import { databaseTime, type Platform } from './platform.ts'
import { openProblem, closeProblem } from './problems.ts'
import { advanceItem, type QuotaLeft } from './rollout-items.ts'
import { presentRollout, settledStates } from './rollouts.ts'
import type { ItemState, RolloutRecord, RolloutState } from './stores/rollouts.ts'

const WIDTH = 20
const PAGE = 100

/** No page is begun with less time left: one item may take several calls. */
const LAST_PAGE_MS = 25 * SECOND

/** How soon a rollout with nothing left to do now is looked at again. */
const LOOK_AGAIN_MS = 30 * SECOND

const active: readonly RolloutState[] = ['running', 'waitingForQuota', 'awaitingRelease']

/** Advances every rollout that is due by as much as fits into the time left. How many items were worked on. */
export async function advanceRollouts(platform: Platform, leftMs: () => number): Promise<number> {
  let worked = 0
  const owner = platform.ids.random()
  const rollouts = await platform.stores.rollouts.claimDue(10, databaseTime(platform), owner)
  for (const rollout of rollouts) {
    try {
      worked += await advance(platform, rollout, leftMs)
    } catch (error) {
      platform.log[isFailure(error) ? 'warn' : 'error']('a rollout did not advance', {
        rolloutId: rollout.rolloutId,
        reason: error,
      })
    } finally {
      await platform.stores.rollouts.release(rollout.rolloutId, owner, after(databaseTime(platform), LOOK_AGAIN_MS))
    }
  }
  return worked
}

async function advance(platform: Platform, claimed: RolloutRecord, leftMs: () => number): Promise<number> {
  let rollout = claimed
  let worked = 0
  const quota = await quotaOf(platform, rollout)
  while (leftMs() > LAST_PAGE_MS) {
    const items = await platform.stores.rollouts.dueItems(
      rollout.rolloutId,
      workable(rollout, quota),
      rollout.wave,
      PAGE,
      databaseTime(platform),
    )
    await forEachConcurrently(items, WIDTH, (item) => advanceItem(platform, rollout, item, quota))
    worked += items.length
    const judged = await judge(platform, rollout, quota)
    // Undefined: an operator paused or cancelled it in between.
    if (!judged || (items.length === 0 && judged.wave === rollout.wave) || !active.includes(judged.state)) return worked
    rollout = judged
  }
  return worked
}

/** Items that something can be done with. */
function workable({ wish, autoSubmit }: RolloutRecord, quota: QuotaLeft): ItemState[] {
  if (wish === 'rollback') return ['released']
  const moving: ItemState[] = ['committing', 'submitting', 'auditing', 'delayed', 'approved', 'gray', 'pending']
  return !autoSubmit || quota.left > 0 ? [...moving, 'committed'] : moving
}

/** The review quota is the whole platform's; any authorizer's token may ask for it. */
async function quotaOf(platform: Platform, rollout: RolloutRecord): Promise<QuotaLeft> {
  if (!rollout.autoSubmit || rollout.wish === 'rollback') return { left: Number.MAX_SAFE_INTEGER }
  const { items } = await platform.stores.rollouts.items(rollout.rolloutId, {}, { limit: 20 })
  const authorizers = await platform.stores.authorizers.findMany(items.map((item) => item.appid))
  const asked = authorizers.find((authorizer) => authorizer.status === 'active')
  if (!asked) return { left: Number.MAX_SAFE_INTEGER }
  try {
    const { rest } = await callForAuthorizer(platform, asked.appid, audits.quota, {})
    return { left: Math.max(rest - rollout.quotaReserve, 0) }
  } catch (error) {
    // WeChat itself keeps the bound; it refuses the submission that is too much.
    platform.log.warn('the review quota could not be read', { rolloutId: rollout.rolloutId, reason: error })
    return { left: Number.MAX_SAFE_INTEGER }
  }
}

/** Counts, then decides: next wave, pause, wait for quota or for the operator, end. */
async function judge(platform: Platform, rollout: RolloutRecord, quota: QuotaLeft): Promise<RolloutRecord | undefined> {
  const { stores } = platform
  const counts = await stores.rollouts.countItems(rollout.rolloutId)
  const now = databaseTime(platform)
  const failures = counts.failed + counts.rejected
  if (rollout.wish === 'rollback') {
    if (counts.released > 0) return stores.rollouts.change(rollout.rolloutId, active, { counts })
    return stores.rollouts.change(rollout.rolloutId, active, { counts, state: 'completed', wish: null, endedAt: now })
  }
  if (rollout.maxFailures !== undefined && failures > rollout.maxFailures)
    return pauseByItself(platform, rollout, counts, failures)
  const wave = await stores.rollouts.countItems(rollout.rolloutId, rollout.wave)
  if (rollout.wave < rollout.waves.length && isWaveDone(rollout, wave))
    return stores.rollouts.change(rollout.rolloutId, active, { counts, wave: rollout.wave + 1, state: 'running' })
  const { state, problem } = stateOf(rollout, counts, wave, quota)
  const ended = state === 'completed'
  if (ended) await closeProblem(platform, `ROLLOUT_PAUSED:${rollout.rolloutId}`)
  const judged = await stores.rollouts.change(rollout.rolloutId, active, {
    counts,
    state,
    problem: problem ?? null,
    ...(ended && { endedAt: now }),
    ...(rollout.wish === 'release' && counts.approved === 0 && { wish: null }),
  })
  if (ended && judged) await announce(platform, { type: 'rollout.completed', data: presentRollout(judged, now) })
  return judged
}

const sum = (counts: Readonly<Record<ItemState, number>>, states: readonly ItemState[]): number =>
  states.reduce((total, state) => total + counts[state], 0)

/** Every item of the waves so far is where the next wave waits for it, or will get no further. */
function isWaveDone({ nextWaveWhen }: RolloutRecord, counts: Readonly<Record<ItemState, number>>): boolean {
  const arrived: ItemState[] = nextWaveWhen === 'released' ? [...settledStates] : [...settledStates, 'approved', 'gray']
  return sum(counts, arrived) === sum(counts, allStates(counts))
}

const allStates = (counts: Readonly<Record<ItemState, number>>): ItemState[] =>
  settledAndOpen.filter((state) => counts[state] > 0)

const settledAndOpen: readonly ItemState[] = [
  ...settledStates,
  'pending',
  'committing',
  'committed',
  'submitting',
  'auditing',
  'delayed',
  'approved',
  'gray',
]

function stateOf(
  rollout: RolloutRecord,
  counts: Readonly<Record<ItemState, number>>,
  wave: Readonly<Record<ItemState, number>>,
  quota: QuotaLeft,
): { state: RolloutState; problem?: RolloutRecord['problem'] } {
  if (sum(counts, settledStates) === rollout.total) return { state: 'completed' }
  const moving = sum(wave, ['pending', 'committing', 'submitting', 'auditing', 'delayed'])
  if (moving === 0 && wave.committed > 0 && rollout.autoSubmit && quota.left <= 0)
    return {
      state: 'waitingForQuota',
      problem: {
        code: 'QUOTA_EXCEEDED',
        message: `The platform's review quota of the month is used up (reserve kept: ${rollout.quotaReserve})`,
        hint: 'It goes on by itself when quota returns; the console grants temporary quota on request. 额度恢复后会自动继续。',
      },
    }
  const waits =
    moving === 0 && (wave.committed === 0 || !rollout.autoSubmit) && wave.approved + wave.gray + wave.committed > 0
  const operatorsTurn = waits && !rollout.autoRelease && rollout.wish !== 'release'
  return { state: operatorsTurn ? 'awaitingRelease' : 'running' }
}

async function pauseByItself(
  platform: Platform,
  rollout: RolloutRecord,
  counts: RolloutRecord['counts'],
  failures: number,
): Promise<RolloutRecord | undefined> {
  const problem = {
    code: 'ROLLOUT_PAUSED',
    message: `${failures} of ${rollout.total} merchants failed or were rejected; ${rollout.maxFailures} are allowed`,
    hint: 'Look at rollouts.items, mend the cause, then rollouts.retry. 请查看失败明细，处理后重试。',
  }
  const paused = await platform.stores.rollouts.change(rollout.rolloutId, active, { counts, state: 'paused', problem })
  if (!paused) return undefined
  await announce(platform, { type: 'rollout.paused', data: presentRollout(paused, databaseTime(platform)) })
  await openProblem(platform, {
    code: `ROLLOUT_PAUSED:${rollout.rolloutId}`,
    message: `Rollout ${rollout.name}: ${problem.message}`,
    hint: problem.hint,
  })
  return paused
}
