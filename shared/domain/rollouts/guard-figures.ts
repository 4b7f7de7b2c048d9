import * as v from 'valibot'
import { forEachConcurrently } from '../../concurrency.ts'
import { isFailure } from '../../errors.ts'
import { epochMs, DAY, HOUR, type EpochMs } from '../../time.ts'
import { diagnostics } from '../../wechat/directory/diagnostics.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { readTokens } from '../tokens/token-pages.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { GuardFigures, RolloutItem, RolloutRecord } from '../stores/rollouts.ts'

/*
 * Errors that users met, as WeChat counts them by version and day. A merchant's two versions are compared on the same days while both are
 * online, else the new one's days with the seven before its release; merchants weigh as much as they have users of the new version.
 */

/** What is kept between two runs. */
const reading = () =>
  v.object({
    cursor: v.exactOptional(v.string()),
    merchants: v.number(),
    compared: v.number(),
    users: v.number(),
    /** Of those that are compared. */
    comparedUsers: v.number(),
    weight: v.number(),
    found: v.number(),
    expected: v.number(),
    /** By what tells one error from others. */
    errors: v.record(v.string(), v.object({ message: v.string(), users: v.number() })),
    former: v.array(v.string()),
  })
export type Reading = v.InferOutput<ReturnType<typeof reading>>

const nothingRead: Reading = {
  merchants: 0,
  compared: 0,
  users: 0,
  comparedUsers: 0,
  weight: 0,
  found: 0,
  expected: 0,
  errors: {},
  former: [],
}

export const readingOf = (kept: unknown): Reading => (kept === undefined ? nothingRead : v.parse(reading(), kept))

/** Merchants of one page, and pages of one run. */
const PAGE = 50
const PAGES = 20

/** Kinds of errors that are kept apart. */
const MOST_ERRORS = 300
const MOST_FORMER = 2000
const LONGEST_MESSAGE = 200

/** Goes on reading while there is time; without a cursor all is read. Two questions to WeChat a merchant. */
export async function readOn(
  platform: Platform,
  rollout: RolloutRecord,
  kept: Reading,
  isTimeLeft: () => boolean,
): Promise<Reading & { readonly isWhole: boolean }> {
  let sums = kept
  for (let page = 0; page < PAGES && isTimeLeft(); page++) {
    const { cursor, ...before } = sums
    const { items, nextCursor } = await platform.stores.rollouts.items(
      rollout.rolloutId,
      { states: ['released', 'gray'], wave: rollout.wave },
      { limit: PAGE, ...(cursor !== undefined && { cursor }) },
    )
    sums = {
      ...(await readPage(platform, rollout, items, before)),
      ...(nextCursor !== undefined && { cursor: nextCursor }),
    }
    if (nextCursor === undefined) return { ...sums, isWhole: true }
  }
  return { ...sums, isWhole: false }
}

export function figuresOf({
  merchants,
  compared,
  users,
  weight,
  found,
  expected,
  errors,
  former,
}: Reading): GuardFigures {
  const known = new Set(former)
  const fresh = former.length === 0 ? [] : Object.entries(errors).filter(([error]) => !known.has(error))
  const newErrors = fresh
    .map(([, error]) => error)
    .toSorted((a, b) => b.users - a.users)
    .slice(0, 3)
  return {
    merchants,
    compared,
    users,
    ...(weight > 0 && { share: rounded(found / weight), formerShare: rounded(expected / weight) }),
    ...(expected > 0 && { growth: rounded(found / expected) }),
    newErrors,
  }
}

/** A share in percent keeps enough of its digits, and a growth is not rounded up to a breach. */
const rounded = (value: number): number => Math.floor(value * 10_000 + 1e-6) / 10_000

interface Pair {
  readonly ours: ReleaseRecord
  readonly former: ReleaseRecord
}

async function readPage(
  platform: Platform,
  rollout: RolloutRecord,
  items: readonly RolloutItem[],
  before: Reading,
): Promise<Reading> {
  if (items.length === 0) return before
  const appids = items.map(({ appid }) => appid)
  const [shown] = await Promise.all([platform.stores.releases.shownOf(appids), readTokens(platform, appids)])
  const pairs = appids.flatMap(
    (appid) =>
      pairOf(
        rollout,
        shown.filter((release) => release.appid === appid),
      ) ?? [],
  )
  let sums: Reading = { ...before, merchants: before.merchants + items.length }
  await forEachConcurrently(pairs, PAGE, async (pair) => {
    const both = await readErrors(platform, pair)
    if (both) sums = added(sums, both)
  })
  return sums
}

