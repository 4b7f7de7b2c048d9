import { authorizers } from '../wechat/endpoints/authorizers.ts'
import { callAsPlatform } from './platform-calls.ts'
import type { Platform } from './platform.ts'

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

/** The refresh token that WeChat itself holds for an authorizer; undefined when it lists none. */
export async function findListedRefreshToken(platform: Platform, appid: string): Promise<string | undefined> {
  for (let offset = 0; ; offset += LIST_PAGE) {
    const { total, rows } = await readListPage(platform, offset)
    const row = rows.find((candidate) => candidate.appid === appid)
    if (row) return row.refreshToken || undefined
    if (rows.length === 0 || offset + rows.length >= total) return undefined
    // A long list costs a call per 500 accounts: the account's own page may have the token at once.
    if (offset === 0) {
      const known = await readInfoRefreshToken(platform, appid)
      if (known !== undefined) return known
    }
  }
}

async function readInfoRefreshToken(platform: Platform, appid: string): Promise<string | undefined> {
  const reply = await callAsPlatform(platform, authorizers.info, {
    body: { component_appid: platform.settings.componentAppid, authorizer_appid: appid },
  })
  return reply.authorization_info.authorizer_refresh_token || undefined
}
