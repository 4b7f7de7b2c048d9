import type { EpochMs } from '../../time.ts'
import type { Role } from './admins.ts'
import type { Page, PageRequest } from './page.ts'

export const confirmationStates = ['waiting', 'approved', 'denied', 'used'] as const

/** What an agent plans, and what a person says to it. */
export interface ConfirmationRecord {
  readonly confirmationId: string
  readonly state: (typeof confirmationStates)[number]
  /** The API key's. */
  readonly keyId: string
  readonly operation: string
  /** That the operation asks for. */
  readonly role: Role
  /** JSON texts, without secrets. */
  readonly input: string
  readonly seen: string
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs
}

export type NewConfirmation = Omit<ConfirmationRecord, 'state' | 'createdAt'> & { readonly order: string }

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
