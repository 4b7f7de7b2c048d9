import { epochMs, type EpochMs } from '../../time.ts'
import type { TellOfBinding } from './bindings.ts'
import { flag, id, lenient, list, nested, number, optional, orElse, text, time, word, type RecordOf } from './forms.ts'
import type { AccountHappening } from './happened.ts'
import { watched, type Watched } from './notices.ts'
import type { Happening } from './outbox.ts'
import type { Page, PageRequest } from './page.ts'
import type { ReleaseRecord } from './releases.ts'
import type { Refusal } from './tokens.ts'

export const accountTypes = ['miniprogram', 'official'] as const

/** What a business is bound to. */
export type AccountType = (typeof accountTypes)[number]

/** A link may be for either. */
export const bindableTypes = [...accountTypes, 'any'] as const

/** 小店, 视频号, 带货助手, 供货商 and what else authorizes are known and left alone. */
export const accountKinds = ['miniprogram', 'official', 'store', 'channels', 'talent', 'supplier', 'other'] as const

export type AccountKind = (typeof accountKinds)[number]

export const accountStatusNames = ['normal', 'warned', 'banned', 'frozen', 'closed', 'unknown'] as const

/** What WeChat says of the account itself. */
export type AccountStatusName = (typeof accountStatusNames)[number]

export const authorizerStatuses = ['active', 'revoked', 'reauthorize'] as const

export type AuthorizerStatus = (typeof authorizerStatuses)[number]

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
  readonly accountType: AccountKind
  /** 原始 id, `gh_…`. */
  readonly userName: string
  readonly funcInfo?: readonly number[]
  /** `account_status`; absent where WeChat did not say. */
  readonly accountStatus?: number
}

/** Named by its number; rows of before name its id. */
const releaseHere = {
  number: optional(number),
  releaseId: optional(text),
  templateId: number,
  source: optional(text),
  version: text,
  releasedAt: time,
}

export type CurrentRelease = Omit<RecordOf<typeof releaseHere>, 'number' | 'releaseId'> & { readonly releaseId: string }

/** What is online, by WeChat's last word. */
export interface LiveVersion {
  readonly version: string
  /** Of a version that was released here. */
  readonly templateId?: number
  readonly source?: string
  readonly releasedAt?: EpochMs
  readonly origin: 'here' | 'elsewhere'
  readonly readAt: EpochMs
}

const conflictKinds = ['authorizerTaken', 'businessTaken'] as const

type OnlineRelease = Pick<ReleaseRecord, 'number' | 'templateId' | 'source' | 'version'>

/** An account that authorized the platform, but for its tokens. */
export const authorizer = {
  appid: id,
  status: word(authorizerStatuses),
  /** Its profile has not been read yet: it counts as a mini program. */
  accountType: lenient(orElse<AccountKind>(word(accountKinds), 'miniprogram')),
  nickName: orElse(text, ''),
  principalName: orElse(text, ''),
  userName: optional(text),
  funcInfo: orElse(list(number), []),
  authorizedAt: orElse(time, epochMs(0)),
  businessId: optional(text),
  currentRelease: optional(nested(releaseHere)),
  /** CreateTime of the newest authorization event that took effect, unix seconds. */
  eventTime: orElse(number, 0),
  /** Unix seconds. A code was exchanged then whose push has not come: the authorization is no older than `eventTime`. */
  provenAt: optional(number),
  /** Names the code that brought its tokens last, and the one that it came with. */
  codeId: optional(text),
  firstCodeId: optional(text),
  refusalErrcode: optional(number),
  refusalErrmsg: orElse(text, ''),
  /** Attempts in a row that brought no new token, and with what the last one ended. */
  failures: orElse(number, 0),
  failedFor: optional(text),
  /** A business that asked for it in vain, and who stands in the way: the business that has it, or the account that this one has. */
  conflict: optional(nested({ businessId: text, kind: word(conflictKinds), with: text })),
  profiledAt: optional(time),
  /** What is online and was not released here; then there is no `currentRelease`. */
  elsewhere: optional(nested({ version: text, releasedAt: optional(time) })),
  /** The one of ours that another hand took offline: by a version of its own, or by going back to an older one of ours. */
  drift: optional(nested(releaseHere)),
  /** When WeChat was asked last what is online and under review. */
  readAt: optional(time),
  /** `account_status` as it was last read. */
  accountStatus: optional(number),
  /** The newest pass over WeChat's list that had it. */
  listedBy: optional(text),
  ...watched,
  /** Of what is written over `watched`. */
  revision: optional(number),
}

type Kept = RecordOf<typeof authorizer>

export type Authorizer = Omit<
  Kept,
  'currentRelease' | 'drift' | 'refusalErrcode' | 'refusalErrmsg' | keyof typeof watched
> & {
  readonly currentRelease?: CurrentRelease
  readonly drift?: CurrentRelease
  readonly refusal?: Refusal
  readonly hasRefreshToken: boolean
  readonly tokenExpiresAt?: EpochMs
  readonly watched: Watched
}

