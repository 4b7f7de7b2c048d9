import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { Failure } from '../errors.ts'

/** One entry of `SEAL_KEYS`: 32 bytes under a name that sealed values carry. */
export interface SealKey {
  readonly id: string
  readonly secret: Buffer
}

/** Where a sealed value belongs. It opens nowhere else, so a swapped row or field is refused. */
export interface SealedPlace {
  readonly collection: string
  readonly id: string
  readonly field: string
}

export interface Vault {
  /** Name of the key that seals. */
  readonly keyId: string
  readonly hasFormerKeys: boolean
  /** AES-256-GCM under the first key: `v1.<key id>.<base64url of iv, ciphertext, tag>`. */
  seal(plain: string, place: SealedPlace): string
  /** Throws `CONFIG_INVALID` for a key that was removed too early, `INTERNAL` for a value that was tampered with or moved. */
  open(sealed: string, place: SealedPlace): string
  /** Whether a value waits to be sealed again under the first key. */
  isStale(sealed: string): boolean
  /** HMAC-SHA256 under a key derived for this purpose; base64url. The first key signs. */
  sign(purpose: string, message: string): string
  /** All keys verify. Constant time; any garbage is simply false. */
  verify(purpose: string, message: string, signature: string): boolean
}

const ivBytes = 12
const tagBytes = 16

const derive = (key: SealKey, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key.secret, Buffer.alloc(0), `minifleet/${purpose}`, 32))

const associatedData = ({ collection, id, field }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify([collection, id, field]))

export function createVault(keys: readonly [SealKey, ...SealKey[]]): Vault {
  const derived = new Map<string, Buffer>()
  const keyFor = (key: SealKey, purpose: string): Buffer => {
    const name = `${key.id}/${purpose}`
    const known = derived.get(name) ?? derive(key, purpose)
    derived.set(name, known)
    return known
  }
  const signWith = (key: SealKey, purpose: string, message: string): Buffer =>
    createHmac('sha256', keyFor(key, `sign/${purpose}`))
      .update(message)
      .digest()

  return {
    keyId: keys[0].id,
    hasFormerKeys: keys.length > 1,
    seal(plain, place) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', keyFor(keys[0], 'seal'), iv).setAAD(associatedData(place))
      const sealed = Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${keys[0].id}.${sealed.toString('base64url')}`
    },
    open(sealed, place) {
      const [version, id, payload] = sealed.split('.')
      const key = keys.find((candidate) => candidate.id === id)
      if (version !== 'v1' || payload === undefined) throw damaged(place)
      if (!key) throw new Failure('SEAL_KEY_MISSING', { params: { place: describe(place) } })
      return openWith(keyFor(key, 'seal'), Buffer.from(payload, 'base64url'), place)
    },
    isStale: (sealed) => !sealed.startsWith(`v1.${keys[0].id}.`),
    sign: (purpose, message) => signWith(keys[0], purpose, message).toString('base64url'),
    verify(purpose, message, signature) {
      const given = Buffer.from(signature, 'base64url')
      // Other spellings of the same bytes are none of ours.
      if (given.toString('base64url') !== signature) return false
      return keys.some((key) => {
        const expected = signWith(key, purpose, message)
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
    },
  }
}

function openWith(key: Buffer, sealed: Buffer, place: SealedPlace): string {
  if (sealed.length < ivBytes + tagBytes) throw damaged(place)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes))
    decipher.setAAD(associatedData(place)).setAuthTag(sealed.subarray(-tagBytes))
    return decipher.update(sealed.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw damaged(place, cause)
  }
}

const describe = ({ collection, id, field }: SealedPlace): string => `${collection}/${id}/${field}`

const damaged = (place: SealedPlace, cause?: unknown): Failure =>
  new Failure('BUG', { params: { sealedValueChanged: describe(place) }, cause })
