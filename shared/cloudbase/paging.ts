import { Failure } from '../errors.ts'
import { readMember, text } from '../domain/stores/forms.ts'
import type { Page, PageRequest } from '../domain/stores/page.ts'
import type { Database } from './database.ts'
import type { Condition, Query, Row } from './requests.ts'

export interface List {
  readonly collection: string
  /** Unique within the collection; the list is in its order. */
  readonly sortedBy: string
  readonly query: Query
  /** What it asks of the sort value itself. */
  readonly within?: Condition
}

/** Rows of these accounts (or other names of a field); all where none are given. */
export function ofAccounts(names: readonly string[] | undefined, field = 'appid'): Query {
  if (!names) return {}
  const [only = ''] = names
  return { [field]: names.length === 1 ? only : { in: names } }
}

/** One page. A cursor names the collection and the last row's sort value, so one from another list is refused. */
export async function readPage<T>(
  database: Database,
  { collection, sortedBy, query, within }: List,
  { limit, cursor }: PageRequest,
  view: (row: Row) => T,
): Promise<Page<T>> {
  const beyond: Condition = { ...within, gt: cursor === undefined ? '' : readCursor(collection, cursor) }
  const rows = await database.find(
    collection,
    { ...query, [sortedBy]: beyond },
    { limit: limit + 1, orderBy: [[sortedBy, 'asc']] },
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map(view),
    ...(last && rows.length > limit && { nextCursor: writeCursor(collection, readMember(last, sortedBy, text)) }),
  }
}

const writeCursor = (collection: string, value: string): string =>
  Buffer.from(`${collection}/${value}`).toString('base64url')

function readCursor(collection: string, cursor: string): string {
  const decoded = Buffer.from(cursor, 'base64url').toString()
  const value = decoded.slice(collection.length + 1)
  if (value === '' || !decoded.startsWith(`${collection}/`) || writeCursor(collection, value) !== cursor)
    throw new Failure('BAD_CURSOR', { field: 'cursor' })
  return value
}
