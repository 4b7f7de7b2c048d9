import { authorizers } from '../../wechat/endpoints/authorizers.ts'
import { after, HOUR, SECOND } from '../../time.ts'
import { callAsPlatform } from './platform-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'

/** WeChat's own bound for one page. */
export const LIST_PAGE = 500

export interface ListedAuthorizer {
  readonly appid: string
  readonly refreshToken: string
  /** Unix seconds. */
  readonly authTime: number
}

export async function readListPage(
  platform: Platform,
  offset: number,
): Promise<{ total: number; rows: readonly ListedAuthorizer[] }> {
  const reply = await callAsPlatform(platform, authorizers.list, {
    body: { component_appid: platform.settings.componentAppid, offset, count: LIST_PAGE },
  })
  return {
    total: reply.total_count,
    rows: reply.list.map((row) => ({
      appid: row.authorizer_appid,
      refreshToken: row.refresh_token ?? '',
      authTime: row.auth_time ?? 0,
    })),
  }
}

/** How long the list is read for one account; the comparison with WeChat reads all of it, over several runs. */
const READ_MS = 4 * SECOND

/**
 * The refresh token that WeChat itself holds for an authorizer; undefined when it lists none. A long list costs a call per
 * 500 accounts: the account's own page may have the token at once. Where the time is up first the comparison is brought forward: it
 * comes to the end of any list and takes in what it finds.
 */
export async function findListedRefreshToken(platform: Platform, appid: string): Promise<string | undefined> {
  const begun = platform.clock()
  for (let offset = 0; Math.abs(platform.clock() - begun) <= READ_MS; offset += LIST_PAGE) {
    const { total, rows } = await readListPage(platform, offset)
    const row = rows.find((candidate) => candidate.appid === appid)
    if (row) return row.refreshToken || undefined
    if (rows.length === 0 || offset + rows.length >= total) return undefined
    if (offset > 0) continue
    const known = await readInfoRefreshToken(platform, appid)
    if (known !== undefined) return known
  }
  const now = databaseTime(platform)
  await platform.stores.tokens.hastenTurn('sync', after(now, HOUR), now)
  return undefined
}

async function readInfoRefreshToken(platform: Platform, appid: string): Promise<string | undefined> {
  const { authorization_info: info } = await callAsPlatform(platform, authorizers.info, {
    body: { component_appid: platform.settings.componentAppid, authorizer_appid: appid },
  })
  return info.authorizer_appid === appid ? info.authorizer_refresh_token || undefined : undefined
}
