import { Failure } from '../../errors.ts'
import { epochMs, HOUR, type EpochMs } from '../../time.ts'
import type { Caller } from './caller.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { Role } from '../stores/admins.ts'

export interface ApiKeyWish {
  readonly name: string
  readonly role: Role
  readonly operations?: readonly string[] | undefined
  readonly appids?: readonly string[] | undefined
  readonly expiresAt?: EpochMs | undefined
}

const hashOf = (platform: Platform, secret: string): string => platform.ids.hash('apiKey', secret)

/** The key is shown this once; stored is its hash. A repeated run makes no second one: it gives the first another secret. */
export async function createApiKey(
  platform: Platform,
  caller: Caller,
  wish: ApiKeyWish,
  runId: string,
): Promise<{ keyId: string; key: string }> {
  assertWithin(caller, wish)
  const keyId = platform.ids.hash('apiKeyOf', runId).slice(0, 16)
  const secret = platform.ids.random() + platform.ids.random()
  await platform.stores.admins.putKey({
    keyId,
    hash: hashOf(platform, secret),
    name: wish.name,
    role: wish.role,
    createdAt: databaseTime(platform),
    ...(wish.operations && { operations: wish.operations }),
    ...(wish.appids && { appids: wish.appids }),
    ...(wish.expiresAt !== undefined && { expiresAt: wish.expiresAt }),
  })
  return { keyId, key: `mf_${keyId}_${secret}` }
}

/** A key that is limited to some operations makes none that may do more. (Its appids are those that it names, like any other.) */
function assertWithin({ operations }: Caller, wish: ApiKeyWish): void {
  if (!operations || (wish.operations && wish.operations.every((name) => operations.includes(name)))) return
  throw new Failure('KEY_BEYOND_ITS_MAKER', { field: 'operations' })
}

/** Throws `UNAUTHENTICATED`, the same for keys that are unknown, wrong, revoked or expired. */
export async function callerOfKey(platform: Platform, key: unknown): Promise<Caller> {
  const match = typeof key === 'string' ? /^mf_([0-9a-f]{16})_([0-9a-f]{64})$/.exec(key) : null
  const [, keyId = '', secret = ''] = match ?? []
  const record = match ? await platform.stores.admins.findKey(keyId) : undefined
  const now = databaseTime(platform)
  const isGood =
    record !== undefined &&
    platform.ids.isSame(record.hash, hashOf(platform, secret)) &&
    record.revokedAt === undefined &&
    (record.expiresAt === undefined || record.expiresAt > now)
  if (!isGood) throw unknownKey()
  return {
    identity: `key:${keyId}`,
    role: record.role,
    lastUsedAt: record.lastUsedAt ?? epochMs(0),
    ...(record.operations && { operations: record.operations }),
    ...(record.appids && { appids: record.appids }),
  }
}

/** Notes that the key was of use, hourly at most. Calls that are refused write nothing. */
export async function noteKeyUse(platform: Platform, { identity, lastUsedAt }: Caller): Promise<void> {
  const now = databaseTime(platform)
  if (lastUsedAt === undefined || now - lastUsedAt < HOUR) return
  await platform.stores.admins.noteKeyUse(identity.replace(/^key:/, ''), now).catch((error: unknown) => {
    platform.log.warn('the use of an API key could not be noted', { reason: error })
  })
}

export const unknownKey = (): Failure => new Failure('KEY_NOT_ACCEPTED')
