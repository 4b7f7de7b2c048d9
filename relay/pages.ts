import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { openBusiness } from './business.ts'
import { closeWithin, listen } from './listen.ts'
import { isForMerchants } from './merchant-address.ts'
import { openMerchantPages, type MerchantPagesOptions } from './merchant-pages.ts'
import { troubleAsText } from './trouble-page.ts'

export interface PagesOptions extends MerchantPagesOptions {
  readonly pagesPort: number
  readonly businessPort?: number | undefined
}

export interface Pages {
  readonly port: number
  close(): Promise<void>
}

/** What is under way when the relay is told to stop. */
const CLOSING_MS = 4500

/**
 * Takes what 微管家 passes on from outside: the merchants' pages are the platform's, everything else the provider's own service's.
 * Nothing here signs, and nothing reaches another address of the platform.
 */
export async function startPages({ pagesPort, businessPort, ...options }: PagesOptions): Promise<Pages> {
  const { log } = options
  const merchantPages = openMerchantPages(options)
  const business = businessPort === undefined ? undefined : openBusiness(businessPort, log)

  // A large body may take its time; 微管家 stands before it, and pages have a limit of their own.
  const server = createServer({ requestTimeout: 0 }, (incoming, outgoing) => {
    if (isForMerchants(incoming.method, incoming.url)) void merchantPages.serve(incoming, outgoing)
    else if (business) business.serve(incoming, outgoing)
    else outgoing.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('not found')
  })

  const upgraded = new Set<Duplex>()
  if (business)
    server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      upgraded.add(socket)
      socket.once('close', () => upgraded.delete(socket))
      if (isWebSocket(incoming) && !isForMerchants(incoming.method, incoming.url))
        business.connect(incoming, socket, head)
      else socket.end(troubleAsText(400, randomUUID()))
    })

  return {
    port: await listen(server, pagesPort),
    async close() {
      for (const socket of upgraded) socket.destroy()
      await closeWithin(server, CLOSING_MS)
      merchantPages.close()
      business?.close()
    },
  }
}

const isWebSocket = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
