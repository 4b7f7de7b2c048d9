import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { LocalPlatform } from '../test/fixtures/platform.ts'

/** The reference needs no more to show its pace. */
const REFERENCE_ROWS = 1000

/** node-easywechat is in bench/package.json. */
export type Means = 'http' | 'packages' | 'easywechat'

type RefreshTokens = readonly (readonly [string, string])[]

const listSchema = v.object({
  list: v.array(v.object({ authorizer_appid: v.string(), refresh_token: v.string() })),
})
const timeSchema = v.object({ wallMs: v.number(), cpuMs: v.number() })

export async function listRefreshTokens(platform: LocalPlatform, token: string): Promise<RefreshTokens> {
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

/** Refreshes them in a process of its own, so many at once; milliseconds a row. */
export async function refreshAll(
  platform: LocalPlatform,
  componentToken: string,
  rows: RefreshTokens,
  width: number,
  means: Means = 'http',
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
      means,
    }),
  )
  const { wallMs, cpuMs: cpu } = v.parse(timeSchema, JSON.parse(await text(child.stdout)))
  return { wallMs: wallMs / rows.length, cpuMs: cpu / rows.length }
}
