import { isErrorCode, type ErrorCode } from '../../error-codes.ts'
import { epochMs, type EpochMs } from '../../time.ts'
import { accountKinds, authorizerStatuses, type AuthorizerStatus } from './authorizers.ts'
import { keptAs, lenient, list, number, optional, orElse, text, time, word, type Form, type RecordOf } from './forms.ts'

/** Whose token: the platform's own, or one authorizer's. */
export type TokenHolder = { readonly kind: 'component' } | { readonly kind: 'authorizer'; readonly appid: string }

const isThere: Form<boolean> = { kind: 'text', read: () => true, write: (value) => value, missing: false }

const errorCode: Form<ErrorCode> = {
  kind: 'code',
  read: (kept) => (typeof kept === 'string' && isErrorCode(kept) ? kept : undefined),
  write: (value) => value,
}

/**
 * A document with a token. Nothing in it but the fence must be well-formed: what cannot be read counts as missing, and
 * the next refresh writes it anew.
 */
export const tokenState = {
  /** Rises with every claim and every exchange; a save under a former fence matches nothing. */
  fence: number,
  /** The fence under which `accessToken` was saved: the name of that very token. 0 when there is none. */
  tokenFence: lenient(orElse(number, 0)),
  /** By the database's clock. */
  expiresAt: lenient(orElse(time, epochMs(0))),
  /** When `accessToken` was stored, by the database's clock. */
  savedAt: lenient(keptAs('tokenSavedAt', optional(time))),
  status: lenient(orElse<AuthorizerStatus>(word(authorizerStatuses), 'active')),
  /** Permission sets that the authorizer granted; none for the component. */
  funcInfo: lenient(orElse(list(number), [])),
  /** `account_status` of the authorizer as it was last read. */
  accountStatus: lenient(optional(number)),
  /** Undefined where WeChat has not said it. */
  accountType: lenient(optional(word(accountKinds))),
  /** Somebody works on it now, or stopped doing so without a word. */
  leased: keptAs('leaseOwner', isThere),
  /** Attempts in a row that brought no new token. */
  failures: lenient(orElse(number, 0)),
  refusalErrcode: lenient(optional(number)),
  refusalErrmsg: lenient(orElse(text, '')),
  /** Why the last attempt failed; gone with the next success. */
  failedFor: lenient(optional(errorCode)),
  /** The newest ticket that the last attempt for the component token had. */
  triedTicket: lenient(optional(text)),
  /** Before this no further attempt is made on its own account. */
  retryAt: lenient(optional(time)),
  usedAt: lenient(optional(time)),
  /** When its token was last seen to have died before its time, by nobody here. */
  replacedAt: lenient(optional(time)),
  authorizedAt: lenient(optional(time)),
}

export type TokenState = Omit<RecordOf<typeof tokenState>, 'refusalErrcode' | 'refusalErrmsg'> & {
  readonly accessToken?: string
  readonly refusal?: Refusal
}

/** Why an authorizer must be authorized again: WeChat's errcode that said so. */
export interface Refusal {
  readonly errcode: number
  readonly errmsg: string
}

/** A lease that this caller holds, with the document as it was when the lease was taken. */
export interface Claim {
  readonly holder: TokenHolder
  readonly owner: string
  readonly state: TokenState
  /** The database's clock when the lease was taken. */
  readonly now: EpochMs
  readonly until: EpochMs
  /** The former holder never said how it ended: its call may have taken effect. */
  readonly unresolved: boolean
  /** The token was saved after such an attempt, whose late effect may have replaced it. */
  readonly doubtful: boolean
  /** Attempts that failed since the last success. */
  readonly failures: number
  /** What it is to replace died before its time, by nobody here: its end stores when that was seen. */
  readonly replacedElsewhere?: true
  /** Without those that were damaged. Throws `CONFIG_INVALID` where the key that sealed them is missing. */
  openRefreshTokens(): { readonly current?: string; readonly former?: string }
}

