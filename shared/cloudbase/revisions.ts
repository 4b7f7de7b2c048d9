import type { Happening } from '../domain/stores/outbox.ts'
import type { Database } from './database.ts'
import { serverTime, type Change, type Query, type Row, type Value } from './requests.ts'

/* Whoever writes over what was read names the revision that was read: where somebody else wrote in between, nothing is written. */

export interface Seen {
  readonly id: string
  /** Undefined: of a document from before there were revisions. */
  readonly revision: number | undefined
}

export const asSeen = ({ id, revision }: Seen): Query => ({ _id: id, revision: revision ?? null })

/** The change and the next revision; what it brings about rides on the same write until it is told. */
export function nextRevision(revision: number | undefined, change: Change, ...happenings: Happening[]): Change {
  const name = `r${(revision ?? 0) + 1}`
  const told = happenings.length > 0 && {
    [`outbox.${name}`]: entryOf(happenings),
    [`outboxAt.${name}`]: serverTime(),
    untold: serverTime(),
  }
  return { ...change, set: { ...change.set, ...told }, inc: { ...change.inc, revision: 1 } }
}

/** Members of a new document, which begins with something to tell. */
export const firstRevision = (...happenings: Happening[]): Readonly<Record<string, Value>> => ({
  revision: 1,
  ...(happenings.length > 0 && { outbox: { r1: entryOf(happenings) }, untold: serverTime() }),
})

/** Kept as text: names from outside have no meaning for the database. */
const entryOf = (happenings: readonly Happening[]): string => JSON.stringify(happenings)

/** The document after the change; undefined where somebody wrote in between. */
export const changeSeen = (
  database: Database,
  collection: string,
  seen: Seen,
  change: Change,
  ...happenings: Happening[]
): Promise<Row | undefined> =>
  database.updateAndReturn(collection, asSeen(seen), nextRevision(seen.revision, change, ...happenings))
