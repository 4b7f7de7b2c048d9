import { forEachConcurrently } from '../../concurrency.ts'
import { Failure, isFailure } from '../../errors.ts'
import { fromUnixSeconds, HOUR, SECOND, toUnixSeconds, type EpochMs } from '../../time.ts'
import { isTestAccount } from '../../wechat/test-accounts.ts'
import { isAuthorized, refreshProfile } from './authorization.ts'
import { settleWithdrawal } from './authorization-events.ts'
import { readListPage, type ListedAuthorizer } from '../tokens/authorizer-list.ts'
import { toldBinding } from './binding-views.ts'
import { reportLostAuthorization } from './lost-authorizations.ts'
import { followProfile } from './profile-changes.ts'
import { databaseTime, learnDatabaseTime, type Platform } from '../platform.ts'
import { closeProblem } from '../problems/problems.ts'
import type { Authorizer, SyncPosition } from '../stores/authorizers.ts'
import { forget } from '../tokens/tokens.ts'

export interface SyncResult {
  readonly added: number
  readonly updated: number
  readonly revoked: number
  /** Refresh tokens that were taken from WeChat's list. */
  readonly adopted: number
  readonly problems: number
  /** Accounts that were not looked at yet. */
  readonly remaining: number
  /** Names the pass that is to be gone on with, where some remain. */
  readonly continue?: string
}

/** Calls to WeChat at once. */
const WIDTH = 20

/** A function may run for 60 s; what is left over is done by the next run. */
const BUDGET_MS = 45 * SECOND

/** Every account is read once a day; what was missed there is made up for. */
const PROFILE_LIFE_MS = 36 * HOUR
const PROFILES_PER_RUN = 500

const UNLISTED_PAGE = 200

/** A pass that was left alone for so long begins anew: the list has changed too much. */
const PASS_LIFE_MS = 12 * HOUR

interface Pass {
  readonly platform: Platform
  readonly begun: EpochMs
  readonly counts: { added: number; updated: number; revoked: number; adopted: number; problems: number }
  readonly hasTime: () => boolean
  profilesLeft: number
  /** Accounts of the page under work of which WeChat says what it said before. */
  readonly unchanged: string[]
  /** An account of the page under work was left out for want of time. */
  isCut: boolean
}

/**
 * Compares with WeChat's own list, page by page: takes in what is missing here, and ends what is gone there. An account is gone only if
 * a complete pass lacks it and WeChat says so when asked for it. A pass that runs out of time keeps its place and is gone on with.
 */
export async function syncAuthorizers(
  platform: Platform,
  { leftMs, goOn }: { readonly leftMs?: () => number; readonly goOn?: string | undefined } = {},
): Promise<SyncResult> {
  // By the database's clock: one that is behind would take a withdrawal for older than the authorization.
  const { now: begun } = await platform.stores.tokens.tick('syncedAt')
  learnDatabaseTime(platform, begun)
  const hasTime = (): boolean => (leftMs ? leftMs() : BUDGET_MS - Math.abs(databaseTime(platform) - begun)) > 0
  const position = await placeOf(platform, goOn, begun)
  const counts = { added: 0, updated: 0, revoked: 0, adopted: 0, problems: 0 }
  const pass: Pass = { platform, begun, counts, hasTime, profilesLeft: PROFILES_PER_RUN, unchanged: [], isCut: false }
  const remaining = await advance(pass, position)
  if (remaining === 0) await platform.stores.authorizers.endSync(position.passId)
  platform.log.info('authorizers compared with WeChat', { ...counts, remaining })
  return { ...counts, remaining, ...(remaining > 0 && { continue: position.passId }) }
}

async function placeOf(platform: Platform, goOn: string | undefined, now: EpochMs): Promise<SyncPosition> {
  const known = goOn === undefined ? undefined : await platform.stores.authorizers.readSync()
  if (known && (goOn === 'any' || goOn === known.passId) && now - known.begunAt < PASS_LIFE_MS) return known
  if (goOn !== undefined && goOn !== 'any') throw new Failure('BAD_CURSOR', { field: 'continue' })
  return { passId: platform.ids.random(), begunAt: now, offset: 0, distinct: 0, isWhole: false, after: '' }
}

/** How many accounts are left for the next run. One page is begun in any case. */
async function advance(pass: Pass, start: SyncPosition): Promise<number> {
  const { platform, hasTime } = pass
  let position = start
  while (!position.isWhole) {
    const page = await readListPage(platform, position.offset)
    const distinct = await comparePage(pass, page.rows, position.passId)
    // What was begun of it is found done by the next run.
    if (pass.isCut) return keepPlace(platform, position, page.total - position.offset)
    const { total = page.total } = position
    const offset = position.offset + page.rows.length
    const isLast = page.rows.length === 0 || offset >= page.total
    position = { ...position, offset, distinct: position.distinct + distinct, total, isWhole: isLast }
    // Complete: as many different rows as the total, which was the same at start and end. Else nothing is known to be gone.
    if (isLast && (total !== page.total || position.distinct !== total)) return 0
    if (!isLast) await keepPlace(platform, position, 0)
    if (!isLast && !hasTime()) return page.total - offset
  }
  return endUnlisted(pass, position)
}

