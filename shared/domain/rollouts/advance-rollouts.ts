import { isFailure } from '../../errors.ts'
import { groupBy } from '../../grouping.ts'
import { after, epochMs, MINUTE, SECOND, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { commitPage } from './commits.ts'
import { followReleases } from './following.ts'
import { isWatched, judgingAt, stageOf } from './guard-stage.ts'
import { judge } from './next-state.ts'
import { openOutcomes } from './outcomes.ts'
import { PAGE, type ItemPage } from './item-page.ts'
import { publishPage, rollBackPage } from './publishing.ts'
import { widenPage } from './widening.ts'
import { isQuiet } from '../releases/quiet-hours.ts'
import { quotaFor, readQuota, unreadQuota, type Quota } from './quota.ts'
import { isEarly } from './rollouts.ts'
import { underWay } from './steering.ts'
import { submitPage } from './submissions.ts'
import type { ItemState, RolloutItem, RolloutRecord } from '../stores/rollouts.ts'

/** No page is begun with less time left: one item may take several calls. */
const LAST_PAGE_MS = 25 * SECOND

/** How soon a rollout with nothing left to do now is looked at again. */
const LOOK_AGAIN_MS = 30 * SECOND

const SLOW_LOOK_MS = 15 * MINUTE

const ROLLOUTS = 10

/** Advances every rollout that is due by as much as fits into the time left, page by page in turn. How many items were worked on. */
export async function advanceRollouts(platform: Platform, leftMs: () => number): Promise<number> {
  if (leftMs() <= LAST_PAGE_MS) return 0
  const owner = platform.ids.random()
  const quota = unreadQuota()
  const claimed = await platform.stores.rollouts.claimDue(ROLLOUTS, databaseTime(platform), owner)
  const waiting = new Map(claimed.map((rollout) => [rollout.rolloutId, rollout]))
  let worked = 0
  let trouble: unknown
  try {
    for (const rollout of claimed) await step(rollout, () => begin(platform, rollout, leftMs))
    while (waiting.size > 0 && leftMs() > LAST_PAGE_MS)
      for (const rollout of waiting.values()) await step(rollout, () => advance(platform, rollout, quota))
  } finally {
    // Not finished: the next run goes on at once.
    for (const rollout of waiting.values())
      await platform.stores.rollouts.release(rollout, owner, databaseTime(platform))
  }
  if (trouble !== undefined) throw trouble
  return worked

  async function step(rollout: RolloutRecord, take: () => Promise<Progress>): Promise<void> {
    const done = await take().catch((error: unknown) => {
      const { rolloutId } = rollout
      platform.log[isFailure(error) ? 'warn' : 'error']('a rollout did not advance', { rolloutId, reason: error })
      trouble ??= error
    })
    worked += done?.worked ?? 0
    const present = done?.rollout ?? rollout
    waiting.set(rollout.rolloutId, present)
    if (done?.goesOn) return
    waiting.delete(rollout.rolloutId)
    const later = after(databaseTime(platform), LOOK_AGAIN_MS)
    await platform.stores.rollouts.release(present, owner, nextLookAt(present, later))
  }
}

/** What became of a rollout in one step; whether there is more to do now. */
interface Progress {
  readonly rollout: RolloutRecord
  readonly worked: number
  readonly goesOn: boolean
}

/** One that stands still does what was asked of it since. */
const mayWork = ({ state, wish, wishWhileStill }: RolloutRecord): boolean =>
  underWay.includes(state) || (wish !== undefined && wishWhileStill === true)

const hasNothingLeft = (rollout: RolloutRecord): boolean =>
  (rollout.state === 'completed' || rollout.state === 'cancelled') && !mayWork(rollout)

function nextLookAt(rollout: RolloutRecord, later: EpochMs): EpochMs | null {
  if (hasNothingLeft(rollout)) return null
  const { guard } = rollout
  // A wave that is with its users changes rarely.
  const judgedAt = guard && isWatched(rollout) && !rollout.gray ? judgingAt(guard, stageOf(rollout)) : undefined
  if (judgedAt !== undefined) return epochMs(Math.max(later, Math.min(judgedAt, after(later, SLOW_LOOK_MS))))
  return rollout.state === 'scheduled' && rollout.startAt && !mayWork(rollout) ? rollout.startAt : later
}

/** What became of its releases since the last time may end or pause it; one that is paused shows it too. */
async function begin(platform: Platform, rollout: RolloutRecord, leftMs: () => number): Promise<Progress> {
  if (hasNothingLeft(rollout)) return { rollout, worked: 0, goesOn: false }
  const judged = await judge(platform, rollout, unreadQuota(), await followReleases(platform, rollout))
  const present = isWatched(judged) ? await watch(platform, judged, leftMs) : judged
  return { rollout: present, worked: 0, goesOn: mayWork(present) }
}

async function watch(platform: Platform, rollout: RolloutRecord, leftMs: () => number): Promise<RolloutRecord> {
  const { watchOver } = await import('./guard.ts')
  return watchOver(platform, rollout, () => leftMs() > LAST_PAGE_MS)
}

/** One page. */
async function advance(platform: Platform, rollout: RolloutRecord, quota: Quota): Promise<Progress> {
  const { rolloutId, wave } = rollout
  const now = databaseTime(platform)
  const isStill = rollout.wish !== 'rollback' && (isEarly(rollout, now) || isQuiet(now, rollout.quietHours))
  if (underWay.includes(rollout.state) && !isStill) await readQuota(platform, quota, rollout)
  const states = isStill ? [] : workable(rollout, quota)
  const items = states.length === 0 ? [] : await platform.stores.rollouts.dueItems(rolloutId, states, wave, PAGE, now)
  const outcomes = openOutcomes(platform, quota, rollout)
  for (const [work, some] of groupBy(items, (item) => workOn(rollout, item)))
    await work({ platform, rollout, items: some, quota, outcomes })
  await outcomes.write()
  const judged = await judge(platform, rollout, quota, { isReached: outcomes.isHeld })
  const isDone = items.length === 0 && judged.wave === wave
  return { rollout: judged, worked: items.length, goesOn: !isDone && !outcomes.mustSlowDown && mayWork(judged) }
}

/** Items that something can be done with; the others follow their releases. */
function workable(rollout: RolloutRecord, quota: Quota): ItemState[] {
  const { state, wish, autoSubmit, autoRelease, gray } = rollout
  if (wish === 'rollback') return ['released', 'gray']
  if (!underWay.includes(state)) return ['approved']
  const states: ItemState[] = ['pending', 'committing']
  if (autoSubmit && quotaFor(quota, rollout) > 0) states.push('committed')
  if (autoRelease || wish === 'release') states.push('approved')
  if (gray && !isWatched(rollout)) states.push('gray')
  return states
}

function workOn({ wish, gray }: RolloutRecord, { state }: RolloutItem): (page: ItemPage) => Promise<void> {
  if (wish === 'rollback') return rollBackPage
  if (state === 'committed') return submitPage
  if (state === 'gray') return widenPage
  if (state === 'approved') return gray && gray.length > 1 ? widenPage : publishPage
  return commitPage
}
