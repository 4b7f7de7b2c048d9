import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import type { AccountType } from './authorizers.ts'

export interface Invite {
  readonly inviteId: string
  readonly businessId: string
  readonly accountType: AccountType | 'any'
  readonly appid?: string
  readonly returnUrl?: string
  readonly attributes: Readonly<Record<string, string>>
  readonly expiresAt: EpochMs
}

export interface AuthState {
  readonly stateId: string
  readonly inviteId: string
  readonly businessId: string
  readonly accountType: AccountType | 'any'
  readonly returnUrl?: string
  readonly attributes: Readonly<Record<string, string>>
  /** Hash of the browser's cookie. */
  readonly browserId: string
  readonly openedAt: EpochMs
  readonly expiresAt: EpochMs
  readonly outcome?: AuthOutcome
}

export interface AuthOutcome {
  readonly status: 'bound' | 'failed'
  readonly appid?: string
  readonly nickName?: string
  /** Why it failed. */
  readonly problem?: KeptProblem
}

export interface InviteStore {
  /** False when there is one of this id. */
  insert(invite: Invite): Promise<boolean>
  find(inviteId: string): Promise<Invite | undefined>
  expireOf(businessId: string, accountType: AccountType | 'any' | undefined, now: EpochMs): Promise<void>
  insertState(state: AuthState, preAuthId: string): Promise<void>
  findState(stateId: string): Promise<AuthState | undefined>
  /** The state under whose pre-auth code a merchant authorized. */
  findStateByPreAuthCode(preAuthId: string): Promise<AuthState | undefined>
  /** True for the one caller that may work on it now; a dead worker's turn ends with its lease. */
  claimState(stateId: string, owner: string): Promise<boolean>
  finishState(stateId: string, outcome: AuthOutcome): Promise<void>
  releaseState(stateId: string, owner: string): Promise<void>
}
