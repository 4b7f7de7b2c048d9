import { Failure } from '../errors.ts'
import { epochMs, toIso } from '../time.ts'
import { announce } from './announcements.ts'
import type { Run } from './activity.ts'
import { databaseTime, newestFirst, type Platform } from './platform.ts'
import type { Authorizer } from './stores/authorizers.ts'
import type { Page, PageRequest } from './stores/page.ts'
import {
  itemStates,
  type ItemState,
  type RolloutItem,
  type RolloutPlan,
  type RolloutRecord,
  type RolloutState,
} from './stores/rollouts.ts'

export interface RolloutWish extends Omit<RolloutPlan, 'nextWaveWhen'> {
  readonly nextWaveWhen?: 'approved' | 'released' | undefined
  readonly appids?: readonly string[] | undefined
  readonly all?: boolean | undefined
  readonly filter?: RolloutFilter | undefined
}

export interface RolloutFilter {
  readonly attributes?: Readonly<Record<string, string>> | undefined
  readonly liveVersion?: string | undefined
}

const noCounts: Readonly<Record<ItemState, number>> = {
  pending: 0,
  committing: 0,
  committed: 0,
  submitting: 0,
  auditing: 0,
  delayed: 0,
  rejected: 0,
  withdrawn: 0,
  approved: 0,
  gray: 0,
  released: 0,
  rolledBack: 0,
  failed: 0,
  skipped: 0,
}

/** Plans a rollout: who gets the version, in which waves. Who that is stays fixed. */
export async function createRollout(platform: Platform, wish: RolloutWish, run: Run): Promise<RolloutRecord> {
  const { appids: named, all: _, filter: __, nextWaveWhen, ...plan } = wish
  const appids = named ? [...new Set(named)] : await selectAppids(platform, wish.filter)
  if (appids.length === 0)
    throw new Failure('INVALID_ARGUMENT', 'No merchant is chosen', {
      field: named ? 'appids' : wish.filter ? 'filter' : 'all',
      hint: 'Look with authorizers.list and bindings.list whom the filter should find.',
    })
  const rolloutId = `ro-${run.activityId.slice(0, 20)}`
  const now = databaseTime(platform)
  const rollout: RolloutRecord = {
    ...plan,
    rolloutId,
    nextWaveWhen: nextWaveWhen ?? (plan.autoRelease ? 'released' : 'approved'),
    total: appids.length,
    state: 'running',
    wave: 1,
    counts: { ...noCounts, pending: appids.length },
    startedAt: now,
  }
  await platform.stores.rollouts.insert(rollout, toItems(rollout, appids), newestFirst(platform), now)
  platform.log.info('rollout created', { rolloutId, total: appids.length })
  return rollout
}

/** An item's wave is the first whose cumulative share reaches it; each wave has at least one item. */
function toItems({ rolloutId, waves }: RolloutRecord, appids: readonly string[]): RolloutItem[] {
  const ends = waves.map((percentage) => Math.ceil((appids.length * percentage) / 100))
  return appids.map((appid, index) => ({
    itemId: `${rolloutId}:${String(index).padStart(6, '0')}`,
    rolloutId,
    appid,
    state: 'pending',
    wave: ends.findIndex((end) => index < end) + 1,
  }))
}

const PAGE = 500

async function selectAppids(platform: Platform, filter: RolloutFilter | undefined): Promise<string[]> {
  const chosen: string[] = []
  for (let after = ''; ;) {
    const page = await platform.stores.authorizers.pageByAppid(after, PAGE)
    for (const authorizer of page) if (await fits(platform, authorizer, filter)) chosen.push(authorizer.appid)
    const last = page.at(-1)
    if (!last || page.length < PAGE) return chosen
    after = last.appid
  }
}

async function fits(platform: Platform, authorizer: Authorizer, filter: RolloutFilter | undefined): Promise<boolean> {
  if (authorizer.status !== 'active' || authorizer.accountType !== 'miniprogram') return false
  if (filter?.liveVersion !== undefined && authorizer.currentRelease?.version !== filter.liveVersion) return false
  const wanted = Object.entries(filter?.attributes ?? {})
  if (wanted.length === 0) return true
  const binding = await platform.stores.bindings.ofAuthorizer(authorizer.appid)
  return wanted.every(([name, value]) => binding !== undefined && binding.attributes[name] === value)
}

export async function readRollout(platform: Platform, rolloutId: string): Promise<RolloutRecord> {
  const rollout = await platform.stores.rollouts.find(rolloutId)
  if (!rollout) throw new Failure('NOT_FOUND', 'There is no such rollout', { field: 'rolloutId' })
  return rollout
}

export const settledStates: readonly ItemState[] = [
  'released',
  'rolledBack',
  'failed',
  'skipped',
  'rejected',
  'withdrawn',
]

/** Roughly how far an item has come on its way to the users. */
const shares: Readonly<Partial<Record<ItemState, number>>> = {
  committing: 0.1,
  committed: 0.25,
  submitting: 0.3,
  auditing: 0.5,
  delayed: 0.5,
  approved: 0.85,
  gray: 0.9,
}

export function progressOf({ counts, total }: RolloutRecord): number {
  const done = itemStates.reduce(
    (sum, state) => sum + counts[state] * (settledStates.includes(state) ? 1 : (shares[state] ?? 0)),
    0,
  )
  return total === 0 ? 1 : Math.round((done / total) * 1000) / 1000
}

