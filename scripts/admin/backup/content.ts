import { EJSON } from 'bson'
import * as v from 'valibot'
import type { Row, Value } from '../../../shared/cloudbase/requests.ts'
import { sealedCollections } from '../../../shared/cloudbase/resealing.ts'

/*
 * What the frames hold: in the first the head, in the last the tail, in those between rows, one a line as `["collection", {…}]` in
 * Extended JSON. Secrets stay as they are stored, sealed under SEAL_KEYS.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const headSchema = v.object({
  backupId: v.string(),
  /** ISO 8601. */
  createdAt: v.string(),
  componentAppid: v.string(),
  /** Data migrations that were done. */
  migrations: v.array(v.string()),
  /** A known text, sealed under the first key of SEAL_KEYS. */
  sealCheck: v.string(),
})
export type Head = v.InferOutput<typeof headSchema>

const tailSchema = v.object({
  /** Rows by collection. */
  rows: v.record(v.string(), count),
  /** Names of the keys under which values lie. */
  sealKeys: v.array(v.string()),
})
export type Tail = v.InferOutput<typeof tailSchema>

export interface BackedUpRow {
  readonly collection: string
  readonly row: Row
}

export const readHead = (text: string): Head => v.parse(v.pipe(v.string(), v.parseJson(), headSchema), text)
export const readTail = (text: string): Tail => v.parse(v.pipe(v.string(), v.parseJson(), tailSchema), text)

export const writeRow = ({ collection, row }: BackedUpRow): string =>
  EJSON.stringify([collection, row], undefined, undefined, { relaxed: true })

const lineSchema = v.tuple([v.string(), v.looseObject({ _id: v.string() })])

export function readRows(text: string): BackedUpRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [collection, row] = v.parse(lineSchema, EJSON.parse(line, { relaxed: true }))
      return { collection, row }
    })
}

/** @throws Error for what no row can hold */
export function asStored(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value
  if (value instanceof Date) return value
  if (Array.isArray(value)) return value.map(asStored)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asStored(member)]))
  throw new Error(`a ${typeof value} cannot be stored`)
}

const fieldsOf = new Map(sealedCollections.map(({ name, sealed }) => [name, sealed]))

/** Names of the keys that sealed values of this row. */
export const sealKeysIn = ({ collection, row }: BackedUpRow): string[] =>
  (fieldsOf.get(collection) ?? []).flatMap((field) => {
    const value = row[field]
    return typeof value === 'string' ? (/^v1\.([^.]+)\./.exec(value)?.[1] ?? []) : []
  })

/** Where `sealCheck` belongs. */
export const sealCheckPlace = (backupId: string) => ({ collection: 'backup', id: backupId, field: 'sealCheck' })
