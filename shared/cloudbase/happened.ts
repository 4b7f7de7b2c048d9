import { list, nested, orElse, readMember, writeMembers } from '../domain/stores/forms.ts'
import { accountHappening, releaseHappening } from '../domain/stores/happened.ts'
import type { AccountHappening, ReleaseHappening } from '../domain/stores/happened.ts'
import type { ReleaseChange, ReleaseRecord, ReleaseState } from '../domain/stores/releases.ts'
import type { EpochMs } from '../time.ts'
import { toRelease } from './release-changes.ts'
import type { Change, Row } from './requests.ts'

/* What happened is written with the change that makes it so, into the very document, and lives as long. */

/** Of an account. */
export const accountHappened = (happened: AccountHappening): Pick<Change, 'push'> => ({
  push: { happened: writeMembers(accountHappening, happened) },
})

/** Nothing where the state stays. */
export const releaseHappened = (
  release: Pick<ReleaseRecord, 'state' | 'attemptAt' | 'who'> | undefined,
  change: ReleaseChange,
  now: EpochMs,
): Pick<Change, 'push'> =>
  change.state === undefined || change.state === release?.state
    ? {}
    : { push: { happened: entryOf(change, now, whoDid(release, change)) } }

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

function entryOf({ state, reason, screenshots, grayPercentage }: ReleaseChange, at: EpochMs, who?: string) {
  const isRejected = state === 'rejected' || state === 'delayed'
  return writeMembers(releaseHappening, {
    state,
    at,
    who,
    ...(isRejected && { text: reason || null, screenshots }),
    ...(state === 'gray' && { percentage: grayPercentage }),
  })
}

/** A new release; one from elsewhere had happened before it was found. */
export const begun = (release: ReleaseRecord) => ({
  happened: [entryOf(release, release.releasedAt ?? release.auditedAt ?? release.createdAt)],
})

export const readAccountHappened = (row: Row): readonly AccountHappening[] =>
  readMember(row, 'happened', orElse(list(nested(accountHappening)), []))

/** Of rows from before, what their times tell. */
export function readReleaseHappened(row: Row): ReleaseHappening[] {
  const release = toRelease(row)
  const { releaseId, version, templateId } = release
  const known = { releaseId, version, ...(templateId !== undefined && { templateId }) }
  const entries = readMember(row, 'happened', orElse(list(nested(releaseHappening)), []))
  return (entries.length === 0 ? told(release) : entries).map((entry) => ({ ...known, ...entry }))
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
