import type { KeptProblem } from '../../notice.ts'
import type { Platform } from '../platform.ts'
import { changeRelease } from '../releases/release-records.ts'
import type { Account } from './item-page.ts'
import type { ReleaseRecord, ReleaseState } from '../stores/releases.ts'
import type { RolloutRecord } from '../stores/rollouts.ts'

/** WeChat has it under review or has approved it: to commit again would spend quota on the same once more. */
const audited: readonly ReleaseState[] = ['submitting', 'auditing', 'delayed', 'approved', 'gray']

export type Takeover =
  /** The rollout's own now. */
  | { readonly release: ReleaseRecord }
  | { readonly problem: KeptProblem }
  /** Somebody else was at it this very moment. */
  | 'changed'

/**
 * What this account has of the rollout's version already: the rollout's own release, from an attempt that was cut off, or one that
 * was begun by hand or by a rollout that is over. Undefined: nothing, so it is committed.
 */
export async function takeOver(
  platform: Platform,
  rollout: RolloutRecord,
  { releases }: Account,
): Promise<Takeover | undefined> {
  const newest = releases.find(({ state }) => state !== 'failed')
  if (!newest) return undefined
  if (newest.rolloutId === rollout.rolloutId) return newest.state === 'rolledBack' ? undefined : { release: newest }
  const isSame = newest.templateId === rollout.templateId && newest.version === rollout.version
  if (!isSame || !audited.includes(newest.state)) return undefined
  const other = newest.rolloutId === undefined ? undefined : await platform.stores.rollouts.find(newest.rolloutId)
  if (other && other.state !== 'completed' && other.state !== 'cancelled')
    return {
      problem: { code: 'OTHER_ROLLOUT', params: { name: other.name, version: newest.version } },
    }
  const release = await changeRelease(platform, newest, { rolloutId: rollout.rolloutId })
  return release ? { release } : 'changed'
}
