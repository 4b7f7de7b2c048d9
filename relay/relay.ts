import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { RelayConfig } from './config.ts'
import { codeOf, openDelivery, type Answer } from './delivery.ts'
import { inTime } from './in-time.ts'
import { closeWithin, listen } from './listen.ts'
import { readBody } from './read-body.ts'

const MAX_BODY_BYTES = 64 * 1024

/** WeChat waits 5 s for an answer; what is not delivered by then it sends again. */
const DELIVERY_MS = 4000

export interface RelayOptions extends Pick<RelayConfig, 'target' | 'secret' | 'port'> {
  /** From the arrival of a push to its answer; default 4000. */
  readonly deliveryMs?: number
  readonly now?: () => number
  readonly log?: (line: string) => void
}

export interface Relay {
  readonly port: number
  /** Pushes under way are still answered. */
  close(): Promise<void>
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
  const { port, deliveryMs = DELIVERY_MS, now = Date.now, log = () => undefined } = options
  const delivery = openDelivery({ ...options, now })

  const pass = async (incoming: IncomingMessage, path: string): Promise<Answer> => {
    const signal = AbortSignal.timeout(deliveryMs)
    try {
      const body = await inTime(signal, readBody(incoming, MAX_BODY_BYTES))
      if (body === undefined) return text(413, 'too large')
      const answer = await inTime(signal, delivery.deliver(path, body, signal))
      if (answer.status !== 200) log(JSON.stringify({ event: 'not accepted', path, status: answer.status }))
      return answer
    } catch (error) {
      log(JSON.stringify({ event: 'not delivered', path, reason: codeOf(error) }))
      return retry
    }
  }

  const handle = async (incoming: IncomingMessage): Promise<Answer> => {
    const [path = ''] = (incoming.url ?? '').split('?')
    if (path === '/health') return isReading(incoming) ? text(200, 'ok') : text(405, 'method not allowed')
    const target = targetPath(path)
    if (target === undefined) return text(404, 'not found')
    return incoming.method === 'POST' ? pass(incoming, target) : text(405, 'method not allowed')
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming).then(
      (answer) => respond(outgoing, answer, !incoming.complete),
      () => respond(outgoing, retry, true),
    )
  })
  return {
    port: await listen(server, port),
    async close() {
      await closeWithin(server, deliveryMs + 500)
      delivery.close()
    },
  }
}

const isReading = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

/** `/component` and `/biz/{appid}`, as the rules in 微管家 name them. */
function targetPath(path: string): string | undefined {
  if (/^\/component\/?$/.test(path)) return '/wechat/component'
  const appid = /^\/biz\/([A-Za-z0-9_-]{2,64})\/?$/.exec(path)?.[1]
  return appid === undefined ? undefined : `/wechat/message/${appid}`
}

function respond(outgoing: ServerResponse, { status, contentType, body }: Answer, isLast: boolean): void {
  outgoing.writeHead(status, {
    ...(contentType !== undefined && { 'content-type': contentType }),
    'content-length': body.length,
    ...(isLast && { connection: 'close' }),
  })
  outgoing.end(body)
}
