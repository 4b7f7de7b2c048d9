import { after, DAY, MINUTE } from '../../time.ts'
import { createLink } from '../authorizers/bindings.ts'
import { FOREIGN_REFRESHER } from '../tokens/foreign-refresher.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { closeProblem, openProblem } from './problems.ts'
import type { Problem } from '../stores/problems.ts'

/** The sweep comes 20 minutes before a token's end: what has been due for longer has expired. */
const OVERDUE_MS = 25 * MINUTE

const LINK_HOURS = 30 * 24
const LINKS_PER_RUN = 50

/** Problems that no single event opens or closes. Two reads where nothing has changed. */
export async function watchProblems(platform: Platform): Promise<void> {
  await watchBacklog(platform)
  const open = await platform.stores.problems.list(1000)
  await addLinks(platform, open)
  await closeOldSigns(platform, open)
}

/** The sweep does not keep up, or does not run. */
async function watchBacklog(platform: Platform): Promise<void> {
  const overdue = await platform.stores.tokens.countDue(after(databaseTime(platform), -OVERDUE_MS))
  if (overdue === 0) return closeProblem(platform, 'TOKENS_OVERDUE')
  await openProblem(platform, {
    code: 'TOKENS_OVERDUE',
    message: `${overdue} 个商户的令牌未能按时刷新，将在使用时刷新。 ${overdue} authorizer tokens were not refreshed in time; they are refreshed on demand.`,
    hint: '请检查 refreshTokens 的定时触发器与日志；数据库套餐较小时请设置 REFRESH_IDLE_DAYS。 Check that the timer of refreshTokens fires every 5 minutes, and its log; a small database plan needs REFRESH_IDLE_DAYS.',
  })
}

/** Nobody can sign for the end of such a problem: it ends when it has not come back for a day. */
async function closeOldSigns(platform: Platform, open: readonly Problem[]): Promise<void> {
  const now = databaseTime(platform)
  for (const { code, since, seenAt } of open)
    if (code === FOREIGN_REFRESHER && now - (seenAt ?? since) > DAY) await closeProblem(platform, code)
}

const LINK_MARK = '/auth/start?'

/** Where the business is known, the hint gets the link that its merchant needs. */
async function addLinks(platform: Platform, open: readonly Problem[]): Promise<void> {
  const wanting = open.filter(({ code, hint }) => code === 'REAUTHORIZATION_REQUIRED' && !hint.includes(LINK_MARK))
  for (const { code, appid } of wanting.slice(0, LINKS_PER_RUN)) {
    const authorizer = appid === undefined ? undefined : await platform.stores.authorizers.find(appid)
    if (authorizer?.businessId === undefined) continue
    const { appid: account, businessId, accountType, nickName } = authorizer
    const wish = { businessId, accountType, appid: account, attributes: {}, expiresInHours: LINK_HOURS }
    const { inviteUrl } = await createLink(platform, wish)
    const hint = `请将此链接发给商户重新授权。 Send this link to ${nickName || 'the merchant'} to authorize once more: ${inviteUrl}`
    await platform.stores.problems.setHint(code, account, hint)
  }
}
