import { lockFolder } from './folder-lock.ts'
import type { Change } from './session.ts'
import { encodeDocument, readDocument } from './stored-document.ts'
import type { Document, Id } from './values.ts'

/** Where acknowledged writes are kept. Reading happens once, at start. */
export interface Storage {
  collections(): Iterable<string>
  documents(): Iterable<readonly [collection: string, document: Document]>
  addCollection(name: string): void
  /** All of them or none. */
  save(changes: readonly Change[]): void
  /** Resolves when everything saved so far is safe on disk; rejects when it could not be written. */
  settled(): Promise<unknown>
  close(): Promise<void>
}

export const memoryStorage = (): Storage => ({
  collections: () => [],
  documents: () => [],
  addCollection: () => {},
  save: () => {},
  settled: () => Promise.resolve(),
  close: () => Promise.resolve(),
})

/** LMDB gathers what is saved while a commit is under way into the next one, so many writers share one flush to disk. */
export async function diskStorage(folder: string): Promise<Storage> {
  const { open } = await import('lmdb')
  const lock = await lockFolder(folder)
  const root = open({ path: folder, encoding: 'string' })
  const names = root.openDB<string, string>({ name: 'collections', encoding: 'string' })
  const documents = root.openDB<string, [string, Id]>({ name: 'documents', encoding: 'string' })
  let pending: Promise<unknown> = Promise.resolve()
  const follow = (write: Promise<unknown>) => {
    pending = Promise.all([pending, write])
    // Whoever answers next awaits `settled` and sees the failure; it must not count as unhandled before.
    pending.catch(() => {})
  }
  return {
    collections: () => names.getKeys(),
    *documents() {
      for (const { key, value } of documents.getRange()) yield [key[0], readDocument(value)]
    },
    addCollection: (name) => follow(names.put(name, '')),
    save(changes) {
      if (changes.length === 0) return
      follow(
        documents.batch(() => {
          for (const { collection, id, after } of changes) {
            void (after === undefined
              ? documents.remove([collection, id])
              : documents.put([collection, id], encodeDocument(after)))
          }
        }),
      )
    },
    settled: () => pending,
    async close() {
      try {
        await pending
      } finally {
        await root.close()
        await lock.release()
      }
    },
  }
}
