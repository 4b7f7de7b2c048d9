import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { databaseCalls, editRows } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { residentMiB } from './memory.ts'
import { atMost, type Row, type Section } from './section.ts'

const DATABASE_MS = 5
const REFRESH = '/cgi-bin/component/api_authorizer_token'

/** The reference needs no more to show its pace. */
const REFERENCE_ROWS = 1000

export const sweep: Section = {
  name: 'sweep',
  about: `all authorizers are due; WeChat 50 ms (--wechat-ms), database ${DATABASE_MS} ms; references are 50 wide`,
  async run({ authorizers, wechatMs, progress }) {
    const platform = await startPlatform({ wechat: { refreshTokens: 'stay' }, host: { maxInstances: 2 } })
    try {
      progress(`${authorizers} merchants`)
      await platform.wechat.control.createMerchants({ count: authorizers, granted: true })
      for (let known = 0; known < authorizers;) {
        await platform.ask('authorizers.sync')
        const active = platform.host.database.dump()['authorizers']?.length ?? 0
        progress(`${active} merchants known`)
        if (active === known) break
        known = active
      }
      const { accessToken } = await platform.tell('tokens.component')
      const refreshTokens = await listRefreshTokens(platform, String(accessToken))
      await editRows(
        platform,
        'authorizers',
        { status: 'active' },
        { dueAt: new Date(1000), expiresAt: new Date(1000) },
      )
      await platform.wechat.control.changeSettings({ latencyMs: wechatMs })
      platform.host.database.faults.add({ when: 'before', kind: 'delay', delayMs: DATABASE_MS })

      progress('reference')
      const reference = await runReference(platform, String(accessToken), refreshTokens, 50)
      progress('reference with axios and SDK')
      const packages = await runReference(platform, String(accessToken), refreshTokens, 50, true)
      progress('one by one')
      const single = await runReference(platform, String(accessToken), refreshTokens.slice(0, 40), 1)

      await platform.host.fireTimer('refreshTokens')
      await editRows(
        platform,
        'authorizers',
        { status: 'active' },
        { dueAt: new Date(1000), expiresAt: new Date(1000) },
      )
      await platform.wechat.control.resetCalls()
      platform.host.database.faults.resetCounts()
      const cpuBefore = await cpuMs(platform)
      const runs: { refreshed: number; failed: number; remaining: number; wallMs: number }[] = []
      let memory = 0
      do {
        progress(`run ${runs.length + 1}`)
        const begun = performance.now()
        const result = v.parse(resultSchema, await platform.host.fireTimer('refreshTokens'))
        runs.push({ ...result, wallMs: performance.now() - begun })
        memory = Math.max(memory, ...(await residentMiB(platform, 'refreshTokens')))
      } while ((runs.at(-1)?.remaining ?? 0) > 0 && (runs.at(-1)?.refreshed ?? 0) > 0)
      const cpu = (await cpuMs(platform)) - cpuBefore
      const refreshed = runs.reduce((sum, run) => sum + run.refreshed, 0)
      const wall = runs.reduce((sum, run) => sum + run.wallMs, 0)
      const { reads, writes } = databaseCalls(platform)
      const wechatCalls = (await platform.wechat.control.callCounts())[REFRESH] ?? 0
      const perRow = wall / refreshed
      return [
        {
          what: 'plain http: wall and CPU per authorizer',
          measured: `${two(reference.wallMs)}, ${two(reference.cpuMs)} ms`,
        },
        {
          what: 'axios and SDK: wall and CPU per authorizer',
          measured: `${two(packages.wallMs)}, ${two(packages.cpuMs)} ms`,
        },
        {
          what: 'refreshed, in runs of 60 s at most',
          measured: `${refreshed} in ${runs.length}`,
          goal: `≤ ${mostRuns(authorizers)}`,
          holds: refreshed === authorizers && runs.length <= mostRuns(authorizers),
        },
        {
          what: 'wall per authorizer',
          measured: `${two(perRow)} ms`,
          ratio: perRow / reference.wallMs,
          than: 'plain http',
          ...atMost(1.25, perRow / reference.wallMs),
        },
        {
          what: 'CPU per authorizer',
          measured: `${two(cpu / refreshed)} ms`,
          ratio: cpu / refreshed / packages.cpuMs,
          than: 'axios, SDK',
          ...atMost(1.2, cpu / refreshed / packages.cpuMs),
        },
        {
          what: 'faster than one by one',
          measured: `${two(single.wallMs)} ms`,
          ratio: single.wallMs / perRow,
          than: 'as fast',
          goal: '≥ 30',
          holds: single.wallMs / perRow >= 30,
        },
        {
          what: 'calls to WeChat per authorizer',
          measured: (wechatCalls / refreshed).toFixed(3),
          goal: '1.00',
          holds: wechatCalls === refreshed,
        },
        {
          what: 'database calls per authorizer',
          measured: ((reads + writes) / refreshed).toFixed(3),
          ...atMost(1.02, (reads + writes) / refreshed),
        },
        { what: 'memory of the instance', measured: `${memory.toFixed(0)} MiB`, ...atMost(160, memory) },
        {
          what: 'runs',
          measured: runs.map((run) => `${run.refreshed} in ${(run.wallMs / 1000).toFixed(0)} s`).join(', '),
        },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}

/** 100,000 in 20 runs. */
const mostRuns = (authorizers: number): number => Math.ceil(authorizers / 5000)

const two = (value: number): string => value.toFixed(2)

const resultSchema = v.object({ refreshed: v.number(), failed: v.number(), remaining: v.number() })
const listSchema = v.object({
  list: v.array(v.object({ authorizer_appid: v.string(), refresh_token: v.string() })),
})
const timeSchema = v.object({ wallMs: v.number(), cpuMs: v.number() })

type RefreshTokens = readonly (readonly [string, string])[]

async function listRefreshTokens(platform: LocalPlatform, token: string): Promise<RefreshTokens> {
  const found: [string, string][] = []
  while (found.length < REFERENCE_ROWS) {
    const url = `${platform.wechat.url}/cgi-bin/component/api_get_authorizer_list?component_access_token=${token}`
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ component_appid: platform.env['COMPONENT_APPID'], offset: found.length, count: 500 }),
    })
    const { list } = v.parse(listSchema, await answer.json())
    if (list.length === 0) break
    found.push(...list.map((row): [string, string] => [row.authorizer_appid, row.refresh_token]))
  }
  return found
}

