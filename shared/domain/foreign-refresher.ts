import type { Platform } from './platform.ts'
import { openProblem } from './problems.ts'
import type { Claim } from './stores.ts'

export const FOREIGN_REFRESHER = 'TOKEN_REPLACED_ELSEWHERE'

/**
 * A token, or a refresh token, died before its time although nobody here replaced it. Not where an attempt of ours ended
 * without an answer: that may have done it. One problem for the whole platform: the other system rarely stops at one account.
 */
export async function noteForeignRefresh(platform: Platform, { holder, unresolved, doubtful }: Claim): Promise<void> {
  if (unresolved || doubtful) return
  const whose = holder.kind === 'component' ? 'the platform' : holder.appid
  await openProblem(platform, {
    code: FOREIGN_REFRESHER,
    message: `A token of ${whose} died before its time although nobody here replaced it: another system refreshes tokens too`,
    hint: 'Switch off token refreshing in the other system (in 微管家: use its tokens nowhere and stop its refresh), or point it at tokens.* of this platform. 请关闭另一系统的令牌刷新，只保留一处刷新。',
  })
}
