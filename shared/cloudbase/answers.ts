import { refused, type Row } from './requests.ts'

/* What the service answered, checked. */

export const asRow = (value: unknown): Row => {
  if (typeof value !== 'object' || value === null || !('_id' in value) || typeof value._id !== 'string')
    throw refused('the service answered a document without an id')
  return { ...value, _id: value._id }
}

export const asRows = (value: unknown): Row[] => {
  if (!Array.isArray(value)) throw refused('the service answered no list')
  return value.map(asRow)
}

/** One document whose members are lists of documents; undefined where there is none. */
export const asRowsByName = (value: unknown): Readonly<Record<string, readonly Row[]>> | undefined => {
  const [document] = asRows(value)
  if (!document) return undefined
  return Object.fromEntries(
    Object.entries(document).flatMap(([name, rows]) => (Array.isArray(rows) ? [[name, asRows(rows)]] : [])),
  )
}

export const asCounts = (value: unknown): ReadonlyMap<string, number> => {
  if (!Array.isArray(value)) throw refused('the service answered no groups')
  return new Map(value.map((group: { _id?: unknown; n?: unknown }) => [String(group._id), asCount(group.n)]))
}

export const asCount = (value: unknown): number => {
  if (typeof value !== 'number') throw refused('the service answered no count')
  return value
}