/** A rollout as callers see it: one read. */
export function presentRollout(rollout: RolloutRecord, now: number) {
  const { rolloutId, name, templateId, version, description, state, wave, waves, counts, total } = rollout
  const progress = progressOf(rollout)
  const elapsed = now - rollout.startedAt
  const isUnderWay = state === 'running' || state === 'waitingForQuota'
  return {
    rolloutId,
    name,
    templateId,
    version,
    description,
    state,
    wave,
    waves,
    total,
    counts,
    progress,
    startedAt: toIso(rollout.startedAt),
    nextWaveWhen: rollout.nextWaveWhen,
    autoSubmit: rollout.autoSubmit,
    autoRelease: rollout.autoRelease,
    quotaReserve: rollout.quotaReserve,
    ...(rollout.maxFailures !== undefined && { maxFailures: rollout.maxFailures }),
    ...(isUnderWay &&
      progress > 0 &&
      progress < 1 && { expectedEndAt: toIso(epochMs(Math.round(rollout.startedAt + elapsed / progress))) }),
    ...(rollout.endedAt !== undefined && { endedAt: toIso(rollout.endedAt) }),
    ...(rollout.problem && { problem: rollout.problem }),
  }
}

export async function listItems(
  platform: Platform,
  rolloutId: string,
  filter: { state?: ItemState | undefined },
  page: PageRequest,
): Promise<Page<object>> {
  await readRollout(platform, rolloutId)
  const { items, ...rest } = await platform.stores.rollouts.items(rolloutId, filter, page)
  return {
    ...rest,
    items: items.map(({ appid, state, wave, releaseId, problem }) => ({
      appid,
      state,
      wave,
      ...(releaseId !== undefined && { releaseId }),
      ...(problem && { problem }),
    })),
  }
}

const open: readonly RolloutState[] = ['running', 'waitingForQuota', 'awaitingRelease', 'paused']
const any: readonly RolloutState[] = [...open, 'completed']

/** Stops new steps; audits that run go on at WeChat. */
export async function pauseRollout(platform: Platform, rolloutId: string): Promise<RolloutRecord> {
  const paused = await steer(platform, rolloutId, ['running', 'waitingForQuota', 'awaitingRelease'], {
    state: 'paused',
  })
  await announce(platform, { type: 'rollout.paused', data: presentRollout(paused, databaseTime(platform)) })
  return paused
}

export const resumeRollout = (platform: Platform, rolloutId: string) =>
  steer(platform, rolloutId, ['paused', 'waitingForQuota'], { state: 'running', problem: null })

export const cancelRollout = (platform: Platform, rolloutId: string) =>
  steer(platform, rolloutId, open, { state: 'cancelled', endedAt: databaseTime(platform), wish: null })

type Steering = Parameters<Platform['stores']['rollouts']['change']>[2]

async function steer(
  platform: Platform,
  rolloutId: string,
  from: readonly RolloutState[],
  change: Steering,
): Promise<RolloutRecord> {
  const present = await readRollout(platform, rolloutId)
  const changed = await platform.stores.rollouts.change(rolloutId, from, { ...change, dueAt: databaseTime(platform) })
  if (changed) return changed
  if (present.state === change.state) return present
  throw new Failure('CONFLICT', `The rollout is ${present.state}`, { hint: 'rollouts.get shows where it stands.' })
}

/** What an operator may send on its way again after a fix. */
export const retryable: readonly ItemState[] = ['failed', 'skipped', 'rejected', 'withdrawn']

/** Those that failed begin again; a rejected or withdrawn version is submitted again without another commit. */
export async function retryItems(
  platform: Platform,
  rolloutId: string,
  states: readonly ItemState[] = ['failed', 'skipped', 'rejected'],
): Promise<RolloutRecord> {
  const rollout = await readRollout(platform, rolloutId)
  if (rollout.state === 'cancelled')
    throw new Failure('CONFLICT', 'The rollout is cancelled', { hint: 'Create a new one.' })
  const now = databaseTime(platform)
  const again = states.filter((state) => state === 'rejected' || state === 'withdrawn')
  const anew = states.filter((state) => state === 'failed' || state === 'skipped')
  if (again.length > 0) await platform.stores.rollouts.reset(rolloutId, again, 'committed', now)
  if (anew.length > 0) await platform.stores.rollouts.reset(rolloutId, anew, 'pending', now)
  return steer(platform, rolloutId, any, { state: 'running', problem: null })
}

/** Releases all that are approved, and those that will be. */
export async function releaseRollout(platform: Platform, rolloutId: string): Promise<RolloutRecord> {
  await platform.stores.rollouts.reset(rolloutId, ['approved'], 'approved', databaseTime(platform))
  return steer(platform, rolloutId, open, { state: 'running', wish: 'release', problem: null })
}

/** Takes back what this rollout released. */
export async function rollBackRollout(platform: Platform, rolloutId: string): Promise<RolloutRecord> {
  await platform.stores.rollouts.reset(rolloutId, ['released'], 'released', databaseTime(platform))
  return steer(platform, rolloutId, [...any, 'cancelled'], { state: 'running', wish: 'rollback', problem: null })
}
