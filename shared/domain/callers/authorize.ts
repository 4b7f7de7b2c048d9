import { Failure } from '../../errors.ts'
import type { Caller } from './caller.ts'
import { assertWithinReach, type Asked } from './reach.ts'
import { isRecent, MEMORY_MS, type Platform } from '../platform.ts'
import { roles, type Role } from '../stores/admins.ts'

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
