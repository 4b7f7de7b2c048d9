import type { IncomingMessage } from 'node:http'
import { openRoad } from './ask-platform.ts'
import { readBody } from './read-body.ts'
import { signatureHeaders } from './signature.ts'

/** Replies to messages are small. */
const MAX_ANSWER_BYTES = 1024 * 1024

/** What goes back to WeChat, as it came. */
export interface Answer {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: Buffer
}

interface Platform {
  readonly target: URL
  readonly secret: string
  readonly now: () => number
}

export interface Delivery {
  /** Rejects when there is no answer before the signal. */
  deliver(path: string, body: Buffer, signal: AbortSignal): Promise<Answer>
  close(): void
}

/** The way to the platform, over connections that are kept. */
export function openDelivery({ target, secret, now }: Platform): Delivery {
  const road = openRoad(target, { keepAlive: true })

  const deliver: Delivery['deliver'] = (path, body, signal) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': body.length,
        ...signatureHeaders(body, secret, now()),
      }
      const outgoing = road.ask(path, { method: 'POST', signal, headers })
      outgoing.on('response', (incoming) => {
        readAnswer(incoming).then(resolve, reject)
      })
      outgoing.on('error', (error) => {
        // The other side closed a kept connection just then: the push never got there, or is known there.
        if (outgoing.reusedSocket && codeOf(error) === 'ECONNRESET' && !signal.aborted)
          deliver(path, body, signal).then(resolve, reject)
        else reject(error)
      })
      outgoing.end(body)
    })

  return { deliver, close: road.close }
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const body = await readBody(incoming, MAX_ANSWER_BYTES)
  if (body === undefined) throw new Error('the answer is too large')
  return { status: incoming.statusCode ?? 502, contentType: incoming.headers['content-type'], body }
}

/** A word for the log: what Node calls the error, never its text. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
