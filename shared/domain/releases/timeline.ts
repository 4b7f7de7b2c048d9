import { Failure } from '../../errors.ts'
import { describeStatus } from '../authorizers/account-status.ts'
import { readCursor, writeCursor } from '../cursors.ts'
import type { Platform } from '../platform.ts'
import { accountHappenings, type AccountHappening, type ReleaseHappening } from '../stores/happened.ts'
import { originOf, type ReleaseState } from '../stores/releases.ts'
import type { PageRequest } from '../stores/page.ts'
import { toIso, type EpochMs } from '../../time.ts'

/** Of a release, what is worth telling; a step that only prepares another is not. */
const ofRelease = {
  committed: 'committed',
  failed: 'failed',
  auditing: 'submitted',
  delayed: 'delayed',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  gray: 'gray',
  released: 'released',
  rolledBack: 'rolledBack',
} as const satisfies Partial<Record<ReleaseState, string>>

export const timelineKinds = [...accountHappenings, ...Object.values(ofRelease)] as const

type Params = Readonly<Record<string, string | number | readonly string[]>>

interface Entry {
  readonly at: EpochMs
  readonly kind: (typeof timelineKinds)[number]
  readonly params: Params
  readonly who?: string | undefined
}

/** What happened to one account, newest first. */
export async function readTimeline(platform: Platform, appid: string, { limit, cursor }: PageRequest) {
  const [account, releases] = await Promise.all([
    platform.stores.authorizers.happenedTo(appid),
    platform.stores.releases.happenedOf(appid),
  ])
  if (!account) throw new Failure('ACCOUNT_UNKNOWN', { field: 'appid' })
  const all = [...account.map(entryOfAccount), ...releases.flatMap(entryOfRelease)]
  const placed = all
    .map((entry, at) => ({ entry, place: placeOf(entry, at) }))
    .toSorted((a, b) => (a.place < b.place ? 1 : -1))
  const [last] = cursor === undefined ? [] : readCursor('timeline', 1, cursor)
  const rest = last === undefined ? placed : placed.filter(({ place }) => place < last)
  const shown = rest.slice(0, limit)
  const end = shown.at(-1)
  return {
    items: shown.map(({ entry: { at, who, ...entry } }) => ({
      at: toIso(at),
      ...entry,
      ...(who !== undefined && { who }),
    })),
    ...(end && rest.length > limit && { nextCursor: writeCursor('timeline', end.place) }),
  }
}

/** By time; of the same moment by what it is, so that no two are alike. */
const placeOf = ({ at, kind, params }: Entry, order: number): string =>
  `${String(at).padStart(15, '0')} ${String(params['releaseId'] ?? '')} ${String(order).padStart(6, '0')} ${kind}`

const entryOfAccount = ({ kind, at, businessId, code, who }: AccountHappening): Entry => ({
  at,
  kind,
  who,
  params: {
    ...(businessId !== undefined && { businessId }),
    ...(code !== undefined && { code, name: describeStatus(code).name }),
  },
})

function entryOfRelease({ state, at, who, text, screenshots, percentage, ...release }: ReleaseHappening): Entry[] {
  const kind = Object.entries(ofRelease).find(([name]) => name === state)?.[1]
  const { releaseId, version, templateId } = release
  if (kind === undefined) return []
  return [
    {
      at,
      kind,
      who,
      params: {
        releaseId,
        version,
        ...(templateId !== undefined && { templateId }),
        origin: originOf(templateId === undefined ? {} : { templateId }),
        ...(text !== undefined && { text }),
        ...(screenshots && { screenshots }),
        ...(percentage !== undefined && { percentage }),
      },
    },
  ]
}
