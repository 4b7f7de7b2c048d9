import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Collection } from './collection.ts'
import { limits } from './limits.ts'
import { DuplicateKey, transactionConflict, transactionMissing } from './errors.ts'
import { findCollection } from './session.ts'
import type { Change, Collections, LockHolder, Locks, Session } from './session.ts'
import type { Document, Id } from './values.ts'

interface Transaction extends LockHolder {
  readonly expiresAt: number
  readonly release: () => void
  readonly changes: Map<string, Change>
  /** The database as it was at the first operation, with this transaction's own changes. */
  view: Collections | undefined
}

/** Transactions under way: snapshot at the first operation, documents locked at the first write, first writer wins. */
export class Transactions {
  private readonly open = new Map<string, Transaction>()

  constructor(
    private readonly collections: Collections,
    private readonly locks: Locks,
    private readonly now: () => number,
  ) {}

  start(): string {
    const transactionId = randomBytes(16).toString('hex')
    const end = new AbortController()
    const timer = setTimeout(() => this.drop(transactionId), limits.transactionLifeMs)
    timer.unref()
    this.open.set(transactionId, {
      transactionId,
      expiresAt: this.now() + limits.transactionLifeMs,
      released: once(end.signal, 'abort').then(() => {}),
      release: () => {
        clearTimeout(timer)
        end.abort()
      },
      changes: new Map(),
      view: undefined,
    })
    return transactionId
  }

  /** Ends it without effect; its locks are free. */
  drop(transactionId: string): void {
    const transaction = this.open.get(transactionId)
    if (transaction === undefined) return
    this.open.delete(transactionId)
    this.locks.release(transaction)
    transaction.release()
  }

  dropExpired(): void {
    for (const { transactionId, expiresAt } of this.open.values()) if (this.now() >= expiresAt) this.drop(transactionId)
  }

  abort(transactionId: string): void {
    this.find(transactionId)
    this.drop(transactionId)
  }

  /** Puts the changes into the database, all or none, and says which they were. */
  commit(transactionId: string): Change[] {
    const { changes } = this.find(transactionId)
    try {
      const committed = [...changes.values()]
      this.apply(committed)
      return committed
    } finally {
      this.drop(transactionId)
    }
  }

  session(transactionId: string): Session {
    const transaction = this.find(transactionId)
    transaction.view ??= new Map([...this.collections].map(([name, collection]) => [name, collection.fork()]))
    const view = transaction.view
    const note = (collection: Collection, id: Id, after: Document | undefined) =>
      transaction.changes.set(JSON.stringify([collection.name, id]), { collection: collection.name, id, after })
    return {
      collection: (name) => findCollection(view, name),
      claim: (collection, ids) => {
        for (const id of ids) this.claim(transaction, collection, id)
      },
      insert(collection, document) {
        collection.insert(document)
        note(collection, document._id, document)
      },
      replace(collection, before, after) {
        collection.replace(before, after)
        note(collection, after._id, after)
      },
      remove(collection, document) {
        collection.remove(document)
        note(collection, document._id, undefined)
      },
    }
  }

  private claim(transaction: Transaction, collection: Collection, id: Id): void {
    if (this.locks.holderOf(collection.name, id) === transaction) return
    if (findCollection(this.collections, collection.name).get(id) !== collection.get(id)) throw transactionConflict()
    this.locks.take(collection.name, id, transaction)
  }

  private find(transactionId: string): Transaction {
    const transaction = this.open.get(transactionId)
    if (transaction === undefined) throw transactionMissing()
    return transaction
  }

  /** The documents are locked, so only another document's unique value can be in the way. */
  private apply(changes: readonly Change[]): void {
    const undo: (() => void)[] = []
    const pairs = changes.map(({ collection: name, id, after }) => {
      const collection = findCollection(this.collections, name)
      return { collection, before: collection.get(id), after }
    })
    for (const { collection, before } of pairs) {
      if (before === undefined) continue
      collection.remove(before)
      undo.push(() => collection.insert(before))
    }
    try {
      for (const { collection, after } of pairs) {
        if (after === undefined) continue
        collection.insert(after)
        undo.push(() => collection.remove(after))
      }
    } catch (error) {
      for (const back of undo.toReversed()) back()
      throw error instanceof DuplicateKey ? transactionConflict() : error
    }
  }
}
