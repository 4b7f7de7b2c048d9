import type { Platform } from '../platform.ts'
import { openProblem } from '../problems/problems.ts'
import type { Claim } from '../stores/tokens.ts'

export const FOREIGN_REFRESHER = 'TOKEN_REPLACED_ELSEWHERE'

/**
 * A token, or a refresh token, died before its time although nobody here replaced it. Not where an attempt of ours ended
 * without an answer: that may have done it. One problem for the whole platform: the other system rarely stops at one account.
 */
export async function noteForeignRefresh(platform: Platform, { holder, unresolved, doubtful }: Claim): Promise<void> {
  if (unresolved || doubtful) return
  await openProblem(platform, {
    code: FOREIGN_REFRESHER,
    params: holder.kind === 'component' ? {} : { appid: holder.appid },
  })
}
