import type { EpochMs } from '../../shared/time.ts'
import { newAppid, newUserName } from './identifiers.ts'
import { beginLife, type MerchantLife } from './merchant-life.ts'
import { MINI_PROGRAM_SETS, OFFICIAL_ACCOUNT_SETS } from './permission-sets.ts'
import type { AccessToken, WechatState } from './state.ts'
import { nextNumber } from './state.ts'
import type { CodePackage } from './templates.ts'

export const accountTypes = ['miniProgram', 'officialAccount', 'store', 'channels', 'talent', 'supplier'] as const
export type AccountType = (typeof accountTypes)[number]

/** One authorization of a merchant to this platform. */
export interface Grant {
  readonly grantId: number
  readonly authorizedAt: EpochMs
  funcInfo: number[]
  /** Unset until a code of this grant has been exchanged. */
  refreshToken?: string
  /** What api_get_authorizer_list shows, where a test wants it to differ from the token that works. */
  listedRefreshToken?: string
  /** Replaced refresh tokens and until when they still work. */
  readonly formerRefreshTokens: Map<string, EpochMs>
}

export interface CodeVersion {
  readonly version: string
  readonly description: string
  readonly templateId: number
  readonly extJson: string
  readonly committedAt: EpochMs
  scanEndsAt: EpochMs
  readonly code: CodePackage
  readonly pages: readonly string[]
  readonly requiredPrivateInfos: readonly string[]
  readonly navigateToAppids: readonly string[]
}

export const AUDIT_STATUS = { passed: 0, rejected: 1, auditing: 2, withdrawn: 3, delayed: 4 } as const
export type AuditStatus = (typeof AUDIT_STATUS)[keyof typeof AUDIT_STATUS]

export interface Audit {
  readonly auditid: number
  status: AuditStatus
  reason: string
  screenshots: readonly string[]
  readonly submittedAt: EpochMs
  decidedAt?: EpochMs
  readonly version: CodeVersion
  readonly submission: unknown
  released: boolean
  spedUp: boolean
}

export interface LiveVersion {
  readonly appVersion: number
  readonly version: CodeVersion
  readonly releasedAt: EpochMs
}

export interface GrayRelease {
  status: 0 | 1 | 2 | 3 | 4
  readonly audit: Audit
  readonly createdAt: EpochMs
  percentage: number
  debugerFirst: boolean
  experiencerFirst: boolean
}

export const SERVER_DOMAIN_KINDS = [
  'requestdomain',
  'wsrequestdomain',
  'uploaddomain',
  'downloaddomain',
  'udpdomain',
  'tcpdomain',
] as const
export type ServerDomainKind = (typeof SERVER_DOMAIN_KINDS)[number]
export type ServerDomains = Record<ServerDomainKind, string[]>

const noServerDomains = (): ServerDomains => ({
  requestdomain: [],
  wsrequestdomain: [],
  uploaddomain: [],
  downloaddomain: [],
  udpdomain: [],
  tcpdomain: [],
})

export interface MerchantDomains {
  /** Set by the merchant on mp.weixin.qq.com; stops applying at the first release by the platform. */
  mp: ServerDomains
  third: ServerDomains
  direct: ServerDomains
  effective: ServerDomains
  mpWebview: string[]
  thirdWebview: string[]
  directWebview: string[]
  effectiveWebview: string[]
  prefetchDns: string[]
}

export interface PrivacySetting {
  readonly settings: readonly { readonly privacy_key: string; readonly privacy_text: string }[]
  readonly ownerSetting: Readonly<Record<string, unknown>>
  readonly sdks: readonly unknown[]
  readonly updatedAt: EpochMs
}

export interface PrivacyInterface {
  readonly apiName: string
  /** 1 to be applied for, 2 no permission, 3 under review, 4 failed, 5 granted */
  status: 1 | 2 | 3 | 4 | 5
  auditId?: number
  appliedAt?: EpochMs
  failReason?: string
}

export interface Category {
  readonly first: number
  readonly second: number
  readonly firstName: string
  readonly secondName: string
  /** 1 reviewing, 2 rejected, 3 passed */
  status: 1 | 2 | 3
  reason: string
}

