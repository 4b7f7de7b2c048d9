import { compare } from 'mingo/util'

export type Id = string | number

/** Stored documents are never changed in place: an update stores a new object, so identity tells versions apart. */
export interface Document {
  readonly _id: Id
  readonly [field: string]: unknown
}

export type Scalar = null | number | string | boolean | Date

export const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && !Number.isNaN(value)) ||
  value instanceof Date

export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp)

export const isOperatorObject = (value: unknown): value is Record<string, unknown> =>
  isPlainObject(value) && Object.keys(value).some((key) => key.startsWith('$'))

/** MongoDB's order of types, as far as they occur here. Missing counts as null. */
export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return 1
    case 'number':
      return 2
    case 'string':
      return 3
    case 'boolean':
      return 6
    default:
      if (value === null) return 1
      if (Array.isArray(value)) return 5
      if (value instanceof Date) return 7
      return value instanceof RegExp ? 8 : 4
  }
}

/** Orders values of any type: by type, then by value. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  const byType = rankOf(a) - rankOf(b)
  if (byType !== 0) return byType
  if (typeof a === 'number' && typeof b === 'number') return compareNumbers(a, b)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime()
  return rankOf(a) === 1 ? 0 : compare(a, b)
}

/** NaN stands before all other numbers. */
const compareNumbers = (a: number, b: number): number => {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1
  return Number.isNaN(b) ? 1 : a - b
}

/** The value at a dotted path if no list is on the way and it is a scalar (missing: null); else undefined. */
export function scalarAt(document: Document, path: string): Scalar | undefined {
  let value: unknown = document
  for (const name of path.split('.')) {
    if (Array.isArray(value)) return undefined
    if (!isPlainObject(value) || !Object.hasOwn(value, name)) return null
    value = value[name]
  }
  if (value === undefined) return null
  return isScalar(value) ? value : undefined
}

export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => cloneValue(item))
  if (!isPlainObject(value)) return value
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = cloneValue(value[name])
  return copy
}
