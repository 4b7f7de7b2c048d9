import { errcodeOf, Failure, isFailure } from '../errors.ts'
import { after, MINUTE } from '../time.ts'
import { commit } from './commits.ts'
import { databaseTime, type Platform } from './platform.ts'
import { publish } from './publishing.ts'
import { submit } from './submissions.ts'
import { recentReleases } from './release-records.ts'
import { rollback } from './rollbacks.ts'
import type { ReleaseRecord, ReleaseState } from './stores/releases.ts'
import type { ItemChange, ItemState, RolloutItem, RolloutRecord } from './stores/rollouts.ts'
import { unreadiness } from './rollout-readiness.ts'
import { setUp } from './rollout-setup.ts'

/** The platform's review quota of the month is used up. */
export const QUOTA_USED_UP = 85085

/** How many more may be submitted now; shared by the items of one slice. */
export interface QuotaLeft {
  left: number
}

const ITEM_RETRY_MS = MINUTE

/** One step with one item. Never throws: what went wrong stands on the item. */
export async function advanceItem(
  platform: Platform,
  rollout: RolloutRecord,
  item: RolloutItem,
  quota: QuotaLeft,
): Promise<void> {
  try {
    const change = await nextStep(platform, rollout, item, quota)
    await platform.stores.rollouts.changeItem(item, change)
  } catch (error) {
    await note(platform, item, error, quota)
  }
}

const later = (platform: Platform): ItemChange => ({ dueAt: after(databaseTime(platform), ITEM_RETRY_MS) })

async function nextStep(
  platform: Platform,
  rollout: RolloutRecord,
  item: RolloutItem,
  quota: QuotaLeft,
): Promise<ItemChange> {
  if (rollout.wish === 'rollback') return takeBack(platform, item)
  switch (item.state) {
    case 'pending':
    case 'committing':
      return begin(platform, rollout, item, quota)
    case 'committed':
      return rollout.autoSubmit ? submitItem(platform, item, quota) : mirror(platform, rollout, item)
    default:
      return mirror(platform, rollout, item)
  }
}

/** Looks first, then commits; a commit of this rollout that is there already is not made again. */
async function begin(
  platform: Platform,
  rollout: RolloutRecord,
  item: RolloutItem,
  quota: QuotaLeft,
): Promise<ItemChange> {
  const [head] = await recentReleases(platform, item.appid)
  const isOurs = head?.rolloutId === rollout.rolloutId && head.state !== 'failed'
  if (!isOurs) {
    const problem = await unreadiness(platform, rollout, item.appid)
    if (problem) return { state: 'skipped', problem }
    await setUp(platform, rollout, item.appid)
  }
  const release =
    isOurs && head.state !== 'committing'
      ? head
      : await commit(platform, { ...planOf(rollout), appid: item.appid, rolloutId: rollout.rolloutId })
  if (!rollout.autoSubmit || release.state !== 'committed')
    return { state: itemStateOf(release), releaseId: release.releaseId, ...later(platform) }
  return submitAfterCommit(platform, item, release, quota)
}

/** A submission that fails right after the commit must not lose the commit. */
async function submitAfterCommit(
  platform: Platform,
  item: RolloutItem,
  release: ReleaseRecord,
  quota: QuotaLeft,
): Promise<ItemChange> {
  const committed: RolloutItem = { ...item, releaseId: release.releaseId }
  try {
    return await submitItem(platform, committed, quota)
  } catch (error) {
    if (!isFailure(error) || !isPassing(error)) throw error
    if (errcodeOf(error) === QUOTA_USED_UP) quota.left = 0
    return { state: 'committed', releaseId: release.releaseId, ...later(platform) }
  }
}

const planOf = ({ templateId, version, description, ext }: RolloutRecord) => ({ templateId, version, description, ext })

