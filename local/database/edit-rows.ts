import type { Database } from './database.ts'

type Named = Readonly<Record<string, unknown>>

/** Changes rows behind the functions' back, as time or a broken process would. How many. */
export async function editRows(database: Database, collection: string, query: Named, set: Named): Promise<number> {
  const { body } = await database.handle(
    JSON.stringify({
      action: 'database.modifyDocument',
      collectionName: collection,
      queryType: 'WHERE',
      multi: true,
      merge: true,
      upsert: false,
      query: JSON.stringify(encode(query)),
      data: JSON.stringify({ $set: encode(set) }),
    }),
  )
  const answer: { data?: { updated?: number } } = JSON.parse(body)
  return answer.data?.updated ?? 0
}

/** Puts rows in as they are, at most a thousand. */
export async function insertRows(database: Database, collection: string, rows: readonly Named[]): Promise<void> {
  const data = rows.map((row) => JSON.stringify(encode(row)))
  await database.handle(JSON.stringify({ action: 'database.insertDocument', collectionName: collection, data }))
}

/** A value as the wire format writes it. */
const encode = (value: unknown): unknown => {
  if (value instanceof Date) return { $date: { $numberLong: String(value.getTime()) } }
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encode(member)]))
}
