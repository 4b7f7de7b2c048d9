import type { Crowd } from './user-errors.ts'

/** How this WeChat behaves. Everything but the credentials has a default, and all of it can be changed while it runs. */
export interface WechatSettings {
  readonly componentAppid: string
  readonly componentAppsecret: string
  /** 消息校验Token */
  readonly token: string
  /** 消息加解密Key, 43 characters */
  readonly encodingAesKey: string
  /** 授权事件接收URL. Unset: authorization events are recorded as undeliverable. */
  readonly eventUrl?: string
  /** 消息与事件接收URL, contains `$APPID$`. */
  readonly messageUrl?: string
  /** 云服务 mode: both URLs get JSON without a signature, as a service of cloud hosting does. @default false */
  readonly plainPushes?: boolean
  /** 授权发起页域名. Unset: only the Referer's host and the redirect_uri's host are held against each other. */
  readonly entryDomain?: string
  /** 0: only on demand. @default 600 */
  readonly ticketEverySeconds?: number
  /** Whether a ticket is pushed by itself after start; api_start_push_ticket switches it on. @default true */
  readonly ticketsRunning?: boolean
  /** How long get_code_privacy_info and submit_audit answer 61039 after each commit. @default 3 */
  readonly codeScanSeconds?: number
  /** Added to every API call before it takes effect. @default 0 */
  readonly latencyMs?: number
  /** What api_authorizer_token does with the refresh token; WeChat does not document it. @default 'rotateWithGrace' */
  readonly refreshTokens?: 'stay' | 'rotateWithGrace' | 'rotateAtOnce'
  /** Whether an authorization code works a second time; WeChat does not document it. @default 'oneShot' */
  readonly codes?: 'oneShot' | 'reusable'
  /** Whether the push's AuthorizationCode is the redirect's auth_code. @default true */
  readonly samePushCode?: boolean
  /** @default 7200 */
  readonly accessTokenSeconds?: number
  /** How long a replaced component, authorizer or refresh token still works. @default 300 */
  readonly graceSeconds?: number
  /** @default 1800 */
  readonly preAuthCodeSeconds?: number
  /** Lifetime of the redirect's auth_code, its `expires_in`. @default 600 */
  readonly authCodeSeconds?: number
  /** Lifetime of the push's AuthorizationCode. @default 3600 */
  readonly pushCodeSeconds?: number
  /** @default 43200 */
  readonly ticketSeconds?: number
  /** Pushes are recorded but not sent until `deliverHeld`. @default false */
  readonly holdPushes?: boolean
  /** Deadline of one attempt. @default 5000 */
  readonly pushTimeoutMs?: number
  /** Further attempts after the first. @default 3 */
  readonly pushRetries?: number
  /** Pause between attempts. @default 1000 */
  readonly pushRetryDelayMs?: number
  /** Caller addresses that may call the API (61004 otherwise). Unset: not checked. */
  readonly ipWhitelist?: readonly string[]
  /** Whether the platform passed 全网发布: then authorizers see the published domain lists, else the testing ones. @default true */
  readonly published?: boolean
  /** submit_audit calls a month, shared by all merchants (85085). @default 1000 */
  readonly auditQuota?: number
  /** speedupaudit calls a month, shared (89405). @default 10 */
  readonly speedupQuota?: number
  /** Withdrawals per mini program (87013). @default 5 */
  readonly withdrawalsPerDay?: number
  /** @default 10 */
  readonly withdrawalsPerMonth?: number
  /** @default 200 */
  readonly templateLimit?: number
  /** @default 50 */
  readonly domainChangesPerMonth?: number
  /** @default 10 */
  readonly quotaClearsPerMonth?: number
  /** Testers per mini program (85002). @default 30 */
  readonly testerLimit?: number
  /** WeChat ids that bind_tester does not find (85001). @default [] */
  readonly unknownWechatIds?: readonly string[]
  /** Hosts without ICP filing (85302). @default [] */
  readonly hostsWithoutIcp?: readonly string[]
  /** Hosts where WeChat finds no confirm file; they land in the invalid list of modify_wxa_jump_domain. @default [] */
  readonly hostsWithoutConfirmFile?: readonly string[]
  /** Daily calls per path and account (45009); paths that are not named have no limit. @default {} */
  readonly dailyLimits?: Readonly<Record<string, number>>
  /** Whether WeChat's ping reaches the callback address. @default true */
  readonly callbackReached?: boolean
  /** Users of all merchants, who meet errors by chance. Unset: only what `addErrors` says. */
  readonly crowd?: Crowd
  /** The present in epoch milliseconds. @default Date.now */
  readonly now?: () => number
}

export type Settings = Required<
  Omit<WechatSettings, 'eventUrl' | 'messageUrl' | 'entryDomain' | 'ipWhitelist' | 'crowd' | 'now'>
> &
  Pick<WechatSettings, 'eventUrl' | 'messageUrl' | 'entryDomain' | 'ipWhitelist' | 'crowd'>

const defaults = {
  ticketEverySeconds: 600,
  ticketsRunning: true,
  codeScanSeconds: 3,
  latencyMs: 0,
  refreshTokens: 'rotateWithGrace',
  codes: 'oneShot',
  samePushCode: true,
  accessTokenSeconds: 7200,
  graceSeconds: 300,
  preAuthCodeSeconds: 1800,
  authCodeSeconds: 600,
  pushCodeSeconds: 3600,
  ticketSeconds: 12 * 3600,
  plainPushes: false,
  holdPushes: false,
  pushTimeoutMs: 5000,
  pushRetries: 3,
  pushRetryDelayMs: 1000,
  published: true,
  auditQuota: 1000,
  speedupQuota: 10,
  withdrawalsPerDay: 5,
  withdrawalsPerMonth: 10,
  templateLimit: 200,
  domainChangesPerMonth: 50,
  quotaClearsPerMonth: 10,
  testerLimit: 30,
  unknownWechatIds: [],
  hostsWithoutIcp: [],
  hostsWithoutConfirmFile: [],
  dailyLimits: {},
  callbackReached: true,
} satisfies Partial<WechatSettings>

export const resolveSettings = ({ now: _now, ...given }: WechatSettings): Settings => ({ ...defaults, ...given })
