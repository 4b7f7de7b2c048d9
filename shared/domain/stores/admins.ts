import type { EpochMs } from '../../time.ts'
import { id, list, optional, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

export const roles = ['viewer', 'operator', 'owner'] as const

export type Role = (typeof roles)[number]

export const confirmers = ['person'] as const
export type ConfirmBy = (typeof confirmers)[number]

export const admin = { id, role: word(roles), name: optional(text) }

export type Admin = RecordOf<typeof admin>

export const apiKey = {
  keyId: id,
  hash: text,
  name: text,
  role: word(roles),
  /** Those that it may ask for: an empty list allows nothing, only an absent one allows everything. */
  operations: optional(list(text)),
  /** The same of accounts. */
  appids: optional(list(text)),
  /** Whose role it never exceeds and ends with: the identity of the person who made it, or the key it was made with. */
  person: optional(text),
  /** Ids of the keys it was made with, the nearest first: it ends with each of them. */
  makers: optional(list(text)),
  /** Names the key of SEAL_KEYS that its signature is under. Keys of the former form have none. */
  signingKey: optional(text),
  /** Who confirms what an agent with this key would not simply undo; keys made with it have the same. */
  confirmBy: optional(word(confirmers)),
  createdAt: time,
  expiresAt: optional(time),
  revokedAt: optional(time),
  lastUsedAt: optional(time),
}

export type ApiKeyRecord = RecordOf<typeof apiKey>

export interface AdminStore {
  find(id: string): Promise<Admin | undefined>
  findMany(ids: readonly string[]): Promise<readonly Admin[]>
  list(page: PageRequest): Promise<Page<Admin>>
  put(admin: Admin): Promise<void>
  remove(id: string): Promise<boolean>
  findKey(keyId: string): Promise<ApiKeyRecord | undefined>
  findKeys(keyIds: readonly string[]): Promise<readonly ApiKeyRecord[]>
  /** One that is there already gets this hash. */
  putKey(key: ApiKeyRecord): Promise<void>
  listKeys(page: PageRequest): Promise<Page<ApiKeyRecord>>
  /** False when it was revoked before, or there is none. */
  revokeKey(keyId: string, now: EpochMs): Promise<boolean>
  /** All that this person made, with those made with them. */
  revokeKeysOf(person: string, now: EpochMs): Promise<void>
  noteKeyUse(keyId: string, now: EpochMs): Promise<void>
}
