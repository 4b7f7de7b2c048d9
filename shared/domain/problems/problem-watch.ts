import { after, DAY, MINUTE } from '../../time.ts'
import { createLink } from '../authorizers/links.ts'
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
    params: { count: overdue },
  })
}

/** Nobody can sign for the end of such a problem: it ends when it has not come back for a day. */
async function closeOldSigns(platform: Platform, open: readonly Problem[]): Promise<void> {
  const now = databaseTime(platform)
  for (const { code, since, seenAt } of open)
    if (code === FOREIGN_REFRESHER && now - (seenAt ?? since) > DAY) await closeProblem(platform, code)
}

/** Where the business is known, the problem gets the link that its merchant needs. */
async function addLinks(platform: Platform, open: readonly Problem[]): Promise<void> {
  const wanting = open.filter(
    ({ code, params }) => code === 'REAUTHORIZATION_REQUIRED' && params?.['link'] === undefined,
  )
  for (const { code, appid, params } of wanting.slice(0, LINKS_PER_RUN)) {
    const authorizer = appid === undefined ? undefined : await platform.stores.authorizers.find(appid)
    if (authorizer?.businessId === undefined) continue
    const { appid: account, businessId, accountType, nickName } = authorizer
    const wish = { businessId, accountType, appid: account, attributes: {}, expiresInHours: LINK_HOURS }
    const { inviteUrl } = await createLink(platform, wish)
    await platform.stores.problems.setParams(code, account, {
      ...params,
      ...(nickName !== '' && { name: nickName }),
      link: inviteUrl,
    })
  }
}
