import { after, epochMs, MINUTE, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'

/*
 * `<what it means>.<proof of the digits>.<signature>`, shown as a QR code. All that it means is in it, so that anybody may ask for one and
 * nothing is kept. The proof tells the two digits from others only to whoever has SEAL_KEYS.
 */

/** As long as a code may be scanned, and what came of it be asked for. */
export const CODE_LASTS_MS = 2 * MINUTE

export interface SignIn {
  readonly sessionId: string
  /** SHA-256, lowercase hex, of what only the browser has. */
  readonly secretHash: string
  readonly createdAt: EpochMs
  readonly browser: string
}

export function writeCode(platform: Platform, input: Pick<SignIn, 'secretHash' | 'browser'>) {
  const { ids } = platform
  const sessionId = ids.random()
  const createdAt = databaseTime(platform)
  const check = String(Number.parseInt(ids.random().slice(0, 8), 16) % 100).padStart(2, '0')
  const meaning = Buffer.from(JSON.stringify([sessionId, input.secretHash, createdAt, input.browser])).toString(
    'base64url',
  )
  const proven = `${meaning}.${ids.sign('signInCheck', `${sessionId}.${check}`)}`
  return {
    sessionId,
    code: `${proven}.${ids.sign('signIn', proven)}`,
    check,
    expiresAt: after(createdAt, CODE_LASTS_MS),
  }
}

/** Undefined where this platform did not write it. */
export function readCode({ ids }: Platform, code: string): SignIn | undefined {
  const [meaning = '', proof = '', signature = '', ...rest] = code.split('.')
  if (rest.length > 0 || !ids.verify('signIn', `${meaning}.${proof}`, signature)) return undefined
  const [sessionId, secretHash, createdAt, browser]: [string, string, number, string] = JSON.parse(
    Buffer.from(meaning, 'base64url').toString(),
  )
  return { sessionId, secretHash, createdAt: epochMs(createdAt), browser }
}

/** Of a code that was read. */
export const isCheck = ({ ids }: Platform, code: string, { sessionId }: SignIn, check: string): boolean =>
  ids.verify('signInCheck', `${sessionId}.${check}`, code.split('.')[1] ?? '')

export const isOver = (platform: Platform, { createdAt }: SignIn): boolean =>
  databaseTime(platform) >= createdAt + CODE_LASTS_MS
