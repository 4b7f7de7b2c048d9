import { readAuthorizer } from './authorizers.ts'
import { isFailure } from '../errors.ts'
import type { Platform } from './platform.ts'
import type { RolloutItem, RolloutRecord } from './stores.ts'

/** Why an account is not to be sent this version; undefined when it is ready. Never spends quota on what is live already. */
export async function unreadiness(
  platform: Platform,
  rollout: RolloutRecord,
  appid: string,
): Promise<RolloutItem['problem']> {
  try {
    const { status, missing, currentRelease } = await readAuthorizer(platform, appid)
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
    return undefined
  } catch (error) {
    if (!isFailure(error, 'NOT_FOUND')) throw error
    return { code: error.code, message: error.message, hint: error.hint ?? '' }
  }
}
