import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { databaseCalls, editRows } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { residentMiB } from './memory.ts'

export const DATABASE_MS = 5
const REFRESH = '/cgi-bin/component/api_authorizer_token'

/** What all runs of `refreshTokens` took until nothing was due. */
export interface SweepFigures {
  readonly refreshed: number
  readonly runs: readonly { readonly refreshed: number; readonly wallMs: number }[]
  readonly wallMs: number
  readonly cpuMs: number
  readonly wechatCalls: number
  readonly databaseCalls: number
  /** The largest instance. */
  readonly memoryMiB: number
}

/** A platform that knows so many authorizers. */
export async function openPlatformOf(authorizers: number, progress: (text: string) => void): Promise<LocalPlatform> {
  const platform = await startPlatform({ wechat: { refreshTokens: 'stay' }, host: { maxInstances: 2 } })
  progress(`${authorizers} merchants`)
  await platform.wechat.control.createMerchants({ count: authorizers, granted: true })
  for (let known = 0; known < authorizers;) {
    await platform.ask('authorizers.sync')
    const active = platform.host.database.dump()['authorizers']?.length ?? 0
    progress(`${active} merchants known`)
    if (active === known) break
    known = active
  }
  return platform
}

export async function slowDown(platform: LocalPlatform, wechatMs: number): Promise<void> {
  await platform.wechat.control.changeSettings({ latencyMs: wechatMs })
  platform.host.database.faults.add({ when: 'before', kind: 'delay', delayMs: DATABASE_MS })
}

/** Makes every token due and sweeps until none is. */
export async function sweepAll(platform: LocalPlatform, progress: (text: string) => void): Promise<SweepFigures> {
  const makeDue = () =>
    editRows(platform, 'authorizers', { status: 'active' }, { dueAt: new Date(1000), expiresAt: new Date(1000) })
  // The first run gets the component token and starts the instance.
  await platform.host.fireTimer('refreshTokens')
  await makeDue()
  await platform.wechat.control.resetCalls()
  platform.host.database.faults.resetCounts()
  const cpuBefore = await cpuMs(platform)
  const runs: { refreshed: number; remaining: number; wallMs: number }[] = []
  let memoryMiB = 0
  do {
    progress(`run ${runs.length + 1}`)
    const begun = performance.now()
    const result = v.parse(resultSchema, await platform.host.fireTimer('refreshTokens'))
    runs.push({ ...result, wallMs: performance.now() - begun })
    memoryMiB = Math.max(memoryMiB, ...(await residentMiB(platform, 'refreshTokens')))
  } while ((runs.at(-1)?.remaining ?? 0) > 0 && (runs.at(-1)?.refreshed ?? 0) > 0)
  const { reads, writes } = databaseCalls(platform)
  return {
    refreshed: runs.reduce((sum, run) => sum + run.refreshed, 0),
    runs,
    wallMs: runs.reduce((sum, run) => sum + run.wallMs, 0),
    cpuMs: (await cpuMs(platform)) - cpuBefore,
    wechatCalls: (await platform.wechat.control.callCounts())[REFRESH] ?? 0,
    databaseCalls: reads + writes,
    memoryMiB,
  }
}

const resultSchema = v.object({ refreshed: v.number(), remaining: v.number() })

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
