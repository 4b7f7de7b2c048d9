import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../../shared/cloudbase/database.ts'
import type { Row, Value } from '../../../shared/cloudbase/requests.ts'
import { forEachConcurrently } from '../../../shared/concurrency.ts'
import { asStored, type BackedUpRow } from './content.ts'

/** `same`: it is there, as it was saved. `kept`: it is there, and differs. `conflict`: it contradicts what is there. */
export type Outcome = 'added' | 'same' | 'kept' | 'conflict'

export type Report = (outcome: Outcome, collection: string, ids: readonly string[]) => void

type Document = { readonly _id: string } & Readonly<Record<string, Value>>

const toDocument = (row: Row): Document => ({
  ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asStored(value)])),
  _id: row._id,
})

/** Rows in one request: well below the service's 5 MB, for a row has 64 KiB at most. */
const BATCH = 50

const WIDTH = 20

/** Adds the rows that are missing; one that is there stays as it is. With `merge` accounts and bindings that are there keep their ties. */
export async function putRows(
  database: Database,
  rows: readonly BackedUpRow[],
  merge: boolean,
  report: Report,
): Promise<void> {
  for (const { collection, documents } of batchesOf(rows)) {
    const putOne = (merge ? linked[collection] : undefined) ?? putPlain
    const ids = documents.map(({ _id }) => _id)
    if (putOne === putPlain && (await database.insertMany(collection, documents))) {
      report('added', collection, ids)
      continue
    }
    // One of them is there, or an account and its binding have to agree.
    await forEachConcurrently(documents, WIDTH, async (document) => {
      report(await putOne(database, collection, document), collection, [document._id])
    })
  }
}

function* batchesOf(rows: readonly BackedUpRow[]): Generator<{ collection: string; documents: Document[] }> {
  let batch: { collection: string; documents: Document[] } | undefined
  for (const { collection, row } of rows) {
    if (batch && (batch.collection !== collection || batch.documents.length >= BATCH)) {
      yield batch
      batch = undefined
    }
    batch ??= { collection, documents: [] }
    batch.documents.push(toDocument(row))
  }
  if (batch) yield batch
}

type PutOne = (database: Database, collection: string, document: Document) => Promise<Outcome>

const putPlain: PutOne = async (database, collection, document) => {
  if (await database.insert(collection, document)) return 'added'
  const stored = await database.get(collection, document._id)
  return stored && isDeepStrictEqual(toDocument(stored), document) ? 'same' : 'kept'
}

/** A business has one account of a type, and an account one business: what is there goes before what was saved. */
const putBinding: PutOne = async (database, collection, document) => {
  const { appid, businessId } = document
  if (typeof appid !== 'string' || typeof businessId !== 'string') return putPlain(database, collection, document)
  const account = await database.get('authorizers', appid)
  const holder = account?.['businessId'] ?? businessId
  const [other] = await database.find('bindings', { appid, _id: { neq: document._id } }, { limit: 1 })
  if (holder !== businessId || other) return 'conflict'
  const outcome = await putPlain(database, collection, document)
  const stored = outcome === 'kept' ? await database.get('bindings', document._id) : document
  if (stored?.['appid'] !== appid) return 'conflict'
  if (account && account['businessId'] !== businessId)
    await database.update('authorizers', { _id: appid, businessId: null }, { set: { businessId } })
  return outcome
}

/** Bindings were put in first: an account is its business's only where a binding says so. */
const putAccount: PutOne = async (database, collection, document) => {
  const { businessId } = document
  if (typeof businessId !== 'string') return putPlain(database, collection, document)
  const [binding] = await database.find('bindings', { appid: document._id, businessId }, { limit: 1 })
  if (binding) return putPlain(database, collection, document)
  const outcome = await putPlain(database, collection, { ...document, businessId: null })
  return outcome === 'added' ? 'conflict' : outcome
}

const linked: Readonly<Record<string, PutOne>> = { bindings: putBinding, authorizers: putAccount }
