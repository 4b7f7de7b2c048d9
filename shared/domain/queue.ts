import { forEachConcurrently } from '../concurrency.ts'
import { errcodeOf, isFailure } from '../errors.ts'
import { after, DAY, HOUR, MINUTE, SECOND, type EpochMs } from '../time.ts'
import { tokens } from '../wechat/endpoints/tokens.ts'
import { tellProblems } from './problems/alerts.ts'
import { deliver, isToDeliver } from './subscriptions/deliveries.ts'
import { databaseTime, learnDatabaseTime, type Platform } from './platform.ts'
import { addLinks } from './problems/links.ts'
import { closeProblem, MOST_OPEN, openProblem } from './problems/problems.ts'
import type { Due } from './stores/due.ts'
import type { Problem } from './stores/problems.ts'
import type { ReleaseRecord } from './stores/releases.ts'
import type { Tick } from './stores/tokens.ts'
import { ticketProblem } from './problems/ticket-problem.ts'

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

const WIDTH = 20
const PAGE = 100

/** A push that was claimed and never finished is taken again by the next run. Handling twice does no harm. */
const PUSH_TURN_MS = 30 * SECOND

/** What a dead process left is found then. */
const FULL_LOOK_MS = 15 * MINUTE

/** A comparison that was cut off is begun anew. */
const SYNC_AGAIN_MS = 15 * MINUTE

/** With less time left nothing new is begun. */
const LAST_STEP_MS = 20 * SECOND

/** The other steps wait for pushes at most so long. */
const PUSHES_FIRST_MS = 8 * SECOND
const LOOK_MS = 500

/** Rollouts come after the releases, and get their share. */
const LAST_RELEASES_MS = 35 * SECOND

/** What the steps keep in reserve is meant for a limit of a minute; a shorter one shrinks it. */
function inProportion(timeLeft: () => number): () => number {
  const factor = Math.max(1, MINUTE / Math.max(1, timeLeft()))
  return () => timeLeft() * factor
}

type TakeTurn = (name: string, everyMs: number) => Promise<boolean>

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
  /** True for one caller per `everyMs`. */
  const takeTurn: TakeTurn = async (name, everyMs) => {
    const turn = tick?.turns[name]
    if (!tick || (turn !== undefined && turn > tick.now)) return false
    return platform.stores.tokens.moveTurn(name, turn, after(tick.now, everyMs))
  }
  /** What is taken up may bring more for the steps that follow. */
  const isBusy = (): boolean => !due || due.pushes || due.releases || due.rollouts || haveProblemsMoved
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
      if (isFullLook) await (await import('./full-look.ts')).lookAtAll(platform)
      if (isFullLook || !due || isYoung(platform, due.newestProblemAt))
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
      const { advanceRollouts } = await import('./rollouts/steps.ts')
      counts.rolloutItems = await advanceRollouts(platform, leftMs)
    },
    // After the steps that have something to tell.
    deliveries: async () => {
      if (!isBusy() && due && !isToDeliver(due, databaseTime(platform))) return
      counts.deliveries = await deliver(platform, leftMs)
    },
    links: () => (open ? addLinks(platform, open) : undefined),
    alerts: () => (isBusy() || due?.untoldProblems ? tellProblems(platform) : undefined),
    sync: async () => {
      if (leftMs() <= LAST_STEP_MS || !(await takeTurn('sync', SYNC_AGAIN_MS))) return
      const { syncAuthorizers } = await import('./authorizers/sync.ts')
      const { remaining } = await syncAuthorizers(platform, {
        leftMs: () => leftMs() - LAST_STEP_MS / 2,
        goOn: 'any',
      })
      const now = databaseTime(platform)
      const next = after(now, remaining > 0 ? 0 : DAY)
      await platform.stores.tokens.moveTurn('sync', tick && after(tick.now, SYNC_AGAIN_MS), next)
    },
    cleanUp: async () => {
      if (await takeTurn('cleanUp', 10 * MINUTE))
        counts.deleted = await platform.stores.cleanUp.run(databaseTime(platform))
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
  if (!due || due.pushes) await firstMoments(platform, finishing)
  for (const step of Object.entries(others)) await take(step)
  await finishing
  const isEmpty = due?.unfinished === false
  const remaining = isEmpty ? 0 : await platform.stores.pushes.countUnfinished().catch(() => -1)
  return { ...counts, remaining: Math.max(remaining, 0) }
}

