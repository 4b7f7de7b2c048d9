import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { TestContext } from 'node:test'
import * as v from 'valibot'
import { createApp } from '../../shared/app.ts'
import { readConfig } from '../../shared/config.ts'
import { emptyMemory, type Platform } from '../../shared/domain/platform.ts'
import { isFailure } from '../../shared/errors.ts'
import { after, epochMs, MINUTE, toUnixSeconds } from '../../shared/time.ts'
import { heldClock, openStores, tell } from '../cloudbase/open-stores.ts'
import { sealKey } from '../cloudbase/seal-key.ts'

const START = '2026-03-01T00:00:00Z'

/** What WeChat answers; `nothing`: it hangs up. */
export type Answer = Readonly<Record<string, unknown>> | 'nothing'

export interface WechatCall {
  /** The last part of the path. */
  readonly name: string
  readonly body: Readonly<Record<string, unknown>>
}

/** A WeChat that answers what the test says, and as long as it says nothing with a new token to everybody. */
async function serveWechat(t: TestContext) {
  const calls: WechatCall[] = []
  let answered = 0
  const said = new Map<string, (body: WechatCall['body']) => Answer | Promise<Answer>>()
  const server = createServer((request, response) => {
    void (async () => {
      const name = /\w+(?=\?|$)/.exec(request.url ?? '')?.[0] ?? ''
      const body = v.parse(v.record(v.string(), v.unknown()), JSON.parse((await readBody(request)) || '{}'))
      calls.push({ name, body })
      const answer = await (said.get(name) ?? usual(name, (answered += 1)))(body)
      if (answer === 'nothing') request.socket.destroy()
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    calls,
    /** What was asked since the last look, by name. */
    asked: () => calls.splice(0).map(({ name }) => name),
    /** One after the other, the last for good. */
    answers: (name: string, ...answers: readonly (Answer | (() => Answer | Promise<Answer>))[]): void => {
      let turn = 0
      said.set(name, () => {
        const answer = answers[Math.min(turn++, answers.length - 1)] ?? 'nothing'
        return typeof answer === 'function' ? answer() : answer
      })
    },
    answersUsually: (name: string) => said.delete(name),
  }
}

const usual = (name: string, count: number) => (body: WechatCall['body']) => {
  if (name === 'api_component_token') return { component_access_token: `component-${count}`, expires_in: 7200 }
  if (name === 'api_authorizer_token')
    return {
      authorizer_access_token: `access-${count}`,
      expires_in: 7200,
      authorizer_refresh_token: body['authorizer_refresh_token'],
    }
  if (name === 'api_get_authorizer_list') return { total_count: 0, list: [] }
  return { errcode: 40013, errmsg: 'invalid appid' }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/**
 * The platform as instances put it together, in this process: over the SDK, a database and a WeChat of its own. Clocks stand unless
 * somebody sleeps, and jitter is least.
 */
export async function openPlatform(t: TestContext) {
  const clock = heldClock(START)
  const { database, emulator, vault, callsOf } = await openStores(t, { now: clock.now })
  const wechat = await serveWechat(t)
  const config = readConfig({
    COMPONENT_APPID: 'wxplatform',
    COMPONENT_APPSECRET: 'appsecret',
    COMPONENT_TOKEN: 'token',
    COMPONENT_AES_KEY: 'A'.repeat(43),
    SEAL_KEYS: `k1:${sealKey('k1').secret.toString('base64')}`,
    PUBLIC_BASE_URL: 'https://platform.test',
    REFRESH_IDLE_DAYS: '0',
    WECHAT_API_BASE: wechat.url,
  })
  const slept: number[] = []
  const app = createApp(config, { databaseTimeout: 20_000 }).platform
  const platform = {
    ...app,
    clock: () => epochMs(clock.now()),
    sleep: (milliseconds: number) => {
      slept.push(milliseconds)
      clock.advance(milliseconds)
      return Promise.resolve()
    },
    log: silent,
    ids: { ...app.ids, fraction: () => 0 },
  } satisfies Platform
  /** Moments as seconds since the start. */
  const seconds = (value: unknown): unknown =>
    value instanceof Date ? (value.getTime() - Date.parse(START)) / 1000 : value
  return {
    platform,
    database,
    emulator,
    vault,
    callsOf,
    clock,
    wechat,
    slept,
    pushTicket: (ticket: string) =>
      platform.stores.pushes.insert(
        {
          id: ticket,
          type: 'wechat.component_verify_ticket',
          road: 'component',
          createTime: toUnixSeconds(platform.clock()),
          fields: {},
          attempts: 0,
          secrets: { ComponentVerifyTicket: ticket },
        },
        { done: true, order: ticket, dueAt: platform.clock() },
      ),
    /** With tokens that live for two hours. */
    authorize: async (appid: string) => {
      const now = platform.clock()
      const grant = { accessToken: `access-${appid}`, refreshToken: `refresh-${appid}`, expiresInSeconds: 7200 }
      const details = { codeId: `code-${appid}`, eventTime: 100, startedAt: now, now, dueAt: after(now, 100 * MINUTE) }
      await platform.stores.authorizers.saveGrant({ ...grant, appid, funcInfo: [17] }, details, tell)
    },
    /** An instance that knows nothing yet. */
    another: (change: Partial<Platform> = {}): Platform => ({ ...platform, memory: emptyMemory(), ...change }),
    /** These members of a row, with moments as seconds since the start. */
    row: async (collection: string, id: string, ...members: readonly string[]) => {
      const row = await database.get(collection, id)
      return Object.fromEntries(members.map((member) => [member, seconds(row?.[member])]))
    },
    /** Problems that are open, by id. */
    problems: async () => {
      const open = await platform.stores.problems.newest(100)
      return Object.fromEntries(open.map(({ problemId, params }) => [problemId, params]))
    },
  }
}

export type OpenPlatform = Awaited<ReturnType<typeof openPlatform>>

/** The access token, or the reason why there is none. */
export const outcome = async (asked: Promise<{ readonly accessToken: string }>): Promise<string> => {
  try {
    return (await asked).accessToken
  } catch (error) {
    if (isFailure(error) && error.reason !== undefined) return error.reason
    throw error
  }
}

const silent: Platform['log'] = { info: () => {}, warn: () => {}, error: () => {}, with: () => silent }
