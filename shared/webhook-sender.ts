import { createHmac } from 'node:crypto'
import { lookup as resolve } from 'node:dns'
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { KeptProblem } from './notice.ts'
import type { Webhooks, WebhookMessage, WebhookOutcome } from './domain/subscriptions/webhook-message.ts'
import { isPublicAddress } from './public-addresses.ts'

/** For name, connection, TLS and the status line together. */
const TIMEOUT_MS = 8000
const MAX_URL = 2048
/** What an owner is shown of an answer, and how long it is waited for after the status line. */
const SHOWN_BYTES = 500
const ANSWER_MS = 500

export interface WebhookOptions {
  /** `WEBHOOK_ALLOW_PRIVATE`: any address, and http. */
  readonly allowPrivate: boolean
}

export function createWebhooks({ allowPrivate }: WebhookOptions): Webhooks {
  const objection = (url: string): string | undefined => objectionTo(url, allowPrivate)
  return {
    objection: async (url) => objection(url),
    async post(url, message) {
      const reason = objection(url)
      return reason === undefined
        ? send(new URL(url), message, allowPrivate ? {} : { lookup: lookupPublic })
        : { delivered: false, attempt: { url, durationMs: 0 }, problem: notPublic(reason) }
    },
  }
}

function objectionTo(text: string, allowPrivate: boolean): string | undefined {
  if (text.length > MAX_URL) return 'tooLong'
  // What a browser would strip or read differently is no address.
  if (/[\s\\\p{Cc}]/u.test(text) || !/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return 'notAbsolute'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !allowPrivate) return 'notHttps'
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (url.hash !== '') return 'fragment'
  return allowPrivate || isPublicHost(url.hostname) ? undefined : 'notPublic'
}

/** Names are looked at again when they are resolved. */
function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return isPublicAddress(host)
  return /^[^.]+(\.[^.]+)+\.?$/.test(host) && !/(^|\.)(localhost|local|internal)\.?$/i.test(host)
}

/** Resolves for the connection itself, so that no second look-up can answer something else. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new ForbiddenAddress(hostname), '')
    if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

class ForbiddenAddress extends Error {
  readonly code = 'FORBIDDEN_ADDRESS'
  constructor(hostname: string) {
    super(`${hostname} leads to a private, local or reserved address`)
  }
}

const notPublic = (objection: string): KeptProblem => ({ code: 'ADDRESS_NOT_PUBLIC', params: { objection } })

function send(url: URL, message: WebhookMessage, { lookup }: { lookup?: LookupFunction }): Promise<WebhookOutcome> {
  const options: RequestOptions = {
    method: 'POST',
    headers: headersOf(message),
    agent: false,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(lookup && { lookup }),
  }
  const begun = performance.now()
  const attempt = () => ({ url: url.href, durationMs: Math.round(performance.now() - begun) })
  return new Promise((settle) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const status = response.statusCode ?? 0
      const seen = { ...attempt(), httpStatus: status }
      // Only the status counts: a redirect is not followed.
      const outcome =
        status >= 200 && status < 300
          ? ({ delivered: true } as const)
          : ({ delivered: false, problem: { code: 'RECEIVER_REFUSED', params: { status } } } as const)
      void startOf(response).then((answer) =>
        settle({ ...outcome, attempt: { ...seen, ...(answer !== '' && { answer }) } }),
      )
    })
    request.on('error', (error) => settle({ delivered: false, attempt: attempt(), problem: problemOf(error) }))
    request.end(message.body)
  })
}

/** How an answer begins. The rest of it stays unread, and it is not waited for long. */
function startOf(response: IncomingMessage): Promise<string> {
  return new Promise((settle) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const end = (): void => {
      clearTimeout(timer)
      response.destroy()
      const text = Buffer.concat(chunks).subarray(0, SHOWN_BYTES).toString('utf8')
      // A character that was cut in two.
      settle(text.replace(/\uFFFD$/, ''))
    }
    const timer = setTimeout(end, ANSWER_MS)
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= SHOWN_BYTES) end()
    })
    response.on('end', end).on('error', end).on('close', end)
  })
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function headersOf({ id, unixSeconds, body, secrets }: WebhookMessage): Record<string, string | number> {
  const signed = `${id}.${unixSeconds}.${body}`
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'minifleet-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(unixSeconds),
    'webhook-signature': secrets.map((secret) => `v1,${sign(secret, signed)}`).join(' '),
  }
}

const sign = (secret: string, signed: string): string =>
  createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(signed)
    .digest('base64')

function problemOf(error: Error): KeptProblem {
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return { code: 'RECEIVER_SILENT', params: { seconds: TIMEOUT_MS / 1000 } }
  if (error instanceof ForbiddenAddress) return notPublic('notPublic')
  const params = 'code' in error && typeof error.code === 'string' ? { cause: error.code } : {}
  return { code: 'RECEIVER_NOT_REACHED', params }
}
