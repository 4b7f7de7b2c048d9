import tcb from '@cloudbase/node-sdk'
import { Failure } from '../errors.ts'

/** A stored document. Members are read with `row.ts`, never cast. */
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

export interface Database {
  get(collection: string, id: string): Promise<Row | undefined>
  find(collection: string, query: Query, options?: FindOptions): Promise<Row[]>
  count(collection: string, query: Query): Promise<number>
  /** False when the id (or another unique value) is taken. */
  insert(
    collection: string,
    document: { readonly _id: string } & Readonly<Record<string, Value | undefined>>,
  ): Promise<boolean>
  /** Several at once, in order. False when one of them was there already; those before it are in. */
  insertMany(
    collection: string,
    documents: readonly ({ readonly _id: string } & Readonly<Record<string, Value | undefined>>)[],
  ): Promise<boolean>
  /** How many documents there are per value of a field. */
  countBy(collection: string, query: Query, field: string): Promise<ReadonlyMap<string, number>>
  /** How many documents matched the guard. */
  update(collection: string, guard: Query, change: Change): Promise<number>
  /** The document after the change, or undefined when none matched. For guards that fit one document. */
  updateAndReturn(collection: string, guard: Query, change: Change): Promise<Row | undefined>
  remove(collection: string, guard: Query): Promise<number>
  /** Runs `work` in a transaction, again from the start when another writer was first. No other effects inside. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

/** Only operations that carry the transaction's id on the wire. */
export interface Transaction {
  get(collection: string, id: string): Promise<Row | undefined>
  insert(
    collection: string,
    document: { readonly _id: string } & Readonly<Record<string, Value | undefined>>,
  ): Promise<void>
  update(collection: string, id: string, change: Change): Promise<void>
}

export interface DatabaseSettings {
  /** Milliseconds for one operation. */
  readonly timeout: number
  readonly random: () => number
}

/** The only door to the SDK. Unguarded queries are refused before they are sent; every failure is a `Failure`. */
export function openDatabase({ timeout, random }: DatabaseSettings): Database {
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, timeout, keepalive: true })
  const db = app.database()
  const command = db.command

  const where = (collection: string, query: Query) => {
    assertGuarded(collection, query)
    return db.collection(collection).where(encodeQuery(query))
  }
  const encodeQuery = (query: Query): object => {
    const { $or, ...rest } = query
    const conditions = Object.fromEntries(Object.entries(rest).map(([path, value]) => [path, encodeCondition(value)]))
    if ($or === undefined) return conditions
    if (!Array.isArray($or)) throw refused('$or takes a list')
    const alternatives = command.or($or.map((alternative: Query) => encodeQuery(alternative)))
    return Object.keys(conditions).length === 0 ? alternatives : command.and([conditions, alternatives])
  }
  const encodeCondition = (value: Query[string]): object => {
    if (value === null || typeof value !== 'object' || value instanceof Date) return command.eq(value)
    if ('contains' in value) {
      const { contains, ...others } = value
      if (typeof contains !== 'string' || contains === '' || Object.keys(others).length > 0)
        throw refused('contains takes a text, alone')
      return db.RegExp({ regexp: escapeForRegExp(contains), options: 'i' })
    }
    const parts = Object.entries(value).map(([operator, operand]) => {
      if (operator === 'exists') return command.exists(operand)
      if (operator === 'in') return command.in(operand)
      return comparison(operator, isServerTime(operand) ? db.serverDate({ offset: operand.serverTime }) : operand)
    })
    const [first, ...others] = parts
    if (first === undefined) throw refused('an empty condition')
    return others.length === 0 ? first : command.and(first, ...others)
  }
  const comparison = (operator: string, operand: unknown) => {
    switch (operator) {
      case 'gt':
        return command.gt(operand)
      case 'gte':
        return command.gte(operand)
      case 'lt':
        return command.lt(operand)
      case 'lte':
        return command.lte(operand)
      case 'neq':
        return command.neq(operand)
      default:
        throw refused(`unknown operator ${operator}`)
    }
  }
  const encodeValue = (value: Value): unknown => {
    if (isServerTime(value)) return db.serverDate({ offset: value.serverTime })
    if (Array.isArray(value)) return value.map((item: Value) => encodeValue(item))
    if (value === null || typeof value !== 'object' || value instanceof Date) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => [name, encodeValue(member)]),
    )
  }
  // Objects need `set`, or the SDK flattens them; a server time must stand bare, or it is sent as a plain object.
  const encodeChange = (change: Change): Record<string, unknown> => {
    const encoded: Record<string, unknown> = {}
    for (const [path, value] of Object.entries(change.set ?? {})) {
      if (value === undefined) continue
      assertStorable(path, value)
      encoded[path] = isServerTime(value) ? encodeValue(value) : command.set(encodeValue(value))
    }
    for (const path of change.unset ?? []) encoded[path] = command.remove()
    for (const [path, by] of Object.entries(change.inc ?? {})) encoded[path] = command.inc(by)
    for (const [path, item] of Object.entries(change.push ?? {})) encoded[path] = command.push([encodeValue(item)])
    if (Object.keys(encoded).length === 0) throw refused('an update without a change')
    return encoded
  }
  const encodeDocument = (document: Readonly<Record<string, Value | undefined>>): Record<string, unknown> => {
    const encoded: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(document)) {
      if (value === undefined) continue
      assertStorable(name, value)
      encoded[name] = encodeValue(value)
    }
    return encoded
  }

  const withinTransaction = (transaction: typeof db): Transaction => {
    const document = (collection: string, id: string) => {
      assertId(collection, id)
      return transaction.collection(collection).doc(id)
    }
    return {
      async get(collection, id) {
        const { data } = await document(collection, id).get()
        const row = Array.isArray(data) ? data[0] : data
        return row ? asRow(row) : undefined
      },
      async insert(collection, { _id, ...rest }) {
        assertId(collection, _id)
        await transaction.collection(collection).add(encodeDocument({ _id, ...rest }))
      },
      async update(collection, id, change) {
        await document(collection, id).update(encodeChange(change))
      },
    }
  }

  return {
    async get(collection, id) {
      const rows = await this.find(collection, { _id: id }, { limit: 1 })
      return rows[0]
    },
    async find(collection, query, { limit = 100, orderBy = [] } = {}) {
      let selection = where(collection, query).limit(limit)
      for (const [path, direction] of orderBy) selection = selection.orderBy(path, direction)
      const { data } = await attempt(() => selection.get(), { random, repeat: 'always' })
      return asRows(data)
    },
    async count(collection, query) {
      const { total } = await attempt(() => where(collection, query).count(), { random, repeat: 'always' })
      return asCount(total)
    },
    async insert(collection, document) {
      assertId(collection, document._id)
      try {
        await attempt(() => db.collection(collection).add(encodeDocument(document)), { random, repeat: 'whenRefused' })
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    async insertMany(collection, documents) {
      for (const document of documents) assertId(collection, document._id)
      try {
        await attempt(() => db.collection(collection).add(documents.map(encodeDocument)), {
          random,
          repeat: 'whenRefused',
        })
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    async countBy(collection, query, field) {
      assertGuarded(collection, query)
      const counting = db
        .collection(collection)
        .aggregate()
        .match(encodeQuery(query))
        .group({ _id: `$${field}`, n: command.aggregate.sum(1) })
        .limit(100)
      const { data } = await attempt(() => counting.end(), { random, repeat: 'always' })
      return asCounts(data)
    },
    async update(collection, guard, change) {
      const encoded = encodeChange(change)
      const { updated } = await attempt(() => where(collection, guard).update(encoded), {
        random,
        repeat: 'whenRefused',
      })
      return asCount(updated)
    },
    async updateAndReturn(collection, guard, change) {
      const encoded = encodeChange(change)
      const result = await attempt(() => where(collection, guard).updateAndReturn(encoded), {
        random,
        repeat: 'whenRefused',
      })
      return asCount(result.updated) === 0 || !result.doc ? undefined : asRow(result.doc)
    },
    async remove(collection, guard) {
      const { deleted } = await attempt(() => where(collection, guard).remove(), { random, repeat: 'whenRefused' })
      return asCount(deleted)
    },
    async transaction(work) {
      const run = () => {
        let round = 0
        // A transaction holds nothing before its first operation, so contenders draw apart here.
        return db.runTransaction(async (transaction: typeof db) => {
          if (round > 0) await pause(round, random)
          round += 1
          return work(withinTransaction(transaction))
        }, conflictAttempts)
      }
      return attempt(run, {
        random,
        repeat: 'whenRefused',
        attempts: (error) => (isConflict(error) ? 1 : isDuplicate(error) ? refusedAttempts : undefined),
      })
    },
  }
}

const isServerTime = (value: unknown): value is ServerTime =>
  typeof value === 'object' && value !== null && 'serverTime' in value

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const refused = (why: string): Failure => new Failure('INTERNAL', `Database request refused: ${why}`)

function assertId(collection: string, id: unknown): void {
  if (typeof id !== 'string' || id === '') throw refused(`${collection} needs an id`)
}

/** An `undefined` or `NaN` in a guard would silently widen it (the SDK drops the member), so nothing is sent. */
function assertGuarded(collection: string, query: Query): void {
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
function assertStorable(path: string, value: Value | undefined, nested = false): void {
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

const asRow = (value: unknown): Row => {
  if (typeof value !== 'object' || value === null || !('_id' in value) || typeof value._id !== 'string')
    throw refused('the service answered a document without an id')
  return { ...value, _id: value._id }
}

const asRows = (value: unknown): Row[] => {
  if (!Array.isArray(value)) throw refused('the service answered no list')
  return value.map(asRow)
}

const asCounts = (value: unknown): ReadonlyMap<string, number> => {
  if (!Array.isArray(value)) throw refused('the service answered no groups')
  return new Map(value.map((group: { _id?: unknown; n?: unknown }) => [String(group._id), asCount(group.n)]))
}

const asCount = (value: unknown): number => {
  if (typeof value !== 'number') throw refused('the service answered no count')
  return value
}

const codeOf = (error: unknown): string => {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' || typeof code === 'number' ? String(code) : ''
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

const isDuplicate = (error: unknown): boolean => {
  const cause = error instanceof Failure ? error.cause : error
  return codeOf(cause) === 'DATABASE_DUPLICATE_WRITE' || /E11000|duplicate key/i.test(messageOf(cause))
}

/** The service said no before it did anything, so the same request may be sent again. */
const wasRefused = (error: unknown): boolean =>
  /^EXCEED_|^DATABASE_TRANSACTION_CONFLICT$|^ECONNREFUSED$|^ENOTFOUND$/.test(codeOf(error))

const isConflict = (error: unknown): boolean => codeOf(error) === 'DATABASE_TRANSACTION_CONFLICT'

interface AttemptOptions {
  readonly random: () => number
  readonly repeat: 'always' | 'whenRefused'
  /** How often at most, where that differs for an error. */
  readonly attempts?: (error: unknown) => number | undefined
}

const conflictAttempts = 40
const refusedAttempts = 5

/** Repeats what is known not to have been applied; turns everything else into one `Failure`. */
async function attempt<T>(send: () => Promise<T>, options: AttemptOptions): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await send()
    } catch (error) {
      if (error instanceof Failure) throw error
      if (round >= attemptsAllowed(error, options)) throw storageFailure(error)
      await pause(round, options.random)
    }
  }
}

/** With full jitter, up to 800 ms. */
const pause = (round: number, random: () => number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, random() * Math.min(50 * 2 ** Math.min(round, 4), 800)))

function attemptsAllowed(error: unknown, options: AttemptOptions): number {
  const own = options.attempts?.(error)
  if (own !== undefined) return own
  if (isConflict(error)) return conflictAttempts
  if (wasRefused(error)) return refusedAttempts
  return options.repeat === 'always' && isTransient(error) ? 2 : 1
}

/** Lost connections only: a time-out has used its budget up and is not repeated. */
const isTransient = (error: unknown): boolean =>
  /^ECONNRESET$|^EPIPE$|^SYS_ERR$|^5\d\d$/.test(codeOf(error)) || error instanceof SyntaxError

function storageFailure(error: unknown): Failure {
  const code = codeOf(error)
  if (code === 'DATABASE_COLLECTION_NOT_EXIST')
    return new Failure('STORAGE_UNAVAILABLE', 'A collection is missing in the database', {
      cause: error,
      hint: 'Run the deploy command again: it creates every collection.',
    })
  return new Failure('STORAGE_UNAVAILABLE', `The database did not carry out the request (${code || 'no code'})`, {
    cause: error,
    hint: code.startsWith('EXCEED_')
      ? 'The database plan is at its limit. Wait, or choose a larger plan.'
      : 'Try again.',
  })
}
