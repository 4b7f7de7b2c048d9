import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import type { AccountType } from './authorizers.ts'
import type { Page, PageRequest } from './page.ts'

export interface Invite {
  readonly inviteId: string
  readonly businessId: string
  readonly accountType: AccountType | 'any'
  readonly appid?: string
  readonly returnUrl?: string
  readonly attributes: Readonly<Record<string, string>>
  readonly expiresAt: EpochMs
  /** When its page was opened first. */
  readonly openedAt?: EpochMs
  readonly endedAt?: EpochMs
  /** Accounts that it has bound, for each type that it may bind: it works again for these only. */
  readonly spentOn: readonly string[]
  /** How many pre-auth codes were fetched for it. */
  readonly codes: number
  /** When its newest pre-auth codes were fetched, oldest first. */
  readonly codesAt: readonly EpochMs[]
}

export type NewInvite = Omit<Invite, 'openedAt' | 'endedAt' | 'spentOn' | 'codes' | 'codesAt'>

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
  /** Its link was ended meanwhile, or the business unbound. */
  readonly endedAt?: EpochMs
  readonly outcome?: AuthOutcome
  /** A push with this code brought the outcome, and the browser has not come back yet. */
  readonly pushedCodeId?: string
}

/** What WeChat hands out for one opening of the page. */
export interface PreAuthCode {
  readonly preAuthCode: string
  readonly until: EpochMs
}

export interface AuthOutcome {
  readonly status: 'bound' | 'failed'
  readonly appid?: string
  readonly nickName?: string
  /** Nothing that is needed was left ungranted. */
  readonly complete?: true
  /** Why it failed. */
  readonly problem?: KeptProblem
}

export interface InviteStore {
  /** False when there is one of this id. */
  insert(invite: NewInvite): Promise<boolean>
  find(inviteId: string): Promise<Invite | undefined>
  /** Those that may still bring in an account, of these businesses or all. */
  listOpen(businessIds: readonly string[] | undefined, page: PageRequest, now: EpochMs): Promise<Page<Invite>>
  /** Ends one with its open pages. */
  end(inviteId: string, now: EpochMs): Promise<void>
  /** Ends all links and open pages of a business. */
  endOf(businessId: string, now: EpochMs): Promise<void>
  /** Takes one of the codes that a link may fetch within `withinMs`; false where there are `most` already. */
  takeCode(invite: Invite, most: number, withinMs: number, now: EpochMs): Promise<boolean>
  insertState(state: AuthState, preAuthId: string, code: PreAuthCode): Promise<void>
  /** What this browser opened before, while its code lives and was not used. */
  findOpenState(
    inviteId: string,
    browserId: string,
    now: EpochMs,
  ): Promise<{ readonly stateId: string; readonly preAuthCode: string } | undefined>
  findState(stateId: string): Promise<AuthState | undefined>
  /** The state under whose pre-auth code a merchant authorized. */
  findStateByPreAuthCode(preAuthId: string): Promise<AuthState | undefined>
  /** The database's time for the one caller that may work on it now; a dead worker's turn ends with its lease. */
  claimState(state: AuthState, owner: string): Promise<EpochMs | undefined>
  /** The first outcome stays, but for that of a push. */
  finishState(state: AuthState, outcome: AuthOutcome): Promise<void>
  releaseState(stateId: string, owner: string): Promise<void>
}
