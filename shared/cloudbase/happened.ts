import { accountHappenings, type AccountHappening, type ReleaseHappening } from '../domain/stores/happened.ts'
import { releaseStates, type ReleaseChange, type ReleaseRecord, type ReleaseState } from '../domain/stores/releases.ts'
import type { EpochMs } from '../time.ts'
import { toRelease } from './release-rows.ts'
import { toDate, type Change, type Row, type Value } from './requests.ts'
import { optionalNumber, optionalText, present, texts, time, word, type Fields } from './row.ts'

/* What happened is written with the change that makes it so, into the very document, and lives as long. */

/** Of an account. */
export const accountHappened = (kind: AccountHappening['kind'], at: EpochMs, more: object = {}): Change => ({
  push: { happened: { kind, at: toDate(at), ...more } },
})

/** Nothing where the state stays. */
export const releaseHappened = (
  release: Pick<ReleaseRecord, 'state' | 'attemptAt' | 'who'> | undefined,
  change: ReleaseChange,
  now: EpochMs,
): Pick<Change, 'push'> =>
  change.state === undefined || change.state === release?.state
    ? {}
    : { push: { happened: { ...entryOf(change, now), ...present({ who: whoDid(release, change) }) } } }

/** What comes of an attempt; a judgement never does, and what is merely found was done by somebody else. */
const ofAttempts: ReadonlySet<ReleaseState> = new Set<ReleaseState>([
  'committed',
  'failed',
  'auditing',
  'withdrawn',
  'gray',
  'released',
  'rolledBack',
])

function whoDid(
  release: Pick<ReleaseRecord, 'state' | 'attemptAt' | 'who'> | undefined,
  { state, who }: ReleaseChange,
): string | undefined {
  const isBegun = release?.state === 'committing' || release?.attemptAt !== undefined
  return who ?? (isBegun && state && ofAttempts.has(state) ? release.who : undefined)
}

export function entryOf(
  { state, reason, screenshots, grayPercentage }: ReleaseChange,
  at: EpochMs,
): Readonly<Record<string, Value>> {
  const isRejected = state === 'rejected' || state === 'delayed'
  return {
    state: state ?? null,
    at: toDate(at),
    ...(isRejected && reason && { text: reason }),
    ...(isRejected && screenshots && { screenshots: [...screenshots] }),
    ...(state === 'gray' && grayPercentage && { percentage: grayPercentage }),
  }
}

/** A new release; one from elsewhere had happened before it was found. */
export const begun = (release: ReleaseRecord) => ({
  happened: [entryOf(release, release.releasedAt ?? release.auditedAt ?? release.createdAt)],
})

export const readAccountHappened = (row: Row): AccountHappening[] =>
  entriesOf(row).map((entry) => ({
    kind: word(entry, 'kind', accountHappenings),
    at: time(entry, 'at'),
    ...present({
      businessId: optionalText(entry, 'businessId'),
      code: optionalNumber(entry, 'code'),
      who: optionalText(entry, 'who'),
    }),
  }))

/** Of rows from before, what their times tell. */
export function readReleaseHappened(row: Row): ReleaseHappening[] {
  const release = toRelease(row)
  const { releaseId, version, templateId } = release
  const known = { releaseId, version, ...(templateId !== undefined && { templateId }) }
  const entries = entriesOf(row)
  if (entries.length === 0) return told(release).map((one) => ({ ...known, ...one }))
  return entries.map((entry) => ({
    ...known,
    state: word(entry, 'state', releaseStates),
    at: time(entry, 'at'),
    ...present({
      text: optionalText(entry, 'text'),
      screenshots: Array.isArray(entry['screenshots']) ? texts(entry, 'screenshots') : undefined,
      percentage: optionalNumber(entry, 'percentage'),
      who: optionalText(entry, 'who'),
    }),
  }))
}

const of = (name: ReleaseRecord['state'], at: EpochMs | undefined, more: object = {}) =>
  at === undefined ? [] : [{ state: name, at, ...more }]

function told({ state, createdAt, submittedAt, auditedAt, releasedAt, updatedAt, reason }: ReleaseRecord) {
  const isJudged = state === 'rejected' || state === 'withdrawn'
  return [
    ...of('committed', createdAt),
    ...of('auditing', submittedAt),
    ...of(isJudged ? state : 'approved', auditedAt, reason === undefined ? {} : { text: reason }),
    ...of('released', releasedAt),
    ...(state === 'rolledBack' ? of(state, updatedAt) : []),
  ]
}

const entriesOf = (row: Row): readonly Fields[] => {
  const kept = row['happened']
  return Array.isArray(kept) ? kept.flatMap((one: unknown) => (typeof one === 'object' && one ? [{ ...one }] : [])) : []
}
