import { errcodeOf, Failure } from '../../errors.ts'
import { problemOf } from '../../notice.ts'
import { groupBy } from '../../grouping.ts'
import { after, MINUTE, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { itemChangeOf } from './following.ts'
import type { Quota } from './quota.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { ItemChange, RolloutItem, RolloutRecord } from '../stores/rollouts.ts'

/** What became of the items of a page, written together where it is the same. */
export interface Outcomes {
  set(item: RolloutItem, change: ItemChange): void
  /** The item is where its release is. */
  follow(item: RolloutItem, release: ReleaseRecord, now?: EpochMs): void
  /** It is looked at again in a minute. */
  putOff(item: RolloutItem): void
  /** It waits for the guard's word. */
  hold(item: RolloutItem): void
  /** What went wrong stands on the item. Trouble that passes makes it wait; it is not to blame. */
  fail(item: RolloutItem, error: unknown): void
  /** WeChat was called too often, or is down: no more of this now. */
  readonly mustSlowDown: boolean
  readonly isHeld: boolean
  write(): Promise<void>
}

export function openOutcomes(platform: Platform, quota: Quota, { wish }: Pick<RolloutRecord, 'wish'>): Outcomes {
  const changes = new Map<RolloutItem, ItemChange>()
  const later = (): EpochMs => after(databaseTime(platform), MINUTE)
  // What could not be taken back stays with the users.
  const left: ItemChange = wish === 'rollback' ? { dueAt: null } : { state: 'failed' }
  let mustSlowDown = false
  let isHeld = false

  return {
    set: (item, change) => void changes.set(item, change),
    follow(item, release, now = databaseTime(platform)) {
      changes.set(item, itemChangeOf(release, now) ?? { dueAt: later() })
    },
    putOff: (item) => void changes.set(item, { dueAt: later() }),
    hold(item) {
      isHeld = true
      changes.set(item, { dueAt: later() })
    },
    fail(item, error) {
      platform.log.warn('a rollout item did not advance', {
        rolloutId: item.rolloutId,
        appid: item.appid,
        reason: error,
      })
      const failure = error instanceof Failure ? error : new Failure('BUG', { cause: error })
      if (errcodeOf(error) === errcodes.reviewQuotaUsedUp) quota.rest = 0
      else mustSlowDown ||= failure.code === 'QUOTA_EXCEEDED' || failure.paused
      const problem = problemOf(failure)
      changes.set(item, isPassing(failure) ? { problem, dueAt: later() } : { ...left, problem })
    },
    get isHeld() {
      return isHeld
    },
    get mustSlowDown() {
      return mustSlowDown
    },
    async write() {
      const groups = groupBy(changes, ([, change]) => JSON.stringify(change))
      for (const group of groups.values()) {
        const [first] = group
        const items = group.map(([item]) => item)
        if (first) await platform.stores.rollouts.changeItems(items, first[1])
      }
    },
  }
}

const isPassing = (error: Failure): boolean =>
  error.retryable || error.code === 'CONFIG_INVALID' || error.outcomeUnknown || error.reason === 'CHANGED_MEANWHILE'
