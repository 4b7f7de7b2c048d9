import { randomBytes, randomInt } from 'node:crypto'

type Values = Readonly<Record<string, string>>

/** WeChat takes 3 to 32 letters and digits as token. */
const TOKEN_LENGTH = 32
/** Letters and digits; the 43rd character carries 4 bits only, the others of it are ignored. */
const AES_KEY_LENGTH = 43

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const randomText = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? '').join('')

const sealKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`

export const freshValues = (): Values => ({
  COMPONENT_TOKEN: randomText(TOKEN_LENGTH),
  COMPONENT_AES_KEY: randomText(AES_KEY_LENGTH),
  SEAL_KEYS: sealKey('k1'),
  FORWARDER_SECRET: randomText(48),
  BACKUP_PASSPHRASE: randomText(32),
})

/** The new one first; the former ones stay as long as anything lies under them, or still signs with them. */
export function rotated(env: Readonly<Record<string, string | undefined>>): Values {
  const keys = (env['SEAL_KEYS'] ?? '').split(',').filter((part) => part.trim() !== '')
  const secrets = (env['FORWARDER_SECRET'] ?? '').split(',').filter((part) => part.trim() !== '')
  if (keys.length === 0) throw new Error('SEAL_KEYS is empty: there is nothing to rotate yet. Run npm run keys.')
  return {
    SEAL_KEYS: [sealKey(freeId(keys)), ...keys].join(','),
    ...(secrets.length > 0 && { FORWARDER_SECRET: [randomText(48), ...secrets].join(',') }),
  }
}

const freeId = (keys: readonly string[]): string => {
  const numbers = keys.map((key) => Number(/^\s*k(\d+):/.exec(key)?.[1] ?? 0))
  return `k${Math.max(...numbers) + 1}`
}
