import { Failure } from '../errors.ts'
import type { EpochMs } from '../time.ts'

/** A stored document. Members are read by a description, never cast. */
export interface Row {
  readonly _id: string
  readonly [field: string]: unknown
}

export type Scalar = string | number | boolean | null | Date

/** Conditions on dotted paths; all must hold. `$or` takes alternatives. Plain objects as values are not offered: they would be flattened. */
export interface Query {
  readonly [path: string]: Scalar | Condition | readonly Query[]
}

export interface Condition {
  readonly gt?: Scalar | ServerTime
  readonly gte?: Scalar | ServerTime
  readonly lt?: Scalar | ServerTime
  readonly lte?: Scalar | ServerTime
  readonly neq?: Scalar
  readonly in?: readonly Scalar[]
  readonly exists?: boolean
  /** Texts with this in them, in any case. Stands alone. */
  readonly contains?: string
}

/** The database's own clock at the moment it works on the request, plus `offset` milliseconds. */
export interface ServerTime {
  readonly serverTime: number
}

export const serverTime = (offset = 0): ServerTime => ({ serverTime: offset })

export type Value = Scalar | ServerTime | readonly Value[] | { readonly [name: string]: Value }

/** Changes by dotted path. Objects and lists under `set` replace what was there. */
export interface Change {
  readonly set?: Readonly<Record<string, Value | undefined>>
  readonly unset?: readonly string[]
  readonly inc?: Readonly<Record<string, number>>
  readonly push?: Readonly<Record<string, Value>>
}

export interface FindOptions {
  /** At most 1,000, the service's own bound. Default 100. */
  readonly limit?: number
  readonly orderBy?: readonly (readonly [path: string, direction: 'asc' | 'desc'])[]
}

export const toDate = (time: EpochMs): Date => new Date(time)

export const isServerTime = (value: unknown): value is ServerTime =>
  typeof value === 'object' && value !== null && 'serverTime' in value

export const refused = (why: string): Failure => new Failure('BUG', { params: { requestRefused: why } })

export function assertId(collection: string, id: unknown): void {
  if (typeof id !== 'string' || id === '') throw refused(`${collection} needs an id`)
}

/** An `undefined` or `NaN` in a guard would silently widen it (the SDK drops the member), so nothing is sent. */
export function assertGuarded(collection: string, query: Query): void {
  const entries = Object.entries(query)
  if (entries.length === 0) throw refused(`${collection} without a condition`)
  for (const [path, value] of entries) {
    if (path === '$or') {
      if (!Array.isArray(value) || value.length === 0) throw refused(`${collection} with an empty $or`)
      for (const alternative of value) assertGuarded(collection, alternative)
    } else if (path.startsWith('$') || !isCondition(value)) {
      throw refused(`${collection}.${path} without a usable value`)
    }
  }
}

function isCondition(value: unknown): boolean {
  if (isScalar(value)) return true
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const operands = Object.values(value)
  return (
    operands.length > 0 &&
    operands.every((operand) =>
      Array.isArray(operand) ? operand.every(isScalar) : isScalar(operand) || isServerTime(operand),
    )
  )
}

const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (value instanceof Date && Number.isFinite(value.getTime()))

/** Field names with a meaning for the database never come from outside, and no number or date is lost on the way. */
export function assertStorable(path: string, value: Value | undefined, nested = false): void {
  if (path.startsWith('$') || (nested && path.includes('.'))) throw refused(`${path} is no field name`)
  if (isServerTime(value)) {
    if (nested) throw refused(`${path} is a server time inside an object`)
    return assertStorable(path, value.serverTime)
  }
  if (value === undefined && nested) return
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const [name, member] of Object.entries(value)) assertStorable(name, member, true)
  } else if (!isScalar(value)) {
    throw refused(`${path} is not a value that can be stored`)
  }
}
