import { forEachConcurrently } from '../../concurrency.ts'
import { nextTurnOf, soonAfter } from '../../daily-turn.ts'
import { isFailure } from '../../errors.ts'
import { groupBy } from '../../grouping.ts'
import { after, DAY, HOUR, SECOND } from '../../time.ts'
import { findAuthorizer, ungrantedSets } from '../authorizers/authorizers.ts'
import { followProfile } from '../authorizers/profile-changes.ts'
import { isWatchDue } from '../authorizers/weekly-reading-due.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import { renewToLook } from '../tokens/token-pages.ts'
import { readCode } from './read-versions.ts'
import { followWechat } from './follow-wechat.ts'

/* Reading what WeChat says of accounts: who they are, what is online there, what is under review. */

/** Accounts that are asked about at once. */
const WIDTH = 20
const PAGE = 100

/** Three calls each: so many accounts in a run of the queue. */
const MOST_IN_RUN = 500

/** A page takes some seconds, and one is always begun. */
const PAGE_MS = 10 * SECOND
const FURTHER_PAGE_MS = 20 * SECOND

/** Somebody looks at it: what WeChat says of it is then no older than this. */
const READING_LIFE_MS = HOUR

/** Everything that is due; by itself each account is read once a day. How many. */
export async function readDue(platform: Platform, leftMs: () => number): Promise<number> {
  let done = 0
  while (done < MOST_IN_RUN && leftMs() > (done === 0 ? PAGE_MS : FURTHER_PAGE_MS)) {
    const due = await platform.stores.authorizers.dueToRead(PAGE, databaseTime(platform))
    await readAccounts(platform, due, 'byItself')
    done += due.length
    if (due.length < PAGE) break
  }
  return done
}

/** The account as WeChat has it now, or as it was last read where WeChat does not say. */
export async function openAuthorizer(platform: Platform, appid: string): Promise<Authorizer> {
  const found = await findAuthorizer(platform, appid)
  return (await readIfOld(platform, found)) ? findAuthorizer(platform, appid) : found
}

/** Whether it was read. */
export async function readIfOld(platform: Platform, account: Authorizer): Promise<boolean> {
  const { status, readAt = 0, profiledAt = 0 } = account
  if (status !== 'active' || databaseTime(platform) - Math.min(readAt, profiledAt) <= READING_LIFE_MS) return false
  await readAccounts(platform, [account])
  return true
}

/** Accounts with a reading that is at most a day old; those without one are read now. */
export async function findRead(platform: Platform, appids: readonly string[]): Promise<readonly Authorizer[]> {
  const found = await platform.stores.authorizers.findMany(appids)
  const since = after(databaseTime(platform), -DAY - HOUR)
  const unread = found.filter((one) => one.status === 'active' && hasReadableCode(one) && (one.readAt ?? 0) < since)
  if (unread.length === 0) return found
  await readAccounts(platform, unread)
  return platform.stores.authorizers.findMany(appids)
}

/** What was read of an account; what was not stays as it was. */
interface Reading {
  readonly appid: string
  readonly profile: boolean
  readonly code: boolean
  /** What is read once a week. */
  readonly slow: boolean
}

/** Three calls an account; what is as it was before is noted for all together. */
export async function readAccounts(
  platform: Platform,
  accounts: readonly Authorizer[],
  by?: 'byItself',
): Promise<void> {
  const withCode = accounts.filter(hasReadableCode).map(({ appid }) => appid)
  const [releases] = await Promise.all([
    withCode.length === 0 ? noReleases : platform.stores.releases.currentOf(withCode),
    renewToLook(platform, withCode),
  ])
  const readings: Reading[] = []
  await forEachConcurrently(accounts, WIDTH, async (account) => {
    const { appid } = account
    const [profile, code, slow] = await Promise.all([
      attempted(platform, appid, async () => (await followProfile(platform, account)) !== undefined),
      attempted(platform, appid, () => readCodeOf(platform, account, releases.get(appid) ?? [])),
      attempted(platform, appid, async () => by !== undefined && readIfWatchDue(platform, account)),
    ])
    readings.push({ appid, profile, code, slow })
  })
  const now = databaseTime(platform)
  const turnOf = ({ appid, profile, code }: Reading) => (profile && code ? nextTurnOf(appid, now) : soonAfter(now))
  const alike = groupBy(readings, (one) => JSON.stringify([one.profile, one.code, one.slow, by && turnOf(one)]))
  for (const group of alike.values()) {
    const [first] = group
    if (!first || !(by ?? (first.profile || first.code))) continue
    const appids = group.map(({ appid }) => appid)
    await platform.stores.authorizers.noteReading(appids, { ...first, ...(by && { dueAt: turnOf(first) }) }, now)
  }
}

const noReleases: ReadonlyMap<string, readonly ReleaseRecord[]> = new Map()

/** Only a mini program has code, and only who was granted it sees it. */
const hasReadableCode = (account: Authorizer): boolean =>
  account.accountType === 'miniprogram' && ungrantedSets(account).length === 0

/** False while somebody here is at it. */
async function readCodeOf(
  platform: Platform,
  authorizer: Authorizer,
  known: readonly ReleaseRecord[],
): Promise<boolean> {
  if (!hasReadableCode(authorizer)) return true
  const askedAt = databaseTime(platform)
  const says = await readCode(platform, authorizer.appid)
  return (await followWechat(platform, { authorizer, known, says, askedAt })) !== 'busy'
}

/** Whether it was read. */
async function readIfWatchDue(platform: Platform, account: Authorizer): Promise<boolean> {
  if (account.accountType !== 'miniprogram' || !isWatchDue(account, databaseTime(platform))) return false
  const { readWeekly } = await import('../authorizers/weekly-reading.ts')
  return readWeekly(platform, account)
}

/** A question that WeChat does not answer leaves what is known; one account never holds up the others. */
async function attempted(platform: Platform, appid: string, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work()
  } catch (error) {
    platform.log[isFailure(error) ? 'warn' : 'error']('an account could not be read', { appid, reason: error })
    return false
  }
}