async function keepPlace(platform: Platform, position: SyncPosition, remaining: number): Promise<number> {
  await platform.stores.authorizers.saveSync(position)
  return Math.max(remaining, 1)
}

/** How many of the rows this pass had not met before. */
async function comparePage(pass: Pass, rows: readonly ListedAuthorizer[], passId: string): Promise<number> {
  const { authorizers } = pass.platform.stores
  const listed = new Map(rows.map((row) => [row.appid, row]))
  const appids = [...listed.keys()]
  if (appids.length === 0) return 0
  const known = new Map((await authorizers.findMany(appids)).map((found) => [found.appid, found]))
  await forEachConcurrently([...listed.values()], WIDTH, async (row) => {
    const authorizer = known.get(row.appid)
    if (authorizer) await guarded(pass, () => compareListed(pass, authorizer, row))
    else if (!isTestAccount(row.appid)) await guarded(pass, () => takeIn(pass, row))
  })
  const unchanged = pass.unchanged.splice(0)
  if (unchanged.length > 0)
    await authorizers.noteReading(unchanged, { profile: true, code: false, slow: false }, databaseTime(pass.platform))
  if (!pass.isCut) await authorizers.markListed(appids, passId)
  return appids.filter((appid) => known.get(appid)?.listedBy !== passId).length
}

/** One account never holds up the others; what the database refused is done by the run that goes on. */
async function guarded(pass: Pass, work: () => Promise<void>): Promise<void> {
  if (!pass.hasTime()) {
    pass.isCut = true
    return
  }
  try {
    await work()
  } catch (error) {
    if (isFailure(error, 'STORAGE_UNAVAILABLE')) pass.isCut = true
    else pass.counts.problems += 1
    pass.platform.log[isFailure(error) ? 'warn' : 'error']('an account could not be compared', { reason: error })
  }
}

/** Those that a complete list lacks. */
async function endUnlisted(pass: Pass, start: SyncPosition): Promise<number> {
  const { authorizers } = pass.platform.stores
  const { passId } = start
  for (let { after } = start; ;) {
    const page = await authorizers.pageUnlisted(passId, after, UNLISTED_PAGE)
    await forEachConcurrently(page, WIDTH, (authorizer) => guarded(pass, () => compareUnlisted(pass, authorizer)))
    if (pass.isCut) return keepPlace(pass.platform, { ...start, after }, await authorizers.countUnlisted(passId, after))
    const last = page.at(-1)
    if (!last || page.length < UNLISTED_PAGE) return 0
    after = last.appid
  }
}

async function compareUnlisted({ platform, begun, counts }: Pass, { appid, eventTime }: Authorizer): Promise<void> {
  if (await isAuthorized(platform, appid)) return
  // Whoever authorizes from now on has a newer event.
  const at = Math.max(toUnixSeconds(begun), eventTime)
  if (!(await platform.stores.authorizers.revoke(appid, at, toldBinding(platform)))) return
  await settleWithdrawal(platform, appid)
  counts.revoked += 1
}

async function compareListed(pass: Pass, authorizer: Authorizer, row: ListedAuthorizer): Promise<void> {
  const { platform, counts } = pass
  if (authorizer.status !== 'active' || !authorizer.hasRefreshToken) {
    if (await adopt(pass, row)) {
      counts.updated += 1
      forget(platform, { kind: 'authorizer', appid: row.appid })
      await closeProblem(platform, 'REAUTHORIZATION_REQUIRED', row.appid)
      await compareProfile(pass, authorizer)
    } else if (row.refreshToken === '') await reportUnusable(pass, row)
    return
  }
  const age = databaseTime(platform) - (authorizer.profiledAt ?? 0)
  if (authorizer.profiledAt !== undefined && (age < PROFILE_LIFE_MS || pass.profilesLeft-- <= 0)) return
  if (await compareProfile(pass, authorizer)) counts.updated += 1
}

async function takeIn(pass: Pass, row: ListedAuthorizer): Promise<void> {
  // Authorized, but its code was never exchanged: only the merchant can bring a new one.
  if (row.refreshToken === '') return reportUnusable(pass, row)
  if (await adopt(pass, row)) pass.counts.added += 1
  await refreshProfile(pass.platform, row.appid)
}

async function reportUnusable({ platform, counts }: Pass, row: ListedAuthorizer): Promise<void> {
  counts.problems += 1
  await reportLostAuthorization(platform, row.appid, { eventTime: row.authTime })
}

async function adopt({ platform, counts }: Pass, row: ListedAuthorizer): Promise<boolean> {
  if (row.refreshToken === '') return false
  const { appid, refreshToken, authTime } = row
  const details = { authorizedAt: fromUnixSeconds(authTime), now: databaseTime(platform), eventTime: authTime }
  const adopted = await platform.stores.authorizers.adoptRefreshToken(
    appid,
    refreshToken,
    details,
    toldBinding(platform),
  )
  if (!adopted) return false
  counts.adopted += 1
  await closeProblem(platform, 'AUTHORIZATION_LOST', row.appid)
  return true
}

/** True when something was new. */
async function compareProfile({ platform, unchanged }: Pass, before: Authorizer): Promise<boolean> {
  const followed = await followProfile(platform, before)
  if (followed === 'unchanged') unchanged.push(before.appid)
  return followed === 'new'
}
