import { randomUUID } from 'node:crypto'
import { createActions } from './actions.ts'
import { Collection } from './collection.ts'
import type { IndexDefinition } from './collection.ts'
import { limits } from './limits.ts'
import { ServiceError, invalidParam } from './errors.ts'
import { ConnectionDropped, Faults } from './faults.ts'
import type { FaultInjector } from './faults.ts'
import type { InvokeFunction } from './invoke-function.ts'
import { writeRefusal, writeReply } from './replies.ts'
import type { Reply } from './replies.ts'
import { readEnvelope } from './requests.ts'
import { Locks } from './session.ts'
import type { Collections } from './session.ts'
import { diskStorage, memoryStorage } from './storage.ts'
import { Transactions } from './transactions.ts'

export type { IndexDefinition } from './collection.ts'

export interface DatabaseOptions {
  /** Everything acknowledged is kept there; without it, in memory. One process per folder. */
  folder?: string
  /** Created if they do not exist yet. */
  collections?: string[]
  /** Not stored: give the same ones each time. */
  indexes?: IndexDefinition[]
  /** How a taken `_id` or unique value is reported: the service has been seen doing both. Default: the former. */
  duplicateError?: 'DATABASE_DUPLICATE_WRITE' | 'E11000'
  now?: () => number
  /** Carries out `callFunction`. A thrown error's `code` is answered as it is if it begins with FUNCTION. */
  invokeFunction?: InvokeFunction
  log?: (line: string) => void
}

export interface Database {
  /** One POST of the wire protocol. Rejects only with `ConnectionDropped`, when a fault rule says so. */
  handle(body: string): Promise<{ status: number; body: string }>
  faults: FaultInjector
  /** All documents by collection. To look at only: they are the stored ones. */
  dump(): Record<string, unknown[]>
  close(): Promise<void>
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { now = Date.now, log = ignore, indexes = [], duplicateError = 'DATABASE_DUPLICATE_WRITE' } = options
  const storage = options.folder === undefined ? memoryStorage() : await diskStorage(options.folder)
  const collections: Collections = new Map()
  const load = (name: string): void => {
    const definitions = indexes.filter((index) => index.collection === name)
    collections.set(name, Collection.create(name, definitions))
  }
  const createCollection = (name: string): void => {
    load(name)
    storage.addCollection(name)
  }
  for (const name of storage.collections()) load(name)
  for (const [name, document] of storage.documents()) collections.get(name)?.insert(document)
  for (const name of options.collections ?? []) if (!collections.has(name)) createCollection(name)
  await storage.settled()

  const locks = new Locks()
  const transactions = new Transactions(collections, locks, now)
  const { invokeFunction } = options
  const parts = { collections, locks, transactions, storage, now, log, invokeFunction, createCollection }
  const actions = createActions(parts)
  const faults = new Faults(now)

  const perform = async (action: string, body: unknown): Promise<Record<string, unknown>> => {
    const run = actions.get(action)
    if (run === undefined) throw invalidParam(`((unknown action ${action}))`)
    transactions.dropExpired()
    try {
      return await run(body)
    } finally {
      // Reads wait too: nobody may be told of a write that a crash could still undo.
      await storage.settled()
    }
  }

  const handle = async (text: string): Promise<Reply> => {
    const requestId = randomUUID()
    const refuse = (error: unknown): Reply => writeRefusal(requestId, error, { duplicateError, log })
    try {
      if (Buffer.byteLength(text) > limits.maxRequestBytes) {
        throw new ServiceError('EXCEED_REQUEST_SIZE_LIMIT', 'exceed request size limit')
      }
      const body = readEnvelope(text)
      return await faults.around({ action: body.action, collection: body.collectionName }, () =>
        perform(body.action, body)
          .then((fields) => writeReply(requestId, fields))
          .catch(refuse),
      )
    } catch (error) {
      if (error instanceof ConnectionDropped) throw error
      return refuse(error)
    }
  }

  return {
    handle,
    faults,
    dump: () => Object.fromEntries([...collections].map(([name, collection]) => [name, [...collection.all()]])),
    close: () => storage.close(),
  }
}

const ignore = (): void => {}
