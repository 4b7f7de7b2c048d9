import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import * as v from 'valibot'
import { damaged, needsPassphrase, wrongPassphrase } from './refusals.ts'

/**
 * The form of a backup file:
 *
 *     minifleet-backup 1 {"N":131072,"r":8,"p":1,"salt":"…"}⏎
 *     then frames: 4 bytes length (big-endian), AES-256-GCM ciphertext, 16 bytes tag
 *
 * The key is scrypt of the passphrase and this file's own salt, so that counting frames makes a nonce that never comes twice: 3 zero bytes,
 * 1 in the last frame and 0 in the others, the frame's number in 8 bytes. The first line is authenticated with each frame. Frames can
 * therefore be neither changed nor moved, nor be left out at the end.
 */
const magic = 'minifleet-backup 1 '

/** 128 MiB and about half a second. */
const cost = { N: 2 ** 17, r: 8, p: 1 }

export const tagBytes = 16

const lineSchema = v.object({
  N: v.pipe(v.number(), v.integer(), v.minValue(2 ** 14), v.maxValue(2 ** 20)),
  r: v.literal(8),
  p: v.literal(1),
  salt: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
})

export interface Envelope {
  /** The first line, its line break included. */
  readonly line: string
  seal(frame: Buffer, number: number, isLast: boolean): Buffer
  /** @throws DeployError where the passphrase is another one, or the frame was changed or moved */
  open(frame: Buffer, number: number, isLast: boolean): Buffer
}

export const createEnvelope = (passphrase: string): Promise<Envelope> =>
  withLine(`${magic}${JSON.stringify({ ...cost, salt: randomBytes(32).toString('base64url') })}\n`, passphrase)

/** @throws DeployError for a file of another kind */
export async function withLine(line: string, passphrase: string): Promise<Envelope> {
  const key = await keyOf(line, passphrase)
  return {
    line,
    seal(frame, number, isLast) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast)).setAAD(Buffer.from(line))
      return Buffer.concat([cipher.update(frame), cipher.final(), cipher.getAuthTag()])
    },
    open(frame, number, isLast) {
      if (frame.length < tagBytes) throw damaged(number)
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(line)).setAuthTag(frame.subarray(-tagBytes))
      try {
        return Buffer.concat([decipher.update(frame.subarray(0, -tagBytes)), decipher.final()])
      } catch (cause) {
        throw number === 0 ? wrongPassphrase(cause) : damaged(number, cause)
      }
    },
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce[3] = isLast ? 1 : 0
  nonce.writeBigUInt64BE(BigInt(number), 4)
  return nonce
}

function readLine(line: string): v.InferOutput<typeof lineSchema> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), lineSchema), line.slice(magic.length))
  if (!line.startsWith(magic) || !parsed.success) throw damaged(-1)
  return parsed.output
}

const MIN_PASSPHRASE = 16

/** A file is read twice on its way in. */
const known = new Map<string, Promise<Buffer>>()

function keyOf(line: string, passphrase: string): Promise<Buffer> {
  const parameters = readLine(line)
  if (passphrase.length < MIN_PASSPHRASE) throw needsPassphrase(MIN_PASSPHRASE)
  const name = JSON.stringify([line, passphrase])
  const key = known.get(name) ?? deriveKey(parameters, passphrase)
  known.set(name, key)
  return key
}

function deriveKey({ N, r, p, salt }: v.InferOutput<typeof lineSchema>, passphrase: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 2 * 128 * N * r }
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
