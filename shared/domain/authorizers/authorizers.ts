import { Failure } from '../../errors.ts'
import { toIso } from '../../time.ts'
import type { Platform } from '../platform.ts'
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
    authorizedAt: toIso(authorizer.authorizedAt),
    ...(authorizer.tokenExpiresAt !== undefined && { tokenExpiresAt: toIso(authorizer.tokenExpiresAt) }),
    ...(businessId !== undefined && { businessId }),
    ...(currentRelease && { currentRelease: { ...currentRelease, releasedAt: toIso(currentRelease.releasedAt) } }),
  }
}

/** Throws `NOT_FOUND` for an account that never authorized. */
export async function findAuthorizer(platform: Platform, appid: string): Promise<Authorizer> {
  const authorizer = await platform.stores.authorizers.find(appid)
  if (!authorizer)
    throw new Failure('NOT_FOUND', 'This account has not authorized the platform', {
      field: 'appid',
      hint: 'Send the merchant an invite link (bindings.createLink).',
    })
  return authorizer
}

export const readAuthorizer = async (platform: Platform, appid: string) =>
  presentAuthorizer(await findAuthorizer(platform, appid))

export async function listAuthorizers(
  platform: Platform,
  filter: { status?: AuthorizerStatus | undefined; query?: string | undefined },
  page: PageRequest,
): Promise<Page<ReturnType<typeof presentAuthorizer>>> {
  const { items, ...rest } = await platform.stores.authorizers.list(filter, page)
  return { ...rest, items: items.map(presentAuthorizer) }
}
