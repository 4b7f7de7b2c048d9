import { forEachConcurrently } from '../../concurrency.ts'
import { isFailure } from '../../errors.ts'
import { fromUnixSeconds, HOUR, SECOND, toUnixSeconds, type EpochMs } from '../../time.ts'
import { isTestAccount } from '../../wechat/test-accounts.ts'
import { isAuthorized, refreshProfile } from './authorization.ts'
import { sayGoodbye } from './authorization-events.ts'
import { LIST_PAGE, readListPage, type ListedAuthorizer } from './authorizer-list.ts'
import { toldBinding } from './binding-views.ts'
import { bindAuthorizer } from './bindings.ts'
import { reportLostAuthorization } from './lost-authorizations.ts'
import { databaseTime, learnDatabaseTime, type Platform } from '../platform.ts'
import { closeProblem } from '../problems/problems.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { forget } from '../tokens/tokens.ts'

/** Calls to WeChat at once. */
const WIDTH = 20

/** A function may run for 60 s; what is left over is done by the next pass. */
const BUDGET_MS = 45 * SECOND

/** WeChat pushes changes of permission sets and says nothing of new names and of bans: the pass of each night looks at all of them again. */
const PROFILE_LIFE_MS = 12 * HOUR
const PROFILES_PER_PASS = 500

interface Pass {
  readonly platform: Platform
  readonly begun: EpochMs
  readonly listed: ReadonlyMap<string, ListedAuthorizer>
  /** WeChat's list was read as a whole. */
  readonly complete: boolean
  readonly counts: { added: number; updated: number; revoked: number; problems: number }
  readonly hasTime: () => boolean
  profilesLeft: number
}

/**
 * Compares with WeChat's own list: takes in what is missing here, and ends what is gone there. An account is gone only if
 * a complete pass lacks it and WeChat says so when asked for it.
 */
export async function syncAuthorizers(platform: Platform, leftMs?: () => number) {
  const started = platform.clock()
  const hasTime = (): boolean => (leftMs ? leftMs() : BUDGET_MS - Math.abs(platform.clock() - started)) > 0
  // Events are compared with this: the clock of an instance that has just started may say anything.
  const { now: begun } = await platform.stores.tokens.tick('syncedAt')
  learnDatabaseTime(platform, begun)
  const counts = { added: 0, updated: 0, revoked: 0, problems: 0 }
  const { listed, complete } = await readList(platform)
  const pass: Pass = { platform, begun, listed, complete, counts, hasTime, profilesLeft: PROFILES_PER_PASS }
  const known = new Set<string>()
  for (let after = ''; ;) {
    const page = await platform.stores.authorizers.pageByAppid(after, LIST_PAGE)
    for (const authorizer of page) known.add(authorizer.appid)
    await forEachConcurrently(page, WIDTH, (authorizer) => guarded(pass, () => compare(pass, authorizer)))
    const last = page.at(-1)
    if (!last || page.length < LIST_PAGE) break
    after = last.appid
  }
  const unknown = [...listed.values()].filter(({ appid }) => !known.has(appid) && !isTestAccount(appid))
  await forEachConcurrently(unknown, WIDTH, (row) => guarded(pass, () => takeIn(pass, row)))
  platform.log.info('authorizers compared with WeChat', { ...counts, complete })
  return counts
}

/** One account never holds up the others. */
async function guarded({ platform, counts, hasTime }: Pass, work: () => Promise<void>): Promise<void> {
  if (!hasTime()) return
  try {
    await work()
  } catch (error) {
    counts.problems += 1
    platform.log[isFailure(error) ? 'warn' : 'error']('an account could not be compared', { reason: error })
  }
}

/** Complete: as many different rows as the total, which was the same at start and end. */
async function readList(platform: Platform): Promise<{ listed: Map<string, ListedAuthorizer>; complete: boolean }> {
  const listed = new Map<string, ListedAuthorizer>()
  let rowCount = 0
  let first: number | undefined
  for (let offset = 0; ; offset += LIST_PAGE) {
    const { total, rows } = await readListPage(platform, offset)
    first ??= total
    rowCount += rows.length
    for (const row of rows) listed.set(row.appid, row)
    if (rows.length === 0 || offset + rows.length >= total)
      return { listed, complete: total === first && listed.size === total && rowCount === total }
  }
}

async function compare(pass: Pass, authorizer: Authorizer): Promise<void> {
  const { platform, counts, listed, complete, begun } = pass
  const { appid, status } = authorizer
  const row = listed.get(appid)
  if (row) return compareListed(pass, authorizer, row)
  if (!complete || status === 'revoked' || (await isAuthorized(platform, appid))) return
  // Whoever authorizes from now on has a newer event.
  if (!(await platform.stores.authorizers.revoke(appid, toUnixSeconds(begun), toldBinding(platform)))) return
  await sayGoodbye(platform, appid)
  counts.revoked += 1
}

async function compareListed(pass: Pass, authorizer: Authorizer, row: ListedAuthorizer): Promise<void> {
  const { platform, counts } = pass
  if (authorizer.status !== 'active' || !authorizer.hasRefreshToken) {
    if (await adopt(pass, row)) {
      counts.updated += 1
      forget(platform, { kind: 'authorizer', appid: row.appid })
      await closeProblem(platform, 'REAUTHORIZATION_REQUIRED', row.appid)
      await readProfile(pass, authorizer)
    } else if (row.refreshToken === '') await reportUnusable(pass, row)
    return
  }
  const age = databaseTime(platform) - (authorizer.profiledAt ?? 0)
  if (authorizer.profiledAt !== undefined && (age < PROFILE_LIFE_MS || pass.profilesLeft-- <= 0)) return
  if (await readProfile(pass, authorizer)) counts.updated += 1
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

async function adopt({ platform }: Pass, row: ListedAuthorizer): Promise<boolean> {
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
  await closeProblem(platform, 'AUTHORIZATION_LOST', row.appid)
  return true
}

/** True when something was new. A binding that was made before the kind of account was known moves to its place. */
async function readProfile({ platform }: Pass, before: Authorizer): Promise<boolean> {
  const profile = await refreshProfile(platform, before.appid)
  if (profile.accountType !== before.accountType && before.businessId !== undefined)
    await bindAuthorizer(platform, { businessId: before.businessId, appid: before.appid, replace: false })
  return (
    before.profiledAt === undefined ||
    profile.nickName !== before.nickName ||
    profile.principalName !== before.principalName ||
    profile.accountType !== before.accountType ||
    sortedSets(profile.funcInfo) !== sortedSets(before.funcInfo)
  )
}

const sortedSets = (funcInfo: readonly number[] | undefined): string | undefined =>
  funcInfo?.toSorted((a, b) => a - b).join()
