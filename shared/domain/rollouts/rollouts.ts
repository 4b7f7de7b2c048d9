import { Failure } from '../../errors.ts'
import { epochMs, HOUR, toIso, type EpochMs } from '../../time.ts'
import { rollout, rolloutItem } from '../answers.ts'
import type { Run } from '../callers/activity.ts'
import { databaseTime, newestFirst, type Platform } from '../platform.ts'
import { fitting, type MerchantFilter, type Templates } from '../releases/merchant-filter.ts'
import { groundOf } from '../releases/rendering.ts'
import { knownTemplates } from '../releases/templates.ts'
import type { AnswerOf } from '../operation.ts'
import { present } from '../present.ts'
import { endOfQuiet, isQuiet } from '../releases/quiet-hours.ts'
import { mapItems, type Page, type PageRequest } from '../stores/page.ts'
import {
  itemStates,
  type GuardRules,
  type ItemState,
  type RolloutItem,
  type RolloutPlan,
  type RolloutRecord,
} from '../stores/rollouts.ts'

export interface RolloutInput extends Omit<RolloutPlan, 'nextWaveWhen' | 'canary'> {
  readonly guard?: GuardRules
  readonly nextWaveWhen?: 'approved' | 'released' | undefined
  readonly appids?: readonly string[] | undefined
  /** All of them bound. */
  readonly businessIds?: readonly string[] | undefined
  /** Wave 1. */
  readonly canary?: readonly string[] | undefined
  readonly all?: boolean | undefined
  readonly filter?: MerchantFilter | undefined
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

/** Due whatever this instance's clock says: the processor's, which it has compared with the database's, decides. */
const AT_ONCE = epochMs(0)

/** Plans a rollout: who gets the version, in which waves. Who that is stays fixed. */
export async function createRollout(platform: Platform, input: RolloutInput, run: Run): Promise<RolloutRecord> {
  const { appids: _, businessIds: __, canary = [], all: ___, filter: ____, nextWaveWhen, ...plan } = input
  const rolloutId = `ro-${run.activityId.slice(0, 20)}`
  if (run.begunBefore !== undefined) {
    const made = await platform.stores.rollouts.find(rolloutId)
    if (made) return made
    // Whoever was chosen by an attempt that was cut off: the choice is made anew, as a whole.
    await platform.stores.rollouts.removeItems(rolloutId)
  }
  const { settings } = await groundOf(platform, plan.templateId, plan)
  const first = [...new Set(canary)]
  const appids = await chooseAudience(platform, input)
  const now = databaseTime(platform)
  const rollout: RolloutRecord = {
    ...plan,
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(first.length > 0 && { canary: first.length }),
    rolloutId,
    revision: 1,
    nextWaveWhen: nextWaveWhen ?? (plan.autoRelease ? 'released' : 'approved'),
    total: appids.length,
    ...goingOn(plan, now),
    wave: 1,
    counts: { ...noCounts, pending: appids.length },
  }
  const dueAt = rollout.state === 'scheduled' && rollout.startAt ? rollout.startAt : AT_ONCE
  await platform.stores.rollouts.insert(rollout, toItems(rollout, appids), newestFirst(platform), dueAt)
  platform.log.info('rollout created', { rolloutId, total: appids.length })
  return rollout
}

/** Whom a rollout would go to, those who go first in front. */
export async function chooseAudience(
  platform: Platform,
  {
    appids,
    businessIds,
    canary = [],
    filter,
    templateId,
  }: Pick<RolloutInput, 'appids' | 'businessIds' | 'canary' | 'filter' | 'templateId'>,
): Promise<readonly string[]> {
  const templates = filter?.source === undefined ? undefined : await knownTemplates(platform, templateId)
  const chosen = businessIds
    ? await boundTo(platform, businessIds)
    : (appids ?? (await selectAppids(platform, filter, templates)))
  if (chosen.length === 0) throw new Failure('NOBODY_CHOSEN', { field: appids ? 'appids' : filter ? 'filter' : 'all' })
  return [...new Set([...canary, ...chosen])]
}

/** How it stands where nothing holds it up. */
export function goingOn(
  { startAt, startedAt, quietHours }: Pick<RolloutRecord, 'startAt' | 'startedAt' | 'quietHours'>,
  now: EpochMs,
): Pick<RolloutRecord, 'state' | 'startedAt'> {
  if (startAt !== undefined && now < startAt) return { state: 'scheduled' }
  return { state: isQuiet(now, quietHours) ? 'resting' : 'running', startedAt: startedAt ?? now }
}

export const isEarly = ({ startAt }: Pick<RolloutRecord, 'startAt'>, now: EpochMs): boolean =>
  startAt !== undefined && now < startAt

/** What was released is judged before others get it. */
export const nextWaveWhenOf = ({ guard, nextWaveWhen }: RolloutRecord): RolloutPlan['nextWaveWhen'] =>
  guard ? 'released' : nextWaveWhen

/** The number of the last wave. */
export const lastWaveOf = ({ waves, canary = 0 }: Pick<RolloutPlan, 'waves' | 'canary'>): number =>
  waves.length + (canary > 0 ? 1 : 0)

/** The mini programs of these businesses. */
async function boundTo(platform: Platform, businessIds: readonly string[]): Promise<readonly string[]> {
  const bindings = await platform.stores.bindings.ofBusinesses(businessIds)
  const appids = new Map(
    bindings
      .filter(({ accountType, status }) => accountType === 'miniprogram' && status === 'bound')
      .map(({ businessId, appid }) => [businessId, appid]),
  )
  return businessIds.map((businessId, index) => {
    const appid = appids.get(businessId)
    if (appid === undefined) throw new Failure('BUSINESS_NOT_BOUND', { field: `businessIds.${index}` })
    return appid
  })
}

/** An item's wave is the first whose cumulative share of those after the canary reaches it; each wave has at least one item. */
function toItems({ rolloutId, waves, canary = 0 }: RolloutRecord, appids: readonly string[]): RolloutItem[] {
  const shares = waves.map((percentage) => canary + Math.ceil(((appids.length - canary) * percentage) / 100))
  const ends = canary > 0 ? [canary, ...shares] : shares
  return appids.map((appid, index) => ({
    itemId: `${rolloutId}:${String(index).padStart(6, '0')}`,
    rolloutId,
    appid,
    state: 'pending',
    revision: 1,
    wave: ends.findIndex((end) => index < end) + 1,
  }))
}

/** As many as the service answers at once. */
const PAGE = 1000

async function selectAppids(
  platform: Platform,
  filter: MerchantFilter | undefined,
  templates: Templates,
): Promise<string[]> {
  const chosen: string[] = []
  for (let after = ''; ;) {
    const page = await platform.stores.authorizers.scan({ status: 'active' }, after, PAGE)
    const candidates = page.filter(({ accountType }) => accountType === 'miniprogram')
    chosen.push(...(await fitting(platform, candidates, filter ?? {}, templates)).map(({ appid }) => appid))
    const last = page.at(-1)
    if (!last || page.length < PAGE) return chosen
    after = last.appid
  }
}

export async function readRollout(platform: Platform, rolloutId: string): Promise<RolloutRecord> {
  const rollout = await platform.stores.rollouts.find(rolloutId)
  if (!rollout) throw new Failure('ROLLOUT_UNKNOWN', { field: 'rolloutId' })
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

export function progressOf({ counts, total, wish }: RolloutRecord): number {
  const { released, rolledBack } = counts
  if (wish === 'rollback' && released > 0) return thousandths(rolledBack / (released + rolledBack))
  const done = itemStates.reduce(
    (sum, state) => sum + counts[state] * (settledStates.includes(state) ? 1 : (shares[state] ?? 0)),
    0,
  )
  return total === 0 ? 1 : thousandths(done / total)
}

const thousandths = (share: number): number => Math.round(share * 1000) / 1000

/** A rollout as callers see it: one read. */
export function presentRollout(record: RolloutRecord, now: EpochMs) {
  const { counts, startedAt } = record
  const progress = progressOf(record)
  const hours = startedAt === undefined ? 0 : ((record.endedAt ?? now) - startedAt) / HOUR
  const settled = settledStates.reduce((sum, one) => sum + counts[one], 0)
  return present(rollout(), {
    ...record,
    ...(record.wish === 'rollback' && { rollingBack: true }),
    nextWaveWhen: nextWaveWhenOf(record),
    guard: presentGuard(record),
    progress,
    perHour: hours > 0 ? Math.round((settled / hours) * 10) / 10 : 0,
    expectedEndAt: expectedEndOf(record, progress, now),
  })
}

function presentGuard({ guard, watch }: RolloutRecord) {
  if (!guard) return undefined
  const { state = 'watching' as const, judgedAt, figures, history = [] } = watch ?? {}
  return {
    ...guard,
    state,
    judgedAt,
    figures,
    history: history.map(({ at, ...judgement }) => ({ ...judgement, at: toIso(at) })),
  }
}

/** At the pace so far; the rest of the quiet hours comes on top. */
function expectedEndOf(
  { state, wish, startedAt, quietHours }: RolloutRecord,
  progress: number,
  now: EpochMs,
): EpochMs | undefined {
  const isUnderWay = state === 'running' || state === 'resting' || state === 'waitingForQuota'
  if (startedAt === undefined || !isUnderWay || wish === 'rollback' || progress === 0 || progress === 1)
    return undefined
  const goesOnAt = quietHours && isQuiet(now, quietHours) ? endOfQuiet(now, quietHours) : now
  return epochMs(Math.round(goesOnAt + ((now - startedAt) * (1 - progress)) / progress))
}

export async function listItems(
  platform: Platform,
  rolloutId: string,
  filter: {
    state?: ItemState | undefined
    reason?: string | undefined
    query?: string | undefined
    appids?: readonly string[] | undefined
  },
  page: PageRequest,
): Promise<Page<AnswerOf<ReturnType<typeof rolloutItem>>>> {
  await readRollout(platform, rolloutId)
  const { state, reason, query = '', appids } = filter
  const rejected = state === undefined || state === 'rejected' ? (['rejected'] as const) : []
  const states = reason === undefined ? state && [state] : rejected
  const like = query === '' ? undefined : { text: query, appids: await appidsLike(platform, query) }
  const wanted = { states, rejectedFor: reason, appids, like }
  const found = await platform.stores.rollouts.items(rolloutId, wanted, page)
  const begun = found.items.filter((item) => item.state !== 'pending').map(({ appid }) => appid)
  const releases = begun.length === 0 ? [] : await platform.stores.releases.ofRollout(rolloutId, begun)
  const releaseIds = new Map(
    releases.toSorted((a, b) => a.number - b.number).map(({ appid, releaseId }) => [appid, releaseId]),
  )
  return mapItems(found, (record) => present(rolloutItem(), { ...record, releaseId: releaseIds.get(record.appid) }))
}

/** Of the accounts whose name, business or appid has this in it. */
async function appidsLike(platform: Platform, query: string): Promise<readonly string[]> {
  const appids: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await platform.stores.authorizers.list({ query }, { limit: PAGE - 1, ...(cursor && { cursor }) })
    appids.push(...page.items.map(({ appid }) => appid))
    cursor = page.nextCursor
    if (cursor === undefined) return appids
  }
}

/** Groups that are shown with accounts and screenshots; more than these are counted only. */
const SHOWN_GROUPS = 20
const SHOWN_APPIDS = 100
const SHOWN_SCREENSHOTS = 20

/** The rejected by what the reviewers said, the most frequent first: one fix may serve a whole group. */
export async function groupRejections(platform: Platform, rolloutId: string) {
  await readRollout(platform, rolloutId)
  const counted = [...(await platform.stores.rollouts.countRejections(rolloutId))]
  const sorted = counted.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const groups = sorted.map(async ([reason, count], place) => {
    if (place >= SHOWN_GROUPS) return { reason, count, appids: [], screenshots: [] }
    const filter = { states: ['rejected'] as const, rejectedFor: reason }
    const { items } = await platform.stores.rollouts.items(rolloutId, filter, { limit: SHOWN_APPIDS })
    const appids = items.map(({ appid }) => appid)
    const releases = await platform.stores.releases.ofRollout(rolloutId, appids)
    const screenshots = releases.flatMap(({ state, screenshots: its = [] }) => (state === 'rejected' ? its : []))
    return { reason, count, appids, screenshots: [...new Set(screenshots)].slice(0, SHOWN_SCREENSHOTS) }
  })
  return { items: await Promise.all(groups) }
}
