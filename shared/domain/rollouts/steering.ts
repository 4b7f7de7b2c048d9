import { Failure } from '../../errors.ts'
import { epochMs, type EpochMs } from '../../time.ts'
import type { Run } from '../callers/activity.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { passed, stageOf } from './guard-stage.ts'
import { closeProblem, openProblem, problemIdOf, toldProblem, type NewProblem } from '../problems/problems.ts'
import type { GivenSubmission } from '../releases/submissions.ts'
import type { Happening } from '../stores/outbox.ts'
import {
  itemStates,
  type GuardRules,
  type ItemState,
  type RolloutChange,
  type RolloutRecord,
  type RolloutState,
} from '../stores/rollouts.ts'
import { goingOn, presentRollout, readRollout, settledStates } from './rollouts.ts'

/* What operators ask of a rollout. A wish is written over what was read, and read again where the queue was faster. */

/** Due whatever this instance's clock says: the processor's, which it has compared with the database's, decides. */
const AT_ONCE = epochMs(0)

export const underWay: readonly RolloutState[] = ['running', 'resting', 'waitingForQuota', 'awaitingRelease']

const isOpen = ({ state }: RolloutRecord): boolean =>
  underWay.includes(state) || state === 'scheduled' || state === 'paused'

const unsettledStates: readonly ItemState[] = itemStates.filter((state) => !settledStates.includes(state))

/** Of those that steered it: a repeated one is done. */
const KEPT_RUNS = 20

/** The rollout where an earlier attempt of this run has done what it should. */
export async function steeredBefore(
  platform: Platform,
  rolloutId: string,
  { begunBefore, activityId }: Run,
): Promise<RolloutRecord | undefined> {
  if (begunBefore === undefined) return undefined
  const rollout = await readRollout(platform, rolloutId)
  return rollout.runs?.includes(activityId) ? rollout : undefined
}

/** Stops new steps; audits that run go on at WeChat. */
export const pauseRollout = (platform: Platform, rolloutId: string, runId: string): Promise<RolloutRecord> =>
  steer(platform, rolloutId, runId, (present) => {
    if (present.state === 'paused') return undefined
    if (!underWay.includes(present.state) && present.state !== 'scheduled') throw standsAt(present)
    return { state: 'paused', wishWhileStill: false }
  })

/** Goes on, also where it paused for its failures: what failed so far is accepted, the next failure pauses it again. */
export const resumeRollout = (platform: Platform, rolloutId: string, runId: string): Promise<RolloutRecord> =>
  steer(platform, rolloutId, runId, async (present) => {
    if (present.state === 'running' || present.state === 'resting') return undefined
    if (present.state !== 'paused' && present.state !== 'waitingForQuota') throw standsAt(present)
    const { failed, rejected } = await platform.stores.rollouts.countItems(rolloutId)
    const goesOn = goingOn(present, databaseTime(platform))
    // What the guard found is accepted, too; why it is taken back stays.
    const isAccepted = isGuards(present) && present.wish !== 'rollback'
    return {
      ...goesOn,
      ...(present.wish !== 'rollback' && { problem: null }),
      ...(isAccepted && { watch: passed(stageOf(present)) }),
      acceptedFailures: failed + rejected,
      wishWhileStill: false,
    }
  })

export const cancelRollout = (platform: Platform, rolloutId: string, runId: string): Promise<RolloutRecord> =>
  steer(platform, rolloutId, runId, (present) => {
    if (present.state === 'cancelled') return undefined
    if (!isOpen(present)) throw standsAt(present)
    return { state: 'cancelled', endedAt: databaseTime(platform), wish: null, wishWhileStill: false }
  })

export interface RetryInput {
  readonly states?: readonly ItemState[] | undefined
  readonly reason?: string | undefined
  readonly appids?: readonly string[] | undefined
  /** What the next submission of each takes; nothing: what a first one takes. */
  readonly submission?: GivenSubmission | undefined
}

/**
 * Those that failed begin again; a rejected or withdrawn version is submitted again without another commit. With a `reason` of
 * `groupRejections` only those that were rejected for it.
 */
