import type { EpochMs } from '../../shared/time.ts'

/** What WeChat's staff remarks on a filing. */
export interface Remark {
  readonly key_name: string
  readonly error: string
  readonly suggest: string
}

export interface FaceCheck {
  readonly expiresAt: EpochMs
  readonly alongWithAuth: boolean
  /** 0 not started, 1 waiting, 2 failed, 3 done */
  status: 0 | 1 | 2 | 3
}

/** An application for verification, or for verification and filing in one. */
export interface Procedure {
  readonly data: unknown
  readonly createdAt: EpochMs
  status: number
  apply: number
  reason: string
}

export interface Violation {
  readonly illegal_record_id: string
  readonly illegal_reason: string
  readonly illegal_content: string
  readonly rule_name: string
  readonly rule_url: string
  /** Unix seconds. */
  readonly create_time: number
  readonly appeals: Appeal[]
}

export interface Appeal {
  readonly appeal_record_id: number
  readonly appeal_count: number
  readonly appeal_time: number
  readonly materials: unknown
  /** 1 under review, 2 granted, 3 refused, 4 withdrawn */
  appeal_status: 1 | 2 | 3 | 4
  audit_reason?: string
  audit_time?: number
}

/** One error of the code, as often as users met it on one day. */
export interface ScriptError {
  readonly appVersion: string
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly message: string
  readonly stack: string
  /** `1` own code, `2` plugin, `3` framework */
  readonly errType: '1' | '2' | '3'
  readonly uv: number
  readonly pv: number
  /** Users of that version that day. */
  readonly users: number
}

export interface LogRow {
  /** 2 info, 4 warn, 8 error; bits of several. */
  readonly level: number
  readonly timestamp: number
  readonly text: string
  readonly url: string
  readonly openid: string
}

export interface Feedback {
  readonly record_id: number
  readonly openid: string
  readonly type: number
  readonly content: string
  readonly create_time: number
}

export interface QrRule {
  prefix: string
  path: string
  state: 1 | 2
  permit_sub_rule: number
  open_version: number
  debug_url: readonly string[]
}

/** A mini program's dealings with WeChat beyond its code. */
export interface MerchantLife {
  /** Without the flags of what is missing: 1024 not filed, 2 to 6 as WeChat counts. */
  filing: { status: number; canceling: boolean; remarks: readonly Remark[]; order?: unknown }
  readonly faceChecks: Map<string, FaceCheck>
  readonly verifications: Map<string, Procedure>
  readonly procedures: Map<string, Procedure>
  readonly violations: Violation[]
  /** Unix seconds: the verification is to be renewed between these. */
  annualReview?: { readonly begin: number; readonly end: number }
  readonly errors: ScriptError[]
  readonly logs: LogRow[]
  readonly feedback: Feedback[]
  openAppid: string
  /** What it asked to open on half a screen: 1 asked, 2 granted. */
  readonly halfScreens: Map<string, { status: number; reason: string; createdAt: EpochMs }>
  halfScreenConsent: number
  readonly linked: Set<string>
  followed: string
  readonly qrRules: Map<string, QrRule>
  readonly options: Map<string, string>
}

/** What was registered at mp.weixin.qq.com was filed there. */
export const beginLife = (createdByApi: boolean): MerchantLife => ({
  filing: { status: createdByApi ? 1024 : 6, canceling: false, remarks: [] },
  faceChecks: new Map(),
  verifications: new Map(),
  procedures: new Map(),
  violations: [],
  errors: [],
  logs: [],
  feedback: [],
  openAppid: '',
  halfScreens: new Map(),
  halfScreenConsent: 0,
  linked: new Set(),
  followed: '',
  qrRules: new Map(),
  options: new Map(),
})