/** How far a pass over WeChat's list of authorizers has come. */
export const syncPosition = {
  passId: text,
  begunAt: time,
  /** Rows of WeChat's list that were looked at, and how many different ones these were. */
  offset: number,
  distinct: number,
  /** As the first page said. */
  total: optional(number),
  /** The list was read to its end; of those that it lacks, all up to `after` were looked at. */
  isWhole: flag,
  after: text,
}

export type SyncPosition = RecordOf<typeof syncPosition>

export interface AuthorizerFilter {
  readonly status?: AuthorizerStatus | undefined
  /** Part of a name, an appid or a businessId. */
  readonly query?: string | undefined
  readonly appids?: readonly string[] | undefined
}

export interface AuthorizerStore {
  find(appid: string): Promise<Authorizer | undefined>
  findMany(appids: readonly string[]): Promise<readonly Authorizer[]>
  /** Whom this code brought, last or first. */
  findByCode(codeId: string): Promise<Authorizer | undefined>
  /** Appids by 原始 id: of this one, if there is such an account, and of so many on both sides of it. */
  ownersAround(userName: string, limit: number): Promise<ReadonlyMap<string, string>>
  list(filter: AuthorizerFilter, page: PageRequest): Promise<Page<Authorizer>>
  countListed(filter: AuthorizerFilter): Promise<number>
  /** The same in order of appid, of each only what it is called, its state and what is online. */
  scan(filter: AuthorizerFilter, afterAppid: string, limit: number): Promise<readonly Authorizer[]>
  count(status: AuthorizerStatus): Promise<number>
  /** Those that have to authorize again, whose tokens fail, that a business asked for in vain, that WeChat punished, or has something to announce to; so many of each. */
  inTrouble(limit: number): Promise<readonly Authorizer[]>
  /** Whether WeChat's last word on some account was this, and whose token was last seen to have died early since then. One call. */
  refusedOrReplaced(
    errcode: number,
    since: EpochMs,
  ): Promise<{ readonly isRefused: boolean; readonly replaced?: { readonly appid: string; readonly at: EpochMs } }>
  /** What happened to the account itself; undefined where it is not known. */
  happenedTo(appid: string): Promise<readonly AccountHappening[] | undefined>
  /** Somebody settled it; another that came since stays. */
  forgetConflict(seen: Authorizer): Promise<void>
  readSync(): Promise<SyncPosition | undefined>
  saveSync(position: SyncPosition): Promise<void>
  /** Another pass that has begun since keeps its place. */
  endSync(passId: string): Promise<void>
  markListed(appids: readonly string[], passId: string): Promise<void>
  /** Those with an authorization that the pass did not meet, in order of appid. */
  pageUnlisted(passId: string, afterAppid: string, limit: number): Promise<readonly Authorizer[]>
  countUnlisted(passId: string, afterAppid: string): Promise<number>
  /**
   * Stores an exchange's result. An exchange that overlapped with another writer keeps the other refresh token
   * as the former one and lets the next call refresh, because nobody can say which of the two is newer. The account afterwards.
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
      /** It was known just now. */
      isKnown?: boolean
    },
    tell: TellOfBinding,
  ): Promise<Authorizer>
  /** An account that WeChat gave no tokens: it is known, and has to be authorized again. One that has tokens keeps them. */
  saveWithoutTokens(
    account: { appid: string; funcInfo: readonly number[] },
    details: { codeId: string; eventTime: number; now: EpochMs },
  ): Promise<void>
  /** Takes in a refresh token from WeChat's own list; only where ours is missing or was refused. */
  adoptRefreshToken(
    appid: string,
    refreshToken: string,
    details: { authorizedAt: EpochMs; now: EpochMs; eventTime?: number },
    tell: TellOfBinding,
  ): Promise<boolean>
  /** False where nothing was stored: its account status is another one than before, and `onlyIf` wants it to be the same. */
  saveProfile(appid: string, profile: AuthorizerProfile, now: EpochMs, onlyIf?: 'sameStatus'): Promise<boolean>
  saveFuncInfo(appid: string, funcInfo: readonly number[]): Promise<void>
  /** Notes that this event took effect; false when a newer one was there. */
  raiseEventTime(appid: string, eventTime: number): Promise<boolean>
  /** Ends the authorization, its binding with it, and deletes its tokens, unless a newer event took effect. */
  revoke(appid: string, eventTime: number, tell: TellOfBinding): Promise<boolean>
  /** What is online at these accounts: of each its own release of this number. */
  setLive(appids: readonly string[], release: OnlineRelease, releasedAt: EpochMs): Promise<void>
  /** The same by WeChat's word, unless something was noted since the account was seen. */
  followLive(seen: Authorizer, release: OnlineRelease, releasedAt: EpochMs | undefined): Promise<void>
  /** WeChat was asked about these: who they are, what is online there. `dueAt`: when it is asked again by itself. */
  noteReading(
    appids: readonly string[],
    reading: { profile: boolean; code: boolean; slow: boolean; dueAt?: EpochMs },
    now: EpochMs,
  ): Promise<void>
  /** What events and weekly readings tell of an account. False where somebody wrote in between. */
  saveWatched(seen: Authorizer, watched: Watched, ...happenings: Happening[]): Promise<boolean>
  /** Those that are to be read, the longest due first. */
  dueToRead(limit: number, now: EpochMs): Promise<readonly Authorizer[]>
}
