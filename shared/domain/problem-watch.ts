import { after, DAY, HOUR, MINUTE } from '../time.ts'
import { createLink } from './bindings.ts'
import { FOREIGN_REFRESHER } from './foreign-refresher.ts'
import { databaseTime, type Platform } from './platform.ts'
import { closeProblem, openProblem } from './problems.ts'

/** The sweep comes 20 minutes before a token's end: what has been due for longer has expired. */
const OVERDUE_MS = 25 * MINUTE

const LINK_HOURS = 30 * 24
const LINKS_PER_RUN = 50

/** Problems that no single event opens or closes. */
export async function watchProblems(platform: Platform): Promise<void> {
  await watchBacklog(platform)
  await addLinks(platform)
  if (await platform.stores.tokens.takeTurn('oldSigns', HOUR)) await closeOldSigns(platform)
}

/** The sweep does not keep up, or does not run. */
async function watchBacklog(platform: Platform): Promise<void> {
  const overdue = await platform.stores.tokens.countDue(after(databaseTime(platform), -OVERDUE_MS))
  if (overdue === 0) return closeProblem(platform, 'TOKENS_OVERDUE')
  await openProblem(platform, {
    code: 'TOKENS_OVERDUE',
    message: `${overdue} authorizer tokens were not refreshed in time; they are refreshed on demand`,
    hint: 'Check that the timer of refreshTokens fires every 5 minutes, and its log; a small database plan needs REFRESH_IDLE_DAYS. 请检查 refreshTokens 定时触发器与日志。',
  })
}

/** Nobody can sign for the end of such a problem: it ends when it has not come back for a day. */
async function closeOldSigns(platform: Platform): Promise<void> {
  const now = databaseTime(platform)
  for (const { code, appid, since, seenAt } of await platform.stores.problems.ofCode(FOREIGN_REFRESHER, 1))
    if (now - (seenAt ?? since) > DAY) await closeProblem(platform, code, appid)
}

const LINK_MARK = '/auth/start?'

/** Where the business is known, the hint gets the link that its merchant needs. */
async function addLinks(platform: Platform): Promise<void> {
  const problems = await platform.stores.problems.ofCode('REAUTHORIZATION_REQUIRED', 1000)
  const wanting = problems.filter(({ hint, appid }) => appid !== undefined && !hint.includes(LINK_MARK))
  for (const { code, appid } of wanting.slice(0, LINKS_PER_RUN)) {
    const authorizer = appid === undefined ? undefined : await platform.stores.authorizers.find(appid)
    if (authorizer?.businessId === undefined) continue
    const { appid: account, businessId, accountType, nickName } = authorizer
    const wish = { businessId, accountType, appid: account, attributes: {}, expiresInHours: LINK_HOURS }
    const { inviteUrl } = await createLink(platform, wish)
    const hint = `Send ${nickName || 'the merchant'} this link to authorize once more. 请将此链接发给商户重新授权： ${inviteUrl}`
    await platform.stores.problems.setHint(code, account, hint)
  }
}
