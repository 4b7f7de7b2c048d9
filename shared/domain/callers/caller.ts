import { Failure } from '../../errors.ts'
import { assertWithinReach, type Asked } from './reach.ts'
import { isRecent, MEMORY_MS, type Platform } from '../platform.ts'
import { roles, type ApiKeyRecord, type Role } from '../stores/admins.ts'

/** Who calls, as the entry established it. */
export interface Caller {
  /** `openid:…`, `uid:…`, `key:…`, or `system:…` for our own timers. */
  readonly identity: string
  /** Known already for API keys. */
  readonly role?: Role
  readonly operations?: readonly string[]
  readonly appids?: readonly string[]
  /** The API key, if it came with one. */
  readonly key?: ApiKeyRecord
  /** The id of the session, if a browser came with one. */
  readonly session?: string
}

export const systemCaller = (name: string): Caller => ({ identity: `system:${name}`, role: 'owner' })

/** Throws `PERMISSION_DENIED` unless it is the person himself, whom the cloud knows, rather than what he let in or a machine. */
export function assertPerson({ identity, key, session }: Caller): void {
  if (key || session !== undefined || !/^(?:openid|uid):/.test(identity)) throw new Failure('NOT_A_PERSON')
}

/** Throws `PERMISSION_DENIED` for machines: a person decides, at the phone or in a browser that he let in. */
export function assertNoKey({ key }: Caller): void {
  if (key) throw new Failure('NOT_A_PERSON')
}

export const lowerRole = (a: Role, b: Role): Role => (roles.indexOf(a) < roles.indexOf(b) ? a : b)

/** Throws `PERMISSION_DENIED` unless the caller has the role, and the operation and accounts are within an API key's bounds. */
export async function authorize(
  platform: Platform,
  caller: Caller,
  operation: { readonly name: string; readonly role: Role },
  asked: Asked,
): Promise<Role> {
  const role = caller.role ?? (await roleOf(platform, caller.identity))
  if (role === undefined) throw new Failure('NO_ROLE', { params: { id: caller.identity.replace(/^\w+:/, '') } })
  if (!hasRole(role, operation.role))
    throw new Failure('ROLE_TOO_LOW', { params: { operation: operation.name, needed: operation.role, role } })
  if (caller.operations && !caller.operations.includes(operation.name))
    throw new Failure('OPERATION_NOT_COVERED', { params: { operation: operation.name } })
  if (caller.appids) await assertWithinReach(platform, caller.appids, asked)
  return role
}

export const hasRole = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed)

/** Strangers are remembered too; they must not fill the memory. */
const MAX_REMEMBERED = 5000

/** The role of an OPENID or uid; remembered for 60 s. */
export async function roleOf(platform: Platform, identity: string): Promise<Role | undefined> {
  const id = identity.replace(/^\w+:/, '')
  if (identity.startsWith('openid:') && platform.settings.adminOpenids.includes(id)) return 'owner'
  const known = platform.memory.roles.get(identity)
  if (known && isRecent(platform, known.readAt, MEMORY_MS)) return known.role
  const admin = await platform.stores.admins.find(id)
  if (platform.memory.roles.size >= MAX_REMEMBERED) platform.memory.roles.clear()
  platform.memory.roles.set(identity, { role: admin?.role, readAt: platform.clock() })
  return admin?.role
}
