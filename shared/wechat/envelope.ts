/**
 * WeChat's encrypted messages (消息加解密), safe mode.
 * @see https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
 */
import { isUtf8 } from 'node:buffer'
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { cdata } from './cdata.ts'

export interface EnvelopeKeys {
  readonly token: string
  readonly encodingAesKey: string
  /** Pushes sealed with the old key still arrive for a while after a rotation in the console. */
  readonly previousEncodingAesKey?: string | undefined
  /** The platform's own appid, on both callback URLs. */
  readonly appid: string
}

export interface SignedEnvelope {
  readonly encrypt: string
  readonly timestamp: string
  readonly nonce: string
  readonly msgSignature: string
}

type Flaw = 'timestamp' | 'signature' | 'base64' | 'length' | 'padding' | 'appid' | 'utf-8'

/** Says the same whatever was wrong, so that an answer tells a forger nothing. The flaw is for the log. */
export class EnvelopeRefused extends Error {
  override readonly name = 'EnvelopeRefused'
  readonly #flaw: Flaw

  /** @param remains what can be read of a genuine message that is no UTF-8 */
  constructor(
    flaw: Flaw,
    readonly remains?: string,
  ) {
    super('The message is not from WeChat or is damaged')
    this.#flaw = flaw
  }

  get flaw(): Flaw {
    return this.#flaw
  }
}

const RANDOM_BYTES = 16
const LENGTH_BYTES = 4
/** WeChat pads to 32 bytes, not to AES's 16. */
const PADDING_BLOCK = 32
const CIPHER_BLOCK = 16

export const isEncodingAesKey = (value: string): boolean => /^[A-Za-z0-9]{43}$/.test(value)

/**
 * Checks the signature, then decrypts with the current key and, failing that, with the previous one.
 * @returns the message and the key that opened it; a reply is to be sealed with that key
 * @throws {EnvelopeRefused}
 */
export const openEnvelope = (
  keys: EnvelopeKeys,
  { encrypt, timestamp, nonce, msgSignature }: SignedEnvelope,
): { message: string; encodingAesKey: string } => {
  if (!/^\d{1,15}$/.test(timestamp)) throw new EnvelopeRefused('timestamp')
  if (!isSameText(msgSignature, sign(keys.token, timestamp, nonce, encrypt))) throw new EnvelopeRefused('signature')
  const cipherText = Buffer.from(encrypt, 'base64')
  if (cipherText.toString('base64') !== encrypt) throw new EnvelopeRefused('base64')
  if (cipherText.length === 0 || cipherText.length % CIPHER_BLOCK !== 0) throw new EnvelopeRefused('length')

  const current = openWith(keys.encodingAesKey, cipherText, keys.appid)
  if (!('flaw' in current)) return { message: current.message, encodingAesKey: keys.encodingAesKey }
  if (keys.previousEncodingAesKey === undefined) throw new EnvelopeRefused(current.flaw, current.remains)
  const previous = openWith(keys.previousEncodingAesKey, cipherText, keys.appid)
  if ('flaw' in previous) throw new EnvelopeRefused(current.flaw, current.remains ?? previous.remains)
  return { message: previous.message, encodingAesKey: keys.previousEncodingAesKey }
}

/** @param content `random` is 16 bytes, fresh ones unless given */
export const sealEnvelope = (
  { token, encodingAesKey, appid }: Pick<EnvelopeKeys, 'token' | 'encodingAesKey' | 'appid'>,
  content: { message: string | Uint8Array; timestamp: string; nonce: string; random?: Uint8Array | undefined },
): SignedEnvelope => {
  const { message, timestamp, nonce, random = randomBytes(RANDOM_BYTES) } = content
  if (random.length !== RANDOM_BYTES) throw new TypeError(`random must be ${RANDOM_BYTES} bytes`)
  const body = typeof message === 'string' ? Buffer.from(message, 'utf8') : message
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(body.length)
  const plain = Buffer.concat([random, length, body, Buffer.from(appid, 'utf8')])
  const padding = PADDING_BLOCK - (plain.length % PADDING_BLOCK)
  const key = aesKeyOf(encodingAesKey)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, CIPHER_BLOCK)).setAutoPadding(false)
  const encrypt = Buffer.concat([
    cipher.update(plain),
    cipher.update(Buffer.alloc(padding, padding)),
    cipher.final(),
  ]).toString('base64')
  return { encrypt, timestamp, nonce, msgSignature: sign(token, timestamp, nonce, encrypt) }
}

/** The body of a passive reply on the message URL. `success` and the empty string are never sealed. */
export const renderEncryptedReply = ({ encrypt, msgSignature, timestamp, nonce }: SignedEnvelope): string =>
  [
    '<xml>',
    `<Encrypt>${cdata(encrypt)}</Encrypt>`,
    `<MsgSignature>${cdata(msgSignature)}</MsgSignature>`,
    `<TimeStamp>${timestamp}</TimeStamp>`,
    `<Nonce>${cdata(nonce)}</Nonce>`,
    '</xml>',
  ].join('\n')

const sign = (...parts: string[]): string => createHash('sha1').update(parts.toSorted().join('')).digest('hex')

const isSameText = (given: string, expected: string): boolean => {
  const givenBytes = Buffer.from(given, 'utf8')
  const expectedBytes = Buffer.from(expected, 'utf8')
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes)
}

/** A real key may have non-zero trailing bits in its last letter; Node ignores them, as WeChat does. */
const aesKeyOf = (encodingAesKey: string): Buffer => {
  if (!isEncodingAesKey(encodingAesKey)) throw new TypeError('EncodingAESKey must be 43 letters and digits')
  return Buffer.from(`${encodingAesKey}=`, 'base64')
}

const openWith = (
  encodingAesKey: string,
  cipherText: Buffer,
  appid: string,
): { message: string } | { flaw: Flaw; remains?: string } => {
  const key = aesKeyOf(encodingAesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, CIPHER_BLOCK)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(cipherText), decipher.final()])

  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > PADDING_BLOCK || padding > padded.length) return { flaw: 'padding' }
  if (!padded.subarray(-padding).every((byte) => byte === padding)) return { flaw: 'padding' }
  const plain = padded.subarray(0, -padding)

  const start = RANDOM_BYTES + LENGTH_BYTES
  if (plain.length < start) return { flaw: 'length' }
  const end = start + plain.readUInt32BE(RANDOM_BYTES)
  if (end > plain.length) return { flaw: 'length' }
  if (!plain.subarray(end).equals(Buffer.from(appid, 'utf8'))) return { flaw: 'appid' }
  const message = plain.subarray(start, end)
  const text = message.toString('utf8')
  return isUtf8(message) ? { message: text } : { flaw: 'utf-8', remains: text }
}
