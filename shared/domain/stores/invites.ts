import type { KeptProblem } from '../../notice.ts'
import type { EpochMs } from '../../time.ts'
import { bindableTypes, type AccountType } from './authorizers.ts'
import { id, list, mark, nested, number, optional, orElse, problem, text, textMap, time, word } from './forms.ts'
import { storedProblem, writeMembers, type Form, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

export const invite = {
  inviteId: id,
  businessId: text,
  accountType: word(bindableTypes),
  appid: optional(text),
  returnUrl: optional(text),
  attributes: textMap,
  expiresAt: time,
  /** When its page was opened first. */
  openedAt: optional(time),
  endedAt: optional(time),
  /** The account that it has bound, by the type that it was meant for; a link for any type may bind one of each. It works again for these only. */
  spentMiniprogram: optional(text),
  spentOfficial: optional(text),
  /** How many pre-auth codes were fetched for it. */
  codes: orElse(number, 0),
  /** When its newest pre-auth codes were fetched, oldest first. */
  codesAt: orElse(list(time), []),
}

export type Invite = RecordOf<typeof invite>

/** Where it is noted that it has bound an account of this type. */
export const spentFieldOf = (type: AccountType): 'spentMiniprogram' | 'spentOfficial' =>
  type === 'miniprogram' ? 'spentMiniprogram' : 'spentOfficial'

export type NewInvite = Pick<
  Invite,
  'inviteId' | 'businessId' | 'accountType' | 'appid' | 'returnUrl' | 'attributes' | 'expiresAt'
>

const outcomeMembers = {
  status: word(['bound', 'failed']),
  appid: optional(text),
  nickName: optional(text),
  /** Nothing that is needed was left ungranted. */
  complete: mark,
}

export type AuthOutcome = RecordOf<typeof outcomeMembers> & {
  /** Why it failed. */
  readonly problem?: KeptProblem
}

/** A problem's members are kept among the others. */
export const outcome: Form<AuthOutcome> = {
  kind: 'outcome',
  read(kept) {
    const found = nested(outcomeMembers).read(kept)
    const why = found && typeof Object(kept).code === 'string' ? problem.read(kept) : undefined
    return found && { ...found, ...(why && { problem: why }) }
  },
  write: ({ problem: why, ...found }) => ({ ...writeMembers(outcomeMembers, found), ...(why && storedProblem(why)) }),
}

/** A page that was opened. */
export const authState = {
  stateId: id,
  inviteId: text,
  businessId: text,
  accountType: word(bindableTypes),
  returnUrl: optional(text),
  attributes: textMap,
  /** Hash of the browser's cookie. */
  browserId: text,
  openedAt: time,
  expiresAt: time,
  /** Its link was ended meanwhile, or the business unbound. */
  endedAt: optional(time),
  outcome: optional(outcome),
  /** A push with this code brought the outcome. */
  pushedCodeId: optional(text),
  /** With this code the browser came back last. */
  browserCodeId: optional(text),
}

export type AuthState = RecordOf<typeof authState>

export interface StateClaim {
  /** New for every caller. */
  readonly owner: string
  readonly browserCodeId: string
}

export interface ClaimedState {
  readonly state: AuthState
  /** By the database's clock. */
  readonly now: EpochMs
}

/** What WeChat hands out for one opening of the page. */
export interface PreAuthCode {
  readonly preAuthCode: string
  readonly until: EpochMs
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
  /** Takes the first of its codes; undefined where it is not open, or was opened before. */
  takeFirstCode(inviteId: string): Promise<Invite | undefined>
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
  /** For the one caller that may work on it now, as it was seen; a dead worker's turn ends with its lease. */
  claimState(seen: AuthState, claim: StateClaim): Promise<ClaimedState | undefined>
  /** The same for a page of this browser that is open and to which it has not come back, or came with this code. */
  claimNewState(claim: StateClaim & Pick<AuthState, 'stateId' | 'browserId'>): Promise<ClaimedState | undefined>
  /** The first outcome stays, but for that of a push. */
  finishState(stateId: string, outcome: AuthOutcome): Promise<void>
  releaseState(stateId: string, owner: string): Promise<void>
}
