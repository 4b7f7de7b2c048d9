import { forEachConcurrently } from '../concurrency.ts'
import { Failure, isFailure } from '../errors.ts'
import { after, DAY, SECOND } from '../time.ts'
import { renewAuthorizerToken } from './authorizer-token.ts'
import { COMPONENT_HEADSTART_MS, componentToken } from './component-token.ts'
import { databaseTime, learnDatabaseTime, type Platform } from './platform.ts'
import type { Claim } from './stores.ts'

export interface SweepResult {
  readonly refreshed: number
  readonly failed: number
  /** Left alone: unused for `REFRESH_IDLE_DAYS`, or no time left under the lease. */
  readonly skipped: number
  /** Due, and left for the next run. */
  readonly remaining: number
}

/** The knee for one core; see the performance notes. */
const WIDTH = 50
const PAGE = 250

/** A claim is worked on only while its lease leaves room for WeChat's 8 s and the save. */
const CLAIM_USE_MS = 9 * SECOND

/** No page is begun with less time left: the slowest row takes two calls of 8 s. */
const LAST_PAGE_MS = 20 * SECOND

/** Keeps the component token and all due authorizer tokens fresh. Runs may overlap; they share the work. Never throws. */
export async function sweep(platform: Platform, leftMs: () => number): Promise<SweepResult> {
  const counts = { refreshed: 0, failed: 0, skipped: 0 }
  try {
    const now = await platform.stores.tokens.tick('sweptAt')
    learnDatabaseTime(platform, now)
    await renewComponent(platform, counts)
    await platform.stores.tokens.reseal(500)
    for (const status of ['active', 'reauthorize'] as const) {
      while (leftMs() > LAST_PAGE_MS) {
        const claims = await platform.stores.tokens.claimDue(status, PAGE, databaseTime(platform))
        if (claims.length === 0) break
        await renewPage(platform, claims, counts)
      }
    }
  } catch (error) {
    if (!isFailure(error)) platform.log.error('the sweep stopped on a bug', { reason: error })
    else platform.log.warn('the sweep stopped early', { reason: error })
  }
  const remaining = await platform.stores.tokens.countDue(databaseTime(platform)).catch(() => -1)
  platform.log.info('sweep done', { ...counts, remaining })
  return { ...counts, remaining: Math.max(remaining, 0) }
}

type Counts = { refreshed: number; failed: number; skipped: number }

async function renewComponent(platform: Platform, counts: Counts): Promise<void> {
  try {
    const before = await platform.stores.tokens.read({ kind: 'component' })
    const token = await componentToken(platform, { minValidityMs: COMPONENT_HEADSTART_MS })
    if (token.tokenFence !== before?.tokenFence) counts.refreshed += 1
  } catch (error) {
    counts.failed += 1
    // One that still lives carries the authorizers through; without any, nothing else can be refreshed.
    await componentToken(platform).catch(() => {
      throw error
    })
  }
}

async function renewPage(platform: Platform, claims: readonly Claim[], counts: Counts): Promise<void> {
  const begun = platform.clock()
  let stopped: unknown
  await forEachConcurrently(claims, WIDTH, async (claim) => {
    if (claim.holder.kind !== 'authorizer') return
    try {
      if (stopped !== undefined || Math.abs(platform.clock() - begun) > CLAIM_USE_MS) {
        counts.skipped += 1
        await platform.stores.tokens.release(claim)
      } else if (isIdle(platform, claim)) {
        counts.skipped += 1
        await platform.stores.tokens.giveUp(claim, { dueAt: after(claim.now, DAY), failures: 0 })
      } else {
        await renewAuthorizerToken(platform, claim)
        counts.refreshed += 1
      }
    } catch (error) {
      counts.failed += 1
      if (isEverybodysTrouble(error)) stopped = error
      if (!isFailure(error)) await backOff(platform, claim, error)
    }
  })
  if (stopped !== undefined) throw stopped
}

/** Not this account's fault: no ticket, or an address that is missing on WeChat's whitelist. */
const isEverybodysTrouble = (error: unknown): boolean =>
  isFailure(error, 'TICKET_MISSING') || (error instanceof Failure && error.wechat?.errcode === 61004)

async function backOff(platform: Platform, claim: Claim, error: unknown): Promise<void> {
  platform.log.error('an authorizer could not be refreshed for a bug', { holder: claim.holder, reason: error })
  await platform.stores.tokens
    .giveUp(claim, { dueAt: after(claim.now, DAY), failures: claim.failures + 1 })
    .catch(() => undefined)
}

function isIdle(platform: Platform, { state, now }: Claim): boolean {
  const days = platform.settings.refreshIdleDays
  return (
    days !== undefined && state.status === 'active' && state.usedAt !== undefined && now - state.usedAt > days * DAY
  )
}
