import type { EpochMs } from '../../time.ts'
import type { Page, PageRequest } from './page.ts'

export const roles = ['viewer', 'operator', 'owner'] as const

export type Role = (typeof roles)[number]

export const confirmers = ['person'] as const
export type ConfirmBy = (typeof confirmers)[number]

export interface Admin {
  readonly id: string
  readonly role: Role
  readonly name?: string
}

export interface ApiKeyRecord {
  readonly keyId: string
  readonly hash: string
  readonly name: string
  readonly role: Role
  readonly operations?: readonly string[]
  readonly appids?: readonly string[]
  /** Whose role it never exceeds and ends with: the identity of the person who made it, or the key it was made with. */
  readonly person?: string
  /** Ids of the keys it was made with, the nearest first: it ends with each of them. */
  readonly makers?: readonly string[]
  /** Names the key of SEAL_KEYS that its signature is under. Keys of the former form have none. */
  readonly signingKey?: string
  /** Who confirms what an agent with this key would not simply undo; keys made with it have the same. */
  readonly confirmBy?: ConfirmBy
  readonly createdAt: EpochMs
  readonly expiresAt?: EpochMs
  readonly revokedAt?: EpochMs
  readonly lastUsedAt?: EpochMs
}

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
