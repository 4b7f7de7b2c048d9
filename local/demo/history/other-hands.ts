import { ageReading } from '../time-travel.ts'
import { order } from '../world.ts'
import { appidOf } from './accounts.ts'
import type { Chapter } from './seeding.ts'

const versions = [
  { index: 19, version: '1.0.9', description: '在微管家里修改了公告' },
  { index: 24, version: '0.9.3', description: '微管家时期的版本' },
]

export const otherHands: Chapter = {
  title: { zh: '有人在别处发布了版本', en: 'Versions that somebody released elsewhere' },
  size: versions.length,
  async run(world, tick) {
    const { host, wechat } = world
    for (const { index, ...version } of versions) {
      const appid = appidOf(world, index)
      await wechat.control.bringVersion({ appid, ...version })
      await ageReading(host.database, appid)
      await order(host, 'authorizers.get', { appid })
      tick()
    }
  },
}
