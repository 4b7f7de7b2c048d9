import * as v from 'valibot'
import { forEachConcurrently } from '../../../shared/concurrency.ts'
import { scanInvite } from '../scan.ts'
import { tell, type World } from '../world.ts'
import { appidOf } from './accounts.ts'
import type { Chapter } from './seeding.ts'
import { attributesOf, businessIdOf, shops, type Shop } from './shops.ts'

/** Authorizations at once: more would only start more instances on a small machine. */
const WIDTH = 3

/** The last shops are left to the visitor: two have an open invitation, two were never asked. */
const authorizing = shops.slice(0, -4).map((shop, index) => ({ shop, index }))
const invitedOnly = shops.slice(-4, -2).map((shop, index) => ({ shop, index: index + authorizing.length }))

/** Without the development set (18) and the profile set (30): code cannot be committed. */
const fewSets = [17, 19, 25]
const cautious = '丝路拉面'

const invite = async ({ host }: World, index: number, { nickName }: Shop): Promise<string> => {
  const { inviteUrl } = await tell(
    host,
    'bindings.createLink',
    {
      businessId: businessIdOf(index),
      returnUrl: `${host.url}/demo/return`,
      attributes: attributesOf(nickName),
    },
    v.object({ inviteUrl: v.string() }),
  )
  return inviteUrl
}

export const authorizations: Chapter = {
  title: { zh: '商户扫码授权', en: 'Merchants authorize the platform' },
  size: authorizing.length + invitedOnly.length,
  async run(world, tick) {
    const failures: unknown[] = []
    await forEachConcurrently(authorizing, WIDTH, async ({ shop, index }) => {
      try {
        const sets = shop.nickName === cautious ? fewSets : undefined
        await scanInvite(world.wechat, await invite(world, index, shop), { appid: appidOf(world, index), sets })
      } catch (error) {
        failures.push(error)
      }
      tick()
    })
    if (failures.length > 0) throw failures[0]
    for (const { shop, index } of invitedOnly) {
      await invite(world, index, shop)
      tick()
    }
  },
}
