import type { EpochMs } from '../../shared/time.ts'
import { refuse, refuseUnless } from './errors.ts'
import { AUDIT_STATUS, latestAuditOf } from './merchants.ts'
import type { GrayRelease, Merchant } from './merchants.ts'
import { goBackTo, isGrayRunning, publish, releasable, revertible } from './online-versions.ts'

/*
 * What a merchant does with its mini program on mp.weixin.qq.com, and WeChat by itself: nothing is pushed, and the platform is not asked.
 */

type Act = (merchant: Merchant, now: EpochMs) => void

const runningGray = (merchant: Merchant): GrayRelease =>
  merchant.gray !== undefined && isGrayRunning(merchant) ? merchant.gray : refuse(85021)

export const consoleActs = {
  publish: (merchant, now) => publish(merchant, releasable(merchant), now),
  withdrawAudit: (merchant, now) => {
    const audit = latestAuditOf(merchant) ?? refuse(85019)
    refuseUnless(audit.status === AUDIT_STATUS.auditing || audit.status === AUDIT_STATUS.delayed, 85019)
    audit.status = AUDIT_STATUS.withdrawn
    audit.decidedAt = now
  },
  startGray: (merchant, now) => {
    const audit = releasable(merchant)
    merchant.gray = { status: 1, audit, createdAt: now, percentage: 30, debugerFirst: false, experiencerFirst: false }
  },
  pauseGray: (merchant) => {
    runningGray(merchant).status = 2
  },
  cancelGray: (merchant) => {
    runningGray(merchant).status = 4
  },
  /** WeChat ends one by itself after 15 days. */
  finishGray: (merchant, now) => publish(merchant, runningGray(merchant).audit, now),
  rollBack: (merchant) => {
    goBackTo(merchant, revertible(merchant)[0] ?? refuse(87012))
  },
} as const satisfies Readonly<Record<string, Act>>
