import { Failure } from '../../errors.ts'
import type { Platform } from '../platform.ts'
import { databaseTime } from '../platform.ts'
import { roles } from '../stores/admins.ts'
import type { ConfirmationRecord } from '../stores/confirmations.ts'
import type { PageRequest } from '../stores/page.ts'
import { hasRole } from './authorize.ts'
import { assertNoKey, type Caller } from './caller.ts'

/** What waits for a person, of that which he could ask for himself. */
export function listConfirmations(platform: Platform, caller: Caller, page: PageRequest) {
  assertNoKey(caller)
  const within = roles.filter((role) => hasRole(caller.role ?? 'viewer', role))
  return platform.stores.confirmations.list({ roles: within }, page)
}

/** The same decision once more is the one that was made. */
export async function decideConfirmation(
  platform: Platform,
  caller: Caller,
  confirmationId: string,
  state: 'approved' | 'denied',
): Promise<void> {
  assertNoKey(caller)
  const { confirmations } = platform.stores
  const known = await confirmations.find(confirmationId)
  if (!known) throw new Failure('CONFIRMATION_UNKNOWN', { field: 'confirmationId' })
  const { operation, role: needed } = known
  const { role = 'viewer' } = caller
  if (!hasRole(role, needed)) throw new Failure('ROLE_TOO_LOW', { params: { operation, needed, role } })
  if (isPast(platform, known)) throw new Failure('CONFIRMATION_OVER', { field: 'confirmationId' })
  if (known.state === state || (await confirmations.decide(confirmationId, state))) return
  throw new Failure('CONFIRMATION_DECIDED', { field: 'confirmationId' })
}

const isPast = (platform: Platform, { expiresAt }: ConfirmationRecord): boolean => databaseTime(platform) >= expiresAt
