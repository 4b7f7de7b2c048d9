import { databaseCalls } from '../test/fixtures/interference.ts'
import { startPlatform } from '../test/fixtures/platform.ts'
import { sealed, ticketFields } from '../test/fixtures/pushes.ts'
import { countStatuses, shootEvenly } from './load.ts'
import { residentMiB } from './memory.ts'
import { ms, percentile, type Row, type Section } from './section.ts'

export const forged: Section = {
  name: 'forged',
  about: '1,000 pushes a second (--rate) that WeChat did not send',
  async run({ seconds, perSecond, progress }) {
    const platform = await startPlatform({ host: { maxInstances: 4 } })
    try {
      const url = `${platform.host.url}/wechat/component`
      const { query, body } = sealed(ticketFields('forged', 1_713_424_427), { token: 'not the token' })
      const shot = { url: `${url}?${query}`, body }
      await shootEvenly({ perSecond: 200, seconds: 2 }, () => shot)
      platform.host.database.faults.resetCounts()
      await platform.wechat.control.resetCalls()
      const before = Math.max(...(await residentMiB(platform, 'receiveTicket')))
      const outcomes = await shootEvenly(
        { perSecond, seconds },
        () => shot,
        (second) => progress(`second ${second + 1} of ${seconds}`),
      )
      const after = Math.max(...(await residentMiB(platform, 'receiveTicket')))
      const { reads, writes } = databaseCalls(platform)
      const wechatCalls = Object.values(await platform.wechat.control.callCounts()).reduce((a, b) => a + b, 0)
      const refused = outcomes.filter(({ status }) => status === 403).length
      const times = outcomes.map((outcome) => outcome.ms)
      return [
        {
          what: 'refused with 403',
          measured: countStatuses(outcomes),
          goal: 'all',
          holds: refused === outcomes.length,
        },
        { what: 'time to answer, median', measured: ms(percentile(times, 50)) },
        { what: 'time to answer, 99 of 100', measured: ms(percentile(times, 99)) },
        { what: 'database operations', measured: `${reads + writes}`, goal: '0', holds: reads + writes === 0 },
        { what: 'calls to WeChat', measured: `${wechatCalls}`, goal: '0', holds: wechatCalls === 0 },
        {
          what: 'memory of the largest instance, before and after',
          measured: `${before.toFixed(0)} → ${after.toFixed(0)} MiB`,
          goal: '≤ +20 MiB',
          holds: !(after > before + 20),
        },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}
