import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { TestContext } from 'node:test'
import * as v from 'valibot'
import { startWechat } from '../../../local/wechat/server.ts'
import type { RunningWechat } from '../../../local/wechat/server.ts'
import type { WechatSettings } from '../../../local/wechat/settings.ts'
import { openEnvelope } from '../../../shared/wechat/envelope.ts'

export const COMPONENT = 'wx0000000000000c01'
export const SECRET = 'component-secret'
export const TOKEN = 'callbacktoken'
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

const settings: WechatSettings = {
  componentAppid: COMPONENT,
  componentAppsecret: SECRET,
  token: TOKEN,
  encodingAesKey: AES_KEY,
  ticketEverySeconds: 0,
  codeScanSeconds: 60,
  pushRetryDelayMs: 1,
}

const json = v.record(v.string(), v.unknown())
export type Json = v.InferOutput<typeof json>

/** A simulated WeChat for one test, and a caller of its API that knows only HTTP. */
export const openPlatform = async (t: TestContext, changes: Partial<WechatSettings> = {}) => {
  const wechat = await startWechat({ settings: { ...settings, ...changes } })
  t.after(() => wechat.close())
  return { wechat, control: wechat.control, ...callerOf(wechat) }
}

const callerOf = ({ url, control }: RunningWechat) => {
  const request = async (path: string, token: string | undefined, init: RequestInit): Promise<Json> => {
    const address = new URL(path, url)
    if (token !== undefined) address.searchParams.set('access_token', token)
    const response = await fetch(address, init)
    assert.equal(response.status, 200, `${path} answered ${response.status}`)
    return v.parse(json, await response.json())
  }
  const post = (path: string, token: string | undefined, body: unknown = {}): Promise<Json> =>
    request(path, token, { method: 'POST', body: JSON.stringify(body) })
  const get = (path: string, token: string | undefined): Promise<Json> => request(path, token, {})

  const componentToken = async (): Promise<string> => {
    await control.pushTicket()
    return text(
      await post('/cgi-bin/component/api_component_token', undefined, {
        component_appid: COMPONENT,
        component_appsecret: SECRET,
        component_verify_ticket: await newestTicket(),
      }),
      'component_access_token',
    )
  }
  const newestTicket = async (): Promise<string> => {
    const push = (await control.pushes()).findLast(({ kind }) => kind === 'component_verify_ticket')
    return between(push?.message ?? '', '<ComponentVerifyTicket><![CDATA[', ']]>')
  }
  /** Authorizes a new merchant and exchanges its code. */
  const authorizeMerchant = async (component: string, merchant: Parameters<typeof control.createMerchant>[0] = {}) => {
    const { appid } = await control.createMerchant(merchant)
    const preAuthCode = text(
      await post('/cgi-bin/component/api_create_preauthcode', component, { component_appid: COMPONENT }),
      'pre_auth_code',
    )
    const { authCode } = await control.authorize({ preAuthCode, appid })
    const info = v.parse(
      v.object({
        authorization_info: v.object({ authorizer_access_token: v.string(), authorizer_refresh_token: v.string() }),
      }),
      await queryAuth(component, authCode),
    ).authorization_info
    return { appid, accessToken: info.authorizer_access_token, refreshToken: info.authorizer_refresh_token }
  }
  const queryAuth = (component: string, code: string): Promise<Json> =>
    post('/cgi-bin/component/api_query_auth', component, { component_appid: COMPONENT, authorization_code: code })
  const refresh = (component: string, appid: string, refreshToken: string): Promise<Json> =>
    post('/cgi-bin/component/api_authorizer_token', component, {
      component_appid: COMPONENT,
      authorizer_appid: appid,
      authorizer_refresh_token: refreshToken,
    })
  const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(new URL(path, url), init)
  return { post, get, ask, request, componentToken, newestTicket, authorizeMerchant, queryAuth, refresh }
}

export const text = (reply: Json, member: string): string =>
  v.parse(v.string(), reply[member], { message: JSON.stringify(reply) })
export const number = (reply: Json, member: string): number =>
  v.parse(v.number(), reply[member], { message: JSON.stringify(reply) })

export const between = (whole: string, start: string, end: string): string => {
  const from = whole.indexOf(start)
  assert.notEqual(from, -1, `${start} not in ${whole}`)
  return whole.slice(from + start.length, whole.indexOf(end, from + start.length))
}

export interface ReceivedPush {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
  /** What was inside the envelope. */
  readonly message: string
}

/** A platform's two URLs, answering what the test says. */
export const receivePushes = async (
  t: TestContext,
  answer: () => { status: number; body: string; afterMs?: number } = () => ({ status: 200, body: 'success' }),
) => {
  const received: ReceivedPush[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://platform')
      const body = Buffer.concat(chunks).toString()
      received.push({ path: pathname, query, body, message: open(query, body) })
      const { status, body: reply, afterMs = 0 } = answer()
      setTimeout(() => response.writeHead(status, { 'content-type': 'text/plain' }).end(reply), afterMs)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  const base = `http://127.0.0.1:${address.port}`
  return { received, eventUrl: `${base}/wechat/component`, messageUrl: `${base}/wechat/message/$APPID$` }
}

const open = (query: URLSearchParams, body: string): string =>
  openEnvelope(
    { token: TOKEN, encodingAesKey: AES_KEY, appid: COMPONENT },
    {
      encrypt: between(body, '<Encrypt><![CDATA[', ']]></Encrypt>'),
      timestamp: query.get('timestamp') ?? '',
      nonce: query.get('nonce') ?? '',
      msgSignature: query.get('msg_signature') ?? '',
    },
  ).message

/** Each member of `expected` is there, others do not matter. */
export const assertHas = (actual: unknown, expected: Json): void => {
  const object = v.parse(json, actual)
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, object[name]])), expected)
}
