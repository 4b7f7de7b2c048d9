import { rejectionReason } from '../pace.ts'
import { order, type World } from '../world.ts'
import { appidOf } from './accounts.ts'
import { ext, templates } from './packages.ts'
import type { Chapter } from './seeding.ts'

interface Version {
  readonly templateId: number
  readonly version: string
  readonly description: string
}

const membership: Version = { templateId: templates.shop11, version: '1.1.0', description: '新增会员卡' }
const booking: Version = { templateId: templates.booking20, version: '2.0.0', description: '预约小程序首版' }

const stages = ['trial', 'review', 'approved', 'live'] as const

/** One merchant's version, as far as `stage`. Answers its appid. */
const ship = async (
  world: World,
  index: number,
  version: Version,
  stage: (typeof stages)[number],
): Promise<{ appid: string }> => {
  const { host, wechat } = world
  const target = { appid: appidOf(world, index) }
  const reached = stages.indexOf(stage)
  await order(host, 'releases.commit', { ...target, ...version, ext })
  if (reached > 0) await order(host, 'releases.submit', { ...target, versionDescription: version.description })
  if (reached > 1) await wechat.control.passAudit(target)
  if (reached > 2) await order(host, 'releases.release', target)
  return target
}

type Work = (world: World) => Promise<unknown>

const works: readonly Work[] = [
  (world) => ship(world, 10, membership, 'approved'),
  async (world) => {
    const target = await ship(world, 11, membership, 'approved')
    await order(world.host, 'releases.startGray', { ...target, percentage: 30 })
  },
  async (world) => {
    const target = await ship(world, 12, membership, 'review')
    await world.wechat.control.rejectAudit({ ...target, reason: rejectionReason })
  },
  (world) => ship(world, 13, membership, 'review'),
  async (world) => order(world.host, 'releases.rollback', await ship(world, 14, membership, 'live')),
  (world) => ship(world, 17, membership, 'trial'),
  async (world) => order(world.host, 'releases.withdraw', await ship(world, 18, membership, 'review')),
  (world) => ship(world, 21, booking, 'trial'),
  (world) => ship(world, 22, booking, 'review'),
  (world) => ship(world, 23, booking, 'live'),
  async (world) => {
    const target = { appid: appidOf(world, 0) }
    await order(world.host, 'miniprograms.bindTester', { ...target, wechatId: 'wang_tester' })
    await order(world.host, 'miniprograms.setPrivacy', {
      ...target,
      ownerSetting: { contact_phone: '0571-88880000', notice_method: '弹窗' },
      settingList: [{ privacy_key: 'PhoneNumber', privacy_text: '用于会员注册与订单通知' }],
    })
  },
]

export const singleVersions: Chapter = {
  title: { zh: '单个商户的版本，走到各个阶段', en: 'Versions of single merchants, each at another point' },
  size: works.length,
  async run(world, tick) {
    for (const work of works) {
      await work(world)
      tick()
    }
  },
}
