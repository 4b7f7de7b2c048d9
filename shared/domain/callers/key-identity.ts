import { Failure } from '../../errors.ts'
import { after, epochMs, HOUR, SECOND } from '../../time.ts'
import { lowerRole, roleOf } from './authorize.ts'
import { tooOften, type CallLimit } from './call-limit.ts'
import type { Caller } from './caller.ts'
import { databaseTime, isRecent, MEMORY_MS, type KnownKey, type Platform } from '../platform.ts'
import type { ApiKeyRecord, Role } from '../stores/admins.ts'

/* `mf_<id>_<secret>_<signature>`. The signature proves without a read that the platform made it; keys of the former form lack it. */

const form = /^mf_([0-9a-f]{16})_([0-9a-f]{64})(?:_([\w-]{43}))?$/

/** Keys without a signature are looked up so often at most: anybody can think one up. */
const UNSIGNED_READ_MS = SECOND

/** Wrong ones are remembered too; they must not fill the memory. */
const MAX_REMEMBERED = 5000

export const hashOfSecret = (platform: Platform, secret: string): string => platform.ids.hash('apiKey', secret)

export const signKey = (platform: Platform, keyId: string, secret: string): string =>
  platform.ids.signLasting('apiKey', `${keyId}.${secret}`)

/** Throws the same for keys that are unknown, wrong, revoked, expired, or whose maker has no role any more. */
export async function callerOfKey(platform: Platform, shown: unknown, mayCall: CallLimit): Promise<Caller> {
  const [, keyId = '', secret = '', signature] = (typeof shown === 'string' && form.exec(shown)) || []
  if (keyId === '') throw unknownKey()
  const isSigned = signature !== undefined
  if (isSigned && !platform.ids.verifyLasting('apiKey', `${keyId}.${secret}`, signature)) throw unknownKey()
  const hash = hashOfSecret(platform, secret)
  const remembered = recall(platform, keyId)
  if (remembered) assertHash(platform, remembered.record, hash)
  else if (!isSigned) await awaitTurn(platform)
  if (!mayCall(keyId)) throw tooOften()
  const { record, makers } = remembered ?? (await read(platform, keyId))
  assertHash(platform, record, hash)
  const role = await presentRole(platform, record, makers)
  if (role === undefined) throw unknownKey()
  return {
    identity: `key:${keyId}`,
    role,
    key: record,
    ...(record.operations && { operations: record.operations }),
    ...(record.appids && { appids: record.appids }),
  }
}

function assertHash(platform: Platform, record: ApiKeyRecord | undefined, hash: string): asserts record {
  if (!record || !platform.ids.isSame(record.hash, hash)) throw unknownKey()
}

function recall(platform: Platform, keyId: string): KnownKey | undefined {
  const known = platform.memory.keys.get(keyId)
  return known && isRecent(platform, known.readAt, MEMORY_MS) ? known : undefined
}

async function read(platform: Platform, keyId: string): Promise<KnownKey> {
  const record = await platform.stores.admins.findKey(keyId)
  const makerIds = record?.makers ?? []
  const found = makerIds.length === 0 ? [] : await platform.stores.admins.findKeys(makerIds)
  const makers = makerIds.flatMap((id) => found.find((maker) => maker.keyId === id) ?? [])
  const isWhole = makers.length === makerIds.length
  const known: KnownKey = {
    record: isWhole ? record : undefined,
    makers,
    readAt: platform.clock(),
    lastUsedAt: record?.lastUsedAt ?? epochMs(0),
  }
  if (platform.memory.keys.size >= MAX_REMEMBERED) platform.memory.keys.clear()
  platform.memory.keys.set(keyId, known)
  return known
}

/** The lowest of its own, of those it was made with, and of the person's behind them; undefined where one of them has ended. */
async function presentRole(
  platform: Platform,
  record: ApiKeyRecord,
  makers: readonly ApiKeyRecord[],
): Promise<Role | undefined> {
  const now = databaseTime(platform)
  const line = [record, ...makers]
  if (line.some(({ revokedAt, expiresAt }) => revokedAt !== undefined || (expiresAt !== undefined && expiresAt <= now)))
    return undefined
  const own = line.map(({ role }) => role).reduce(lowerRole)
  if (record.person === undefined) return own
  const role = await roleOf(platform, record.person)
  return role && lowerRole(own, role)
}

/** One look-up a second; whoever would wait for longer is sent away. */
async function awaitTurn(platform: Platform): Promise<void> {
  const now = platform.clock()
  // Also after a clock jumped back.
  const isKnown = Math.abs(platform.memory.nextKeyReadAt - now) <= 2 * UNSIGNED_READ_MS
  const turn = isKnown ? Math.max(platform.memory.nextKeyReadAt, now) : now
  if (turn - now > UNSIGNED_READ_MS) throw tooOften()
  platform.memory.nextKeyReadAt = after(epochMs(turn), UNSIGNED_READ_MS)
  if (turn > now) await platform.sleep(turn - now)
}

/** Notes that the key was of use, hourly at most. Calls that are refused write nothing. */
export async function noteKeyUse(platform: Platform, { key }: Caller): Promise<void> {
  const known = key && platform.memory.keys.get(key.keyId)
  const now = databaseTime(platform)
  if (!key || !known || now - known.lastUsedAt < HOUR) return
  known.lastUsedAt = now
  await platform.stores.admins.noteKeyUse(key.keyId, now).catch((error: unknown) => {
    platform.log.warn('the use of an API key could not be noted', { reason: error })
  })
}

export const unknownKey = (): Failure => new Failure('KEY_NOT_ACCEPTED')
