import { databaseTime, type Platform } from '../platform.ts'
import { endOfQuiet, isQuiet } from './quiet-hours.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { EpochMs } from '../../time.ts'

/** When a step that is to be sent again may be: the rollout that ships the release has its quiet hours. Undefined: now. */
export async function quietUntil(platform: Platform, { rolloutId }: ReleaseRecord): Promise<EpochMs | undefined> {
  const rollout = rolloutId === undefined ? undefined : await platform.stores.rollouts.find(rolloutId)
  const now = databaseTime(platform)
  return rollout?.quietHours && isQuiet(now, rollout.quietHours) ? endOfQuiet(now, rollout.quietHours) : undefined
}
