import { forEachConcurrently } from '../concurrency.ts'
import { errcodeOf, isFailure } from '../errors.ts'
import { after, DAY, HOUR, MINUTE, SECOND } from '../time.ts'
import { tokens } from '../wechat/endpoints/tokens.ts'
import { tellProblems } from './alerts.ts'
import { deliver } from './deliveries.ts'
import { databaseTime, learnDatabaseTime, type Platform } from './platform.ts'
import { watchProblems } from './problem-watch.ts'
import { closeProblem, openProblem } from './problems.ts'
import type { ReleaseRecord } from './stores/releases.ts'

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

/** A push that was claimed and never finished is taken again after this. */
const PUSH_TURN_MS = 2 * MINUTE

/** With less time left nothing new is begun. */
const LAST_STEP_MS = 20 * SECOND

type Step = (platform: Platform, leftMs: () => number) => Promise<void>

/**
 * Everything that waits. Each step stands for itself: one that fails does not hold up the others. Never throws.
 *
 * What a quiet minute has no use for is loaded when there is something to do.
 */
export async function processQueue(platform: Platform, leftMs: () => number): Promise<QueueResult> {
  const counts = { pushes: 0, releases: 0, rolloutItems: 0, deliveries: 0, failed: 0, deleted: 0 }
  const steps: Readonly<Record<string, Step>> = {
    clock: async () => learnDatabaseTime(platform, await platform.stores.tokens.tick('processedAt')),
    pushes: async () => {
      counts.pushes = await finishPushes(platform, leftMs)
    },
    tickets: watchTickets,
    releases: async () => {
      const { done, failed } = await advanceReleases(platform, leftMs)
      counts.releases = done
      counts.failed += failed
    },
    rollouts: async () => {
      const { advanceRollouts } = await import('./rollout-steps.ts')
      counts.rolloutItems = await advanceRollouts(platform, leftMs)
    },
    // After the steps that have something to tell.
    deliveries: async () => {
      counts.deliveries = await deliver(platform, leftMs)
    },
    problems: () => watchProblems(platform),
    alerts: () => tellProblems(platform),
    sync: async () => {
      if (leftMs() <= LAST_STEP_MS || !(await platform.stores.tokens.takeTurn('sync', DAY))) return
      const { syncAuthorizers } = await import('./sync.ts')
      await syncAuthorizers(platform, () => leftMs() - LAST_STEP_MS / 2)
    },
    cleanUp: async () => {
      if (await platform.stores.tokens.takeTurn('cleanUp', 10 * MINUTE))
        counts.deleted = await platform.stores.cleanUp.run(databaseTime(platform))
    },
  }
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step(platform, leftMs)
    } catch (error) {
      counts.failed += 1
      platform.log[isFailure(error) ? 'warn' : 'error']('a step of the queue failed', { step: name, reason: error })
    }
  }
  const remaining = await platform.stores.pushes.countUnfinished().catch(() => -1)
  return { ...counts, remaining: Math.max(remaining, 0) }
}

async function finishPushes(platform: Platform, leftMs: () => number): Promise<number> {
  let done = 0
  while (leftMs() > LAST_STEP_MS) {
    const now = databaseTime(platform)
    const pushes = await platform.stores.pushes.claimDue(PAGE, now, after(now, PUSH_TURN_MS))
    if (pushes.length === 0) break
    const { handle } = await import('./push-handlers.ts')
    // In the order in which things happened, as far as different accounts are not concerned.
    const inOrder = pushes.toSorted((a, b) => a.createTime - b.createTime)
    await forEachConcurrently(groupByAppid(inOrder), WIDTH, async (group) => {
      for (const push of group) await handle(platform, push)
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
  while (leftMs() > LAST_STEP_MS) {
    const due = (await platform.stores.releases.due(PAGE, databaseTime(platform))).filter(
      ({ releaseId }) => !seen.has(releaseId),
    )
    if (due.length === 0) break
    const { advanceRelease } = await import('./releases.ts')
    await forEachConcurrently(due, WIDTH, async (release) => {
      seen.add(release.releaseId)
      try {
        await advanceRelease(platform, release)
        counts.done += 1
      } catch (error) {
        counts.failed += 1
        await noteTrouble(platform, release, error)
      }
    })
  }
  return counts
}

async function noteTrouble(platform: Platform, release: ReleaseRecord, error: unknown): Promise<void> {
  platform.log.warn('a release could not be advanced yet', {
    releaseId: release.releaseId,
    state: release.state,
    reason: error,
  })
  const { putOffRelease } = await import('./releases.ts')
  const forLong = isFailure(error) && !error.retryable
  await putOffRelease(platform, release, forLong ? HOUR : MINUTE).catch(() => undefined)
}

/** No ticket for so long is a problem: WeChat pushes one every 10 minutes. */
const TICKET_OVERDUE_MS = 30 * MINUTE

async function watchTickets(platform: Platform): Promise<void> {
  const latest = await platform.stores.pushes.latestTicketAt()
  const age = latest && databaseTime(platform) - latest.receivedAt
  if (age !== undefined && age < TICKET_OVERDUE_MS) return closeProblem(platform, 'TICKET_OVERDUE')
  await openProblem(platform, {
    code: 'TICKET_OVERDUE',
    message:
      age === undefined
        ? 'WeChat has pushed no ticket yet'
        : `WeChat has pushed no ticket for ${Math.floor(age / MINUTE)} minutes`,
    hint: 'Check 授权事件接收URL, the message token and the EncodingAESKey in the console, and that the address answers success within 5 s; then run npm run doctor. 请检查开放平台控制台的授权事件接收配置。',
  })
  if (!(await platform.stores.tokens.takeTurn('startPushTicket', HOUR))) return
  const { componentAppid, componentAppsecret } = platform.settings
  await platform.wechat
    .send(tokens.startPushTicket, { body: { component_appid: componentAppid, component_secret: componentAppsecret } })
    .catch((error: unknown) => {
      platform.log.warn('WeChat did not take the request to push tickets', { errcode: errcodeOf(error), reason: error })
    })
}
