import { databaseCalls, editRows } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { atMost, type Row, type Section } from './section.ts'

const MERCHANTS = 200
const CHANGING = ['/wxa/commit', '/wxa/submit_audit', '/wxa/release']
const POLLING = ['/wxa/get_auditstatus', '/wxa/get_latest_auditstatus']

export const rollout: Section = {
  name: 'rollout',
  about: `one template to ${MERCHANTS} merchants, from commit to release`,
  async run({ progress }) {
    const platform = await startPlatform({ wechat: { codeScanSeconds: 0 } })
    try {
      const { control } = platform.wechat
      await control.createTemplate({ userVersion: '2.0.0', userDesc: '新版' })
      await control.createMerchants({ count: MERCHANTS, granted: true })
      await platform.tell('authorizers.sync')
      const appids = (platform.host.database.dump()['authorizers'] ?? []).map((row) => String(Object(row)['_id']))
      await platform.host.fireTimer('refreshTokens')
      await control.resetCalls()
      platform.host.database.faults.resetCounts()
      const begun = performance.now()
      const { rolloutId } = await platform.tell('rollouts.create', {
        name: '二版',
        templateId: 1,
        version: '2.0.0',
        description: '新版',
        appids,
        autoRelease: true,
      })
      let released = 0
      for (let minute = 1; minute <= 40 && released !== appids.length; minute++) {
        progress(`minute ${minute}, ${released} released`)
        await platform.host.fireTimer('processQueue')
        await passAudits(platform, appids)
        released = Number(Object((await platform.tell('rollouts.get', { rolloutId }))['counts']).released)
        await passTime(platform)
      }
      const calls = await control.callCounts()
      const { reads, writes } = databaseCalls(platform)
      const sum = (fits: (path: string) => boolean): number =>
        Object.entries(calls).reduce((total, [path, count]) => total + (fits(path) ? count : 0), 0) / appids.length
      const changing = sum((path) => CHANGING.includes(path))
      const reading = sum((path) => !CHANGING.includes(path) && !POLLING.includes(path))
      const database = (reads + writes) / appids.length
      return [
        {
          what: 'released',
          measured: `${released}`,
          goal: `${appids.length}`,
          holds: released === appids.length,
        },
        {
          what: 'changing calls to WeChat per merchant',
          measured: changing.toFixed(2),
          goal: '3',
          holds: changing === 3,
        },
        { what: 'reading calls per merchant, polling apart', measured: reading.toFixed(2), ...atMost(4, reading) },
        { what: 'polling calls per merchant', measured: sum((path) => POLLING.includes(path)).toFixed(2) },
        { what: 'database calls per merchant, all in', measured: database.toFixed(2), ...atMost(4.2, database) },
        { what: 'time', measured: `${((performance.now() - begun) / 1000).toFixed(1)} s` },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}

async function passAudits({ wechat: { control } }: LocalPlatform, appids: readonly string[]): Promise<void> {
  for (const appid of appids) await Promise.resolve(control.passAudit({ appid })).catch(() => undefined)
}

/** As if the minute had passed. */
async function passTime(platform: LocalPlatform): Promise<void> {
  for (const collection of ['rollouts', 'rolloutItems', 'releases'])
    await editRows(platform, collection, { dueAt: { $gt: new Date(0) } }, { dueAt: new Date(1000) })
}
