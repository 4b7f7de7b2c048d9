import { isFailure } from '../../errors.ts'
import { after, DAY, HOUR, MINUTE, SECOND, type EpochMs } from '../../time.ts'
import { addLinks } from '../authorizers/problem-links.ts'
import { databaseTime, learnDatabaseTime, type Platform } from '../platform.ts'
import { tellProblems } from '../problems/alerts.ts'
import { MOST_OPEN, openProblem } from '../problems/problems.ts'
import type { Due } from '../stores/due.ts'
import type { Problem } from '../stores/problems.ts'
import type { Tick } from '../stores/tokens.ts'
import { deliver, isToDeliver } from '../subscriptions/deliveries.ts'
import { finishPushes } from './pushes.ts'
import { advanceReleases } from './releases.ts'
import { inProportion, LAST_STEP_MS, type TakeTurn } from './shares.ts'
import { watchTickets } from './tickets.ts'

export interface QueueResult {
  readonly pushes: number
  readonly releases: number
  readonly rolloutItems: number
  /** Accepted by business servers. */
  readonly deliveries: number
  readonly failed: number
  readonly deleted: number
  readonly remaining: number
}

/** What a dead process left is found then. */
const FULL_LOOK_MS = 15 * MINUTE

/** A comparison that was cut off is begun anew. */
const SYNC_AGAIN_MS = 15 * MINUTE

/** The other steps wait for pushes at most so long. */
const PUSHES_FIRST_MS = 8 * SECOND
const LOOK_MS = 500

type Step = (platform: Platform, leftMs: () => number) => Promise<void> | undefined

export type QueueStep =
  | 'clock'
  | 'look'
  | 'pushes'
  | 'problems'
  | 'tickets'
  | 'releases'
  | 'rollouts'
  | 'deliveries'
  | 'links'
  | 'alerts'
  | 'sync'
  | 'readings'
  | 'cleanUp'

/**
 * Everything that waits. Each step stands for itself: one that fails does not hold up the others. Never throws.
 *
 * What a quiet minute has no use for is loaded when there is something to do.
 */
