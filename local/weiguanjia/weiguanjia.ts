import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'
import { listen } from '../../relay/listen.ts'
import { openAdminPage } from './admin-page.ts'
import { openRules, type ForwardingRule, type PushKind } from './rules.ts'
import { openTokens, type WeiguanjiaCredentials } from './tokens.ts'

/*
 * Stands in for 微管家, written from its rules: it takes WeChat's pushes as plain JSON and handles each by itself before it forwards it to a
 * port of its container; it passes on from outside what is not its own.
 */

export interface WeiguanjiaOptions extends WeiguanjiaCredentials {
  /** 0 or none: a free one. */
  readonly port?: number
  readonly wechatUrl: string
  /** Where the relay beside it signs, for the button that enters the rules. Default: 8090. */
  readonly relayPort?: number
  /** Where 外部请求透传 leads once it is switched on. Default: 8082. */
  readonly proxyPort?: number
  /** How long rules are remembered. Default: five minutes, as there. */
  readonly cacheMs?: number
  readonly now?: () => number
}

export type Weiguanjia = Awaited<ReturnType<typeof startWeiguanjia>>

const CACHE_MS = 5 * 60_000

const pushSchema = v.looseObject({
  InfoType: v.optional(v.string(), ''),
  MsgType: v.optional(v.string(), ''),
  Event: v.optional(v.string(), ''),
  ComponentVerifyTicket: v.optional(v.string(), ''),
  AuthorizerAppid: v.optional(v.string(), ''),
  AuthorizationCode: v.optional(v.string(), ''),
})

type Push = v.InferOutput<typeof pushSchema>

export async function startWeiguanjia({
  port = 0,
  wechatUrl,
  relayPort,
  proxyPort = 8082,
  cacheMs = CACHE_MS,
  now = Date.now,
  ...credentials
}: WeiguanjiaOptions) {
  const rules = openRules({ cacheMs, now })
  const tokens = openTokens(wechatUrl, credentials, now)
  const proxy = { open: false, port: proxyPort }
  /** Pushes that were forwarded, by what the service behind the rule answered. */
  const forwarded = new Map<string, number>()
  const adminPage = openAdminPage({ rules, tokens, proxy, forwarded, test, relayPort })

  /** Before anybody else hears of it. */
  async function handle({ InfoType: kind, ...push }: Push): Promise<void> {
    if (kind === 'component_verify_ticket') tokens.takeTicket(push.ComponentVerifyTicket)
    if (kind === 'authorized' || kind === 'updateauthorized') await tokens.exchange(push.AuthorizationCode)
    if (kind === 'unauthorized') tokens.accounts.delete(push.AuthorizerAppid)
  }

  async function take(incoming: IncomingMessage, outgoing: ServerResponse, appid: string | undefined): Promise<void> {
    if (incoming.headers['x-wx-source'] === undefined) return end(outgoing, 401, 'unauthorized')
    const body = await text(incoming)
    const push = v.parse(pushSchema, JSON.parse(body))
    await handle(push)
    const kind: PushKind =
      appid === undefined
        ? { target: 'component', infoType: push.InfoType }
        : { target: 'biz', appid, msgType: push.MsgType, event: push.Event }
    const rule = rules.find(kind)
    if (!rule) return end(outgoing, 200, 'success')
    const { status, body: said } = await forward(rule, appid ?? '', body, incoming)
    const word = status === 200 ? said.slice(0, 16) : String(status)
    forwarded.set(word, (forwarded.get(word) ?? 0) + 1)
    end(outgoing, status, said)
  }

  /** The button 测试 of a rule. */
  async function test(rule: ForwardingRule): Promise<string> {
    const about = 'infoType' in rule ? { InfoType: rule.infoType } : { MsgType: rule.msgType, Event: rule.event }
    const body = { CreateTime: Math.floor(now() / 1000), ...about, Data: 'TestData' }
    return (await forward(rule, 'wxtestappid', JSON.stringify(body))).body
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => end(outgoing, 200, failure(error)))
  })

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '' } = incoming
    const [path = ''] = url.split('?')
    if (method === 'POST' && path === '/wxcallback/component') return take(incoming, outgoing, undefined)
    const appid = /^\/wxcallback\/biz\/([^/]+)$/.exec(path)?.[1]
    if (method === 'POST' && appid !== undefined) return take(incoming, outgoing, appid)
    if (path === '/' || path.startsWith('/wxcomponent/admin/')) return adminPage.serve(incoming, outgoing)
    if (!proxy.open) return end(outgoing, 404, 'not found')
    return passOn(proxy.port, incoming, outgoing)
  }

  const opened = await listen(server, port)
  return {
    url: `http://127.0.0.1:${opened}`,
    port: opened,
    rules,
    tokens,
    proxy,
    forwarded,
    test,
    async close(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const failure = (error: unknown): string =>
  JSON.stringify({ code: -1, errorMsg: error instanceof Error ? error.message : String(error) })

function end(outgoing: ServerResponse, status: number, body: string): void {
  if (!outgoing.headersSent) outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  outgoing.end(body)
}

/** Method, headers and body as they came; the answer goes back to WeChat as it is. */
async function forward(rule: ForwardingRule, appid: string, body: string, incoming?: IncomingMessage) {
  const response = await fetch(`http://127.0.0.1:${rule.port}${rule.path.replaceAll('$APPID$', appid)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-wx-source': String(incoming?.headers['x-wx-source'] ?? 'wx_server'),
    },
    body,
  })
  return { status: response.status, body: await response.text() }
}

/** To the same container, Host as it came. */
async function passOn(port: number, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, url: path, headers } = incoming
  const through = [headers['x-forwarded-for'], incoming.socket.remoteAddress].filter(Boolean).join(', ')
  const onwards = request({
    host: '127.0.0.1',
    port,
    method,
    path,
    headers: { ...headers, 'x-forwarded-for': through },
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onwards.once('response', resolve)
    onwards.once('error', reject)
  })
  await Promise.all([pipeline(incoming, onwards), answered])
  const answer = await answered
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
  await pipeline(answer, outgoing)
}
