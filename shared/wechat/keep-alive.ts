import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'

/**
 * A frozen instance runs no timers, so the other side may have closed a kept connection long ago; writing to it would
 * leave the outcome of a changing call unknown. Connections idle for longer than this are dropped before a call.
 */
const IDLE_MS = 4000

export interface KeepAlive {
  readonly agent: HttpAgent | HttpsAgent
  dropIdle(): void
}

export const keepAlive = (protocol: 'http:' | 'https:'): KeepAlive => {
  const agent =
    protocol === 'https:' ? new HttpsAgent({ keepAlive: true, noDelay: true }) : new HttpAgent({ keepAlive: true })
  const idleSince = new WeakMap<Duplex, number>()
  agent.on('free', (socket: Duplex) => {
    idleSince.set(socket, performance.now())
  })
  return {
    agent,
    dropIdle: () => {
      const limit = performance.now() - IDLE_MS
      for (const sockets of Object.values(agent.freeSockets)) {
        for (const socket of sockets ?? []) if ((idleSince.get(socket) ?? 0) < limit) socket.destroy()
      }
    },
  }
}
