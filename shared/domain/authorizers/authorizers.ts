import { Failure } from '../../errors.ts'
import { authorizer } from '../answers.ts'
import { present } from '../present.ts'
import { describeStatus } from './account-status.ts'
import type { Platform } from '../platform.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { liveVersionOf } from './live-versions.ts'

/** Permission sets that shipping code needs. */
const neededSets = [18]

export const missingSets = ({ accountType, funcInfo }: Authorizer): readonly number[] =>
  accountType === 'miniprogram' ? neededSets.filter((set) => !funcInfo.includes(set)) : []

/** The same, where WeChat has said what was granted. */
export const ungrantedSets = (authorizer: Authorizer): readonly number[] =>
  authorizer.funcInfo.length > 0 ? missingSets(authorizer) : []

/** An authorizer as callers see it: no secret. */
export const presentAuthorizer = (record: Authorizer) =>
  present(authorizer(), {
    ...record,
    missing: missingSets(record),
    accountStatus: describeStatus(record.accountStatus),
    live: liveVersionOf(record),
  })

/** Throws `NOT_FOUND` for an account that never authorized. */
export async function findAuthorizer(platform: Platform, appid: string): Promise<Authorizer> {
  const found = await platform.stores.authorizers.find(appid)
  if (!found) throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
  return found
}
