import { startPlatform } from '../test/fixtures/platform.ts'
import { sealed } from '../test/fixtures/pushes.ts'
import { authorizedMerchant } from '../test/fixtures/shop.ts'
import { rowsOf } from '../test/fixtures/interference.ts'
import { countStatuses, shootEvenly } from './load.ts'
import { ms, percentile, type Row, type Section } from './section.ts'

/** One call each at a time; a first delivery takes about 40 ms. */
const INSTANCES = 20

/** Every message comes so often. */
const COPIES = 10

export const pushes: Section = {
  name: 'pushes',
  about: `1,000 genuine pushes a second (--rate), ${COPIES} of each, database 10 ms`,
  async run({ seconds, perSecond, progress }) {
    const platform = await startPlatform({ host: { maxInstances: INSTANCES } })
    try {
      const appid = await authorizedMerchant(platform)
      const { userName } = await platform.wechat.control.merchant({ appid })
      progress('sealing')
      const distinct = (perSecond * seconds) / COPIES
      const shots = Array.from({ length: distinct }, (_, index) => {
        const { query, body } = sealed({
          ToUserName: userName,
          FromUserName: `o-${index}`,
          CreateTime: '1713424427',
          MsgType: 'event',
          Event: 'subscribe',
        })
        return { url: `${platform.host.url}/wechat/message/${appid}?${query}`, body }
      })
      const [first] = shots
      if (!first) return []
      progress('starting instances')
      platform.host.database.faults.add({ when: 'before', kind: 'delay', delayMs: 10 })
      await shootEvenly({ perSecond: 4 * INSTANCES, seconds: 1 }, () => first)
      await shootEvenly({ perSecond: 200, seconds: 2 }, () => first)
      const outcomes = await shootEvenly(
        { perSecond, seconds },
        (index) =>
          shots[Math.floor(index / perSecond) * (perSecond / COPIES) + (index % (perSecond / COPIES))] ?? first,
        (second) => progress(`second ${second + 1} of ${seconds}`),
      )
      platform.host.database.faults.clear()
      const times = outcomes.map((outcome) => outcome.ms)
      const good = outcomes.filter(({ status }) => status === 200).length
      const stored = rowsOf(platform, 'pushes').filter((row) => row['type'] === 'wechat.subscribe').length
      const slowest = Math.max(...times)
      const p99 = percentile(times, 99)
      return [
        {
          what: 'answered with success',
          measured: countStatuses(outcomes),
          goal: 'all',
          holds: good === outcomes.length,
        },
        { what: 'stored', measured: `${stored}`, goal: `${distinct}`, holds: stored === distinct },
        { what: 'time to answer, median', measured: ms(percentile(times, 50)) },
        { what: 'time to answer, 99 of 100', measured: ms(p99), goal: '< 1 s', holds: p99 < 1000 },
        { what: 'time to answer, slowest', measured: ms(slowest), goal: '< 5 s', holds: slowest < 5000 },
        { what: 'instances', measured: `${platform.host.stats()['receiveMessage']?.instances ?? 0}` },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}
