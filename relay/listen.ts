import { once } from 'node:events'
import type { Server } from 'node:http'

/** 微管家 keeps idle connections for 90 s; a server that closes them sooner now and then meets a request on its way. */
const KEEP_ALIVE_MS = 100_000

/** On this machine only: whatever reaches the relay is believed. Gives the port, chosen by the system where 0 was asked for. */
export async function listen(server: Server, port: number): Promise<number> {
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** What is under way gets so long to end. */
export async function closeWithin(server: Server, milliseconds: number): Promise<void> {
  server.close()
  // Those that were busy when it closed.
  const idle = setInterval(() => server.closeIdleConnections(), 20)
  const late = setTimeout(() => server.closeAllConnections(), milliseconds)
  await once(server, 'close')
  clearInterval(idle)
  clearTimeout(late)
}