export async function processQueue(platform: Platform, timeLeft: () => number): Promise<QueueResult> {
  const leftMs = inProportion(timeLeft)
  const counts = { pushes: 0, releases: 0, rolloutItems: 0, deliveries: 0, failed: 0, deleted: 0 }
  let tick: Tick | undefined
  /** Undefined where it could not be seen: then every step looks for itself. */
  let due: Due | undefined
  /** Problems were looked at as a whole, or one was opened or closed. */
  let haveProblemsMoved = false
  let open: readonly Problem[] | undefined
  const takeTurn: TakeTurn = async (name, everyMs) => {
    const turn = tick?.turns[name]
    if (!tick || (turn !== undefined && turn > tick.now)) return false
    return platform.stores.tokens.moveTurn(name, turn, after(tick.now, everyMs))
  }
  /** What is taken up may bring more for the steps that follow. */
  const isBusy = (): boolean => !due || due.pushes || due.releases || due.rollouts
  const steps: Readonly<Record<QueueStep, Step>> = {
    clock: async () => {
      tick = await platform.stores.tokens.tick('processedAt')
      learnDatabaseTime(platform, tick.now)
    },
    look: async () => {
      due = tick && (await platform.stores.due.look(tick.now))
    },
    pushes: async () => {
      if (due && !due.pushes) return
      counts.pushes = await finishPushes(platform, leftMs)
    },
    problems: async () => {
      const isFullLook = await takeTurn('fullLook', FULL_LOOK_MS)
      haveProblemsMoved = isFullLook
      if (isFullLook) open = await (await import('./full-look.ts')).lookAtAll(platform)
      if (!open && (isFullLook || !due || isYoung(platform, due.newestProblemAt)))
        open = await platform.stores.problems.newest(MOST_OPEN)
    },
    tickets: async () => {
      const latest = due ? due.newestTicketAt : (await platform.stores.pushes.latestTicketAt())?.receivedAt
      const isOpen = due ? due.isTicketOverdue : (open ?? []).some(({ code }) => code === 'TICKET_OVERDUE')
      if (await watchTickets(platform, { latest, isOpen, takeTurn })) haveProblemsMoved = true
    },
    releases: async () => {
      if (!isBusy()) return
      const { done, failed } = await advanceReleases(platform, leftMs)
      counts.releases = done
      counts.failed += failed
    },
    rollouts: async () => {
      if (!isBusy()) return
      const { advanceRollouts } = await import('../rollouts/advance-rollouts.ts')
      counts.rolloutItems = await advanceRollouts(platform, leftMs)
    },
    // After the steps that have something to tell.
    deliveries: async () => {
      if (!isBusy() && !haveProblemsMoved && due && !isToDeliver(due, databaseTime(platform))) return
      counts.deliveries = await deliver(platform, leftMs)
    },
    links: () => (open ? addLinks(platform, open) : undefined),
    alerts: () => (isBusy() || haveProblemsMoved || due?.untoldProblems ? tellProblems(platform) : undefined),
    sync: async () => {
      if (leftMs() <= LAST_STEP_MS || !(await takeTurn('sync', SYNC_AGAIN_MS))) return
      const { syncAuthorizers } = await import('../authorizers/sync.ts')
      const { remaining } = await syncAuthorizers(platform, {
        leftMs: () => leftMs() - LAST_STEP_MS / 2,
        goOn: 'any',
      })
      const now = databaseTime(platform)
      const next = after(now, remaining > 0 ? 0 : DAY)
      await platform.stores.tokens.moveTurn('sync', tick && after(tick.now, SYNC_AGAIN_MS), next)
    },
    readings: async () => {
      if (due?.readings === false) return
      const { readDue } = await import('../releases/daily-readings.ts')
      await readDue(platform, leftMs)
    },
    cleanUp: async () => {
      if (!tick || !(await takeTurn('cleanUp', 10 * MINUTE))) return
      counts.deleted = await platform.stores.cleanUp.run(databaseTime(platform))
      // A subscription is told of what happens after it was made: without one, what waits would wait for ever.
      if (due?.newestUntoldAt !== undefined && due.subscriptions.length === 0)
        await platform.stores.outbox.forget(after(tick.now, -HOUR), () => leftMs() > LAST_STEP_MS)
    },
  }
  const take = async ([name, step]: readonly [string, Step]): Promise<void> => {
    try {
      await step(platform, leftMs)
    } catch (error) {
      counts.failed += 1
      await noteFailingStep(platform, name, error)
      platform.log[isFailure(error) ? 'warn' : 'error']('a step of the queue failed', { step: name, reason: error })
    }
  }
  const { clock, look, pushes, ...others } = steps
  await take(['clock', clock])
  await take(['look', look])
  // Slow ones go on beside the others, which may have to tell what the quick ones brought.
  const finishing = take(['pushes', pushes])
  if (!due || due.pushes) await firstMoments(platform, finishing, leftMs)
  for (const step of Object.entries(others)) await take(step)
  await finishing
  const isEmpty = due?.unfinished === false
  const remaining = isEmpty ? 0 : await platform.stores.pushes.countUnfinished().catch(() => -1)
  return { ...counts, remaining: Math.max(remaining, 0) }
}

/** Until the work is done, for some seconds at most; of a shorter limit, a smaller share. */
async function firstMoments(platform: Platform, work: Promise<void>, leftMs: () => number): Promise<void> {
  const ending = work.then(() => 'done' as const)
  const end = leftMs() - PUSHES_FIRST_MS
  for (let waited = 0; waited < PUSHES_FIRST_MS && leftMs() > end; waited += LOOK_MS)
    if ((await Promise.race([ending, platform.sleep(LOOK_MS)])) === 'done') return
}

/** A problem opened since gets its link soon; what is missed then, the full look finds. */
const isYoung = (platform: Platform, since: EpochMs | undefined): boolean =>
  since !== undefined && databaseTime(platform) - since < FULL_LOOK_MS

/** What passes by itself, or is told by a problem of its own, is not worth another one. */
async function noteFailingStep(platform: Platform, step: string, error: unknown): Promise<void> {
  if (isFailure(error) && (error.retryable || error.code === 'CONFIG_INVALID')) return
  const reason = (isFailure(error) && error.reason) || 'BUG'
  const params = { ...(isFailure(error) && error.params), step, reason }
  await openProblem(platform, { code: 'BACKGROUND_STEP_FAILING', about: step, params })
}
