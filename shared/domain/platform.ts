import type { Log } from '../log.ts'
import { after, epochMs, type Clock, type EpochMs } from '../time.ts'
import type { BinaryReply, Endpoint, ReplyOf, RequestOf, Upload } from '../wechat/endpoints/endpoint.ts'
import type { Stores } from './stores.ts'
import type { ApiKeyRecord, Role } from './stores/admins.ts'
import type { SessionRecord } from './stores/sessions.ts'
import type { LiveToken } from './tokens/tokens.ts'
import type { Webhooks } from './subscriptions/webhook-message.ts'

export interface Settings {
  readonly componentAppid: string
  readonly componentAppsecret: string
  readonly authBaseUrl: string
  readonly returnUrlOrigins: readonly string[]
  readonly adminOpenids: readonly string[]
  /** Authorizers unused for so long are refreshed on demand only; 0: none. */
  readonly refreshIdleDays: number
  readonly wechatPageBase?: string
  readonly alertWebhookUrl?: string
}

/** Names and proofs made of randomness and keys. */
export interface Ids {
  /** 32 hex digits. */
  random(): string
  /** SHA-256 over the parts, hex; the order and the borders of the parts count. */
  hash(...parts: readonly string[]): string
  /** SHA-256, hex, of bytes given in hex. */
  hashOfHex(bytes: string): string
  /** base64url; proves that this platform wrote the message for this purpose. */
  sign(purpose: string, message: string): string
  verify(purpose: string, message: string, signature: string): boolean
  /** As `sign`, for what outlives a change of the platform's address. */
  signLasting(purpose: string, message: string): string
  verifyLasting(purpose: string, message: string, signature: string): boolean
  /** Names the key that signs now: what it signed is good for as long as SEAL_KEYS has it. */
  readonly signingKey: string
  /** Compares in constant time. */
  isSame(a: string, b: string): boolean
  /** 0 ≤ n < 1, for jitter. */
  fraction(): number
}

/** WeChat's API. Every failure is a `Failure`. */
export interface Wechat {
  send<E extends Endpoint>(endpoint: E, request: RequestOf<E>, token?: string): Promise<ReplyOf<E>>
  /** Any path; never repeated where WeChat may have acted. */
  call(request: FreeRequest, token: string): Promise<FreeReply>
}

export interface FreeRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query: Readonly<Record<string, string | number | boolean>>
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly upload?: { readonly part: string; readonly file: Upload } | undefined
  readonly whose: 'component' | 'authorizer'
}

export type FreeReply = { readonly json: Readonly<Record<string, unknown>> } | { readonly binary: BinaryReply }

export interface Alerts {
  /** One message. False when the robot did not take it. */
  send(lines: readonly string[]): Promise<boolean>
}

/** The environment's cloud storage. */
export interface Files {
  /** @param field where the input names it */
  read(fileId: string, field: string): Promise<Buffer>
  /** Answers the fileId. */
  write(path: string, content: Buffer): Promise<string>
}

/** An API key as it was read; undefined where there is none of this id. */
export interface KnownKey {
  readonly record: ApiKeyRecord | undefined
  /** Those it was made with, the nearest first. */
  readonly makers: readonly ApiKeyRecord[]
  readonly readAt: EpochMs
  lastUsedAt: EpochMs
}

/** What one warm instance remembers; it may vanish at any time. */
export interface Memory {
  readonly tokens: Map<string, { readonly token: LiveToken; readonly readAt: EpochMs }>
  readonly underWay: Map<string, Promise<LiveToken>>
  readonly roles: Map<string, { readonly role: Role | undefined; readonly readAt: EpochMs }>
  readonly keys: Map<string, KnownKey>
  readonly sessions: Map<string, { readonly record: SessionRecord | undefined; readonly readAt: EpochMs }>
  /** What people decided of late about browsers that ask to be let in. */
  readonly signIns: {
    decisions: readonly SessionRecord[]
    lookedAt: EpochMs
    looking: Promise<readonly SessionRecord[]> | undefined
  }
  /** When a key without a signature may be looked up again. */
  nextKeyReadAt: EpochMs
  /** 原始 id → appid of authorizers; that never changes. */
  readonly owners: Map<string, string>
  /** The database's clock minus ours, as last seen. */
  clockOffset: number
  /** By our clock. */
  clockSeenAt?: EpochMs
}

export const emptyMemory = (): Memory => ({
  tokens: new Map(),
  underWay: new Map(),
  roles: new Map(),
  keys: new Map(),
  sessions: new Map(),
  signIns: { decisions: [], lookedAt: epochMs(0), looking: undefined },
  nextKeyReadAt: epochMs(0),
  owners: new Map(),
  clockOffset: 0,
})

/** Everything a use case may reach. */
export interface Platform {
  readonly settings: Settings
  readonly clock: Clock
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly log: Log
  /** Of the call that is served now. */
  readonly requestId: () => string | undefined
  readonly ids: Ids
  readonly stores: Stores
  readonly wechat: Wechat
  readonly files: Files
  /** A group robot that hears of problems; undefined where none is configured. */
  readonly alerts: Alerts | undefined
  readonly webhooks: Webhooks
  readonly memory: Memory
}

/** How long an instance trusts what it read. */
export const MEMORY_MS = 60_000

/** Also false after a clock jumped back. */
export const isRecent = (platform: Platform, readAt: EpochMs, ms: number): boolean =>
  Math.abs(platform.clock() - readAt) <= ms

/** The database's clock, as well as this instance knows it. */
export const databaseTime = (platform: Platform): EpochMs => after(platform.clock(), platform.memory.clockOffset)

export const learnDatabaseTime = (platform: Platform, now: EpochMs): void => {
  platform.memory.clockSeenAt = platform.clock()
  platform.memory.clockOffset = now - platform.memory.clockSeenAt
}

/** WeChat's clock and the database's may differ by so much. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

const CLOCK_TRUST_MS = 10 * 60_000

/** Whether the clocks were compared lately, and ours has not jumped since. */
export const knowsDatabaseTime = (platform: Platform): boolean =>
  platform.memory.clockSeenAt !== undefined && isRecent(platform, platform.memory.clockSeenAt, CLOCK_TRUST_MS)

/** A unique text that sorts newest first. */
export const newestFirst = (platform: Platform): string =>
  `${(9_999_999_999_999 - databaseTime(platform)).toString().padStart(13, '0')}-${platform.ids.random().slice(0, 12)}`
