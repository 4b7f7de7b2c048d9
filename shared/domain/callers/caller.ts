import { Failure } from '../../errors.ts'
import type { EpochMs } from '../../time.ts'
import { isRecent, MEMORY_MS, type Platform } from '../platform.ts'
import { roles, type Role } from '../stores/admins.ts'

/** Who calls, as the entry established it. */
export interface Caller {
  /** `openid:…`, `uid:…`, `key:…`, or `system:…` for our own timers. */
  readonly identity: string
  /** Known already for API keys. */
  readonly role?: Role
  readonly operations?: readonly string[]
  readonly appids?: readonly string[]
  /** Of an API key. */
  readonly lastUsedAt?: EpochMs
}

export const systemCaller = (name: string): Caller => ({ identity: `system:${name}`, role: 'owner' })

/** Throws `PERMISSION_DENIED` unless the caller has the role, and the operation and appids are within an API key's bounds. */
export async function authorize(
  platform: Platform,
  caller: Caller,
  operation: { readonly name: string; readonly role: Role },
  input: object,
): Promise<Role> {
  const role = caller.role ?? (await roleOf(platform, caller.identity))
  if (role === undefined) throw new Failure('NO_ROLE', { params: { id: caller.identity.replace(/^\w+:/, '') } })
  if (roles.indexOf(role) < roles.indexOf(operation.role))
    throw new Failure('ROLE_TOO_LOW', { params: { operation: operation.name, needed: operation.role, role } })
  if (caller.operations && !caller.operations.includes(operation.name))
    throw new Failure('OPERATION_NOT_COVERED', { params: { operation: operation.name } })
  if (caller.appids) assertAppidsCovered(caller.appids, input)
  return role
}

function assertAppidsCovered(covered: readonly string[], input: object): void {
  const single: unknown = 'appid' in input ? input.appid : undefined
  const several: unknown = 'appids' in input ? input.appids : undefined
  const named: unknown[] = [...(single === undefined ? [] : [single]), ...(Array.isArray(several) ? several : [])]
  const outside = named.find((appid) => typeof appid !== 'string' || !covered.includes(appid))
  if (named.length === 0 || outside !== undefined)
    throw new Failure('APPIDS_NOT_COVERED', { field: single === undefined ? 'appids' : 'appid' })
}

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
