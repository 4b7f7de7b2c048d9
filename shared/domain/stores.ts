import type { ErrorCode } from '../errors.ts'
import type { EpochMs } from '../time.ts'

/* What must be remembered. Implemented by `cloudbase/*-store.ts`; secrets are sealed there and plain here. */

export type AccountType = 'miniprogram' | 'official'
export type AuthorizerStatus = 'active' | 'revoked' | 'reauthorize'

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor?: string
}

export interface PageRequest {
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Whose token: the platform's own, or one authorizer's. */
export type TokenHolder = { readonly kind: 'component' } | { readonly kind: 'authorizer'; readonly appid: string }

export interface TokenState {
  /** Rises with every claim and every exchange; a save under a former fence matches nothing. */
  readonly fence: number
  /** The fence under which `accessToken` was saved: the name of that very token. 0 when there is none. */
  readonly tokenFence: number
  readonly accessToken?: string
  /** By the database's clock. */
  readonly expiresAt: EpochMs
  readonly status: AuthorizerStatus
  /** Permission sets that the authorizer granted; none for the component. */
  readonly funcInfo: readonly number[]
  /** Somebody works on it now, or stopped doing so without a word. */
  readonly leased: boolean
  readonly refusal?: Refusal
  /** Why the last attempt failed; gone with the next success. */
  readonly failedFor?: ErrorCode
  /** The newest ticket that the last attempt for the component token had. */
  readonly triedTicket?: string
  /** Before this no further attempt is made on its own account. */
  readonly retryAt?: EpochMs
  readonly usedAt?: EpochMs
  readonly authorizedAt?: EpochMs
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

export interface TokenStore {
  read(holder: TokenHolder): Promise<TokenState | undefined>
  /** Makes the component's document if it is not there yet. */
  prepareComponent(): Promise<void>
  claim(holder: TokenHolder, seenFence: number): Promise<ClaimResult>
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
  tick(field: 'sweptAt' | 'processedAt'): Promise<EpochMs>
  /** Takes a yearly, daily or hourly turn: true for one caller per `everyMs`. */
  takeTurn(name: string, everyMs: number): Promise<boolean>
  /** Seals values again that lie under a former key, as long as there is time. How many were changed. */
  reseal(limit: number, hasTime: () => boolean): Promise<number>
}

export interface Ticket {
  readonly id: string
  readonly ticket: string
  readonly createTime: number
  readonly receivedAt: EpochMs
}

/** What WeChat handed out for one authorization code. */
export interface Grant {
  readonly appid: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresInSeconds: number
  readonly funcInfo: readonly number[]
}

export interface AuthorizerProfile {
  readonly nickName: string
  readonly principalName: string
  readonly accountType: AccountType
  /** 原始 id, `gh_…`. */
  readonly userName: string
  readonly funcInfo?: readonly number[]
}

export interface CurrentRelease {
  readonly releaseId: string
  readonly templateId: number
  readonly version: string
  readonly releasedAt: EpochMs
}

export interface Authorizer {
  readonly appid: string
  readonly status: AuthorizerStatus
  readonly accountType: AccountType
  readonly nickName: string
  readonly principalName: string
  readonly userName?: string
  readonly funcInfo: readonly number[]
  readonly authorizedAt: EpochMs
  readonly tokenExpiresAt?: EpochMs
  readonly businessId?: string
  readonly currentRelease?: CurrentRelease
  /** CreateTime of the newest authorization event that took effect, unix seconds. */
  readonly eventTime: number
  /** Unix seconds. A code was exchanged then whose push has not come: the authorization is no older than `eventTime`. */
  readonly provenAt?: number
  readonly refusal?: Refusal
  readonly hasRefreshToken: boolean
  readonly profiledAt?: EpochMs
}

export interface AuthorizerStore {
  find(appid: string): Promise<Authorizer | undefined>
  findMany(appids: readonly string[]): Promise<readonly Authorizer[]>
  findByCode(codeId: string): Promise<Authorizer | undefined>
  findByUserName(userName: string): Promise<Authorizer | undefined>
  list(
    filter: { status?: AuthorizerStatus | undefined; query?: string | undefined },
    page: PageRequest,
  ): Promise<Page<Authorizer>>
  count(status: AuthorizerStatus): Promise<number>
  /** All authorizers in order of appid, a page at a time. */
  pageByAppid(afterAppid: string, limit: number): Promise<readonly Authorizer[]>
  /**
   * Stores an exchange's result. An exchange that overlapped with another writer keeps the other refresh token
   * as the former one and lets the next call refresh, because nobody can say which of the two is newer.
   */
  saveGrant(
    grant: Grant,
    details: {
      codeId: string
      eventTime: number
      provenAt?: number
      startedAt: EpochMs
      now: EpochMs
      dueAt: EpochMs
    },
  ): Promise<void>
  /** Takes in a refresh token from WeChat's own list; only where ours is missing or was refused. */
  adoptRefreshToken(
    appid: string,
    refreshToken: string,
    details: { authorizedAt: EpochMs; now: EpochMs; eventTime?: number },
  ): Promise<boolean>
  saveProfile(appid: string, profile: AuthorizerProfile, now: EpochMs): Promise<void>
  saveFuncInfo(appid: string, funcInfo: readonly number[]): Promise<void>
  /** Notes that this event took effect; false when a newer one was there. */
  raiseEventTime(appid: string, eventTime: number): Promise<boolean>
  /** Ends the authorization and deletes its tokens, unless a newer event took effect. */
  revoke(appid: string, eventTime: number): Promise<boolean>
  setCurrentRelease(appid: string, release: CurrentRelease): Promise<void>
}

export type BindingStatus = 'none' | 'pending' | 'bound' | 'revoked'

export interface BindingRecord {
  readonly businessId: string
  readonly accountType: AccountType | 'any'
  readonly status: BindingStatus
  readonly appid?: string
  readonly attributes: Readonly<Record<string, string>>
  readonly boundAt?: EpochMs
  readonly pendingUntil?: EpochMs
}

export interface BindRequest {
  readonly businessId: string
  readonly appid: string
  readonly accountType: AccountType
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly replace: boolean
  readonly now: EpochMs
}

export type BindResult =
  | { readonly kind: 'bound'; readonly changed: boolean; readonly takenFrom?: string }
  /** The authorizer belongs to another business. */
  | { readonly kind: 'authorizerTaken'; readonly businessId: string }
  /** The business has another authorizer of this type. */
  | { readonly kind: 'businessTaken'; readonly appid: string }
  | { readonly kind: 'noAuthorizer' }

export interface BindingStore {
  ofBusiness(businessId: string): Promise<readonly BindingRecord[]>
  ofAuthorizer(appid: string): Promise<BindingRecord | undefined>
  list(filter: { status?: BindingStatus | undefined }, page: PageRequest, now: EpochMs): Promise<Page<BindingRecord>>
  openPending(
    businessId: string,
    accountType: AccountType | 'any',
    attributes: Readonly<Record<string, string>>,
    until: EpochMs,
  ): Promise<void>
  bind(request: BindRequest): Promise<BindResult>
  unbind(businessId: string, accountType: AccountType, appid: string): Promise<boolean>
  setStatusOfAuthorizer(appid: string, status: 'bound' | 'revoked'): Promise<void>
}

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
  readonly code?: string
  readonly message?: string
  readonly hint?: string
}

export interface InviteStore {
  insert(invite: Invite): Promise<void>
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

export interface CodeRecord {
  readonly codeId: string
  readonly state: 'new' | 'done' | 'failed'
  readonly appid?: string
  readonly failure?: Refusal
}

export interface CodeStore {
  find(codeId: string): Promise<CodeRecord | undefined>
  /** Notes which authorizer WeChat's push named for the code. */
  note(codeId: string, appid: string | undefined, expiresAt: EpochMs): Promise<void>
  /** Leases the code for its one exchange: the database's clock, or who holds it. */
  claim(
    codeId: string,
    owner: string,
  ): Promise<
    { kind: 'won'; record: CodeRecord; now: EpochMs } | { kind: 'held' } | { kind: 'done'; record: CodeRecord }
  >
  finish(codeId: string, owner: string, outcome: { appid: string } | { failure: Refusal }): Promise<void>
  release(codeId: string, owner: string): Promise<void>
}

export type PushState = 'new' | 'done' | 'failed'

/** A message WeChat sent, as it is kept. `fields` hold no secret; `secrets` are sealed. */
export interface Push {
  readonly id: string
  /** `wechat.<InfoType or Event>`, or `wechat.message.<MsgType>`. */
  readonly type: string
  readonly road: 'component' | 'message'
  readonly appid?: string
  readonly createTime: number
  readonly fields: unknown
  readonly secrets: Readonly<Record<string, string>>
  readonly attempts: number
}

export interface PushView {
  readonly id: string
  readonly type: string
  readonly appid?: string
  readonly createTime: number
  readonly receivedAt: EpochMs
  readonly state: PushState
  readonly attempts: number
  readonly fields: unknown
}

export interface PushStore {
  /** False when the very same push is there already. */
  insert(push: Push, options: { done: boolean; order: string; dueAt: EpochMs }): Promise<boolean>
  finish(id: string, state: 'done' | 'failed'): Promise<void>
  /** Puts it off after a failed attempt. */
  postpone(id: string, dueAt: EpochMs): Promise<void>
  /** Takes unfinished ones that are due, each for one caller. */
  claimDue(limit: number, now: EpochMs, until: EpochMs): Promise<readonly Push[]>
  countUnfinished(): Promise<number>
  /** The newest tickets by CreateTime, at most three. */
  newestTickets(): Promise<readonly Ticket[]>
  latestTicketAt(): Promise<{ receivedAt: EpochMs; createTime: number } | undefined>
  /** CreateTime of the newest push of this type for an authorizer, unix seconds. */
  latestTime(appid: string, type: string): Promise<number | undefined>
  /** The newest authorization code pushed for an authorizer. */
  latestCode(appid: string): Promise<string | undefined>
  list(filter: { appid?: string | undefined; type?: string | undefined }, page: PageRequest): Promise<Page<PushView>>
  /** False when the nonce was used with another body. */
  useNonce(nonceId: string, bodyId: string): Promise<boolean>
}

export const releaseStates = [
  'committing',
  'committed',
  'failed',
  'submitting',
  'auditing',
  'delayed',
  'approved',
  'rejected',
  'withdrawn',
  'gray',
  'released',
  'rolledBack',
  'superseded',
] as const
export type ReleaseState = (typeof releaseStates)[number]

export interface ReleaseRecord {
  readonly releaseId: string
  readonly appid: string
  /** Counts up per authorizer. */
  readonly number: number
  readonly templateId: number
  readonly version: string
  readonly description: string
  readonly state: ReleaseState
  /** Rises with every change; each change is guarded by it. */
  readonly revision: number
  /** The string that was, or is to be, sent as `ext_json`. */
  readonly extJson: string
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
  readonly auditId?: number
  /** The newest audit id at WeChat before this submission: a greater one is ours. 0 when there was none. */
  readonly auditBaseline?: number
  readonly submission?: unknown
  readonly submittedAt?: EpochMs
  readonly auditedAt?: EpochMs
  readonly releasedAt?: EpochMs
  readonly reason?: string
  readonly screenshots?: readonly string[]
  readonly autoRelease?: boolean
  readonly grayPercentage?: number
  /** A call to WeChat was begun for it and has not said how it ended. */
  readonly attemptAt?: EpochMs
  readonly rolloutId?: string
  readonly checkedAt?: EpochMs
  readonly problem?: { readonly code: string; readonly message: string; readonly hint?: string }
  /** The runs (`Run.activityId`) that did something with it: one that is repeated goes on with this very release. */
  readonly runs?: readonly string[]
}

/** `null` takes a value away. */
export type ReleaseChange = Partial<
  Pick<
    ReleaseRecord,
    | 'auditId'
    | 'auditBaseline'
    | 'submission'
    | 'submittedAt'
    | 'auditedAt'
    | 'releasedAt'
    | 'autoRelease'
    | 'checkedAt'
    | 'runs'
  >
> & {
  readonly state?: ReleaseState
} & { readonly [K in 'reason' | 'screenshots' | 'grayPercentage' | 'problem']?: ReleaseRecord[K] | null } & {
  readonly [K in 'dueAt' | 'attemptAt']?: EpochMs | null
}

export interface ReleaseStore {
  find(releaseId: string): Promise<ReleaseRecord | undefined>
  /** Newest first. */
  ofAuthorizer(appid: string, limit: number): Promise<readonly ReleaseRecord[]>
  /** False when another release took this number. */
  insert(release: ReleaseRecord, order: string, dueAt: EpochMs): Promise<boolean>
  /** The release after the change; undefined when somebody changed it in between. */
  change(release: ReleaseRecord, change: ReleaseChange, now: EpochMs): Promise<ReleaseRecord | undefined>
  /** Marks older ones of these states superseded. */
  supersede(appid: string, beforeNumber: number, states: readonly ReleaseState[], now: EpochMs): Promise<void>
  due(limit: number, now: EpochMs): Promise<readonly ReleaseRecord[]>
  list(
    filter: { appid?: string | undefined; state?: ReleaseState | undefined },
    page: PageRequest,
  ): Promise<Page<ReleaseRecord>>
  count(state: ReleaseState): Promise<number>
}

export interface ActivityRecord {
  readonly id: string
  readonly identity: string
  readonly operation: string
  readonly appid?: string
  readonly input: string
  readonly state: 'running' | 'done' | 'freed'
  readonly startedAt: EpochMs
  readonly endedAt?: EpochMs
  /** JSON text of the answer as it was given. */
  readonly answer?: string
  readonly outcome?: string
  readonly fence: number
}

export interface NewActivity {
  readonly id: string
  readonly slot: string
  readonly identity: string
  readonly operation: string
  readonly appid?: string | undefined
  readonly inputId: string
  /** JSON text of the input, without secrets. */
  readonly input: string
  readonly keyed: boolean
  readonly order: string
  readonly startedAt: EpochMs
}

export type ActivityClaim =
  | { readonly kind: 'won'; readonly id: string; readonly fence: number; readonly resumed: boolean }
  | { readonly kind: 'running'; readonly remaining: number }
  | { readonly kind: 'done'; readonly inputId: string; readonly answer: string }
  | { readonly kind: 'otherInput' }

export interface ActivityStore {
  /** Newest run of identical calls. */
  latestOfSlot(slot: string): Promise<{ id: string; running: boolean } | undefined>
  /** Starts, joins, resumes or repeats. */
  claim(activity: NewActivity): Promise<ActivityClaim>
  finish(
    id: string,
    fence: number,
    result: { answer: string; outcome: string; free: boolean; endedAt: EpochMs },
  ): Promise<boolean>
  /** An entry for something that has succeeded already. */
  note(activity: NewActivity): Promise<void>
  list(page: PageRequest): Promise<Page<ActivityRecord>>
}

export interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly since: EpochMs
  /** When it was last noticed, if more than once. */
  readonly seenAt?: EpochMs
  readonly appid?: string
}

export interface ProblemStore {
  /** True when it was not open before. */
  open(problem: Problem): Promise<boolean>
  /** Of a problem that is open. */
  setHint(code: string, appid: string, hint: string): Promise<void>
  close(code: string, appid?: string): Promise<boolean>
  list(limit: number): Promise<readonly Problem[]>
  /** Opened and closed ones that nobody was told of yet, oldest first. */
  untold(limit: number): Promise<readonly UntoldProblem[]>
  /** Opened ones are marked, closed ones go away. */
  told(problems: readonly UntoldProblem[]): Promise<void>
}

export interface UntoldProblem extends Problem {
  readonly id: string
  readonly closed: boolean
}

/** What all instances know of an endpoint of WeChat's that is down. */
export interface BreakerStore {
  /** Counts a failure. True when the endpoint is taken for down: so many failures within `withinMs`. */
  noteFailure(endpoint: string, failures: number, withinMs: number): Promise<boolean>
  /** `probe`: this caller may try now, the only one within `everyMs`; `closed`: it works again. */
  ask(endpoint: string, everyMs: number): Promise<'closed' | 'probe' | 'wait'>
  /** Notes that it works again. */
  close(endpoint: string): Promise<void>
}

export const roles = ['viewer', 'operator', 'owner'] as const
export type Role = (typeof roles)[number]

export interface Admin {
  readonly id: string
  readonly role: Role
  readonly name?: string
}

export interface ApiKeyRecord {
  readonly keyId: string
  readonly hash: string
  readonly name: string
  readonly role: Role
  readonly operations?: readonly string[]
  readonly appids?: readonly string[]
  readonly createdAt: EpochMs
  readonly expiresAt?: EpochMs
  readonly revokedAt?: EpochMs
  readonly lastUsedAt?: EpochMs
}

export interface AdminStore {
  find(id: string): Promise<Admin | undefined>
  list(page: PageRequest): Promise<Page<Admin>>
  put(admin: Admin): Promise<void>
  remove(id: string): Promise<boolean>
  findKey(keyId: string): Promise<ApiKeyRecord | undefined>
  insertKey(key: ApiKeyRecord): Promise<void>
  listKeys(page: PageRequest): Promise<Page<ApiKeyRecord>>
  revokeKey(keyId: string, now: EpochMs): Promise<boolean>
  noteKeyUse(keyId: string, now: EpochMs): Promise<void>
}

export const rolloutStates = [
  'running',
  'paused',
  'waitingForQuota',
  'awaitingRelease',
  'completed',
  'cancelled',
] as const
export type RolloutState = (typeof rolloutStates)[number]

export const itemStates = [
  'pending',
  'committing',
  'committed',
  'submitting',
  'auditing',
  'delayed',
  'rejected',
  'withdrawn',
  'approved',
  'gray',
  'released',
  'rolledBack',
  'failed',
  'skipped',
] as const
export type ItemState = (typeof itemStates)[number]

/** What a rollout is to do; fixed at creation. */
export interface RolloutPlan {
  readonly name: string
  readonly templateId: number
  readonly version: string
  readonly description: string
  readonly ext?: Readonly<Record<string, unknown>>
  readonly setup?: unknown
  /** Cumulative percentages, the last is 100. */
  readonly waves: readonly number[]
  readonly nextWaveWhen: 'approved' | 'released'
  readonly maxFailures?: number
  readonly quotaReserve: number
  readonly autoSubmit: boolean
  readonly autoRelease: boolean
}

export interface RolloutRecord extends RolloutPlan {
  readonly rolloutId: string
  readonly total: number
  readonly state: RolloutState
  /** The wave that is under way, from 1. */
  readonly wave: number
  readonly counts: Readonly<Record<ItemState, number>>
  readonly startedAt: EpochMs
  readonly endedAt?: EpochMs
  /** An operator asked to release all that are approved, or to take back all that were released. */
  readonly wish?: 'release' | 'rollback'
  readonly problem?: { readonly code: string; readonly message: string; readonly hint: string }
}

export type RolloutChange = Partial<Pick<RolloutRecord, 'state' | 'wave' | 'counts' | 'endedAt' | 'wish' | 'problem'>>

export interface RolloutItem {
  readonly itemId: string
  readonly rolloutId: string
  readonly appid: string
  readonly state: ItemState
  readonly wave: number
  readonly releaseId?: string
  readonly problem?: { readonly code: string; readonly message: string; readonly hint: string }
}

export type ItemChange = Partial<Pick<RolloutItem, 'state' | 'releaseId'>> & {
  readonly problem?: RolloutItem['problem'] | null
  /** When it is worked on next. */
  readonly dueAt?: EpochMs
}

export interface RolloutStore {
  /** The items first: a rollout exists once its own document does. Repeating it changes nothing. */
  insert(rollout: RolloutRecord, items: readonly RolloutItem[], order: string, dueAt: EpochMs): Promise<void>
  find(rolloutId: string): Promise<RolloutRecord | undefined>
  list(filter: { state?: RolloutState | undefined }, page: PageRequest): Promise<Page<RolloutRecord>>
  items(rolloutId: string, filter: { state?: ItemState | undefined }, page: PageRequest): Promise<Page<RolloutItem>>
  /** False when the rollout left these states in between. `wish` and `problem` of null go away. */
  change(
    rolloutId: string,
    from: readonly RolloutState[],
    change: Omit<RolloutChange, 'wish' | 'problem'> & {
      readonly wish?: RolloutRecord['wish'] | null
      readonly problem?: RolloutRecord['problem'] | null
      readonly dueAt?: EpochMs
    },
  ): Promise<RolloutRecord | undefined>
  /** Rollouts that have something to do now, each for one caller at a time. */
  claimDue(limit: number, now: EpochMs, owner: string): Promise<readonly RolloutRecord[]>
  release(rolloutId: string, owner: string, dueAt: EpochMs): Promise<void>
  dueItems(
    rolloutId: string,
    states: readonly ItemState[],
    wave: number,
    limit: number,
    now: EpochMs,
  ): Promise<readonly RolloutItem[]>
  changeItem(item: RolloutItem, change: ItemChange): Promise<boolean>
  /** Puts all items of these states back to `pending` (or another state) and makes them due. How many. */
  reset(rolloutId: string, from: readonly ItemState[], to: ItemState, now: EpochMs): Promise<number>
  countItems(rolloutId: string, upToWave?: number): Promise<Readonly<Record<ItemState, number>>>
}

/** Which events a subscription wants; `*` stands for any text. A member left out, or a bare `*`, allows everything. */
export interface Match {
  readonly type?: string | undefined
  readonly infoType?: string | undefined
  readonly event?: string | undefined
  readonly appid?: string | undefined
}

export interface SubscriptionRecord {
  readonly subscriptionId: string
  readonly url: string
  readonly match: Match
  readonly enabled: boolean
  readonly createdAt: EpochMs
  /** Pushes that were received later concern it. */
  readonly since: EpochMs
  /** Up to here the pushes have become deliveries. */
  readonly seenUntil: EpochMs
  /** Rounds in a row in which nothing was accepted. */
  readonly failures: number
  readonly failingSince?: EpochMs
  /** Nothing is sent before. */
  readonly retryAt?: EpochMs
  readonly lastError?: string
  /** When lasting failure switched it off. */
  readonly switchedOffAt?: EpochMs
  /** Until then the secret before the last rotation signs too. */
  readonly formerSecretUntil?: EpochMs
}

export interface SubscriptionHealth {
  readonly failures: number
  readonly failingSince: EpochMs | null
  readonly retryAt: EpochMs | null
  readonly lastError: string | null
}

export interface SubscriptionStore {
  /** False when the id is taken. */
  insert(subscription: {
    subscriptionId: string
    url: string
    match: Match
    enabled: boolean
    secret: string
  }): Promise<boolean>
  find(subscriptionId: string): Promise<SubscriptionRecord | undefined>
  /** Every one; there are at most `MAX_SUBSCRIPTIONS`. */
  all(): Promise<readonly SubscriptionRecord[]>
  list(page: PageRequest): Promise<Page<SubscriptionRecord>>
  /** Switching it on forgets its failures; events from before do not concern it. */
  change(subscriptionId: string, change: { url: string; match: Match; enabled: boolean }): Promise<boolean>
  /** The former secret goes on signing until then; without it, it is dropped. */
  rotate(subscriptionId: string, secret: string, formerUntil: EpochMs | undefined): Promise<boolean>
  remove(subscriptionId: string): Promise<boolean>
  /** Those that sign at this time, the newest first. */
  secrets(subscriptionId: string, now: EpochMs): Promise<readonly string[]>
  /** One caller at a time delivers to it. Undefined: another does. */
  claim(subscriptionId: string, owner: string): Promise<{ subscription: SubscriptionRecord; now: EpochMs } | undefined>
  noteSeen(subscriptionId: string, seenUntil: EpochMs): Promise<void>
  noteHealth(subscriptionId: string, health: SubscriptionHealth): Promise<void>
  switchOff(subscriptionId: string, now: EpochMs): Promise<void>
  release(subscriptionId: string, owner: string): Promise<void>
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

export interface NewDelivery {
  /** Also the `webhook-id`. */
  readonly deliveryId: string
  readonly subscriptionId: string
  readonly type: string
  readonly appid?: string | undefined
  /** JSON text, exactly as it is sent. */
  readonly body: string
  /** Sorts what one instance stored within one millisecond. */
  readonly order: string
}

export interface Delivery extends Omit<NewDelivery, 'order'> {
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: EpochMs
  readonly dueAt: EpochMs
  /** While it fails, until then nothing of the same authorizer goes before it. */
  readonly holdsUntil: EpochMs
  /** Not tried any more then. */
  readonly expiresAt: EpochMs
  readonly endedAt?: EpochMs
  readonly lastError?: string
}

/** What an event list shows of a push, with its place in time. */
export type ReceivedPush = Pick<PushView, 'id' | 'type' | 'appid' | 'createTime' | 'receivedAt' | 'fields'>

export interface DeliveryStore {
  /** As of `createdAt`, or of now by the database's clock. False when it is there already. */
  insert(delivery: NewDelivery, createdAt?: EpochMs): Promise<boolean>
  find(deliveryId: string): Promise<Delivery | undefined>
  /** Waiting ones that are due and were stored before `until`, oldest first. */
  due(subscriptionId: string, now: EpochMs, until: EpochMs, limit: number): Promise<readonly Delivery[]>
  /** Failing ones that others have to wait for. */
  holding(subscriptionId: string, now: EpochMs): Promise<readonly Delivery[]>
  finish(deliveryId: string, state: 'delivered' | 'dead', now: EpochMs): Promise<void>
  /** Without `dueAt` its time stays. */
  noteFailure(deliveryId: string, lastError: string, dueAt?: EpochMs): Promise<void>
  postpone(deliveryIds: readonly string[], dueAt: EpochMs): Promise<void>
  /** Makes it wait once more, in nobody's way. */
  revive(deliveryId: string, dueAt: EpochMs, now: EpochMs): Promise<void>
  newest(subscriptionId: string, limit: number): Promise<readonly Delivery[]>
  count(subscriptionId: string, state: DeliveryState): Promise<number>
  /** Pushes but tickets, in the order in which they were received. */
  pushesAfter(receivedAt: EpochMs, limit: number): Promise<readonly ReceivedPush[]>
}

/** Deletes what has had its time. How many documents went. */
export interface CleanUp {
  run(now: EpochMs): Promise<number>
}

export interface Stores {
  readonly tokens: TokenStore
  readonly authorizers: AuthorizerStore
  readonly bindings: BindingStore
  readonly invites: InviteStore
  readonly codes: CodeStore
  readonly pushes: PushStore
  readonly releases: ReleaseStore
  readonly activity: ActivityStore
  readonly problems: ProblemStore
  readonly admins: AdminStore
  readonly rollouts: RolloutStore
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly cleanUp: CleanUp
}
