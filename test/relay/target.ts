import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export const SECRET = 'relay-secret-relay-secret-relay-0'

export interface Received {
  readonly method: string
  readonly url: string
  readonly body: string
  readonly nonce: string
  readonly isSigned: boolean
  /** Of the connection it came on; the first is 1. */
  readonly connection: number
}

/** Stands where the platform would, and looks at the proof itself. */
export async function startTarget() {
  const received: Received[] = []
  const requests: IncomingMessage[] = []
  const target = {
    received,
    /** Each as it came, in the same order. */
    requests,
    url: '',
    connections: 0,
    reply: (response: ServerResponse): void => {
      response.end('success')
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  const numbers = new WeakMap<object, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const [time, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) =>
        String(request.headers[`x-forwarder-${name}`]),
      )
      const expected = createHmac('sha256', SECRET).update(`v1.${time}.${nonce}.${body}`).digest('hex')
      const isFresh = Math.abs(Date.now() / 1000 - Number(time)) < 300
      requests.push(request)
      received.push({
        method: request.method ?? '',
        url: request.url ?? '',
        body,
        nonce: nonce ?? '',
        isSigned: isFresh && signature === `v1=${expected}`,
        connection: numbers.get(request.socket) ?? 0,
      })
      target.reply(response)
    })
  })
  server.on('connection', (socket) => numbers.set(socket, ++target.connections))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  target.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return target
}

export type Target = Awaited<ReturnType<typeof startTarget>>
