import { isErrorCode, isFailure, isRetryable } from '../errors.ts'
import { findAuthorizer, presentAuthorizer } from './authorizers.ts'
import { platformServerList } from './platform-domains.ts'
import type { Platform } from './platform.ts'
import { runChecks, submissionChecks } from './preflight-checks.ts'
import { recentReleases } from './release-records.ts'
import type { Authorizer } from './stores/authorizers.ts'
import type { RolloutItem, RolloutRecord } from './stores/rollouts.ts'

/** Why an account is not to be sent this version; undefined when it is ready. Never spends quota on what is live already. */
export async function unreadiness(
  platform: Platform,
  rollout: RolloutRecord,
  appid: string,
): Promise<RolloutItem['problem']> {
  try {
    const authorizer = await findAuthorizer(platform, appid)
    const { status, missing } = presentAuthorizer(authorizer)
    const { currentRelease } = authorizer
    if (status !== 'active')
      return {
        code: 'REAUTHORIZATION_REQUIRED',
        message: `The authorization of this account is ${status === 'revoked' ? 'withdrawn' : 'no longer accepted'}`,
        hint: 'Send the merchant an invite link (bindings.createLink), then rollouts.retry. 请让商户重新授权后重试。',
      }
    if (missing.length > 0)
      return {
        code: 'REAUTHORIZATION_REQUIRED',
        message: `The merchant has not granted the permission set ${missing.join(', ')}`,
        hint: 'Have the merchant tick the set (bindings.createLink), then rollouts.retry. 请让商户补充授权后重试。',
      }
    if (currentRelease?.version === rollout.version && currentRelease.templateId === rollout.templateId)
      return {
        code: 'ALREADY_LIVE',
        message: `Version ${rollout.version} is live already`,
        hint: 'Nothing to do. 无需操作。',
      }
    return await obstacle(platform, rollout, authorizer)
  } catch (error) {
    if (!isFailure(error, 'NOT_FOUND')) throw error
    return { code: error.code, message: error.message, hint: error.hint ?? '' }
  }
}

/** What would stop the submission. A question that WeChat does not answer stops nothing: the submission itself will tell. */
async function obstacle(
  platform: Platform,
  rollout: RolloutRecord,
  authorizer: Authorizer,
): Promise<RolloutItem['problem']> {
  const problems = await runChecks(
    {
      platform,
      authorizer,
      releases: await recentReleases(platform, authorizer.appid),
      template: { id: rollout.templateId, version: rollout.version },
      serverDomains: () => platformServerList.read(platform),
    },
    submissionChecks,
  )
  return problems.find(({ code }) => code !== 'WECHAT_REJECTED' && !(isErrorCode(code) && isRetryable(code)))
}
