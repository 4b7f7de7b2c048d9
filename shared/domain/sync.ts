import { errcodeOf, isFailure } from '../errors.ts'
import { fromUnixSeconds, toUnixSeconds } from '../time.ts'
import { isTestAccount } from '../wechat/test-accounts.ts'
import { LIST_PAGE, readListPage, type ListedAuthorizer } from './authorizer-list.ts'
import { refreshProfile } from './authorization.ts'
import { databaseTime, type Platform } from './platform.ts'
import { closeProblem } from './problems.ts'
import { forget } from './tokens.ts'

export interface SyncResult {
  readonly added: number
  readonly updated: number
  readonly revoked: number
  readonly problems: number
}

const NOT_AUTHORIZED = 61003

/**
 * Compares with WeChat's own list: takes in what is missing here, and ends what is gone there. An account is gone only if
 * a complete pass lacks it and WeChat says so when asked for it.
 */
export async function syncAuthorizers(platform: Platform): Promise<SyncResult> {
  const counts = { added: 0, updated: 0, revoked: 0, problems: 0 }
  const { listed, complete } = await readList(platform)
  const known = new Set<string>()
  for (let after = ''; ;) {
    const page = await platform.stores.authorizers.pageByAppid(after, LIST_PAGE)
    for (const authorizer of page) {
      known.add(authorizer.appid)
      const row = listed.get(authorizer.appid)
      if (row) {
        const wanted = authorizer.status !== 'active' || !authorizer.hasRefreshToken
        if (wanted && (await adopt(platform, row))) counts.updated += 1
        else if (authorizer.profiledAt === undefined) counts.updated += await profile(platform, row.appid, counts)
      } else if (complete && authorizer.status !== 'revoked' && (await isGone(platform, authorizer.appid, counts))) {
        const gone = await platform.stores.authorizers.revoke(authorizer.appid, toUnixSeconds(databaseTime(platform)))
        if (gone) {
          await platform.stores.bindings.setStatusOfAuthorizer(authorizer.appid, 'revoked')
          forget(platform, { kind: 'authorizer', appid: authorizer.appid })
          counts.revoked += 1
        }
      }
    }
    const last = page.at(-1)
    if (!last || page.length < LIST_PAGE) break
    after = last.appid
  }
  for (const row of listed.values()) {
    if (known.has(row.appid) || isTestAccount(row.appid)) continue
    if (row.refreshToken === '') {
      // Authorized, but its code was never exchanged: only the merchant can bring a new one.
      counts.problems += 1
      continue
    }
    if (await adopt(platform, row)) counts.added += 1
    await profile(platform, row.appid, counts)
  }
  platform.log.info('authorizers compared with WeChat', { ...counts, complete })
  return counts
}

/** Complete: as many different rows as the total, which was the same at start and end. */
async function readList(platform: Platform): Promise<{ listed: Map<string, ListedAuthorizer>; complete: boolean }> {
  const listed = new Map<string, ListedAuthorizer>()
  let first: number | undefined
  for (let offset = 0; ; offset += LIST_PAGE) {
    const { total, rows } = await readListPage(platform, offset)
    first ??= total
    for (const row of rows) listed.set(row.appid, row)
    if (rows.length === 0 || offset + rows.length >= total)
      return { listed, complete: total === first && listed.size === total }
  }
}

async function adopt(platform: Platform, row: ListedAuthorizer): Promise<boolean> {
  if (row.refreshToken === '') return false
  const adopted = await platform.stores.authorizers.adoptRefreshToken(row.appid, row.refreshToken, {
    authorizedAt: fromUnixSeconds(row.authTime),
    now: databaseTime(platform),
  })
  if (!adopted) return false
  forget(platform, { kind: 'authorizer', appid: row.appid })
  await platform.stores.bindings.setStatusOfAuthorizer(row.appid, 'bound')
  await closeProblem(platform, 'REAUTHORIZATION_REQUIRED', row.appid)
  return true
}

async function profile(platform: Platform, appid: string, counts: { problems: number }): Promise<number> {
  try {
    await refreshProfile(platform, appid)
    return 1
  } catch (error) {
    if (!isFailure(error)) throw error
    counts.problems += 1
    return 0
  }
}

async function isGone(platform: Platform, appid: string, counts: { problems: number }): Promise<boolean> {
  try {
    await refreshProfile(platform, appid)
    return false
  } catch (error) {
    if (errcodeOf(error) === NOT_AUTHORIZED) return true
    if (!isFailure(error)) throw error
    counts.problems += 1
    return false
  }
}
