import type { Platform } from '../platform.ts'
import { openProblem } from '../problems/problems.ts'
import type { Claim } from '../stores/tokens.ts'

export const FOREIGN_REFRESHER = 'TOKEN_REPLACED_ELSEWHERE'

/**
 * A token, or a refresh token, died before its time although nobody here replaced it. Not where an attempt of ours ended
 * without an answer: that may have done it. One problem for the whole platform: the other system rarely stops at one account.
 * The claim's end stores the sign, from which the full look makes the problem where it could not be noted.
 */
export async function noteForeignRefresh(platform: Platform, claim: Claim): Promise<Claim> {
  const { holder, unresolved, doubtful } = claim
  if (unresolved || doubtful) return claim
  await openProblem(platform, {
    code: FOREIGN_REFRESHER,
    params: holder.kind === 'component' ? {} : { appid: holder.appid },
  })
  return { ...claim, replacedElsewhere: true }
}
