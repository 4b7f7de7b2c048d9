import { forEachConcurrently } from '../../concurrency.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { after } from '../../time.ts'
import { ATTEMPT_MS } from '../releases/commits.ts'
import { changeReleases, type Done } from '../releases/release-records.ts'
import { underReview } from '../releases/release-states.ts'
import { byRollout } from './rollout-caller.ts'
import type { Outcomes } from './outcomes.ts'
import type { Quota } from './quota.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { BindingRecord } from '../stores/bindings.ts'
import type { ReleaseChange, ReleaseRecord } from '../stores/releases.ts'
import type { RolloutItem, RolloutRecord } from '../stores/rollouts.ts'
import { readTokens } from '../tokens/token-pages.ts'

/** Items of one page; all of them are at WeChat at once, so that no intent is older than one call when it is acted on. */
export const PAGE = 50

/** A call that could not begin this long after its intent is not begun any more: others may take it for lost after 20 s. */
const BEGIN_WITHIN_MS = 5000

/** Some items of one rollout that are worked on together. */
export interface ItemPage {
  readonly platform: Platform
  readonly rollout: RolloutRecord
  readonly items: readonly RolloutItem[]
  readonly quota: Quota
  readonly outcomes: Outcomes
}

/** One item with what is stored about its account. */
export interface Account {
  readonly item: RolloutItem
  readonly authorizer: Authorizer | undefined
  readonly binding: BindingRecord | undefined
  /** Newest first, without those that are superseded. */
  readonly releases: readonly ReleaseRecord[]
}

/** Four reads for the whole page. */
export async function readAccounts({ platform, items }: ItemPage): Promise<readonly Account[]> {
  const appids = items.map(({ appid }) => appid)
  const [authorizers, bindings, releases] = await Promise.all([
    platform.stores.authorizers.findMany(appids),
    platform.stores.bindings.ofAuthorizers(appids),
    platform.stores.releases.currentOf(appids),
    readTokens(platform, appids),
  ])
  const known = new Map(authorizers.map((authorizer) => [authorizer.appid, authorizer]))
  return items.map((item) => ({
    item,
    authorizer: known.get(item.appid),
    binding: bindings.get(item.appid),
    releases: releases.get(item.appid) ?? [],
  }))
}

export interface Shipment {
  readonly item: RolloutItem
  readonly releases: readonly ReleaseRecord[]
  readonly ours: ReleaseRecord | undefined
  /** Newest that did not fail. */
  readonly newest: ReleaseRecord | undefined
}

export interface Ours extends Shipment {
  readonly ours: ReleaseRecord
}

/** A newer submission makes WeChat forget the approval, also where its record does not say so yet. */
export const isForgotten = ({ ours, releases }: Shipment): boolean =>
  releases.some(({ state, number }) => underReview.includes(state) && number > (ours?.number ?? 0))

/** The releases of this rollout, and what else their accounts have. Two reads for the whole page. */
export async function readShipments({ platform, rollout, items }: ItemPage): Promise<readonly Shipment[]> {
  const appids = items.map(({ appid }) => appid)
  const [current] = await Promise.all([platform.stores.releases.currentOf(appids), readTokens(platform, appids)])
  return items.map((item) => {
    const releases = current.get(item.appid) ?? []
    return {
      item,
      releases,
      ours: releases.find(({ rolloutId, state }) => rolloutId === rollout.rolloutId && state !== 'failed'),
      newest: releases.find(({ state }) => state !== 'failed'),
    }
  })
}

/** `work` for each at once; whatever it throws is its item's outcome. */
export async function forEachOf<T extends { readonly item: RolloutItem }>(
  { outcomes }: ItemPage,
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  await forEachConcurrently(all, PAGE, async (one) => {
    try {
      await work(one)
    } catch (error) {
      outcomes.fail(one.item, error)
    }
  })
}

/** Notes on the releases what is about to be sent. */
export function beginAll(
  platform: Platform,
  all: readonly Ours[],
  change: Pick<ReleaseChange, 'state' | 'autoRelease'>,
): Promise<readonly ReleaseRecord[]> {
  const now = databaseTime(platform)
  const begun = { ...byRollout, ...change, attemptAt: now, dueAt: after(now, ATTEMPT_MS) }
  return changeReleases(
    platform,
    all.map(({ ours }) => ours),
    begun,
  )
}

interface Sent extends Done {
  readonly item: RolloutItem
}

/** The intents first, in one write; then all at once. What was sent; where somebody was first, or it is too late to begin, the item is put off. */
export async function sendAll<T extends Pick<Shipment, 'item' | 'releases'>>(
  page: ItemPage,
  all: readonly T[],
  write: () => Promise<readonly ReleaseRecord[]>,
  send: (intent: ReleaseRecord, one: T) => Promise<ReleaseRecord>,
): Promise<readonly Sent[]> {
  if (all.length === 0) return []
  const { platform, outcomes } = page
  const begunAt = platform.clock()
  const written = new Map((await write()).map((release) => [release.appid, release]))
  const sent: Sent[] = []
  await forEachOf(page, all, async (one) => {
    const { item, releases } = one
    const isLate = Math.abs(platform.clock() - begunAt) > BEGIN_WITHIN_MS
    const intent = isLate ? undefined : written.get(item.appid)
    if (intent) sent.push({ item, releases, release: await send(intent, one) })
    else outcomes.putOff(item)
  })
  return sent
}

/** Then what became of them, in one write. */
export async function noteAll(
  { platform, outcomes }: ItemPage,
  sent: readonly Sent[],
  note: (platform: Platform, done: readonly Done[]) => Promise<readonly ReleaseRecord[]>,
): Promise<void> {
  if (sent.length === 0) return
  const noted = new Map((await note(platform, sent)).map((release) => [release.appid, release]))
  const now = databaseTime(platform)
  for (const { item, release } of sent) outcomes.follow(item, noted.get(item.appid) ?? release, now)
}
