import type { EpochMs } from '../../time.ts'
import { roles, type Role } from './admins.ts'
import { id, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

/** What an agent plans, and what a person says to it. */
export const confirmation = {
  confirmationId: id,
  state: word(['waiting', 'approved', 'denied', 'used']),
  /** The API key's. */
  keyId: text,
  operation: text,
  /** That the operation asks for. */
  role: word(roles),
  /** JSON texts, without secrets. */
  input: text,
  seen: text,
  createdAt: time,
  expiresAt: time,
}

export type ConfirmationRecord = RecordOf<typeof confirmation>

export type NewConfirmation = Omit<ConfirmationRecord, 'state' | 'createdAt' | 'expiresAt'> & {
  readonly order: string
  /** By the database's clock: that of a fresh instance may be another one. */
  readonly lastsMs: number
}

export interface ConfirmationStore {
  put(confirmation: NewConfirmation): Promise<void>
  find(confirmationId: string): Promise<ConfirmationRecord | undefined>
  /** Those that wait, newest first. */
  list(filter: { readonly roles: readonly Role[] }, page: PageRequest): Promise<Page<ConfirmationRecord>>
  /** False where it does not wait any more. */
  decide(confirmationId: string, state: 'approved' | 'denied'): Promise<boolean>
  /** Takes one that was approved. False where it was not, or was taken before. */
  takeApproved(confirmationId: string): Promise<boolean>
  /** Takes one that needs no person. False where it was taken before. */
  take(confirmationId: string, expiresAt: EpochMs): Promise<boolean>
}
