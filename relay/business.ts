import { randomUUID } from 'node:crypto'
import { Agent, ServerResponse, type IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createProxyServer } from 'httpxy'
import { codeOf } from './delivery.ts'
import { showTrouble, troubleAsText } from './trouble-page.ts'

/** Servers for Java and others keep idle connections for 20 s and more: one that is used again is still open. */
const IDLE_MS = 4000

export interface Business {
  serve(incoming: IncomingMessage, outgoing: ServerResponse): void
  /** A WebSocket. */
  connect(incoming: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** The provider's own service beside 微管家: gets everything unchanged, bodies of any size and for any time. */
export function openBusiness(port: number, log: (line: string) => void): Business {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS })
  const proxy = createProxyServer({ target: `http://127.0.0.1:${port}`, agent })
  /** What had been written to a connection before it became a WebSocket. */
  const writtenBefore = new WeakMap<Socket, number>()

  proxy.on('error', (error, _incoming, outgoing) => {
    if (!outgoing || outgoing.destroyed) return
    const requestId = randomUUID()
    log(JSON.stringify({ event: 'business not reached', requestId, reason: codeOf(error) }))
    if (outgoing instanceof ServerResponse) {
      if (outgoing.headersSent) outgoing.destroy()
      else showTrouble(outgoing, 502, requestId)
    } else if (outgoing.bytesWritten === writtenBefore.get(outgoing)) outgoing.end(troubleAsText(502, requestId))
    else outgoing.destroy()
  })

  return {
    serve: (incoming, outgoing) => void proxy.web(incoming, outgoing),
    connect(incoming, socket, head) {
      if (!(socket instanceof Socket)) return
      writtenBefore.set(socket, socket.bytesWritten)
      void proxy.ws(incoming, socket, {}, head)
    },
    close: () => agent.destroy(),
  }
}
