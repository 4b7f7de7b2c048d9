import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { readFunctionSettings } from '../local/host/settings.ts'
import { instanceEnvironment } from '../local/host/environment.ts'
import { buildFunctions } from '../scripts/build/build.ts'
import { projectFolder } from '../scripts/build/project-folder.ts'
import { databaseCalls } from '../test/fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../test/fixtures/platform.ts'
import { sealed, ticketFields } from '../test/fixtures/pushes.ts'
import { openings } from './openings.ts'
import { atMost, median, type Row, type Section } from './section.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const ROUNDS = 5
const EVENTS = 3000

export const push: Section = {
  name: 'push',
  about: 'one ticket: CPU of receiveTicket against the least handler, of opening against node:crypto',
  async run({ progress }) {
    const platform = await startPlatform()
    const folder = await mkdtemp(join(tmpdir(), 'minifleet-bench-'))
    try {
      const least = await buildLeast(folder)
      const ours = join(projectFolder, 'dist/functions/receiveTicket/index.js')
      const times = { ours: [] as number[], least: [] as number[] }
      platform.host.database.faults.resetCounts()
      await platform.wechat.control.resetCalls()
      for (let round = 0; round < ROUNDS; round++) {
        progress(`round ${round + 1} of ${ROUNDS}`)
        times.least.push(await cpuPerCall(platform, least, events(2 * round)))
        times.ours.push(await cpuPerCall(platform, ours, events(2 * round + 1)))
      }
      const { reads, writes } = databaseCalls(platform)
      const perPush = (reads + writes) / (2 * ROUNDS * EVENTS)
      const wechatCalls = Object.values(await platform.wechat.control.callCounts()).reduce((a, b) => a + b, 0)
      const ratio = median(times.ours) / median(times.least)
      progress('opening')
      return [
        { what: 'the least handler', measured: micros(median(times.least)) },
        {
          what: 'receiveTicket',
          measured: micros(median(times.ours)),
          ratio,
          than: 'the least',
          ...atMost(1.3, ratio),
        },
        { what: 'database calls a push (both)', measured: perPush.toFixed(3), goal: '1', holds: perPush === 1 },
        { what: 'calls to WeChat', measured: `${wechatCalls}`, goal: '0', holds: wechatCalls === 0 },
        ...compareOpenings(),
      ] satisfies Row[]
    } finally {
      await platform.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const micros = (value: number): string => `${value.toFixed(1)} µs`

async function buildLeast(folder: string): Promise<string> {
  await buildFunctions({ sourceFolder: here('functions'), distFolder: folder })
  return join(folder, 'functions/least/index.js')
}

/** Tickets that were never sent before. */
const events = (series: number): readonly object[] =>
  Array.from({ length: EVENTS }, (_, index) => {
    const createTime = 1_713_424_427 + series * EVENTS + index
    const { query, body } = sealed(ticketFields(`ticket@@@${createTime}`.padEnd(90, 'x'), createTime))
    return {
      path: '/wechat/component',
      httpMethod: 'POST',
      headers: { 'content-type': 'text/xml' },
      queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
      body,
      isBase64Encoded: false,
    }
  })

async function cpuPerCall(platform: LocalPlatform, file: string, given: readonly object[]): Promise<number> {
  const functions = await readFunctionSettings(join(projectFolder, 'cloudbaserc.json'))
  const settings = functions.find(({ name }) => name === 'receiveTicket')
  if (!settings) throw new Error('receiveTicket is not deployed')
  const child = spawn(process.execPath, [here('push-runner.cjs'), file], {
    env: instanceEnvironment(settings, {
      functionEnv: platform.env,
      databaseUrl: `${platform.host.url}/admin`,
      hostEnv: process.env,
    }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(given))
  return Number(await text(child.stdout))
}

/** In turn, so that all see the same machine. */
function compareOpenings(): Row[] {
  const ways = openings()
  const times = new Map([...ways.keys()].map((name) => [name, [] as number[]]))
  for (const open of ways.values()) for (let call = 0; call < 3000; call++) open()
  for (let round = 0; round < 30; round++)
    for (const [name, open] of ways) {
      const begun = process.cpuUsage()
      for (let call = 0; call < 300; call++) open()
      const { user, system } = process.cpuUsage(begun)
      times.get(name)?.push((user + system) / 300)
    }
  const floor = median(times.get('node:crypto') ?? [])
  return [...times].map(([name, values]) => {
    const ratio = median(values) / floor
    const row = { what: `opening: ${name}`, measured: micros(median(values)), ratio, than: 'node:crypto' }
    return name === 'Minifleet' ? { ...row, ...atMost(5.2, ratio) } : row
  })
}
