import { setMaxListeners } from 'node:events'
import { epochMs } from '../../shared/time.ts'
import type { EpochMs } from '../../shared/time.ts'
import type { CallRecord } from './calls.ts'
import type { FaultRule } from './faults.ts'
import type { Merchant } from './merchants.ts'
import type { Registration } from './operations/registrations.ts'
import type { PushRecord } from './pushes.ts'
import type { Settings, WechatSettings } from './settings.ts'
import { resolveSettings } from './settings.ts'
import type { Draft, Template } from './templates.ts'

export interface Ticket {
  readonly value: string
  readonly issuedAt: EpochMs
}

export interface AccessToken {
  readonly value: string
  /** The authorizer it acts for; undefined for the component's own. */
  readonly appid?: string
  expiresAt: EpochMs
  /** When it was replaced by a newer one and its grace ended, or was revoked: 40001 from then on. */
  deadFrom?: EpochMs
}

export interface PreAuthCode {
  readonly value: string
  readonly expiresAt: EpochMs
  used: boolean
}

export interface AuthorizationCode {
  readonly value: string
  readonly appid: string
  /** Which grant it belongs to: a code of an older grant is void. */
  readonly grantId: number
  readonly expiresAt: EpochMs
  used: boolean
}

/** One opened authorization page, until the person confirms or cancels. */
export interface Scan {
  readonly preAuthCode: string
  readonly redirectUri: string
  readonly authType: number
  readonly bizAppid?: string
  readonly permissionSets?: readonly number[]
}

/** A customer-service message (客服消息) that a platform sent for a merchant. */
export interface CustomerMessage {
  readonly appid: string
  readonly at: EpochMs
  readonly touser: string
  readonly msgtype: string
  /** Of a text message. */
  readonly content?: string
}

export interface DomainList {
  published: string[]
  testing: string[]
}

/** Everything WeChat remembers. Passed in, never global, gone when the process ends. */
export interface WechatState {
  settings: Settings
  readonly readClock: () => number
  clockOffsetMs: number
  sequence: number
  readonly tickets: Ticket[]
  readonly accessTokens: Map<string, AccessToken>
  componentToken?: AccessToken
  readonly refreshTokensIssued: string[]
  readonly preAuthCodes: Map<string, PreAuthCode>
  readonly codes: Map<string, AuthorizationCode>
  readonly loginCodes: Map<string, { readonly appid: string; readonly openid: string; used: boolean }>
  readonly sessionKeys: string[]
  readonly scans: Map<string, Scan>
  readonly merchants: Map<string, Merchant>
  readonly drafts: Draft[]
  readonly templates: Template[]
  readonly serverDomains: DomainList
  readonly jumpDomains: DomainList
  readonly media: Map<
    string,
    {
      readonly type: string
      readonly contentType: string
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly expiresAt: EpochMs
    }
  >
  readonly registrations: Map<string, Registration>
  readonly customerMessages: CustomerMessage[]
  readonly pushes: PushRecord[]
  readonly calls: CallRecord[]
  readonly callCounts: Map<string, number>
  readonly rids: Map<string, CallRecord>
  readonly faults: FaultRule[]
  /** Uses of everything that is limited per day or month: `<what> <day or month>` → how often. */
  readonly usage: Map<string, number>
  readonly deliveries: Set<Promise<void>>
  readonly closing: AbortController
}

export const createState = (settings: WechatSettings): WechatState => ({
  settings: resolveSettings(settings),
  readClock: settings.now ?? Date.now,
  clockOffsetMs: 0,
  sequence: 0,
  tickets: [],
  accessTokens: new Map(),
  refreshTokensIssued: [],
  preAuthCodes: new Map(),
  codes: new Map(),
  loginCodes: new Map(),
  sessionKeys: [],
  scans: new Map(),
  merchants: new Map(),
  drafts: [],
  templates: [],
  serverDomains: { published: [], testing: [] },
  jumpDomains: { published: [], testing: [] },
  media: new Map(),
  registrations: new Map(),
  customerMessages: [],
  pushes: [],
  calls: [],
  callCounts: new Map(),
  rids: new Map(),
  faults: [],
  usage: new Map(),
  deliveries: new Set(),
  closing: createClosing(),
})

/** Every call and push under way listens to it. */
function createClosing(): AbortController {
  const closing = new AbortController()
  setMaxListeners(0, closing.signal)
  return closing
}

export const nowOf = (state: WechatState): EpochMs => epochMs(state.readClock() + state.clockOffsetMs)

export const nextNumber = (state: WechatState): number => {
  state.sequence += 1
  return state.sequence
}
