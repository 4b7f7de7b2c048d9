import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { openDatabase } from '../../local/database/database.ts'

interface Recorded {
  readonly method: string | undefined
  readonly path: string
  readonly headers: readonly string[]
  readonly body: unknown
}

export interface Recorder {
  readonly url: string
  /** Takes what came so far, without what differs from run to run. */
  take(): Recorded[]
  close(): Promise<void>
}

/** A fresh database whose clock stands still, and two other addresses, all behind one server that writes down what it is asked. */
export const startRecorder = async (): Promise<Recorder> => {
  const database = await openDatabase({ collections: ['things'], now: () => 1_767_225_600_000 })
  const seen: Recorded[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    const path = (request.url ?? '').replace(/seqId=.*/, 'seqId')
    seen.push({ method: request.method, path, headers: Object.keys(request.headers), body: withoutChance(body) })
    const reply = await replyTo(path, body, request.headers.host ?? '')
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
  }
  const replyTo = async (path: string, body: string, host: string) => {
    if (body.includes('storage.batchGetDownloadUrl')) return { status: 200, body: downloadList(host) }
    if (path.startsWith('/admin')) return database.handle(body)
    return { status: path === '/refuse' ? 404 : 200, body: JSON.stringify({ path }) }
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port is expected')
  return {
    url: `http://127.0.0.1:${address.port}`,
    take: () => seen.splice(0),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await database.close()
    },
  }
}

const downloadList = (host: string): string =>
  JSON.stringify({ data: { download_list: [{ code: 'SUCCESS', tempFileURL: `http://${host}/file` }] } })

/** Ids of requests and transactions are new each time. */
export const withoutChance = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value, null, 1)).replaceAll(
    /"(requestId|transactionId)":\s*"[^"]*"/g,
    '"$1"',
  )