async function submitItem(platform: Platform, item: RolloutItem, quota: QuotaLeft): Promise<ItemChange> {
  const releases = await recentReleases(platform, item.appid)
  const ours = releases.find((release) => release.releaseId === item.releaseId)
  const newest = releases.find((release) => release.state !== 'failed')
  if (!ours || newest?.releaseId !== ours.releaseId) return superseded(ours)
  const waits = ours.state === 'committed' || ours.state === 'rejected' || ours.state === 'withdrawn'
  if (!waits) return { state: itemStateOf(ours), releaseId: ours.releaseId, ...later(platform) }
  if (quota.left <= 0) return { state: 'committed', releaseId: ours.releaseId, ...later(platform) }
  quota.left -= 1
  const submitted = await submit(platform, { appid: item.appid, submission: {} })
  return { state: itemStateOf(submitted), releaseId: submitted.releaseId, problem: null, ...later(platform) }
}

const superseded = (release: ReleaseRecord | undefined): ItemChange => ({
  state: 'failed',
  problem: {
    code: 'CONFLICT',
    message: `Another version was committed to this account${release ? ` after ${release.version}` : ''}`,
    hint: 'rollouts.retry commits it again.',
  },
})

/** The item follows its release, which the queue advances; approved ones are released where that is wanted. */
async function mirror(platform: Platform, rollout: RolloutRecord, item: RolloutItem): Promise<ItemChange> {
  const release = item.releaseId === undefined ? undefined : await platform.stores.releases.find(item.releaseId)
  if (!release || release.state === 'superseded') return superseded(release)
  if (release.state === 'approved' && (rollout.autoRelease || rollout.wish === 'release'))
    return { state: itemStateOf(await publish(platform, release)), ...later(platform) }
  return {
    state: itemStateOf(release),
    ...(release.state === 'rejected' && {
      problem: {
        code: 'REJECTED',
        message: release.reason ?? 'WeChat rejected the version',
        hint: 'Mend what the reviewer names, then rollouts.retry. 请按审核意见修改后重试。',
      },
    }),
    ...later(platform),
  }
}

async function takeBack(platform: Platform, item: RolloutItem): Promise<ItemChange> {
  if (item.state !== 'released' || item.releaseId === undefined) return later(platform)
  const release = await platform.stores.releases.find(item.releaseId)
  if (release?.state === 'rolledBack') return { state: 'rolledBack' }
  if (release?.state !== 'released') return superseded(release)
  await rollback(platform, item.appid, undefined)
  return { state: 'rolledBack', problem: null }
}

const itemStates: Readonly<Record<ReleaseState, ItemState>> = {
  committing: 'committing',
  committed: 'committed',
  failed: 'failed',
  submitting: 'submitting',
  auditing: 'auditing',
  delayed: 'delayed',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  gray: 'gray',
  released: 'released',
  rolledBack: 'rolledBack',
  superseded: 'failed',
}

const itemStateOf = (release: ReleaseRecord): ItemState => itemStates[release.state]

/** It will pass: the item waits and is not to blame. */
const isPassing = (error: Failure): boolean =>
  error.retryable || error.code === 'CONFIG_INVALID' || error.outcomeUnknown

async function note(platform: Platform, item: RolloutItem, error: unknown, quota: QuotaLeft): Promise<void> {
  if (errcodeOf(error) === QUOTA_USED_UP) quota.left = 0
  platform.log.warn('a rollout item did not advance', { rolloutId: item.rolloutId, appid: item.appid, reason: error })
  const failure = error instanceof Failure ? error : new Failure('INTERNAL', 'Something went wrong inside the platform')
  const problem = { code: failure.code, message: failure.message, hint: failure.hint ?? 'rollouts.retry tries again.' }
  const change: ItemChange = isPassing(failure) ? { problem, ...later(platform) } : { state: 'failed', problem }
  await platform.stores.rollouts.changeItem(item, change).catch((reason: unknown) => {
    platform.log.error('a rollout item could not be noted', { appid: item.appid, reason })
  })
}
