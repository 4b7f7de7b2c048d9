import tcb from '@cloudbase/node-sdk'
import { isFailure } from '../errors.ts'
import { asCount, asCounts, asRow, asRows, asRowsByName } from './answers.ts'
import { attempt, conflictAttempts, isConflict, isDuplicate, pause, refusedAttempts } from './attempts.ts'
import { createEncoding } from './encoding.ts'
import { assertGuarded, assertId, type Change, type FindOptions, type Query, type Row, type Value } from './requests.ts'

/** What the SDK hands out; its members are hardly typed. */
export type SdkDatabase = ReturnType<ReturnType<typeof tcb.init>['database']>

export interface Database {
  get(collection: string, id: string): Promise<Row | undefined>
  find(collection: string, query: Query, options?: FindOptions): Promise<Row[]>
  count(collection: string, query: Query): Promise<number>
  /** False when the id (or another unique value) is taken. */
  insert(
    collection: string,
    document: { readonly _id: string } & Readonly<Record<string, Value | undefined>>,
    options?: InsertOptions,
  ): Promise<boolean>
  /** Several at once, in order. False when one of them was there already; those before it are in. */
  insertMany(
    collection: string,
    documents: readonly ({ readonly _id: string } & Readonly<Record<string, Value | undefined>>)[],
  ): Promise<boolean>
  /** The first documents of several queries at once, by name: one operation. */
  findEach(looks: Readonly<Record<string, Look>>, unless?: Unless): Promise<Readonly<Record<string, readonly Row[]>>>
  /** How many documents there are per value of a field. */
  countBy(collection: string, query: Query, field: string): Promise<ReadonlyMap<string, number>>
  /** How many documents matched the guard. */
  update(collection: string, guard: Query, change: Change): Promise<number>
  /** The document after the change, or undefined when none matched. For guards that fit one document. */
  updateAndReturn(collection: string, guard: Query, change: Change): Promise<Row | undefined>
  remove(collection: string, guard: Query): Promise<number>
  /** All of these, or none: false where a guard does not fit, or a document is there already. Each guard fits one document. */
  changeTogether(changes: readonly Together[]): Promise<boolean>
  /** Runs `work` in a transaction, again from the start when another writer was first. No other effects inside. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
}

/** One of several documents that change together: over what was seen of it, or new. */
export type Together =
  | { readonly collection: string; readonly guard: Query; readonly change: Change }
  | {
      readonly collection: string
      readonly document: { readonly _id: string } & Readonly<Record<string, Value | undefined>>
    }

/** Where others write the same documents, contenders draw apart by up to 400 ms. */
const CONTENDED = 3

/** Ends a transaction that would write over something else than what was seen. */
const notAsSeen = new Error('a document is not as it was seen')

/** A query beside others. */
export interface Look extends FindOptions {
  readonly collection: string
  readonly query: Query
  /** Beside `_id`, or `all`. Default: none. */
  readonly fields?: readonly string[] | 'all'
  /** Default 1. */
  readonly limit?: number
}

/** Where nothing fits this, there is nothing to be found. */
export type Unless = Pick<Look, 'collection' | 'query'>

export interface InsertOptions {
  /** A field whose value nobody else writes. With it the insertion is repeated also where it may have been applied: the mark tells. */
  readonly mark: string
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
  /** Told of each request that is sent. */
  readonly onRequest?: () => void
}

/** The only door to the SDK. Unguarded queries are refused before they are sent; every failure is a `Failure`. */
export function openDatabase({ timeout, random, onRequest = () => undefined }: DatabaseSettings): Database {
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, timeout, keepalive: true })
  const db = app.database()
  const { encodeQuery, encodeChange, encodeDocument } = createEncoding(db)

  const send = <T>(
    request: () => Promise<T>,
    repeat: 'always' | 'insistently' | 'whenRefused',
    onDoubt: () => void = () => undefined,
  ): Promise<T> =>
    attempt(
      () => {
        onRequest()
        return request()
      },
      { random, repeat, onDoubt },
    )
  const where = (collection: string, query: Query) => {
    assertGuarded(collection, query)
    return db.collection(collection).where(encodeQuery(query))
  }
  const changeWithin = async (transaction: typeof db, together: Together): Promise<void> => {
    const { collection } = together
    if ('document' in together) return withinTransaction(transaction).insert(collection, together.document)
    assertGuarded(collection, together.guard)
    onRequest()
    // Unlike `update` it carries the transaction's id.
    const selection = transaction.collection(collection).where(encodeQuery(together.guard))
    const { updated } = await selection.updateAndReturn(encodeChange(together.change))
    if (asCount(updated) === 0) throw notAsSeen
  }
  const withinTransaction = (transaction: typeof db): Transaction => {
    const document = (collection: string, id: string) => {
      assertId(collection, id)
      onRequest()
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
        onRequest()
        await transaction.collection(collection).add(encodeDocument({ _id, ...rest }))
      },
      async update(collection, id, change) {
        await document(collection, id).update(encodeChange(change))
      },
    }
  }

  const inTransaction = <T>(
    work: (transaction: typeof db) => Promise<T>,
    { rounds, attempts }: { rounds: number; attempts: (error: unknown) => number | undefined },
  ): Promise<T> => {
    const run = (): Promise<T> => {
      let round = 0
      // A transaction holds nothing before its first operation, so contenders draw apart here.
      return db.runTransaction(async (transaction: typeof db) => {
        if (round > 0) await pause(round, random)
        round += 1
        // Its start and its end.
        onRequest()
        onRequest()
        return work(transaction)
      }, rounds - 1)
    }
    return attempt(run, {
      random,
      repeat: 'whenRefused',
      attempts: (error) => (isConflict(error) ? 1 : attempts(error)),
    })
  }

  return {
    async get(collection, id) {
      const rows = await this.find(collection, { _id: id }, { limit: 1 })
      return rows[0]
    },
    async find(collection, query, { limit = 100, orderBy = [] } = {}) {
      let selection = where(collection, query).limit(limit)
      for (const [path, direction] of orderBy) selection = selection.orderBy(path, direction)
      const { data } = await send(() => selection.get(), 'always')
      return asRows(data)
    },
    async count(collection, query) {
      const { total } = await send(() => where(collection, query).count(), 'always')
      return asCount(total)
    },
    async insert(collection, document, options) {
      assertId(collection, document._id)
      let mayBeIn = false
      const add = () => db.collection(collection).add(encodeDocument(document))
      try {
        await send(add, options ? 'insistently' : 'whenRefused', () => {
          mayBeIn = true
        })
        return true
      } catch (error) {
        if (!isDuplicate(error)) throw error
        if (!options || !mayBeIn) return false
        const stored = await this.get(collection, document._id)
        return stored?.[options.mark] === document[options.mark]
      }
    },
    async insertMany(collection, documents) {
      for (const document of documents) assertId(collection, document._id)
      try {
        await send(() => db.collection(collection).add(documents.map(encodeDocument)), 'whenRefused')
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },
    async findEach(looks, unless) {
      const { findEach } = await import('./aggregations.ts')
      const aggregation = findEach(db, encodeQuery, { looks, unless })
      const { data } = await send(() => aggregation.end(), 'always')
      const found = asRowsByName(data)
      if (found) return found
      if (unless) return {}
      // The document that they are joined to is not there yet.
      const finds = Object.entries(looks).map(async ([name, { collection, query, limit = 1, orderBy = [] }]) => [
        name,
        await this.find(collection, query, { limit, orderBy }),
      ])
      return Object.fromEntries(await Promise.all(finds))
    },
    async countBy(collection, query, field) {
      const { countBy } = await import('./aggregations.ts')
      const aggregation = countBy(db, encodeQuery, { collection, query, field })
      const { data } = await send(() => aggregation.end(), 'always')
      return asCounts(data)
    },
    async update(collection, guard, change) {
      const encoded = encodeChange(change)
      const { updated } = await send(() => where(collection, guard).update(encoded), 'whenRefused')
      return asCount(updated)
    },
    async updateAndReturn(collection, guard, change) {
      const encoded = encodeChange(change)
      const result = await send(() => where(collection, guard).updateAndReturn(encoded), 'whenRefused')
      return asCount(result.updated) === 0 || !result.doc ? undefined : asRow(result.doc)
    },
    async remove(collection, guard) {
      const { deleted } = await send(() => where(collection, guard).remove(), 'whenRefused')
      return asCount(deleted)
    },
    async changeTogether(changes) {
      const [only, ...others] = changes
      if (!only) return true
      if (others.length === 0)
        return 'document' in only
          ? this.insert(only.collection, only.document)
          : (await this.update(only.collection, only.guard, only.change)) > 0
      try {
        await inTransaction(
          async (transaction) => {
            for (const one of changes) await changeWithin(transaction, one)
          },
          { rounds: 1, attempts: (error) => (isDuplicate(error) ? 1 : undefined) },
        )
        return true
      } catch (error) {
        const cause = isFailure(error) ? error.cause : error
        // Somebody else is at it: what stands then has to be seen.
        if (isConflict(cause)) await pause(CONTENDED, random)
        if (cause === notAsSeen || isDuplicate(cause) || isConflict(cause)) return false
        throw error
      }
    },
    transaction: (work) =>
      inTransaction((transaction) => work(withinTransaction(transaction)), {
        rounds: conflictAttempts,
        attempts: (error) => (isDuplicate(error) ? refusedAttempts : undefined),
      }),
  }
}
