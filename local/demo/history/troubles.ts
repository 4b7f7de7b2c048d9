import { loseAuthorization } from '../token-trouble.ts'
import { appidOf } from './accounts.ts'
import type { Chapter } from './seeding.ts'

export const troubles: Chapter = {
  title: { zh: '有人取消授权，有人需要重新授权', en: 'One merchant leaves, one has to authorize again' },
  size: 2,
  async run(world, tick) {
    await world.wechat.control.unauthorize({ appid: appidOf(world, 15) })
    tick()
    await loseAuthorization(world, appidOf(world, 16))
    tick()
  },
}
