import { randomBytes } from 'node:crypto'
import { databaseCalls } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { sealed, ticketFields } from '../test/fixtures/pushes.ts'
import { countStatuses, shootEvenly, type Shot } from './load.ts'
import { residentMiB } from './memory.ts'
import { ms, percentile, type Row, type Section } from './section.ts'

export const forged: Section = {
  name: 'forged',
  about: '1,000 pushes a second (--rate) that WeChat did not send; API keys and invite links that were made up',
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
        ...(await madeUp(platform, seconds)),
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}

const INSTANCES = 4
const CALLS_PER_SECOND = 200

/** Each of these waits for its turn, one a second and instance: more would only be a longer queue. */
const UNSIGNED_PER_SECOND = 10

const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
const signature = (): string => randomBytes(32).toString('base64url')

/** What anybody can think up: each kind for a while, and what it cost the database. */
async function madeUp(platform: LocalPlatform, seconds: number): Promise<readonly Row[]> {
  const { url } = platform.host
  const withKey = (key: string): Shot => ({
    url: `${url}/api/v1/admins.me`,
    body: '{}',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  })
  const kinds: readonly (readonly [what: string, perSecond: number, readsPerSecond: number, shot: () => Shot])[] = [
    ['made-up API keys', CALLS_PER_SECOND, 0, () => withKey(`mf_${hex(8)}_${hex(32)}_${signature()}`)],
    [
      'made-up API keys of the former form: one a second and instance',
      UNSIGNED_PER_SECOND,
      INSTANCES,
      () => withKey(`mf_${hex(8)}_${hex(32)}`),
    ],
    [
      'made-up invite links',
      CALLS_PER_SECOND,
      0,
      () => ({ url: `${url}/auth/start?invite=${hex(16)}.${signature()}`, body: '', method: 'GET' }),
    ],
  ]
  const rows: Row[] = []
  for (const [what, perSecond, readsPerSecond, shot] of kinds) {
    platform.host.database.faults.resetCounts()
    const begun = performance.now()
    const outcomes = await shootEvenly({ perSecond, seconds }, shot)
    const { reads, writes } = databaseCalls(platform)
    const most = Math.ceil((performance.now() - begun) / 1000 + 1) * readsPerSecond
    rows.push({
      what: `database operations for ${outcomes.length} ${what} (${countStatuses(outcomes)})`,
      measured: `${reads + writes}`,
      goal: most === 0 ? '0' : `≤ ${most}`,
      holds: reads + writes <= most,
    })
  }
  return [...rows, await openedOften(platform)]
}

/** A link that is real, opened by ever new browsers. */
async function openedOften(platform: LocalPlatform): Promise<Row> {
  const { inviteUrl } = await platform.tell('bindings.createLink', { businessId: 'opened-often' })
  await platform.wechat.control.resetCalls()
  for (let n = 0; n < 300; n++) await fetch(String(inviteUrl)).then((page) => page.arrayBuffer())
  const calls = (await platform.wechat.control.callCounts())['/cgi-bin/component/api_create_preauthcode'] ?? 0
  return { what: 'WeChat calls for one link opened 300 times', measured: `${calls}`, goal: '≤ 20', holds: calls <= 20 }
}
