import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { clock } from '../app.ts'
import type { HttpRequest } from '../http-message.ts'

/** The relay's clock and ours may differ by so much. */
const MAX_SKEW_SECONDS = 300

/** Names of what was proved: a nonce comes with one body only. */
export interface RelayProof {
  readonly nonceId: string
  readonly bodyId: string
}

/**
 * The proof that the relay, or whoever else has one of the secrets, sent this body within the last minutes; undefined where it is none.
 *
 * @param content what may come once with its nonce: the body, and whatever else counts
 */
export function proofOf(
  secrets: readonly string[],
  headers: HttpRequest['headers'],
  body: Buffer,
  content: string,
): RelayProof | undefined {
  const timestamp = headers['x-forwarder-timestamp'] ?? ''
  const nonce = headers['x-forwarder-nonce'] ?? ''
  const signature = headers['x-forwarder-signature'] ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || nonce.length > 256) return undefined
  if (Math.abs(clock() / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) return undefined
  const signed = Buffer.concat([Buffer.from(`v1.${timestamp}.${nonce}.`), body])
  const isGenuine = secrets.some((secret) =>
    isSame(signature, `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`),
  )
  return isGenuine ? { nonceId: hash(nonce), bodyId: hash(content) } : undefined
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