/** Until the work is done, for some seconds at most. */
async function firstMoments(platform: Platform, work: Promise<void>): Promise<void> {
  const ending = work.then(() => 'done' as const)
  for (let waited = 0; waited < PUSHES_FIRST_MS; waited += LOOK_MS)
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

async function finishPushes(platform: Platform, leftMs: () => number): Promise<number> {
  let done = 0
  while (leftMs() > LAST_STEP_MS) {
    const now = databaseTime(platform)
    const pushes = await platform.stores.pushes.claimDue(PAGE, now, after(now, PUSH_TURN_MS))
    if (pushes.length === 0) break
    const { handle } = await import('./pushes/push-handlers.ts')
    // In the order in which things happened, as far as different accounts are not concerned.
    const inOrder = pushes.toSorted((a, b) => a.createTime - b.createTime)
    await forEachConcurrently(groupByAppid(inOrder), WIDTH, async (group) => {
      // What is not begun stays claimed for a short while, and is the next run's.
      for (const push of group) if (leftMs() > LAST_STEP_MS) await handle(platform, push)
    })
    done += pushes.length
  }
  return done
}

function groupByAppid<T extends { readonly appid?: string; readonly id: string }>(
  items: readonly T[],
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = item.appid ?? item.id
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()]
}

async function advanceReleases(platform: Platform, leftMs: () => number): Promise<{ done: number; failed: number }> {
  const counts = { done: 0, failed: 0 }
  const seen = new Set<string>()
  while (leftMs() > LAST_RELEASES_MS) {
    const due = (await platform.stores.releases.due(PAGE, databaseTime(platform))).filter(
      ({ releaseId }) => !seen.has(releaseId),
    )
    if (due.length === 0) break
    for (const { releaseId } of due) seen.add(releaseId)
    const { advanceRelease } = await import('./releases/due-releases.ts')
    const { pollAudits } = await import('./releases/audit-polls.ts')
    const noteFailure = async (release: ReleaseRecord, error: unknown): Promise<void> => {
      counts.failed += 1
      await noteTrouble(platform, release, error)
    }
    const others = await pollAudits(platform, due, noteFailure)
    await forEachConcurrently(others, WIDTH, async (release) => {
      await advanceRelease(platform, release).catch((error: unknown) => noteFailure(release, error))
    })
    counts.done += due.length
  }
  return { done: counts.done - counts.failed, failed: counts.failed }
}

async function noteTrouble(platform: Platform, release: ReleaseRecord, error: unknown): Promise<void> {
  platform.log.warn('a release could not be advanced yet', {
    releaseId: release.releaseId,
    state: release.state,
    reason: error,
  })
  const { putOffRelease } = await import('./releases/due-releases.ts')
  await putOffRelease(platform, release, error).catch((reason: unknown) => {
    platform.log.warn('a release could not be put off', { releaseId: release.releaseId, reason })
  })
}

interface TicketWatch {
  /** When the newest ticket came. */
  readonly latest: EpochMs | undefined
  /** Whether the problem is. */
  readonly isOpen: boolean
  readonly takeTurn: TakeTurn
}

/** Whether a problem was opened or closed. */
async function watchTickets(platform: Platform, { latest, isOpen, takeTurn }: TicketWatch): Promise<boolean> {
  const problem = ticketProblem(latest && databaseTime(platform) - latest)
  if (!problem) {
    if (isOpen) await closeProblem(platform, 'TICKET_OVERDUE')
    return isOpen
  }
  if (!isOpen) await openProblem(platform, problem)
  if (!(await takeTurn('startPushTicket', HOUR))) return !isOpen
  const { componentAppid, componentAppsecret } = platform.settings
  await platform.wechat
    .send(tokens.startPushTicket, { body: { component_appid: componentAppid, component_secret: componentAppsecret } })
    .catch((error: unknown) => {
      platform.log.warn('WeChat did not take the request to push tickets', { errcode: errcodeOf(error), reason: error })
    })
  return !isOpen
}