export async function retryItems(
  platform: Platform,
  rolloutId: string,
  runId: string,
  { states = ['failed', 'skipped', 'rejected'], reason, appids, submission }: RetryInput,
): Promise<RolloutRecord> {
  assertRetryable(await readRollout(platform, rolloutId))
  const again = states.filter((state) => state === 'rejected' || (state === 'withdrawn' && reason === undefined))
  const anew = states.filter((state) => reason === undefined && (state === 'failed' || state === 'skipped'))
  const filter = { states: again, rejectedFor: reason, appids }
  const { rollouts } = platform.stores
  if (again.length > 0) await rollouts.reset(rolloutId, filter, 'committed', AT_ONCE, submission)
  if (anew.length > 0) await rollouts.reset(rolloutId, { states: anew, appids }, 'pending', AT_ONCE, submission)
  return steer(platform, rolloutId, runId, (present) => {
    assertRetryable(present)
    // That is for `rollouts.resume` to accept.
    if (present.state === 'paused' && isGuards(present)) return {}
    const goesOn = goingOn(present, databaseTime(platform))
    return { ...goesOn, problem: null, acceptedFailures: 0, endedAt: null, wishWhileStill: false }
  })
}

/** These get no further in it; what runs at WeChat is left alone. Those that have got as far as they will stay as they are. */
export async function skipItems(
  platform: Platform,
  rolloutId: string,
  runId: string,
  appids: readonly string[],
): Promise<RolloutRecord> {
  assertNotRollingBack(await readRollout(platform, rolloutId))
  const skipped = { state: 'skipped', problem: { code: 'SKIPPED_BY_HAND', params: {} }, dueAt: null } as const
  await platform.stores.rollouts.changeItemsOf(rolloutId, appids, unsettledStates, skipped)
  // The queue counts anew.
  return steer(platform, rolloutId, runId, () => ({}))
}

/** Releases all that are approved, in whatever state the rollout is; that state stays. */
export async function releaseRollout(platform: Platform, rolloutId: string, runId: string): Promise<RolloutRecord> {
  await platform.stores.rollouts.reset(rolloutId, { states: ['approved'] }, 'approved', AT_ONCE)
  return steer(platform, rolloutId, runId, (present) => {
    assertNotRollingBack(present)
    return { wish: 'release', wishWhileStill: !underWay.includes(present.state) }
  })
}

/** Takes back what this rollout released. */
export async function rollBackRollout(platform: Platform, rolloutId: string, runId: string): Promise<RolloutRecord> {
  await makeReturnDue(platform, rolloutId)
  return steer(platform, rolloutId, runId, ({ startedAt = databaseTime(platform) }) => ({
    state: 'running',
    startedAt,
    wish: 'rollback',
    wishWhileStill: false,
    problem: null,
    endedAt: null,
  }))
}

/** Without one the next wave waits for what was planned. */
export const setGuard = (
  platform: Platform,
  rolloutId: string,
  runId: string,
  guard: GuardRules | null,
): Promise<RolloutRecord> =>
  steer(platform, rolloutId, runId, (present) => {
    assertNotRollingBack(present)
    if (!isOpen(present)) throw standsAt(present)
    return { guard }
  })

const isGuards = ({ problem }: RolloutRecord): boolean =>
  problem?.code === 'GUARD_BREACHED' || problem?.code === 'GUARD_NO_DATA'

export async function makeReturnDue(platform: Platform, rolloutId: string): Promise<void> {
  for (const state of ['released', 'gray'] as const)
    await platform.stores.rollouts.reset(rolloutId, { states: [state] }, state, AT_ONCE)
}

/** `decide` answers the change; undefined where it is so already. */
async function steer(
  platform: Platform,
  rolloutId: string,
  runId: string,
  decide: (present: RolloutRecord) => RolloutChange | undefined | Promise<RolloutChange | undefined>,
): Promise<RolloutRecord> {
  for (;;) {
    const present = await readRollout(platform, rolloutId)
    const change = await decide(present)
    if (!change) return present
    const changed = await changeRollout(platform, present, {
      ...change,
      runs: [...(present.runs ?? []), runId].slice(-KEPT_RUNS),
      dueAt: AT_ONCE,
    })
    if (changed) return changed
  }
}

