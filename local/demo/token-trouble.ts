import * as v from 'valibot'
import { askManage, type Answer } from './answers.ts'
import { makeTokenDue } from './time-travel.ts'
import { tell, type World } from './world.ts'

/** A harmless question about one merchant, which needs its token. */
export const askAbout = ({ host }: World, appid: string): Promise<Answer> =>
  askManage(host, 'releases.categories', { appid })

/** WeChat refuses every token of this account from now on, and the platform learns of it as usual: when it renews. */
export const loseAuthorization = async ({ wechat, host, pace }: World, appid: string): Promise<void> => {
  await wechat.control.killRefreshToken({ appid, listed: 'dead' })
  await makeTokenDue(host.database, appid)
  await pace.runTimers()
  await wechat.control.revokeToken({ owner: appid })
}

const authorizers = v.object({ items: v.array(v.object({ appid: v.string(), missing: v.array(v.number()) })) })

/** Some merchant whose authorization is good. */
export const anyAppid = async ({ host }: World): Promise<string> => {
  const { items } = await tell(host, 'authorizers.list', { status: 'active', limit: 100 }, authorizers)
  return items.find(({ missing }) => missing.length === 0)?.appid ?? ''
}

export const askAboutAny = async (world: World): Promise<Answer> => askAbout(world, await anyAppid(world))

const renewals = v.optional(v.number(), 0)

/** How often the platform asked WeChat for a new token of any merchant. */
export const countRenewals = async ({ wechat }: World): Promise<number> =>
  v.parse(renewals, (await wechat.control.callCounts())['/cgi-bin/component/api_authorizer_token'])
