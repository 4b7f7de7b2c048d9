import { Failure, isFailure } from '../../errors.ts'
import { HOUR, toIso } from '../../time.ts'
import { describeStatus } from './account-status.ts'
import { refreshProfile } from './authorization.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Authorizer, AuthorizerStatus } from '../stores/authorizers.ts'
import type { Page, PageRequest } from '../stores/page.ts'

/** Permission sets that shipping code needs. */
const neededSets = [18]

/** An authorizer as callers see it: no secret. */
export function presentAuthorizer(authorizer: Authorizer) {
  const { appid, nickName, accountType, principalName, funcInfo, status, businessId, currentRelease } = authorizer
  return {
    appid,
    nickName,
    accountType,
    principalName,
    funcInfo,
    missing: accountType === 'miniprogram' ? neededSets.filter((set) => !funcInfo.includes(set)) : [],
    status,
    accountStatus: describeStatus(authorizer.accountStatus),
    authorizedAt: toIso(authorizer.authorizedAt),
    ...(authorizer.tokenExpiresAt !== undefined && { tokenExpiresAt: toIso(authorizer.tokenExpiresAt) }),
    ...(businessId !== undefined && { businessId }),
    ...(currentRelease && { currentRelease: { ...currentRelease, releasedAt: toIso(currentRelease.releasedAt) } }),
  }
}

/** Throws `NOT_FOUND` for an account that never authorized. */
export async function findAuthorizer(platform: Platform, appid: string): Promise<Authorizer> {
  const authorizer = await platform.stores.authorizers.find(appid)
  if (!authorizer) throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
  return authorizer
}

/** Somebody looks at it: what WeChat says of it is then no older than this. */
const READING_LIFE_MS = HOUR

export async function readAuthorizer(platform: Platform, appid: string) {
  const authorizer = await findAuthorizer(platform, appid)
  const age = databaseTime(platform) - (authorizer.profiledAt ?? 0)
  if (authorizer.status !== 'active' || age <= READING_LIFE_MS) return presentAuthorizer(authorizer)
  try {
    await refreshProfile(platform, appid)
  } catch (error) {
    if (!isFailure(error)) throw error
    return presentAuthorizer(authorizer)
  }
  return presentAuthorizer(await findAuthorizer(platform, appid))
}

export async function listAuthorizers(
  platform: Platform,
  filter: { status?: AuthorizerStatus | undefined; query?: string | undefined },
  page: PageRequest,
): Promise<Page<ReturnType<typeof presentAuthorizer>>> {
  const { items, ...rest } = await platform.stores.authorizers.list(filter, page)
  return { ...rest, items: items.map(presentAuthorizer) }
}
