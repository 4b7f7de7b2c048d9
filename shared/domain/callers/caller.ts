import { Failure } from '../../errors.ts'
import type { ApiKeyRecord, Role } from '../stores/admins.ts'

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
