import { groupBy } from '../../grouping.ts'
import { codeOfWord } from '../../reasons.ts'
import { after, DAY, epochMs, SECOND, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { allowedShare } from './guard-stage.ts'
import { reasonKey } from '../releases/rejection-reasons.ts'
import type { ReleaseRecord, ReleaseState } from '../stores/releases.ts'
import type { ItemChange, ItemState, RolloutRecord } from '../stores/rollouts.ts'

const PAGE = 200

/** A write may become visible so much later than its time says. */
const OVERLAP_MS = 10 * SECOND

const toReview: readonly ItemState[] = ['pending', 'committing', 'committed', 'submitting', 'rejected', 'withdrawn']
const inReview: readonly ItemState[] = ['submitting', 'auditing', 'delayed']
const unsettled: readonly ItemState[] = ['pending', 'committing', 'committed', ...inReview, 'approved', 'gray']

/** From which states an item follows its release: forward, and never back to what `rollouts.retry` has just ended. */
const followers: Readonly<Record<ReleaseState, readonly ItemState[]>> = {
  committing: [],
  committed: ['pending', 'committing', 'submitting'],
  failed: [],
  submitting: toReview,
  auditing: toReview,
  delayed: [...toReview, 'auditing'],
  approved: [...toReview, ...inReview, 'gray'],
  rejected: inReview,
  withdrawn: inReview,
  gray: [...toReview, ...inReview, 'approved'],
  released: [...unsettled, 'rejected', 'withdrawn'],
  rolledBack: ['released'],
  superseded: unsettled,
}

export interface Followed {
  /** Up to when that is done. */
  readonly followedUntil: EpochMs
  /** One of them is gray for as many users as may have it. */
  readonly isReached: boolean
}

/** Items take the states of their releases that changed since the last time, whoever changed them. */
export async function followReleases(platform: Platform, rollout: RolloutRecord): Promise<Followed> {
  const { followedUntil = epochMs(0) } = rollout
  let since = after(followedUntil, -OVERLAP_MS)
  let isReached = false
  const share = allowedShare(rollout)
  for (;;) {
    const { releases, until = since } = await platform.stores.releases.changedSince(rollout.rolloutId, since, PAGE)
    await follow(platform, rollout, releases)
    isReached ||= releases.some(({ state, grayPercentage = 0 }) => state === 'gray' && grayPercentage >= share)
    if (releases.length < PAGE) return { followedUntil: epochMs(Math.max(until, followedUntil)), isReached }
    since = until > since ? until : after(since, 1)
  }
}

async function follow(platform: Platform, rollout: RolloutRecord, releases: readonly ReleaseRecord[]): Promise<void> {
  const now = databaseTime(platform)
  const changes = releases.flatMap((release) => {
    const change = itemChangeOf(release, now)
    return change ? [{ release, change }] : []
  })
  const groups = groupBy(changes, ({ release, change }) => JSON.stringify([release.state, change]))
  for (const group of groups.values()) {
    const [first] = group
    const from = first && (isLost(first.release) ? unsettled : followers[first.release.state])
    if (!first || !from || from.length === 0) continue
    const appids = group.map(({ release }) => release.appid)
    const ended = first.release.state === 'approved' && grayEnd(rollout)
    const others = ended ? from.filter((state) => state !== 'gray') : from
    await platform.stores.rollouts.changeItemsOf(rollout.rolloutId, appids, others, first.change)
    if (ended) await platform.stores.rollouts.changeItemsOf(rollout.rolloutId, appids, ['gray'], ended)
  }
}

/** The merchant withdrew while it was on its way. */
const isLost = ({ state, problem }: ReleaseRecord): boolean =>
  problem !== undefined &&
  codeOfWord(problem.code) === 'REAUTHORIZATION_REQUIRED' &&
  (inReview.some((one) => one === state) || state === 'approved')

/** What becomes of an item whose gray release was ended: taken back with the rollout, or by the merchant or WeChat. */
export function grayEnd({ gray, wish }: RolloutRecord): ItemChange | undefined {
  if (wish === 'rollback') return { state: 'rolledBack', problem: null, dueAt: null }
  return gray && { state: 'failed', problem: { code: 'GRAY_ENDED_ELSEWHERE', params: {} } }
}

/** What an item says of its release; undefined where the rollout begins anew. */
export function itemChangeOf(release: ReleaseRecord, now: EpochMs): ItemChange | undefined {
  const { state, reason, problem } = release
  if (isLost(release) && problem) return { state: 'failed', problem }
  switch (state) {
    case 'committing':
    case 'failed':
      return undefined
    case 'superseded':
      return supersededBy(release)
    case 'rejected':
      return {
        state,
        rejectedFor: reasonKey(reason ?? ''),
        problem: { code: 'REJECTED', params: reason ? { text: reason } : {} },
      }
    case 'committed':
    case 'approved':
      return { state, problem: null, dueAt: now }
    case 'gray':
      return { state, problem: null, ...(release.graySince && { dueAt: after(release.graySince, DAY) }) }
    default:
      return { state, problem: null }
  }
}

export const supersededBy = (release: ReleaseRecord | undefined): ItemChange => ({
  state: 'failed',
  problem: { code: 'OTHER_VERSION_COMMITTED', params: release ? { version: release.version } : {} },
})
