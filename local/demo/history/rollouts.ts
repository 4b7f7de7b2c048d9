import * as v from 'valibot'
import { rejectionReason, underReview } from '../pace.ts'
import { order, tell, type World } from '../world.ts'
import { appidOf } from './accounts.ts'
import { ext, templates } from './packages.ts'
import type { Chapter } from './seeding.ts'

const firstShops = (world: World, count: number): string[] =>
  Array.from({ length: count }, (_, index) => appidOf(world, index))

const create = ({ host }: World, plan: object): Promise<{ rolloutId: string }> =>
  tell(host, 'rollouts.create', { ...plan, ext }, v.object({ rolloutId: v.string() }))

const passAll = async (world: World): Promise<void> => {
  for (const { appid } of underReview(world)) await world.wechat.control.passAudit({ appid })
}

/** In two waves to the end. */
export const openingRollout: Chapter = {
  title: { zh: '开业版发布到 20 家店', en: 'The opening version goes out to 20 shops' },
  size: 3,
  async run(world, tick) {
    const { host, pace } = world
    const rollout = await create(world, {
      name: '门店小程序开业版',
      templateId: templates.shop10,
      version: '1.0.0',
      description: '门店小程序：首页、点单、我的',
      appids: firstShops(world, 20),
      setup: { serverDomains: { requestDomains: ['https://api.shop.example.com', 'https://pay.shop.example.com'] } },
      waves: [25, 100],
    })
    for (const _ of [1, 2]) {
      await pace.runTimers()
      await passAll(world)
      await order(host, 'rollouts.release', rollout)
      tick()
    }
    await pace.runTimers()
    tick()
  },
}

/** Left in its first wave: three shops have it, one was rejected, two are under review, four wait. */
export const membershipRollout: Chapter = {
  title: { zh: '会员卡版正在分批发布', en: 'The membership version is on its way, wave by wave' },
  size: 2,
  async run(world, tick) {
    const { host, wechat, pace } = world
    const rollout = await create(world, {
      name: '会员卡版',
      templateId: templates.shop11,
      version: '1.1.0',
      description: '新增会员卡',
      appids: firstShops(world, 10),
      waves: [60, 100],
      nextWaveWhen: 'released',
      maxFailures: 3,
    })
    await pace.runTimers()
    tick()
    for (const index of [0, 1, 2]) await wechat.control.passAudit({ appid: appidOf(world, index) })
    await wechat.control.rejectAudit({ appid: appidOf(world, 3), reason: rejectionReason })
    await wechat.control.delayAudit({ appid: appidOf(world, 4) })
    await order(host, 'rollouts.release', rollout)
    await pace.runTimers()
    tick()
  },
}
