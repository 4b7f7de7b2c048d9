import type { Minifleet } from '../../client/src/client.ts'
import type { Operations } from '../../client/src/operations.ts'
import { reviewNeed, type ReviewNeed } from '../../shared/domain/rollouts/careful-plan.ts'
import { epochMs, toIso } from '../../shared/time.ts'

type Plan = Operations['rollouts.create']['input']
type Compared = Operations['releases.compare']['data']['items'][number]

/** Merchants of one call. */
const CALL = 50

/** Whom the plan means, those who go first in front; as the platform chooses. */
export async function audienceOf(client: Minifleet, plan: Plan): Promise<readonly string[]> {
  const { canary = [], appids, filter } = plan
  const chosen = appids ? [...appids] : []
  if (!appids)
    for await (const { appid, accountType } of client.all('authorizers.list', {
      status: 'active',
      limit: 100,
      ...(filter && { filter }),
    }))
      if (accountType === 'miniprogram') chosen.push(appid)
  return [...new Set([...canary, ...chosen.toSorted()])]
}

/** Undefined where WeChat does not say what is left. */
export async function reviewsOf(
  client: Minifleet,
  plan: Plan,
  merchants: readonly string[],
): Promise<ReviewNeed | undefined> {
  const [appid] = merchants
  if (appid === undefined || plan.autoSubmit === false) return undefined
  const quota = await client.call('releases.quota', { appid }).catch(() => undefined)
  return quota && reviewNeed(merchants.length, quota, plan.quotaReserve ?? 0, epochMs(Date.now()))
}

export const reviewLine = ({ needed, left, later, lastFrom }: ReviewNeed): string =>
  `needs ${count(needed)} reviews, ${count(left)} left this month` +
  (later === 0 ? '' : `; ${count(later)} wait${lastFrom === undefined ? '' : `, the last until ${dayOf(lastFrom)}`}`)

const count = (number: number): string => number.toLocaleString('en')

/** A month begins at midnight in China. */
const dayOf = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)

export async function compareAll(
  client: Minifleet,
  { templateId, version, ext, extJson, extVars }: Plan,
  appids: readonly string[],
): Promise<readonly Compared[]> {
  const copy = { ...(ext && { ext }), ...(extJson && { extJson }), ...(extVars && { extVars }) }
  const items: Compared[] = []
  for (let from = 0; from < appids.length; from += CALL) {
    const page = { appids: appids.slice(from, from + CALL), templateId, version, ...copy }
    items.push(...(await client.call('releases.compare', page)).items)
  }
  return items.toSorted((a, b) => oddness(b) - oddness(a))
}

const changesOf = ({ extJson }: Compared): readonly string[] => [
  ...(extJson?.added ?? []).map((key) => `+${key}`),
  ...(extJson?.removed ?? []).map((key) => `-${key}`),
  ...(extJson?.changed ?? []).map((key) => `~${key}`),
]

/** What a person should look at first. */
const oddness = (item: Compared): number => item.warnings.length * 1000 + changesOf(item).length

interface Rehearsal {
  readonly plan: Plan
  readonly items: readonly Compared[]
  readonly reviews: ReviewNeed | undefined
}

/** What would happen, for people. */
export function rehearsalLines({ plan, items, reviews }: Rehearsal): string[] {
  const { waves = [100], maxFailures, allow = [] } = plan
  const isAllowed = (code: string): boolean => allow.some((one) => one === code)
  const skipped = items.filter(({ warnings }) => warnings.some(({ code }) => !isAllowed(code)))
  return [
    `${count(items.length)} merchants, ${count(skipped.length)} of them left out for what is not allowed; nothing is sent`,
    ...(reviews ? [reviewLine(reviews)] : []),
    `waves up to ${waves.join(', ')} %${maxFailures === undefined ? '' : `; pauses beyond ${maxFailures} failures`}`,
    ...items.flatMap((item) => [
      [`${item.appid}: ${versionOf(item.live)} → ${versionOf(item.next)}`, ...changesOf(item)].join(' '),
      ...item.warnings.map(({ code, message }) => `  ${isAllowed(code) ? 'allowed' : 'left out'}: ${code}: ${message}`),
    ]),
  ]
}

const versionOf = (version: Compared['live'] | Compared['next']): string =>
  version === undefined
    ? 'nothing'
    : [
        version.version ?? '?',
        ...(version.templateId === undefined ? [] : [`#${version.templateId}`]),
        ...(version.source ? [`(${version.source})`] : []),
      ].join(' ')

/** The same for programs. */
export const rehearsalOf = ({ plan, items, reviews }: Rehearsal) => ({
  ...plan,
  merchants: items.length,
  ...(reviews && {
    reviews: { ...reviews, ...(reviews.lastFrom !== undefined && { lastFrom: toIso(reviews.lastFrom) }) },
  }),
  items,
})
