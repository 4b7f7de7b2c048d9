import { number, optional, orElse, readMember, text, time } from '../domain/stores/forms.ts'
import { isFailure } from '../errors.ts'
import { epochMs, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, type Change, type Row, type Scalar, type Value } from './requests.ts'

/** The document a lease lies on: fields `leaseOwner`, `leaseUntil`, `leasedAt`, `fence`. */
export interface LeasePlace {
  readonly collection: string
  readonly id: string
}

export interface LeaseRequest extends LeasePlace {
  /** New for every attempt, so that a former holder never passes for the present one. */
  readonly owner: string
  /** Milliseconds. */
  readonly ttl: number
  /** What must hold besides; equality only, `null` stands for a missing field too. */
  readonly guard?: Readonly<Record<string, Scalar>>
  /** Written together with the lease. */
  readonly change?: Change
}

export type Lease =
  /** `row` is the document with the lease on it; `now` and `until` are by the database's clock. */
  | {
      readonly kind: 'won'
      readonly row: Row
      readonly now: EpochMs
      readonly until: EpochMs
      readonly fence: number
      /** The former holder let its lease run out: what it did is not known. */
      readonly stolen: boolean
    }
  | { readonly kind: 'held'; readonly row: Row; readonly now: EpochMs; readonly remaining: number }
  /** Nobody holds it, but the guard does not hold any more. */
  | { readonly kind: 'moved'; readonly row: Row; readonly now: EpochMs }
  | { readonly kind: 'missing' }

/** Rounds lost to others in a row, after which a lease counts as held. */
const maxRounds = 5

/**
 * Takes the lease on one document. A free one costs one call. Only the database's clock decides: it writes
 * `leasedAt` and `askedAt`, and hands them back; a lease that ran out is taken by comparing owner and fence.
 */
export async function takeLease(database: Database, request: LeaseRequest): Promise<Lease> {
  const { collection, id, ttl, guard = {} } = request
  const free = await take(database, request, { leaseOwner: null })
  if (isRow(free)) return won(free, false)

  let isAnswerLost = free === 'lost'
  let mayBeStolen = false
  for (let round = 1; ; round++) {
    const row = await database.updateAndReturn(collection, { _id: id }, { set: { askedAt: serverTime() } })
    if (!row) return { kind: 'missing' }
    const now = readMember(row, 'askedAt', time)
    const owner = readMember(row, 'leaseOwner', optional(text)) ?? null
    const until = readMember(row, 'leaseUntil', orElse(time, epochMs(0)))
    if (isAnswerLost && owner === request.owner) return won(row, mayBeStolen)
    if (owner !== null && until > now) return { kind: 'held', row, now, remaining: Math.min(until - now, ttl) }
    if (!holds(guard, row)) return { kind: 'moved', row, now }
    if (round === maxRounds) return { kind: 'held', row, now, remaining: ttl }
    mayBeStolen ||= owner !== null
    const taken = await take(database, request, {
      leaseOwner: owner,
      fence: readMember(row, 'fence', optional(number)) ?? null,
    })
    if (isRow(taken)) return won(taken, owner !== null)
    isAnswerLost ||= taken === 'lost'
  }
}

const isRow = (taken: Row | 'lost' | undefined): taken is Row => taken !== undefined && taken !== 'lost'

/** `lost`: no answer came, and the next look shows whether it was taken. */
async function take(
  database: Database,
  request: LeaseRequest,
  seen: Readonly<Record<string, Scalar>>,
): Promise<Row | 'lost' | undefined> {
  try {
    return await database.updateAndReturn(
      request.collection,
      { ...request.guard, ...seen, _id: request.id },
      {
        ...request.change,
        set: { ...request.change?.set, ...leaseFields(request.owner, request.ttl) },
        inc: { ...request.change?.inc, fence: 1 },
      },
    )
  } catch (error) {
    if (isFailure(error, 'STORAGE_UNAVAILABLE')) return 'lost'
    throw error
  }
}

export const leaseFields = (owner: string, ttl: number) => ({
  leaseOwner: owner,
  leaseUntil: serverTime(ttl),
  leasedAt: serverTime(),
})

const won = (row: Row, stolen: boolean): Lease => ({
  kind: 'won',
  row,
  now: readMember(row, 'leasedAt', time),
  until: readMember(row, 'leaseUntil', time),
  fence: readMember(row, 'fence', orElse(number, 0)),
  stolen,
})

const holds = (guard: Readonly<Record<string, Scalar>>, row: Row): boolean =>
  Object.entries(guard).every(([field, expected]) => {
    const found = row[field] ?? null
    return found instanceof Date && expected instanceof Date
      ? found.getTime() === expected.getTime()
      : found === expected
  })

/** For a document that is born with a lease on it, under fence 1. */
export const newLease = (owner: string, ttl: number): Record<string, Value> => ({
  ...leaseFields(owner, ttl),
  fence: 1,
})

/** For a document without one. */
export const noLease = { leaseOwner: null, leaseUntil: null } as const

/**
 * Ends a lease that this owner holds, with `change` in the same write. False when it was lost. A `fence` is
 * compared too if given.
 */
export async function endLease(
  database: Database,
  { collection, id, owner, fence, change }: LeasePlace & { owner: string; fence?: number; change?: Change },
): Promise<boolean> {
  const guard = { _id: id, leaseOwner: owner, ...(fence !== undefined && { fence }) }
  const updated = await database.update(collection, guard, { ...change, set: { ...change?.set, ...noLease } })
  return updated > 0
}
