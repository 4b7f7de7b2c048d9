import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { limits } from './limits.ts'
import type { Database } from './database.ts'

export interface ServedDatabase {
  /** For `init({serviceUrl})` or the `URL` of `TCB_CONTEXT_CNFG`. */
  readonly url: string
  close(): Promise<void>
}

/** The database alone behind HTTP on loopback, for tests. Any path and query will do. `port` 0 picks one. */
export async function serveDatabase(database: Database, { port }: { port: number }): Promise<ServedDatabase> {
  const server = createServer((request, response) => {
    void answer(database, request, response)
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('listening on a TCP port is expected')
  return {
    url: `http://127.0.0.1:${address.port}/admin`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(database: Database, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, body } = await database.handle(await readBody(request))
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(body)
  } catch {
    // A fault rule dropped the connection, or the caller went away while sending.
    request.socket.destroy()
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    // One byte over is enough for the database to say EXCEED_REQUEST_SIZE_LIMIT.
    if (size <= limits.maxRequestBytes + bytes.length) chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
