import { toUnixSeconds } from '../../shared/time.ts'
import { WechatRefusal } from './errors.ts'
import { newOpenid } from './identifiers.ts'
import { AUDIT_STATUS, latestAuditOf } from './merchants.ts'
import type { Audit, AuditStatus, CodeVersion, Merchant } from './merchants.ts'
import { pushMessage } from './pushes.ts'
import type { PushFields, PushRecord } from './pushes.ts'
import { storeMedia } from './media.ts'
import { nextNumber, nowOf } from './state.ts'
import type { WechatState } from './state.ts'
import { drawQrCode } from './qr-code.ts'

export type Verdict =
  | { readonly result: 'pass' }
  | { readonly result: 'reject'; readonly reason: string; readonly screenshots?: readonly string[] | undefined }
  | { readonly result: 'delay'; readonly reason: string }

/** Real ids have nine digits. */
const FIRST_AUDIT_ID = 430_000_000

/** A version comes into review. */
export const takeIn = (state: WechatState, merchant: Merchant, version: CodeVersion, submission: unknown): Audit => {
  const audit: Audit = {
    auditid: FIRST_AUDIT_ID + nextNumber(state),
    status: AUDIT_STATUS.auditing,
    reason: '',
    screenshots: [],
    submittedAt: nowOf(state),
    version,
    submission,
    released: false,
    spedUp: false,
  }
  merchant.audits.push(audit)
  return audit
}

/** The auditor decides on the version under review; the event goes to the message URL. */
export const decideAudit = (
  state: WechatState,
  merchant: Merchant,
  verdict: Verdict,
): { audit: Audit; push: PushRecord } => {
  const audit = latestAuditOf(merchant)
  if (audit === undefined || (audit.status !== AUDIT_STATUS.auditing && audit.status !== AUDIT_STATUS.delayed)) {
    throw new WechatRefusal(85019)
  }
  const statuses: Record<Verdict['result'], AuditStatus> = {
    pass: AUDIT_STATUS.passed,
    reject: AUDIT_STATUS.rejected,
    delay: AUDIT_STATUS.delayed,
  }
  audit.status = statuses[verdict.result]
  if (verdict.result !== 'delay') audit.decidedAt = nowOf(state)
  if (verdict.result !== 'pass') audit.reason = verdict.reason
  if (verdict.result === 'reject') audit.screenshots = verdict.screenshots ?? [drawScreenshot(state, audit)]
  return { audit, push: announce(state, merchant, audit, verdict) }
}

/** A picture that get_material then gives out. */
const drawScreenshot = (state: WechatState, audit: Audit): string =>
  storeMedia(state, 'image', 'image/jpeg', drawQrCode(`screenshot of audit ${audit.auditid}`), 'permanent')

const announce = (state: WechatState, merchant: Merchant, audit: Audit, verdict: Verdict): PushRecord =>
  pushMessage(state, merchant, newOpenid(), {
    MsgType: 'event',
    ...fieldsOf(verdict, audit, toUnixSeconds(nowOf(state))),
  })

const fieldsOf = (verdict: Verdict, audit: Audit, time: number): PushFields => {
  if (verdict.result === 'pass') return { Event: 'weapp_audit_success', SuccTime: time }
  const { reason: Reason } = verdict
  if (verdict.result === 'delay') return { Event: 'weapp_audit_delay', Reason, DelayTime: time }
  return { Event: 'weapp_audit_fail', Reason, FailTime: time, ScreenShot: audit.screenshots.join('|') }
}
