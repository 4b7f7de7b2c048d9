import type { Platform } from '../platform.ts'
import type { Authorizer, AuthorizerProfile } from '../stores/authorizers.ts'
import { readProfile, saveProfile } from './authorization.ts'
import { bindAuthorizer } from './bindings.ts'

/**
 * Reads who the account is; what differs is stored. Whoever is told that nothing changed notes the reading, for many together. A binding that
 * was made before the kind of account was known moves to its place.
 */
export async function followProfile(platform: Platform, before: Authorizer): Promise<'unchanged' | 'known' | 'new'> {
  const { appid, businessId } = before
  const profile = await readProfile(platform, appid)
  const isKnown = before.profiledAt !== undefined && told(profile) === told(before)
  if (isKnown && (profile.accountStatus ?? before.accountStatus) === before.accountStatus) return 'unchanged'
  await saveProfile(platform, appid, profile)
  const isBindable = profile.accountType === 'miniprogram' || profile.accountType === 'official'
  if (isBindable && profile.accountType !== before.accountType && businessId !== undefined)
    await bindAuthorizer(platform, { businessId, appid, replace: false })
  return isKnown ? 'known' : 'new'
}

const told = ({ nickName, principalName, accountType, userName = '', funcInfo }: Partial<AuthorizerProfile>): string =>
  JSON.stringify([nickName, principalName, accountType, userName, funcInfo?.toSorted((a, b) => a - b)])