export interface ClaimedPage {
  readonly claims: readonly Claim[]
  /** There may be more of the same kind. */
  readonly more: boolean
}

export type ClaimResult =
  | { readonly kind: 'won'; readonly claim: Claim }
  /** Another caller works on it; ask again within `remaining` milliseconds. */
  | { readonly kind: 'held'; readonly remaining: number; readonly now: EpochMs }
  /** Somebody finished in between: here is the result. */
  | { readonly kind: 'moved'; readonly state: TokenState; readonly now: EpochMs }
  | { readonly kind: 'missing' }

export interface NewTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  /** The refresh token that was accepted just now: kept beside a new one until that has worked. */
  readonly usedRefreshToken?: string
  readonly expiresAt: EpochMs
  readonly dueAt: EpochMs
}

/** How a claim ends without a new token. */
export interface FailedAttempt {
  readonly dueAt: EpochMs
  readonly retryAt?: EpochMs
  readonly failures: number
  readonly failedFor?: ErrorCode
  /** WeChat may have handed out a token that was not received. */
  readonly unresolved?: boolean
  readonly refusal?: Refusal
  readonly triedTicket?: string
  /** Only the merchant can help: no more attempts but one probe a day. */
  readonly status?: 'reauthorize'
}

export interface Tick {
  readonly now: EpochMs
  /** When what is not done in every run comes next, by name. */
  readonly turns: Readonly<Record<string, EpochMs>>
  /** The component token as it stood then. */
  readonly component: () => TokenState
}

export interface TokenStore {
  read(holder: TokenHolder): Promise<TokenState | undefined>
  /** The same for authorizers, by appid, without those that are not there. */
  readMany(appids: readonly string[]): Promise<ReadonlyMap<string, TokenState>>
  /** Makes the component's document if it is not there yet. */
  prepareComponent(): Promise<void>
  claim(holder: TokenHolder, seenFence: number): Promise<ClaimResult>
  /** Whether the sweep has anything to do. */
  isAnyDue(now: EpochMs): Promise<boolean>
  /** Leases a page of authorizers of this status that are due and free, in order of their due time. Three calls. */
  claimDue(status: AuthorizerStatus, limit: number, now: EpochMs): Promise<ClaimedPage>
  /** Takes over leases that ran out before `now`, which the database's clock has shown. One call where there are none. */
  claimAbandoned(limit: number, now: EpochMs): Promise<ClaimedPage>
  countDue(now: EpochMs): Promise<number>
  /** Notes that the authorizer's token is used; the sweep keeps those fresh (`REFRESH_IDLE_DAYS`). */
  noteUse(appid: string, now: EpochMs): Promise<void>
  /** False when the lease was lost. Saving ends the lease. */
  save(claim: Claim, tokens: NewTokens): Promise<boolean>
  /** Ends the lease without a new token. */
  giveUp(claim: Claim, attempt: FailedAttempt): Promise<boolean>
  /** Ends the lease and changes nothing else. */
  release(claim: Claim): Promise<void>
  /** The same for what is left of pages, in one call for each. */
  releaseAll(claims: readonly Claim[]): Promise<void>
  /** Starts the lease's time anew. False when it was lost. */
  extend(claim: Claim): Promise<boolean>
  /** Notes the time of a run and answers the database's clock. */
  tick(field: 'sweptAt' | 'processedAt' | 'syncedAt'): Promise<Tick>
  /** Puts the next turn off from when it was seen to come. False where another caller did. */
  moveTurn(name: string, from: EpochMs | undefined, to: EpochMs): Promise<boolean>
  /** Brings forward a turn that lies later than `beyond`. */
  hastenTurn(name: string, beyond: EpochMs, to: EpochMs): Promise<void>
  /** Seals values again that lie under a former key, as long as there is time. How many were changed. */
  reseal(limit: number, hasTime: () => boolean): Promise<number>
}
