import { Failure } from '../../errors.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'

/** Permission sets that shipping code needs. */
const neededSets = [18]

export const missingSets = ({ accountType, funcInfo }: Authorizer): readonly number[] =>
  accountType === 'miniprogram' ? neededSets.filter((set) => !funcInfo.includes(set)) : []

/** The same, where WeChat has said what was granted. */
export const ungrantedSets = (authorizer: Authorizer): readonly number[] =>
  authorizer.funcInfo.length > 0 ? missingSets(authorizer) : []

/** Throws `NOT_FOUND` for an account that never authorized. */
export async function findAuthorizer(platform: Platform, appid: string): Promise<Authorizer> {
  const found = await platform.stores.authorizers.find(appid)
  if (!found) throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
  return found
}
