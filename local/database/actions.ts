import { limits } from './limits.ts'
import { DocumentLocked, ServiceError, requestFailed } from './errors.ts'
import { invokeFunction } from './invoke-function.ts'
import type { InvokeFunction } from './invoke-function.ts'
import * as operations from './operations.ts'
import { readRequest } from './requests.ts'
import type { RequestName, RequestOf } from './requests.ts'
import { openPlainSession } from './session.ts'
import type { Collections, Locks, Session } from './session.ts'
import type { Storage } from './storage.ts'
import type { Transactions } from './transactions.ts'

/** Carries out the request with this body; what it returns goes into the answer beside `requestId`. */
export type Action = (body: unknown) => Promise<Record<string, unknown>>

export interface Parts {
  readonly collections: Collections
  readonly locks: Locks
  readonly transactions: Transactions
  readonly storage: Storage
  readonly now: () => number
  readonly log: (line: string) => void
  readonly invokeFunction: InvokeFunction | undefined
  readonly createCollection: (name: string) => void
}

type Operation<Name extends RequestName> = (session: Session, request: RequestOf<Name>, now: number) => object

/** What the endpoint can do, by the `action` on the wire. */
export function createActions(parts: Parts): ReadonlyMap<string, Action> {
  const { collections, storage, transactions } = parts
  return new Map<string, Action>([
    ['database.insertDocument', onDocuments(parts, 'insert', operations.insert)],
    ['database.getDocument', onDocuments(parts, 'get', operations.get)],
    ['database.calculateDocument', onDocuments(parts, 'count', operations.count)],
    ['database.modifyDocument', onDocuments(parts, 'modify', operations.modify)],
    ['database.modifyAndReturnDoc', onDocuments(parts, 'modifyAndReturn', operations.modifyAndReturn)],
    ['database.removeDocument', onDocuments(parts, 'remove', operations.remove)],
    ['database.aggregateDocuments', onDocuments(parts, 'aggregate', operations.aggregate)],
    [
      'database.addCollection',
      async (body) => {
        const { collectionName } = readRequest('addCollection', body)
        if (collections.has(collectionName)) throw requestFailed(`Table exist: ${collectionName}`)
        if (collections.size >= limits.maxCollections) {
          throw new ServiceError('DATABASE_COLLECTION_EXCEED_LIMIT', 'collection exceed limit')
        }
        parts.createCollection(collectionName)
        return {}
      },
    ],
    ['database.startTransaction', async () => ({ transactionId: transactions.start() })],
    [
      'database.commitTransaction',
      async (body) => {
        storage.save(transactions.commit(readRequest('transaction', body).transactionId))
        return {}
      },
    ],
    [
      'database.abortTransaction',
      async (body) => {
        transactions.abort(readRequest('transaction', body).transactionId)
        return {}
      },
    ],
    [
      'functions.invokeFunction',
      async (body) => ({ data: await invokeFunction(parts.invokeFunction, readRequest('invokeFunction', body)) }),
    ],
  ])
}

function onDocuments<Name extends RequestName>(parts: Parts, name: Name, operate: Operation<Name>): Action {
  return async (body) => {
    const request = readRequest(name, body)
    const now = parts.now()
    const run = (session: Session): object => operate(session, request, now)
    const transactionId = 'transactionId' in request ? request.transactionId : undefined
    if (transactionId === undefined) return { data: await runPlain(parts, run) }
    return { data: runInTransaction(parts.transactions, transactionId, run) }
  }
}

/** As in MongoDB, any refusal inside a transaction ends it. */
function runInTransaction(transactions: Transactions, id: string, run: (session: Session) => object): object {
  try {
    return run(transactions.session(id))
  } catch (error) {
    transactions.drop(id)
    throw error
  }
}

/** Nothing is awaited between reading and writing. A document held by a transaction is waited for, then all starts anew. */
async function runPlain(
  { collections, locks, storage, log }: Parts,
  run: (session: Session) => object,
): Promise<object> {
  const deadline = performance.now() + limits.lockWaitMs
  for (;;) {
    const session = openPlainSession(collections, locks)
    try {
      return run(session)
    } catch (error) {
      if (!(error instanceof DocumentLocked)) throw error
      log(
        `a write without transactionId waits for a document held by transaction ${error.transactionId}` +
          ' (inside a transaction where().update(), where().remove() and count() do not carry its id)',
      )
      await waitFor(error.released, deadline)
    } finally {
      // Also of a request that failed half-way: what it had changed before stays, as in the service.
      storage.save(session.changes)
    }
  }
}

async function waitFor(released: Promise<void>, deadline: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    const refuse = () => reject(new ServiceError('DATABASE_TIMEOUT', '((a locked document was not released in time))'))
    timer = setTimeout(refuse, deadline - performance.now())
  })
  try {
    await Promise.race([released, timeout])
  } finally {
    clearTimeout(timer)
  }
}