/** What is to be told of the change rides on it. Undefined: somebody else changed the rollout first, so read again. */
export async function changeRollout(
  platform: Platform,
  rollout: RolloutRecord,
  change: RolloutChange,
): Promise<RolloutRecord | undefined> {
  const happenings = happeningsOf(rollout, afterwards(rollout, change), databaseTime(platform))
  const changed = await platform.stores.rollouts.change(rollout, change, ...happenings)
  if (changed) await reviewPause(platform, pauseOf(rollout), pauseOf(changed))
  return changed
}

/** The platform has a problem while a rollout stands still for its failures, or for what its guard found. */
async function reviewPause(
  platform: Platform,
  former: NewProblem | undefined,
  present: NewProblem | undefined,
): Promise<void> {
  if (present) await openProblem(platform, present)
  if (former && former.code !== present?.code) await closeProblem(platform, former.code, former.about)
}

/** Undefined: an operator paused it, or it goes on. */
export function pauseOf({ rolloutId, name, state, problem }: RolloutRecord): NewProblem | undefined {
  if (state !== 'paused') return undefined
  const about = rolloutId
  if (problem?.code === 'GUARD_BREACHED')
    return { code: 'GUARD_BREACHED', about, params: { ...problem.params, name, rolloutId } }
  if (problem?.code === 'GUARD_NO_DATA')
    return { code: 'GUARD_NO_DATA', about, params: { ...problem.params, name, rolloutId } }
  if (problem?.code !== 'ROLLOUT_PAUSED') return undefined
  const { total = 0, failures = 0, maxFailures = 0 } = problem.params ?? {}
  const params = { total, failures, maxFailures, name, rolloutId }
  return { code: 'ROLLOUT_PAUSED', about, params }
}

const named = (problem: NewProblem) => ({ ...problem, problemId: problemIdOf(problem.code, problem) })

function happeningsOf(before: RolloutRecord, present: RolloutRecord, now: EpochMs): Happening[] {
  const { state } = present
  const isTold = state !== before.state && (state === 'paused' || state === 'completed')
  const isStopped = state === 'cancelled' && before.wish === 'rollback' && present.problem?.code === 'GUARD_BREACHED'
  const [former, pause] = [pauseOf(before), pauseOf(present)]
  const data = { ...presentRollout(present, now) }
  return [
    ...(isTold ? [{ type: `rollout.${state}`, data } as const] : []),
    ...(isStopped && state !== before.state ? [{ type: 'rollout.stopped', data } as const] : []),
    ...(pause && pause.code !== former?.code ? [toldProblem('problem.opened', { ...named(pause), since: now })] : []),
    ...(former && former.code !== pause?.code ? [toldProblem('problem.closed', named(former))] : []),
  ]
}

const kept = <T>(now: T | null | undefined, before: T | undefined): T | undefined =>
  now === undefined ? before : (now ?? undefined)

/** The record as the database has it after the change. */
function afterwards(rollout: RolloutRecord, change: RolloutChange): RolloutRecord {
  const { endedAt, wish, problem, guard, watch, dueAt: _, ...known } = change
  const { endedAt: end, wish: asked, problem: trouble, guard: rules, watch: stage, ...rest } = rollout
  const [endsAt, wanted, wrong] = [kept(endedAt, end), kept(wish, asked), kept(problem, trouble)]
  const [guards, watches] = [kept(guard, rules), kept(watch, stage)]
  return {
    ...rest,
    ...known,
    ...(endsAt !== undefined && { endedAt: endsAt }),
    ...(wanted !== undefined && { wish: wanted }),
    ...(wrong !== undefined && { problem: wrong }),
    ...(guards !== undefined && { guard: guards }),
    ...(watches !== undefined && { watch: watches }),
  }
}

function assertRetryable(rollout: RolloutRecord): void {
  assertNotRollingBack(rollout)
  if (rollout.state === 'cancelled') throw new Failure('ROLLOUT_CANCELLED')
}

function assertNotRollingBack({ wish }: RolloutRecord): void {
  if (wish === 'rollback') throw new Failure('ROLLOUT_TAKEN_BACK')
}

const standsAt = ({ state }: RolloutRecord): Failure => new Failure('ROLLOUT_STATE', { params: { state } })
