import { randomBytes } from 'node:crypto'
import { textOf } from '../../shared/domain/pushes/received.ts'
import { openEnvelope, sealEnvelope } from '../../shared/wechat/envelope.ts'
import { renderPushXml, readPush, type PushFields } from '../../shared/wechat/messages.ts'
import type { Target } from './target.ts'

/** How long WeChat waits. */
const DEADLINE_MS = 5000

export interface Came {
  /** Undefined where no answer came in time. */
  readonly status?: number
  readonly body: string
  readonly tookMs: number
}

/** Posts as WeChat does, and hangs up like it. */
export async function post(url: string, body: string, contentType = 'text/xml'): Promise<Came> {
  const begun = performance.now()
  const took = (): number => Math.round(performance.now() - begun)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    const text = await response.text()
    return { status: response.status, body: text, tookMs: took() }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    return { body: isLate ? `no answer within ${DEADLINE_MS / 1000} s` : `no connection: ${cause}`, tookMs: took() }
  }
}

/** A genuine push, as far as `token` and key are those of the platform. */
export function sealPush(
  target: Target,
  path: string,
  outer: PushFields,
  fields: PushFields,
): { url: string; body: string } {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const { encrypt, msgSignature } = sealEnvelope(target, { message: renderPushXml(fields), timestamp, nonce })
  const query = new URLSearchParams({ timestamp, nonce, encrypt_type: 'aes', msg_signature: msgSignature })
  return { url: `${target.baseUrl}${path}?${query.toString()}`, body: renderPushXml({ ...outer, Encrypt: encrypt }) }
}

/** The message in a passive reply; undefined for anything that WeChat could not open. */
export function openReply(target: Target, body: string): PushFields | undefined {
  try {
    const fields = readPush(body)
    const { message } = openEnvelope(target, {
      encrypt: textOf(fields, 'Encrypt') ?? '',
      msgSignature: textOf(fields, 'MsgSignature') ?? '',
      timestamp: textOf(fields, 'TimeStamp') ?? '',
      nonce: textOf(fields, 'Nonce') ?? '',
    })
    return readPush(message)
  } catch {
    return undefined
  }
}