export interface Merchant {
  readonly appid: string
  /** In which order they came. */
  readonly number: number
  readonly userName: string
  nickName: string
  readonly accountType: AccountType
  readonly principalName: string
  /** 0 person, 1 enterprise */
  readonly principalType: 0 | 1
  readonly createdByApi: boolean
  readonly overseas: boolean
  signature: string
  headImage: string
  searchOff: boolean
  /** 1 normal, 14 closed, 16 banned, 18 warned, 19 frozen */
  accountStatus: number
  forbiddenToSubmit: boolean
  /** What the person ticks on the scan page unless told otherwise. */
  readonly defaultSets: readonly number[]
  grant?: Grant
  accessToken?: AccessToken
  trial?: CodeVersion
  readonly audits: Audit[]
  readonly live: LiveVersion[]
  /** Index into `live` of what users get. */
  liveIndex: number
  rolledBack: boolean
  gray?: GrayRelease
  visible: boolean
  supportVersion: string
  readonly domains: MerchantDomains
  /** Privacy guideline: 1 live, 2 development version. */
  readonly privacy: Map<1 | 2, PrivacySetting>
  readonly privacyInterfaces: Map<string, PrivacyInterface>
  readonly categories: Category[]
  /** userstr → wechatid */
  readonly testers: Map<string, string>
  readonly plugins: Map<string, { status: 1 | 2 | 3 | 4; version: string; reason: string }>
  readonly nicknameAudits: Map<
    number,
    { nickname: string; stat: 1 | 2 | 3; reason: string; createdAt: EpochMs; auditedAt?: EpochMs }
  >
  dataSetting: Record<string, unknown>
  readonly life: MerchantLife
}

export const LOCATION_APIS = [
  'getFuzzyLocation',
  'getLocation',
  'onLocationChange',
  'startLocationUpdate',
  'startLocationUpdateBackground',
  'chooseLocation',
  'choosePoi',
  'chooseAddress',
] as const

export interface NewMerchant {
  readonly appid?: string | undefined
  readonly userName?: string | undefined
  readonly nickName?: string | undefined
  readonly accountType?: AccountType | undefined
  readonly principalName?: string | undefined
  readonly principalType?: 0 | 1 | undefined
  readonly createdByApi?: boolean | undefined
  readonly overseas?: boolean | undefined
  /** Empty: introduction missing, submit_audit answers 86002. */
  readonly signature?: string | undefined
  /** Permission sets the person ticks by default. */
  readonly funcInfo?: readonly number[] | undefined
  /** Approved categories; `[]`: none, submit_audit answers 85008. */
  readonly categories?: readonly Omit<Category, 'status' | 'reason'>[] | undefined
  /** Names with `wx.` or without. */
  readonly grantedApis?: readonly string[] | undefined
}

const defaultCategory = { first: 287, firstName: '工具', second: 619, secondName: '办公' } as const

export const withoutWx = (apiName: string): string => apiName.replace(/^wx\./, '')

export const createMerchant = (state: WechatState, given: NewMerchant = {}): Merchant => {
  const accountType = given.accountType ?? 'miniProgram'
  const number = nextNumber(state)
  const granted = new Set((given.grantedApis ?? []).map(withoutWx))
  const merchant: Merchant = {
    appid: given.appid ?? newAppid(),
    number,
    userName: given.userName ?? newUserName(),
    nickName: given.nickName ?? `商户${number}`,
    accountType,
    principalName: given.principalName ?? `商户${number}有限公司`,
    principalType: given.principalType ?? 1,
    createdByApi: given.createdByApi ?? false,
    overseas: given.overseas ?? false,
    signature: given.signature ?? '为附近的居民服务的小店',
    headImage: 'https://wx.qlogo.cn/mmopen/demo/0',
    searchOff: false,
    accountStatus: 1,
    forbiddenToSubmit: false,
    defaultSets: given.funcInfo ?? (accountType === 'miniProgram' ? MINI_PROGRAM_SETS : OFFICIAL_ACCOUNT_SETS),
    audits: [],
    live: [],
    liveIndex: -1,
    rolledBack: false,
    visible: true,
    supportVersion: '2.0.0',
    domains: {
      mp: noServerDomains(),
      third: noServerDomains(),
      direct: noServerDomains(),
      effective: noServerDomains(),
      mpWebview: [],
      thirdWebview: [],
      directWebview: [],
      effectiveWebview: [],
      prefetchDns: [],
    },
    privacy: new Map(),
    privacyInterfaces: new Map(
      LOCATION_APIS.map((apiName) => [apiName, { apiName, status: granted.has(apiName) ? 5 : 1 }]),
    ),
    categories: (given.categories ?? [defaultCategory]).map((category) => ({ ...category, status: 3, reason: '' })),
    testers: new Map(),
    plugins: new Map(),
    nicknameAudits: new Map(),
    dataSetting: { is_pre_fetch_open: false, is_period_fetch_open: false },
    life: beginLife(given.createdByApi ?? false),
  }
  state.merchants.set(merchant.appid, merchant)
  return merchant
}

export const liveOf = (merchant: Merchant): LiveVersion | undefined => merchant.live[merchant.liveIndex]

export const latestAuditOf = (merchant: Merchant): Audit | undefined => merchant.audits.at(-1)
