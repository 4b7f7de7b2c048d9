import { isFailure } from '../../errors.ts'
import { after, epochMs, HOUR, SECOND, type EpochMs } from '../../time.ts'
import { renewAuthorizerToken } from './authorizer-token.ts'
import { createClaimQueue } from './claim-queue.ts'
import { COMPONENT_HEADSTART_MS, componentRenewal, componentToken } from './component-token.ts'
import { isIdle, PROBE_MS } from './idle-accounts.ts'
import { databaseTime, learnDatabaseTime, type Platform } from '../platform.ts'
import type { Claim } from '../stores/tokens.ts'
import { isEverybodysTrouble } from './token-failures.ts'
import { asLiveToken, remember } from './tokens.ts'

export interface SweepResult {
  readonly refreshed: number
  readonly failed: number
  /** Left alone: unused for `REFRESH_IDLE_DAYS` and refreshed not long ago, or no time left under the lease. */
  readonly skipped: number
  /** Due, and left for the next run. */
  readonly remaining: number
}

/** Beyond that one core has nothing more to give: npm run bench -- sweep. */
const WIDTH = 50
const PAGE = 500

/** No page is claimed with less time left. Of a shorter limit it is half. */
const LAST_PAGE_MS = 20 * SECOND

/** No row is begun with less than this part of it left: the slowest takes two calls of 8 s. */
const LAST_ROW = 0.8

const RESEALED_AT_MOST = 500

/** Keeps the component token and all due authorizer tokens fresh. Runs may overlap; they share the work. Never throws. */
export async function sweep(platform: Platform, leftMs: () => number): Promise<SweepResult> {
  const counts = { refreshed: 0, failed: 0, skipped: 0 }
  const lastPageMs = Math.min(LAST_PAGE_MS, leftMs() / 2)
  const hasTime = (): boolean => leftMs() > lastPageMs
  const hasTimeForRow = (): boolean => leftMs() > lastPageMs * LAST_ROW
  let finished = false
  try {
    const { now, component } = await platform.stores.tokens.tick('sweptAt')
    learnDatabaseTime(platform, now)
    const live = asLiveToken(component())
    if (live) remember(platform, { kind: 'component' }, live)
    await renewComponent(platform, counts)
    finished =
      !(await platform.stores.tokens.isAnyDue(now)) ||
      (await renewAll(platform, now, { counts, hasTime, hasTimeForRow }))
    await platform.stores.tokens.reseal(RESEALED_AT_MOST, hasTime)
  } catch (error) {
    if (!isFailure(error)) platform.log.error('the sweep stopped on a bug', { reason: error })
    else platform.log.warn('the sweep stopped early', { reason: error })
  }
  const remaining = finished ? 0 : await platform.stores.tokens.countDue(databaseTime(platform)).catch(() => 0)
  platform.log.info('sweep done', { ...counts, remaining })
  return { ...counts, remaining }
}

type Counts = { refreshed: number; failed: number; skipped: number }

async function renewComponent(platform: Platform, counts: Counts): Promise<void> {
  let asked = false
  const renewal = {
    ...componentRenewal,
    renew: (...given: Parameters<typeof componentRenewal.renew>) => {
      asked = true
      return componentRenewal.renew(...given)
    },
  }
  try {
    await componentToken(platform, { minValidityMs: COMPONENT_HEADSTART_MS }, renewal)
    if (asked) counts.refreshed += 1
  } catch (error) {
    counts.failed += 1
    // One that still lives carries the authorizers through; without any, nothing else can be refreshed.
    await componentToken(platform).catch(() => {
      throw error
    })
  }
}

interface Run {
  readonly counts: Counts
  readonly hasTime: () => boolean
  /** What is claimed and not begun by then is given back. */
  readonly hasTimeForRow: () => boolean
}

/** Leases that ran out first, for what they left is not known; then all that is due. False when time ran out. */
async function renewAll(platform: Platform, now: EpochMs, { counts, hasTime, hasTimeForRow }: Run): Promise<boolean> {
  const { tokens } = platform.stores
  const queue = createClaimQueue({
    sources: [
      () => tokens.claimAbandoned(PAGE, now),
      () => tokens.claimDue('active', PAGE, databaseTime(platform)),
      () => tokens.claimDue('reauthorize', PAGE, databaseTime(platform)),
    ].map((claimPage) => async () => {
      const page = await claimPage()
      const [first] = page.claims
      if (first) learnDatabaseTime(platform, first.now)
      return page
    }),
    reserve: 3 * WIDTH,
    mayClaim: hasTime,
  })
  let stopped: unknown
  const work = async (): Promise<void> => {
    try {
      for (;;) {
        const claim = stopped === undefined && hasTimeForRow() ? await queue.next() : undefined
        if (!claim) return
        await attempt(platform, claim, counts)
      }
    } catch (error) {
      stopped ??= error
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, work))
  const untouched = await queue.close()
  if (stopped !== undefined) counts.skipped += untouched.length
  if (untouched.length > 0) await tokens.releaseAll(untouched)
  if (stopped !== undefined) throw stopped
  return queue.finished && untouched.length === 0
}

/** Throws what would meet all the others too. */
async function attempt(platform: Platform, claim: Claim, counts: Counts): Promise<void> {
  try {
    counts[await renewOne(platform, claim)] += 1
  } catch (error) {
    counts.failed += 1
    if (isEverybodysTrouble(error)) throw error
    if (!isFailure(error)) await backOff(platform, claim, error)
  }
}

async function renewOne(platform: Platform, claim: Claim): Promise<'refreshed' | 'skipped'> {
  const probeAt = isIdle(platform, claim) ? after(claim.state.savedAt ?? epochMs(0), PROBE_MS) : claim.now
  if (probeAt > claim.now) {
    await platform.stores.tokens.giveUp(claim, { dueAt: probeAt, failures: 0 })
    return 'skipped'
  }
  return (await renewAuthorizerToken(platform, claim)) ? 'refreshed' : 'skipped'
}

async function backOff(platform: Platform, claim: Claim, error: unknown): Promise<void> {
  platform.log.error('an authorizer could not be refreshed for a bug', { holder: claim.holder, reason: error })
  await platform.stores.tokens
    .giveUp(claim, { dueAt: after(claim.now, HOUR), failures: claim.failures + 1, failedFor: 'INTERNAL' })
    .catch(() => undefined)
}
