import { databaseCalls, editRows, killInstances } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { median, ms, type Row, type Section } from './section.ts'

const REFRESH = '/cgi-bin/component/api_authorizer_token'
const WECHAT_MS = 50
const past = new Date(1000)

export const token: Section = {
  name: 'token',
  about: 'a read-only operation on one merchant: what getting the token costs beside the call itself',
  async run({ progress }) {
    const platform = await startPlatform({ wechat: { graceSeconds: 0 }, host: { maxInstances: 20 } })
    try {
      const appid = await authorizeOne(platform)
      const quota = () => platform.tell('releases.quota', { appid })
      const count = async (work: () => Promise<unknown>) => {
        platform.host.database.faults.resetCounts()
        await platform.wechat.control.resetCalls()
        await work()
        const { reads, writes } = databaseCalls(platform)
        return { database: reads + writes, refreshes: (await platform.wechat.control.callCounts())[REFRESH] ?? 0 }
      }
      progress('counts')
      await quota()
      const warm = await count(quota)
      await killInstances(platform)
      const fresh = await count(quota)
      await platform.tell('templates.list')
      const other = await authorizeOne(platform)
      await editRows(platform, 'authorizers', { _id: other }, { expiresAt: past })
      await killInstances(platform)
      await platform.tell('templates.list')
      const expired = await count(() => platform.tell('releases.quota', { appid: other }))
      await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: past, dueAt: past })
      await platform.wechat.control.expireToken({ owner: appid })
      await killInstances(platform)
      const crowd = await count(() => Promise.all(Array.from({ length: 20 }, quota)))

      progress('times')
      await platform.wechat.control.changeSettings({ latencyMs: WECHAT_MS })
      const alone: number[] = []
      const through: number[] = []
      for (let round = 0; round < 20; round++) {
        alone.push(await timeOf(() => fetch(`${platform.wechat.url}/wxa/queryquota?access_token=none`)))
        through.push(await timeOf(quota))
      }
      const ratio = median(through) / median(alone)
      const row = (
        what: string,
        { database, refreshes }: Awaited<ReturnType<typeof count>>,
        limit: number,
        wanted: number,
      ) => ({
        what,
        measured: `${database} database, ${refreshes} refresh`,
        goal: `≤ ${limit}, ${wanted}`,
        holds: database <= limit && refreshes === wanted,
      })
      return [
        row('warm', warm, 0, 0),
        row('new process', fresh, 1, 0),
        row('expired', expired, 3, 1),
        {
          what: '20 instances at once, expired',
          measured: `${crowd.database} database, ${crowd.refreshes} refresh`,
          goal: '1 refresh',
          holds: crowd.refreshes === 1,
        },
        {
          what: `warm call, WeChat ${WECHAT_MS} ms`,
          measured: ms(median(through)),
          ratio,
          than: 'the call',
          goal: '≤ 1.15',
          holds: ratio <= 1.15,
        },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}

let made = 0
async function authorizeOne({ wechat: { control } }: LocalPlatform): Promise<string> {
  const { appid } = await control.createMerchant({ nickName: `店${++made}`, accountType: 'miniProgram' })
  const code = await control.createPreAuthCode()
  await control.authorize({ preAuthCode: code.value, appid })
  await control.settle()
  return appid
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