/** Per row. */
async function runReference(
  platform: LocalPlatform,
  componentToken: string,
  rows: RefreshTokens,
  width: number,
  withSdk = false,
) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('refresh-loop.cjs', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      TENCENTCLOUD_RUNENV: 'SCF',
      TENCENTCLOUD_REGION: 'ap-shanghai',
      SCF_NAMESPACE: 'minifleet-local',
      SILENCE: 'true',
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${platform.host.url}/admin` }),
    },
  })
  child.stdin.end(
    JSON.stringify({
      wechatUrl: platform.wechat.url,
      databaseUrl: `${platform.host.url}/admin`,
      componentAppid: platform.env['COMPONENT_APPID'],
      componentToken,
      width,
      rows,
      withSdk,
    }),
  )
  const { wallMs, cpuMs: cpu } = v.parse(timeSchema, JSON.parse(await text(child.stdout)))
  return { wallMs: wallMs / rows.length, cpuMs: cpu / rows.length }
}

/** Of the sweeping instances so far; Linux only. */
async function cpuMs(platform: LocalPlatform): Promise<number> {
  const pids = platform.host.stats()['refreshTokens']?.pids ?? []
  const times = await Promise.all(
    pids.map(async (pid) => {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? []
      // In hundredths of a second: user, system.
      return (Number(fields[11]) + Number(fields[12])) * 10
    }),
  )
  return times.reduce((a, b) => a + b, 0)
}
