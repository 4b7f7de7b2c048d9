import { mark, namesOfNull, reader, writeMembers } from '../domain/stores/forms.ts'
import { release, type ReleaseChange, type ReleaseRecord } from '../domain/stores/releases.ts'
import type { EpochMs } from '../time.ts'
import { serverTime, toDate, type Change, type Value } from './requests.ts'

export const toRelease = reader(release)

/** A change as it is stored: with the time by which rollouts read on, and the next due time. */
export function storedChange(
  { dueAt, heldUp, intent, ...change }: ReleaseChange,
  now: EpochMs,
): Required<Pick<Change, 'set' | 'unset'>> {
  const { attemptAt, problem, state } = change
  const members = { ...change, intent: attemptAt === undefined ? undefined : (intent ?? null) }
  const isHeldUp = { heldUp: problem === null || state === 'superseded' ? null : heldUp }
  return {
    set: {
      ...writeMembers(release, members),
      ...writeMembers({ heldUp: mark }, isHeldUp),
      ...(dueAt !== undefined && dueFields(dueAt)),
      ...(Object.keys(change).some((name) => !unseen.has(name)) && { updatedAt: toDate(now) }),
      changedAt: serverTime(),
    },
    unset: [...namesOfNull(members), ...namesOfNull(isHeldUp)],
  }
}

/** What is read of a release and when, and what is tried with it, changes nothing that is shown. */
const unseen = new Set(['checkedAt', 'attemptAt', 'who', 'runs', 'submission', 'auditBaseline', 'rolloutId'])

/** `due` marks rows that have a due time. */
const dueFields = (dueAt: EpochMs | null): { due: boolean; dueAt: Date | null } => ({
  due: dueAt !== null,
  dueAt: dueAt === null ? null : toDate(dueAt),
})

/** A new release as it is stored. */
export const newRow = (
  made: ReleaseRecord,
  order: string,
  dueAt: EpochMs | null,
): { readonly _id: string } & Readonly<Record<string, Value>> => ({
  ...writeMembers(release, made),
  ...dueFields(dueAt),
  _id: made.releaseId,
  order,
  changedAt: serverTime(),
})
