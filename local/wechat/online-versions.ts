import type { EpochMs } from '../../shared/time.ts'
import { applyDomainsAtRelease } from './domain-lists.ts'
import { refuse, refuseUnless } from './errors.ts'
import { AUDIT_STATUS, latestAuditOf } from './merchants.ts'
import type { Audit, LiveVersion, Merchant } from './merchants.ts'

const HISTORY_LENGTH = 5

/** The audit that may be released now: 85019 none, 85020 not passed, 85052 released already. */
export const releasable = (merchant: Merchant): Audit => {
  const audit = latestAuditOf(merchant)
  if (audit === undefined || audit.status === AUDIT_STATUS.withdrawn) return refuse(85019)
  refuseUnless(audit.status === AUDIT_STATUS.passed, 85020)
  refuseUnless(!audit.released, 85052)
  return audit
}

export const publish = (merchant: Merchant, audit: Audit, now: EpochMs): void => {
  audit.released = true
  const newest = merchant.live.at(-1)?.appVersion ?? 0
  merchant.live.push({ appVersion: newest + 1, version: audit.version, releasedAt: now })
  merchant.liveIndex = merchant.live.length - 1
  merchant.rolledBack = false
  applyDomainsAtRelease(merchant.domains)
  const guideline = merchant.privacy.get(2)
  if (guideline !== undefined) merchant.privacy.set(1, guideline)
  if (merchant.gray !== undefined && isGrayRunning(merchant)) merchant.gray.status = 3
}

export const isGrayRunning = ({ gray }: Merchant): boolean => gray?.status === 1 || gray?.status === 2

/** Newest first, the versions before the one that is live. */
export const revertible = (merchant: Merchant): LiveVersion[] =>
  merchant.live.slice(0, Math.max(0, merchant.liveIndex)).toReversed().slice(0, HISTORY_LENGTH)

export const goBackTo = (merchant: Merchant, target: LiveVersion): void => {
  merchant.liveIndex = merchant.live.indexOf(target)
  merchant.rolledBack = true
}
