import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openRoad, type PlatformRoad } from './ask-platform.ts'
import { codeOf } from './delivery.ts'
import { inTime } from './in-time.ts'
import { toMerchant, toPlatform } from './passed-headers.ts'
import { readBody } from './read-body.ts'
import { showTrouble } from './trouble-page.ts'

const MAX_BODY_BYTES = 64 * 1024

/** The most that a function may answer. */
const MAX_PAGE_BYTES = 6 * 1024 * 1024

/** A function ends after 15 s at the latest. */
const PAGE_MS = 16_000

/** So many at once; others wait. Strangers may ask for these pages, pushes go another way. */
const MAX_SOCKETS = 64

export interface MerchantPagesOptions {
  readonly target: URL
  /** From a request to the end of its answer; default 16000. */
  readonly pageMs?: number
  readonly log: (line: string) => void
}

export interface MerchantPages {
  serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
  close(): void
}

/** Hands a merchant's request to the platform, and the answer back as it comes. A connection each: none is found closed when it is used. */
export function openMerchantPages({ target, pageMs = PAGE_MS, log }: MerchantPagesOptions): MerchantPages {
  const road = openRoad(target, { keepAlive: false, maxSockets: MAX_SOCKETS })

  const serve: MerchantPages['serve'] = async (incoming, outgoing) => {
    const requestId = randomUUID()
    const inTimeOnly = AbortSignal.timeout(pageMs)
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    const signal = AbortSignal.any([inTimeOnly, gone.signal])
    try {
      const body =
        incoming.method === 'POST' ? await inTime(signal, readBody(incoming, MAX_BODY_BYTES)) : Buffer.alloc(0)
      if (body === undefined) {
        showTrouble(outgoing, 413, requestId)
        return
      }
      const answer = await inTime(signal, askFor(road, incoming, body, signal))
      const headers = toMerchant(answer.headersDistinct)
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', headers)
      await pipeline(answer, upTo(MAX_PAGE_BYTES), outgoing, { signal })
    } catch (error) {
      if (gone.signal.aborted) return
      const reason = codeOf(inTimeOnly.aborted ? inTimeOnly.reason : error)
      log(JSON.stringify({ event: 'page not shown', requestId, reason }))
      if (outgoing.headersSent) outgoing.destroy()
      else showTrouble(outgoing, inTimeOnly.aborted ? 504 : 502, requestId)
    }
  }

  return { serve, close: road.close }
}

const askFor = (
  road: PlatformRoad,
  { method, url = '', headersDistinct }: IncomingMessage,
  body: Buffer,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const length = method === 'POST' ? { 'content-length': body.length } : {}
    const outgoing = road.ask(url, {
      method,
      signal,
      headers: { ...toPlatform(headersDistinct), ...length, connection: 'close' },
    })
    outgoing.on('response', resolve)
    outgoing.on('error', reject)
    // Where it switches to another protocol, its connection ends without an error.
    outgoing.on('close', () => reject(new Error('no answer')))
    outgoing.end(body)
  })

function upTo(limit: number): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) done(new RangeError('the page is too large'))
      else done(null, chunk)
    },
  })
}
