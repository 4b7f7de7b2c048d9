import { toIso } from '../../../shared/time.ts'
import { latestAuditOf, liveOf } from '../merchants.ts'
import type { Merchant } from '../merchants.ts'

/** A merchant as tests and pages see it, without secrets. */
export const describeMerchant = (merchant: Merchant) => {
  const { appid, userName, nickName, accountType, principalName, grant, trial } = merchant
  const live = liveOf(merchant)
  const audit = latestAuditOf(merchant)
  return {
    appid,
    userName,
    nickName,
    accountType,
    principalName,
    authorized: grant !== undefined,
    funcInfo: grant?.funcInfo ?? [],
    authorizedAt: grant === undefined ? undefined : toIso(grant.authorizedAt),
    trial:
      trial === undefined
        ? undefined
        : { version: trial.version, templateId: trial.templateId, extJson: trial.extJson, pages: trial.pages },
    audit:
      audit === undefined
        ? undefined
        : {
            auditid: audit.auditid,
            status: audit.status,
            reason: audit.reason,
            version: audit.version.version,
            released: audit.released,
            submission: audit.submission,
          },
    audits: merchant.audits.length,
    live:
      live === undefined
        ? undefined
        : { version: live.version.version, appVersion: live.appVersion, extJson: live.version.extJson },
    releases: merchant.live.length,
    visible: merchant.visible,
    domains: merchant.domains,
    testers: [...merchant.testers.values()],
  }
}