/** The version that users have of this rollout, and the one that they had before. */
function pairOf({ rolloutId }: RolloutRecord, releases: readonly ReleaseRecord[]): Pair | undefined {
  const ours = releases.find((one) => one.rolloutId === rolloutId && (one.state === 'gray' || one.state === 'released'))
  const former = releases.find(
    ({ number, state, version }) =>
      ours !== undefined &&
      number < ours.number &&
      version !== ours.version &&
      (state === 'released' || state === 'superseded'),
  )
  return ours && former && { ours, former }
}

interface Errors {
  readonly rows: readonly {
    readonly id: string
    readonly message: string
    readonly uv: number
    readonly percent: number
  }[]
  /** There are no others. */
  readonly isWhole: boolean
}

interface Both {
  readonly now: Errors
  readonly former: Errors
}

/** No answer is no figures. */
async function readErrors(platform: Platform, { ours, former }: Pair): Promise<Both | undefined> {
  const today = databaseTime(platform)
  const since = ours.state === 'gray' ? ours.graySince : ours.releasedAt
  const from = since ?? today
  const days = ours.state === 'gray' ? [from, today] : [epochMs(from - 7 * DAY), epochMs(from - DAY)]
  try {
    const [now, before] = await Promise.all([
      listErrors(platform, ours, [from, today]),
      listErrors(platform, former, days),
    ])
    return { now, former: before }
  } catch (error) {
    if (!isFailure(error)) throw error
    platform.log.warn('errors of a version could not be read', { appid: ours.appid, reason: error })
    return undefined
  }
}

/** At most 30 rows are answered. */
const MOST_ROWS = 30

async function listErrors(
  platform: Platform,
  { appid, version }: ReleaseRecord,
  [from, to]: readonly EpochMs[],
): Promise<Errors> {
  const body = {
    startTime: dayOf(from),
    endTime: dayOf(to),
    errType: '1',
    appVersion: version,
    openid: '',
    keyword: '',
    orderby: 'uv',
    desc: '1',
    offset: 0,
    limit: MOST_ROWS,
  } as const
  const { data, totalCount } = await callForAuthorizer(platform, appid, diagnostics.listErrors, { body })
  const rows = (data ?? []).map(({ errorMsg, errorMsgMd5, uv, uvPercent }) => ({
    // Where in the code it happened differs from version to version, so the stack does not tell errors apart.
    id: errorMsgMd5 || (errorMsg ?? ''),
    message: (errorMsg ?? '').slice(0, LONGEST_MESSAGE),
    uv: uv ?? 0,
    percent: Number.parseFloat(uvPercent ?? '') || 0,
  }))
  return { rows, isWhole: (totalCount ?? rows.length) <= rows.length }
}

/** WeChat's days are Beijing's. */
const dayOf = (at: EpochMs = epochMs(0)): string => new Date(at + 8 * HOUR).toISOString().slice(0, 10)

function added(sums: Reading, { now, former }: Both): Reading {
  const users = total(now.rows.map(({ uv }) => uv))
  const share = total(now.rows.map(({ percent }) => percent))
  const formerShare = total(former.rows.map(({ percent }) => percent))
  const isCompared = users > 0 && share > 0 && formerShare > 0
  // As many as there must be for so many to be that share.
  const weight = isCompared ? users / share : 0
  // What a long list leaves out is rarer than its last one, and an empty one says nothing of what there was.
  const rarest = former.rows.length === 0 ? Infinity : former.isWhole ? 0 : (former.rows.at(-1)?.uv ?? 0)
  const errors = { ...sums.errors }
  for (const { id, message, uv } of now.rows)
    if (uv > rarest) errors[id] = { message, users: (errors[id]?.users ?? 0) + uv }
  const frequent = Object.entries(errors).toSorted(([, a], [, b]) => b.users - a.users)
  return {
    ...sums,
    compared: sums.compared + (isCompared ? 1 : 0),
    users: sums.users + users,
    comparedUsers: sums.comparedUsers + (isCompared ? users : 0),
    weight: sums.weight + weight,
    found: sums.found + weight * share,
    expected: sums.expected + weight * formerShare,
    errors: Object.fromEntries(frequent.slice(0, MOST_ERRORS)),
    former: [...new Set([...sums.former, ...former.rows.map(({ id }) => id)])].slice(0, MOST_FORMER),
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
