import { createHmac, randomBytes } from 'node:crypto'
import { createServer, request as requestHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { once } from 'node:events'
import type { RelayConfig } from './config.ts'

const MAX_BODY_BYTES = 64 * 1024

/** WeChat waits 5 s for an answer; what is not delivered by then it sends again. */
export const DELIVERY_MS = 4000

export interface RelayOptions extends RelayConfig {
  /** Default 4000. */
  readonly deliveryMs?: number
  readonly now?: () => number
  readonly log?: (line: string) => void
}

export interface Relay {
  readonly port: number
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
}

const text = (status: number, body: string): Answer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: Buffer.from(body),
})

const retry = text(503, 'retry')

/**
 * Takes the pushes that 微管家 forwards inside its container, signs them, and passes them on. Keeps nothing: what could not
 * be delivered is answered with `retry`, and WeChat sends it again.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { log = () => undefined } = options
  const isSecure = options.target.protocol === 'https:'
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })

  const deliver = (path: string, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const send = isSecure ? requestHttps : requestHttp
      const outgoing = send(
        new URL(`${options.target.pathname.replace(/\/+$/, '')}${path}`, options.target),
        {
          method: 'POST',
          agent,
          signal: AbortSignal.timeout(options.deliveryMs ?? DELIVERY_MS),
          headers: { 'content-type': 'application/json', 'content-length': body.length, ...sign(body, options) },
        },
        (incoming) => {
          readBody(incoming, MAX_BODY_BYTES).then(
            (answer) =>
              answer === undefined
                ? reject(new Error('the answer is too large'))
                : resolve({
                    status: incoming.statusCode ?? 502,
                    contentType: incoming.headers['content-type'] ?? 'text/plain',
                    body: answer,
                  }),
            reject,
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })

  const handle = async (incoming: IncomingMessage): Promise<Answer> => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://relay')
    if (pathname === '/health') return text(200, 'ok')
    const path = targetPath(pathname)
    if (path === undefined) return text(404, 'not found')
    if (incoming.method !== 'POST') return text(405, 'method not allowed')
    const body = await readBody(incoming, MAX_BODY_BYTES)
    if (body === undefined) return text(413, 'too large')
    try {
      return await deliver(path, body)
    } catch (error) {
      log(JSON.stringify({ event: 'not delivered', path, reason: error instanceof Error ? error.name : 'unknown' }))
      return retry
    }
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming).then(
      (answer) => respond(outgoing, answer),
      () => respond(outgoing, retry),
    )
  })
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: portOf(server),
    close: async () => {
      server.close()
      server.closeIdleConnections()
      await once(server, 'close')
      agent.destroy()
    },
  }
}

/** `/component` and `/biz/{appid}`, as the rules in 微管家 name them. */
function targetPath(pathname: string): string | undefined {
  if (pathname === '/component') return '/wechat/component'
  const match = /^\/biz\/([A-Za-z0-9_-]{2,64})$/.exec(pathname)
  return match?.[1] === undefined ? undefined : `/wechat/message/${match[1]}`
}

/** The proof that the platform asks for: HMAC-SHA256 over version, time, nonce and the raw body. */
function sign(body: Buffer, { secret, now = Date.now }: RelayOptions): Record<string, string> {
  const timestamp = String(Math.floor(now() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = createHmac('sha256', secret).update(`v1.${timestamp}.${nonce}.`).update(body).digest('hex')
  return {
    'x-forwarder-timestamp': timestamp,
    'x-forwarder-nonce': nonce,
    'x-forwarder-signature': `v1=${signature}`,
  }
}

/** Undefined when there is more than `limit`; the rest is not read. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function respond(outgoing: ServerResponse, { status, contentType, body }: Answer): void {
  outgoing.writeHead(status, {
    'content-type': contentType,
    'content-length': body.length,
    ...(status === 413 && { connection: 'close' }),
  })
  outgoing.end(body)
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
