import type { Collection } from './collection.ts'
import { DocumentLocked, collectionMissing, transactionConflict } from './errors.ts'
import type { Document, Id } from './values.ts'

export interface Change {
  readonly collection: string
  readonly id: Id
  /** Undefined: removed. */
  readonly after: Document | undefined
}

/** What one request sees and may change: the database itself, or a transaction's view of it. */
export interface Session {
  collection(name: string): Collection
  /** Must come before the first change of a request, for all documents it will change. */
  claim(collection: Collection, ids: readonly Id[]): void
  insert(collection: Collection, document: Document): void
  replace(collection: Collection, before: Document, after: Document): void
  remove(collection: Collection, document: Document): void
}

export type Collections = Map<string, Collection>

export const findCollection = (collections: Collections, name: string): Collection => {
  const collection = collections.get(name)
  if (collection === undefined) throw collectionMissing(name)
  return collection
}

/** Plain requests. What they changed is in `changes`, also when they fail half-way. */
export function openPlainSession(collections: Collections, locks: Locks): Session & { readonly changes: Change[] } {
  const changes: Change[] = []
  const note = (collection: Collection, id: Id, after: Document | undefined) =>
    changes.push({ collection: collection.name, id, after })
  return {
    changes,
    collection: (name) => findCollection(collections, name),
    claim(collection, ids) {
      for (const id of ids) {
        const holder = locks.holderOf(collection.name, id)
        if (holder !== undefined) throw new DocumentLocked(holder.transactionId, holder.released)
      }
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

export interface LockHolder {
  readonly transactionId: string
  readonly released: Promise<void>
}

/** Which transaction holds which document. */
export class Locks {
  private readonly holders = new Map<string, LockHolder>()

  holderOf(collection: string, id: Id): LockHolder | undefined {
    return this.holders.get(lockKey(collection, id))
  }

  take(collection: string, id: Id, holder: LockHolder): void {
    const present = this.holderOf(collection, id)
    if (present !== undefined && present !== holder) throw transactionConflict()
    this.holders.set(lockKey(collection, id), holder)
  }

  release(holder: LockHolder): void {
    for (const [key, present] of this.holders) if (present === holder) this.holders.delete(key)
  }
}

const lockKey = (collection: string, id: Id): string => JSON.stringify([collection, id])
