import { after, HOUR, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { raiseProblem } from '../problems/problems.ts'
import { figuresOf, readingOf, readOn, type Reading } from './guard-figures.ts'
import { isPassed, judgingAt, passed, stageOf, waitEndsAt, wholeWave } from './guard-stage.ts'
import { readRollout } from './rollouts.ts'
import { changeRollout, makeReturnDue, underWay } from './steering.ts'
import type {
  GuardFigures,
  GuardRules,
  GuardState,
  GuardWatch,
  RolloutChange,
  RolloutRecord,
} from '../stores/rollouts.ts'

/** Missing figures are asked for no more often. */
const AGAIN_MS = 6 * HOUR
const KEPT_JUDGEMENTS = 20

/** Judges the wave, or the step of its gray releases, whose time has come. */
export async function watchOver(
  platform: Platform,
  rollout: RolloutRecord,
  isTimeLeft: () => boolean,
): Promise<RolloutRecord> {
  const now = databaseTime(platform)
  const { guard } = rollout
  const stage = stageOf(rollout)
  if (!guard || !isToJudge(rollout, now)) return rollout
  const isToRead = (judgingAt(guard, stage) ?? now) <= now
  const read = isToRead ? await readOn(platform, rollout, readingOf(stage.reading), isTimeLeft) : undefined
  for (let present = rollout; ;) {
    const change = changeAfter(present, read, now)
    if (!change) return present
    if (change.wish === 'rollback') await prepareReturn(platform, present, change)
    const changed = await changeRollout(platform, present, change)
    if (changed) return changed
    present = await readRollout(platform, rollout.rolloutId)
    const { wave, step, since } = stageOf(present)
    if (!isToJudge(present, now) || wave !== stage.wave || step !== stage.step || since !== stage.since) return present
  }
}

function isToJudge(rollout: RolloutRecord, now: EpochMs): boolean {
  const { guard, state, wish } = rollout
  const stage = stageOf(rollout)
  if (!guard || stage.since === undefined || isPassed(rollout)) return false
  if (!underWay.includes(state) || wish === 'rollback') return false
  return [judgingAt(guard, stage), waitEndsAt(guard, stage)].some((at) => at !== undefined && at <= now)
}

type Read = Awaited<ReturnType<typeof readOn>>

/** What was found, judged by the rules as they are now. */
function changeAfter(rollout: RolloutRecord, read: Read | undefined, now: EpochMs): RolloutChange | undefined {
  const { guard } = rollout
  const stage = stageOf(rollout)
  if (!guard || stage.since === undefined) return undefined
  if (read && !read.isWhole) {
    const { isWhole: _, ...reading } = read
    return { watch: { ...stage, reading } }
  }
  const figures = read ? figuresOf(read) : stage.figures
  const verdict = read && figures ? verdictOn(guard, read, figures) : 'missing'
  const isOver = after(stage.since, guard.noDataHours * HOUR) <= now
  const state = verdict === 'missing' ? (isOver ? 'noData' : 'watching') : verdict
  const judged = noted(rollout, stage, state, figures, now)
  if (state === 'watching') return { watch: { ...judged, againAt: after(now, AGAIN_MS) } }
  if (state === 'good' || (state === 'noData' && guard.noData === 'goOn')) return { watch: passed(judged) }
  const { name, rolloutId } = rollout
  if (state === 'noData') {
    const { merchants = 0, users = 0 } = figures ?? {}
    const problem = { code: 'GUARD_NO_DATA', params: { name, rolloutId, merchants, users } }
    return { state: 'paused', wishWhileStill: false, watch: judged, problem }
  }
  const problem = { code: 'GUARD_BREACHED', params: { name, rolloutId, ...breachOf(guard, figures) } }
  return guard.then === 'pause'
    ? { state: 'paused', wishWhileStill: false, watch: judged, problem }
    : { state: 'running', wishWhileStill: false, wish: 'rollback', watch: judged, problem }
}

/** No figures are never good figures, and too few say nothing. */
function verdictOn(
  guard: GuardRules,
  { users, comparedUsers }: Reading,
  { growth, newErrors }: GuardFigures,
): 'good' | 'breached' | 'missing' {
  const isWorse = growth !== undefined && comparedUsers >= guard.minUsers && growth >= guard.maxErrorGrowth
  if (isWorse || breachingErrors(guard, newErrors).length > 0) return 'breached'
  return growth !== undefined && users >= guard.minUsers ? 'good' : 'missing'
}

const breachingErrors = ({ newErrors, minUsers }: GuardRules, found: GuardFigures['newErrors']) =>
  newErrors ? found.filter(({ users }) => users >= minUsers) : []

function breachOf(guard: GuardRules, figures: GuardFigures | undefined) {
  const { share, formerShare, growth = 0, newErrors = [] } = figures ?? {}
  const [error] = breachingErrors(guard, newErrors)
  const isWorse = growth >= guard.maxErrorGrowth && share !== undefined && formerShare !== undefined
  return {
    ...(isWorse && { share: shown(share), formerShare: shown(formerShare), growth: shown(growth) }),
    ...(error && { error: error.message, errorUsers: error.users }),
  }
}

const shown = (value: number): number => Math.round(value * 100) / 100

function noted(
  rollout: RolloutRecord,
  watch: GuardWatch,
  state: GuardState,
  figures: GuardFigures | undefined,
  at: EpochMs,
): GuardWatch {
  const { reading: _, ...stage } = watch
  const { wave, step } = stage
  const { share, formerShare } = figures ?? {}
  const judgement = {
    at,
    state,
    wave,
    ...(step < wholeWave(rollout) && { step }),
    ...(share !== undefined && { share }),
    ...(formerShare !== undefined && { formerShare }),
  }
  const history = [...stage.history, judgement].slice(-KEPT_JUDGEMENTS)
  return { ...stage, state, judgedAt: at, ...(figures && { figures }), history }
}

/** Before the wish is written: whoever finds it finds all that is to go back. No row shows this problem afterwards. */
async function prepareReturn(
  platform: Platform,
  { rolloutId }: RolloutRecord,
  { problem }: RolloutChange,
): Promise<void> {
  await raiseProblem(platform, { code: 'ROLLOUT_STOPPED', about: rolloutId, params: { ...problem?.params } })
  await makeReturnDue(platform, rolloutId)
}
