import { authorizer, type AuthorizerProfile } from '../domain/stores/authorizers.ts'
import { writeMembers } from '../domain/stores/forms.ts'
import type { EpochMs } from '../time.ts'
import type { Query, Value } from './requests.ts'

/** `account_status` of an account that nothing is wrong with; one that was never read counts as such. */
export const NORMAL = 1

/** That it is stored already which status the account has. */
export const sameStatus = ({ accountStatus }: AuthorizerProfile): Query =>
  accountStatus === undefined
    ? {}
    : { accountStatus: accountStatus === NORMAL ? { in: [null, NORMAL] } : accountStatus }

export const profileMembers = (profile: AuthorizerProfile, now: EpochMs): Readonly<Record<string, Value>> =>
  writeMembers(authorizer, { ...profile, profiledAt: now })
