import type { Event } from './operations.ts'

/** A request as it came to the subscribed address. */
export interface Delivered {
  /** Of the subscription (`whsec_…`): what its first `subscriptions.put` answered. Several while the secret is changed: one has to fit. */
  readonly secret: string | readonly string[]
  /** All of them: `Headers`, or what Node's `request.headers` holds. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** Byte for byte as it came, before anything parsed it. */
  readonly body: string | Uint8Array | ArrayBuffer
  /** How far the sender's clock may be from this one's. Default 300. */
  readonly toleranceSeconds?: number
}

/** Why a request was not believed. */
export type WebhookFlaw = 'HEADER_MISSING' | 'NOT_IN_TIME' | 'SIGNATURE_WRONG' | 'BODY_MALFORMED'

/**
 * A request that is not the platform's, or is not to be believed any more: answer 401 and forget it.
 *
 * @example
 * if (error instanceof WebhookError && error.flaw === 'NOT_IN_TIME') console.warn('is the clock of this machine right?')
 */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
  /** Why. */
  readonly flaw: WebhookFlaw

  /** Made by `verifyWebhook`. */
  constructor(flaw: WebhookFlaw, message: string, options?: ErrorOptions) {
    super(message, options)
    this.flaw = flaw
  }
}

/**
 * The event of a delivery that is genuine (Standard Webhooks). Events come at least once: remember the `id`s that you have handled.
 *
 * @throws WebhookError where it is not genuine; TypeError where a secret of yours is none
 * @example
 * export default {
 *   async fetch(request: Request): Promise<Response> {
 *     const event = await verifyWebhook({ secret, headers: request.headers, body: await request.text() })
 *     if (event.type === 'binding.bound') console.log(event.businessId, event.data.appid)
 *     return new Response(null, { status: 204 })
 *   },
 * }
 */
export async function verifyWebhook(delivered: Delivered): Promise<Event> {
  const { secret, headers, body, toleranceSeconds = 300 } = delivered
  const secrets = (typeof secret === 'string' ? [secret] : secret).map(bytesOfSecret)
  if (secrets.length === 0) throw new TypeError('No webhook secret was given')
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  )
  if (!id || !timestamp || !signatures)
    throw new WebhookError('HEADER_MISSING', 'A webhook-id, webhook-timestamp or webhook-signature is missing')
  const age = /^\d{1,12}$/.test(timestamp) ? Math.abs(Date.now() / 1000 - Number(timestamp)) : Infinity
  if (!(age <= toleranceSeconds))
    throw new WebhookError('NOT_IN_TIME', `It was sent more than ${toleranceSeconds} s off the clock of this machine`)
  const raw = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)
  if (!(await isSigned(secrets, joined(`${id}.${timestamp}.`, raw), signatures)))
    throw new WebhookError('SIGNATURE_WRONG', 'No signature fits')
  try {
    return JSON.parse(new TextDecoder().decode(raw))
  } catch (cause) {
    throw new WebhookError('BODY_MALFORMED', 'What is signed is no JSON', { cause })
  }
}

function headerOf(headers: Delivered['headers'], name: string): string | undefined {
  if ('get' in headers && typeof headers.get === 'function') return headers.get(name) ?? undefined
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? []
  return typeof value === 'string' ? value : undefined
}

/** `v1,<base64>`, several separated by spaces; other versions are passed over. */
async function isSigned(secrets: readonly Bytes[], signed: Bytes, signatures: string): Promise<boolean> {
  const shown = signatures.split(' ').flatMap((one) => (one.startsWith('v1,') ? (bytesOf(one.slice(3)) ?? []) : []))
  for (const secret of secrets) {
    const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    for (const signature of shown) if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true
  }
  return false
}

type Bytes = Uint8Array<ArrayBuffer>

function bytesOfSecret(secret: string): Bytes {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''))
  if (!bytes || bytes.length === 0) throw new TypeError('A webhook secret is whsec_ and base64')
  return bytes
}

function bytesOf(base64: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

function joined(head: string, tail: Uint8Array): Bytes {
  const start = new TextEncoder().encode(head)
  const whole = new Uint8Array(start.length + tail.length)
  whole.set(start)
  whole.set(tail, start.length)
  return whole
}
