import { AUDIT_STATUS } from '../local/wechat/merchants.ts'
import { databaseCalls } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { residentMiB } from './memory.ts'
import { atMost, type Row, type Section } from './section.ts'

const CHANGING = ['/wxa/commit', '/wxa/submit_audit', '/wxa/release']
const POLLING = ['/wxa/get_auditstatus']

/** WeChat's scan of committed code, as it is in earnest. */
const SCAN_SECONDS = 60

const WECHAT_MS = 20

export const rollout: Section = {
  name: 'rollout',
  about: `one template to all merchants, from commit to release; WeChat ${WECHAT_MS} ms, a minute's scan (--merchants, --review-minutes)`,
  async run({ merchants, reviewMinutes, progress }) {
    let passedMs = 0
    const platform = await startPlatform({
      wechat: { codeScanSeconds: SCAN_SECONDS, latencyMs: WECHAT_MS, auditQuota: merchants + 100 },
      host: { databaseOptions: { now: () => Date.now() + passedMs } },
    })
    const passMinute = async (): Promise<void> => {
      passedMs += 60_000
      await platform.wechat.control.advanceTime({ seconds: 60 })
    }
    try {
      const { control } = platform.wechat
      const appids = await prepare(platform, merchants, progress)
      // Results come by polling, and by push where there is nothing to wait for.
      await control.changeSettings({ holdPushes: reviewMinutes > 0 })
      const begun = performance.now()
      const { rolloutId } = await platform.tell('rollouts.create', {
        name: '二版',
        templateId: 1,
        version: '2.0.0',
        description: '新版',
        all: true,
        autoRelease: true,
      })
      const creation = callsNow(platform)
      let counts: Readonly<Record<string, number>> = {}
      let runs = 0
      let memory = 0
      let auditsSince: number | undefined
      let polling = 0
      let pushes = 0
      for (let minute = 1; minute <= 400 && counts['released'] !== merchants; minute++) {
        progress(`minute ${minute}: ${counts['auditing'] ?? 0} under review, ${counts['released'] ?? 0} released`)
        const before = callsNow(platform)
        const result: unknown = await platform.host.fireTimer('processQueue')
        runs += 1
        // A run that only asked how audits stand.
        if (Object(result).rolloutItems === 0) polling += callsNow(platform) - before
        memory = Math.max(memory, ...(await residentMiB(platform, 'processQueue')))
        counts = Object(await platform.tell('rollouts.get', { rolloutId }))['counts']
        if (counts['auditing'] === merchants) auditsSince ??= minute
        const isTime = reviewMinutes === 0 || minute - (auditsSince ?? minute) === reviewMinutes
        if (isTime && counts['auditing'] !== 0) {
          const former = callsNow(platform)
          for (const appid of appids.filter((one) => isReviewed(platform, one))) await control.passAudit(appid)
          pushes += callsNow(platform) - former
        }
        if (minute % 5 === 0) await platform.host.fireTimer('refreshTokens')
        await passMinute()
      }
      const calls = await control.callCounts()
      const sum = (fits: (path: string) => boolean): number =>
        Object.entries(calls).reduce((total, [path, count]) => total + (fits(path) ? count : 0), 0) / merchants
      const changing = sum((path) => CHANGING.includes(path))
      const reading = sum((path) => !CHANGING.includes(path) && !POLLING.includes(path))
      const all = callsNow(platform)
      const working = (all - polling - pushes) / merchants
      return [
        {
          what: 'released',
          measured: `${counts['released']}`,
          goal: `${merchants}`,
          holds: counts['released'] === merchants,
        },
        {
          what: 'changing calls to WeChat per merchant',
          measured: changing.toFixed(3),
          goal: '3',
          holds: changing === 3,
        },
        { what: 'reading calls per merchant, polling apart', measured: reading.toFixed(3), ...atMost(3.05, reading) },
        { what: 'polling calls per merchant', measured: sum((path) => POLLING.includes(path)).toFixed(3) },
        {
          what: 'database calls per merchant, polling and pushes apart',
          measured: working.toFixed(3),
          ...atMost(2.5, working),
        },
        { what: 'database calls per merchant, by pushes', measured: (pushes / merchants).toFixed(3) },
        { what: 'database calls per merchant, creation alone', measured: (creation / merchants).toFixed(3) },
        { what: 'database calls per merchant, all in', measured: (all / merchants).toFixed(3) },
        { what: 'runs of the timer, a minute apart', measured: `${runs}` },
        { what: 'largest instance', measured: `${memory.toFixed(0)} MiB` },
        { what: 'time', measured: `${((performance.now() - begun) / 1000).toFixed(1)} s` },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}

async function prepare(
  platform: LocalPlatform,
  merchants: number,
  progress: (text: string) => void,
): Promise<readonly string[]> {
  const { control } = platform.wechat
  await control.createTemplate({ userVersion: '2.0.0', userDesc: '新版' })
  await control.createMerchants({ count: merchants, granted: true })
  let appids: readonly string[] = []
  while (appids.length < merchants) {
    await platform.ask('authorizers.sync')
    appids = (platform.host.database.dump()['authorizers'] ?? []).map((row) => String(Object(row)['_id']))
    progress(`${appids.length} merchants known`)
  }
  // As they are in earnest: every token is fresh.
  for (let remaining = merchants; remaining > 0;) {
    const swept: unknown = await platform.host.fireTimer('refreshTokens')
    remaining = Number(Object(swept).remaining)
    progress(`${remaining} tokens to be fetched`)
  }
  await control.resetCalls()
  platform.host.database.faults.resetCounts()
  return appids
}

const isReviewed = ({ wechat }: LocalPlatform, appid: string): boolean =>
  wechat.state.merchants.get(appid)?.audits.at(-1)?.status === AUDIT_STATUS.auditing

function callsNow(platform: LocalPlatform): number {
  const { reads, writes } = databaseCalls(platform)
  return reads + writes
}
