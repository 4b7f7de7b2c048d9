import { createHmac, randomBytes } from 'node:crypto'

/** The proof that the platform asks for: HMAC-SHA256 over version, time, nonce and the raw body. */
export function signatureHeaders(body: Buffer, secret: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = createHmac('sha256', secret).update(`v1.${timestamp}.${nonce}.`).update(body).digest('hex')
  return {
    'x-forwarder-timestamp': timestamp,
    'x-forwarder-nonce': nonce,
    'x-forwarder-signature': `v1=${signature}`,
  }
}
