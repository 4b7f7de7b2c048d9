import { audits } from '../../wechat/endpoints/audits.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Platform } from '../platform.ts'
import type { RolloutRecord } from '../stores/rollouts.ts'

/** The review quota that is left this month; one for all rollouts of a run. */
export interface Quota {
  rest: number
  isRead: boolean
}

export const unreadQuota = (): Quota => ({ rest: Number.MAX_SAFE_INTEGER, isRead: false })

/** How many this rollout may submit now. */
export const quotaFor = (quota: Quota, { quotaReserve }: RolloutRecord): number =>
  Math.max(quota.rest - quotaReserve, 0)

/** Asks WeChat, once a run and only where something is to be submitted. The quota is the whole platform's; any authorizer's token will do. */
export async function readQuota(platform: Platform, quota: Quota, rollout: RolloutRecord): Promise<void> {
  const { pending, committed } = rollout.counts
  if (quota.isRead || !rollout.autoSubmit || rollout.wish === 'rollback' || pending + committed === 0) return
  quota.isRead = true
  const { items } = await platform.stores.rollouts.items(rollout.rolloutId, {}, { limit: 20 })
  const authorizers = await platform.stores.authorizers.findMany(items.map((item) => item.appid))
  const asked = authorizers.find((authorizer) => authorizer.status === 'active')
  if (!asked) return
  try {
    quota.rest = (await callForAuthorizer(platform, asked.appid, audits.quota, {})).rest
  } catch (error) {
    // WeChat itself keeps the bound; it refuses the submission that is too much.
    platform.log.warn('the review quota could not be read', { rolloutId: rollout.rolloutId, reason: error })
  }
}
