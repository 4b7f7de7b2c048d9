import { createLink } from './new-invites.ts'
import type { Platform } from '../platform.ts'
import type { Problem } from '../stores/problems.ts'

const LINK_HOURS = 30 * 24
const LINKS_PER_RUN = 50

/** Where the business is known, the problem gets the link that its merchant needs. */
export async function addLinks(platform: Platform, open: readonly Problem[]): Promise<void> {
  const wanting = open.filter(
    ({ code, params }) => code === 'REAUTHORIZATION_REQUIRED' && params?.['link'] === undefined,
  )
  for (const problem of wanting.slice(0, LINKS_PER_RUN)) {
    const { problemId, since, appid, params } = problem
    const authorizer = appid === undefined ? undefined : await platform.stores.authorizers.find(appid)
    if (authorizer?.businessId === undefined) continue
    const { appid: account, businessId, accountType, nickName } = authorizer
    // Only these are bound.
    if (accountType !== 'miniprogram' && accountType !== 'official') continue
    const input = { businessId, accountType, appid: account, attributes: {}, expiresInHours: LINK_HOURS }
    // One link a problem, also where the run that made it died before it was noted.
    const { inviteUrl } = await createLink(platform, input, `${problemId} ${since}`)
    const known = { ...params, ...(nickName !== '' && { name: nickName }), link: inviteUrl }
    await platform.stores.problems.setParams(problem, known)
  }
}
