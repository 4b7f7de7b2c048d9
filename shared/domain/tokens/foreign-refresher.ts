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
  const whose = holder.kind === 'component' ? '第三方平台 (the platform)' : holder.appid
  await openProblem(platform, {
    code: FOREIGN_REFRESHER,
    message: `${whose} 的令牌提前失效，另有系统在刷新令牌。 A token died before its time although nobody here replaced it: another system refreshes tokens too.`,
    hint: '请关闭另一系统（如微管家）的令牌刷新，或让它使用本平台的 tokens.*，只保留一处刷新。 Switch off token refreshing in the other system (微管家, for one), or point it at tokens.* of this platform.',
  })
}
