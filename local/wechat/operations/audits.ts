/** Reference 6.5 and 6.6: into review and out of it. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { AUDIT_STATUS, latestAuditOf } from '../merchants.ts'
import type { Audit, Merchant } from '../merchants.ts'
import { takeIn } from '../reviews.ts'
import { countUse, usedIn } from '../usage.ts'
import { nothing, ok, withAuthorizerToken } from './operation.ts'
import { checkSubmission, submissionSchema } from './submission.ts'

const CODE = [18]
const auditInput = v.object({ auditid: v.pipe(v.number(), v.safeInteger()) })

const auditOf = (merchant: Merchant, auditid: number): Audit =>
  merchant.audits.find((audit) => audit.auditid === auditid) ?? refuse(85012)

const isUnderReview = ({ status }: Audit): boolean =>
  status === AUDIT_STATUS.auditing || status === AUDIT_STATUS.delayed

const explain = ({ status, reason }: Audit) =>
  status === AUDIT_STATUS.rejected || status === AUDIT_STATUS.delayed ? { reason } : {}

export const auditOperations = [
  withAuthorizerToken('POST', '/wxa/submit_audit', CODE, submissionSchema, (state, input, { merchant }) => {
    const version = checkSubmission(state, merchant, input)
    countUse(state, 'audits', 'month')
    return ok({ auditid: takeIn(state, merchant, version, input).auditid })
  }),

  withAuthorizerToken('POST', '/wxa/get_auditstatus', CODE, auditInput, (_state, input, { merchant }) => {
    const audit = auditOf(merchant, input.auditid)
    const rejected = audit.status === AUDIT_STATUS.rejected
    return ok({
      status: audit.status,
      ...explain(audit),
      ...(rejected ? { screenshot: audit.screenshots.join('|') } : {}),
      user_version: audit.version.version,
      user_desc: audit.version.description,
      submit_audit_time: toUnixSeconds(audit.submittedAt),
    })
  }),

  withAuthorizerToken('GET', '/wxa/get_latest_auditstatus', CODE, nothing, (_state, _input, { merchant }) => {
    const audit = latestAuditOf(merchant) ?? refuse(85058)
    return ok({
      auditid: audit.auditid,
      status: audit.status,
      ...explain(audit),
      // Implementations read this capitalisation; the documents' table says `screenshot`.
      ...(audit.status === AUDIT_STATUS.rejected ? { ScreenShot: audit.screenshots.join('|') } : {}),
      user_version: audit.version.version,
      user_desc: audit.version.description,
      submit_audit_time: toUnixSeconds(audit.submittedAt),
    })
  }),

  withAuthorizerToken('GET', '/wxa/undocodeaudit', CODE, nothing, (state, _input, { merchant, now }) => {
    const audit = latestAuditOf(merchant)
    if (audit === undefined || !isUnderReview(audit)) return refuse(85019)
    const { withdrawalsPerDay, withdrawalsPerMonth } = state.settings
    const what = `withdrawals ${merchant.appid}`
    refuseUnless(usedIn(state, what, 'day') < withdrawalsPerDay, 87013)
    refuseUnless(usedIn(state, what, 'month') < withdrawalsPerMonth, 87013)
    countUse(state, what, 'day')
    countUse(state, what, 'month')
    audit.status = AUDIT_STATUS.withdrawn
    audit.decidedAt = now
    return ok()
  }),

  withAuthorizerToken('POST', '/wxa/speedupaudit', CODE, auditInput, (state, input, { merchant }) => {
    const audit = auditOf(merchant, input.auditid)
    refuseUnless(isUnderReview(audit), 89402)
    refuseUnless(!audit.spedUp, 89404)
    refuseUnless(usedIn(state, 'speedups', 'month') < state.settings.speedupQuota, 89405)
    countUse(state, 'speedups', 'month')
    audit.spedUp = true
    return ok()
  }),

  withAuthorizerToken('GET', '/wxa/queryquota', CODE, nothing, (state) => {
    const { auditQuota, speedupQuota } = state.settings
    return ok({
      rest: auditQuota - usedIn(state, 'audits', 'month'),
      limit: auditQuota,
      speedup_rest: speedupQuota - usedIn(state, 'speedups', 'month'),
      speedup_limit: speedupQuota,
    })
  }),
]
