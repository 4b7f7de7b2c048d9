import { refuseUnless } from './errors.ts'
import { AUDIT_STATUS, latestAuditOf } from './merchants.ts'
import type { CodeVersion, Merchant } from './merchants.ts'
import { publish } from './online-versions.ts'
import { decideAudit, takeIn } from './reviews.ts'
import { nowOf } from './state.ts'
import type { WechatState } from './state.ts'

/* Another program of the same platform, 微管家 for one: it commits, submits and publishes, and nobody here is told. */

export const otherHandSteps = ['trial', 'auditing', 'approved', 'rejected', 'released'] as const
export type OtherHandStep = (typeof otherHandSteps)[number]

export interface OtherVersion {
  readonly version: string
  readonly description: string
  /** How far it is brought. */
  readonly to: OtherHandStep
  /** The reviewer's, of a rejection. */
  readonly reason: string
}

/** What the review says is pushed, as always; the answer says whether anything was. */
export const bringVersion = (state: WechatState, merchant: Merchant, input: OtherVersion) => {
  const version = commit(state, merchant, input)
  if (input.to === 'trial') return {}
  const latest = latestAuditOf(merchant)
  refuseUnless(latest?.status !== AUDIT_STATUS.auditing && latest?.status !== AUDIT_STATUS.delayed, 85009)
  const audit = takeIn(state, merchant, version, {})
  if (input.to === 'auditing') return {}
  const verdict =
    input.to === 'rejected' ? ({ result: 'reject', reason: input.reason } as const) : { result: 'pass' as const }
  const { push } = decideAudit(state, merchant, verdict)
  if (input.to === 'released') publish(merchant, audit, nowOf(state))
  return { push }
}

const commit = (state: WechatState, merchant: Merchant, { version, description }: OtherVersion): CodeVersion => {
  const now = nowOf(state)
  merchant.trial = {
    version,
    description,
    templateId: 0,
    extJson: '{}',
    committedAt: now,
    scanEndsAt: now,
    code: {
      pages: ['pages/index/index'],
      subPackages: {},
      privacyKeys: [],
      privateApis: [],
      requiredPrivateInfos: [],
      navigatesTo: [],
    },
    pages: ['pages/index/index'],
    requiredPrivateInfos: [],
    navigateToAppids: [],
  }
  return merchant.trial
}
