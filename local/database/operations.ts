import { aggregateDocuments } from './aggregate.ts'
import { limits } from './limits.ts'
import { decodeObject } from './ejson.ts'
import { invalidParam, requestFailed } from './errors.ts'
import type { Order } from './planner.ts'
import type { RequestOf } from './requests.ts'
import { countDocuments, projectDocuments, selectDocuments } from './select.ts'
import type { Session } from './session.ts'
import { assertStorable, createDocument, encodeDocument, encodeProjected } from './stored-document.ts'
import { changeDocument, readModifier } from './update.ts'
import type { Document } from './values.ts'

/** Each takes what the request sees, the request, and one `now`; and returns the answer's `data`. None awaits: requests are atomic. */

export function insert(session: Session, request: RequestOf<'insert'>, now: number): object {
  if (request.data.length === 0) throw invalidParam('((nothing to insert))')
  const documents = request.data.map((text) => createDocument(decodeObject(text, now)))
  const collection = session.collection(request.collectionName)
  const insertedIds = documents.map((document) => document._id)
  session.claim(collection, insertedIds)
  for (const document of documents) session.insert(collection, document)
  return { insertedIds }
}

export function get(session: Session, request: RequestOf<'get'>, now: number): object {
  const collection = session.collection(request.collectionName)
  const found = selectDocuments(collection, decodeObject(request.query ?? '{}', now), {
    order: readOrder(request.order, now),
    offset: request.offset,
    limit: Math.min(request.limit, limits.maxQueryLimit),
  })
  return { list: projectDocuments(found, decodeObject(request.projection, now)).map((item) => encodeProjected(item)) }
}

function readOrder(text: string | undefined, now: number): Order {
  return Object.entries(decodeObject(text ?? '{}', now)).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1) throw invalidParam(`((order of ${path} must be 1 or -1))`)
    return [path, direction] as const
  })
}

export function count(session: Session, request: RequestOf<'count'>, now: number): object {
  return { total: countDocuments(session.collection(request.collectionName), decodeObject(request.query ?? '{}', now)) }
}

export function modify(session: Session, request: RequestOf<'modify'>, now: number): object {
  const collection = session.collection(request.collectionName)
  const query = decodeObject(requireQuery(request.query), now)
  const data = decodeObject(request.data, now)
  if (request.merge && request.upsert) throw requestFailed('((not emulated: upsert with update operators))')
  const change = request.merge ? changeBy(data, query, now) : replaceBy(data)
  const matched = selectDocuments(collection, query, request.multi ? {} : { limit: 1 })
  if (matched.length === 0 && request.upsert) {
    const created = createDocument({ ...data, _id: query['_id'] })
    session.claim(collection, [created._id])
    session.insert(collection, created)
    return { updated: 0, upsert_id: created._id }
  }
  replaceAll(session, collection, matched, change)
  return { updated: matched.length, upsert_id: null }
}

const requireQuery = (query: string | undefined): string => {
  if (query === undefined || query === '') throw invalidParam('查询参数不能为空')
  return query
}

function changeBy(data: Record<string, unknown>, query: Record<string, unknown>, now: number) {
  const modifier = readModifier(data)
  return (document: Document) => changeDocument(document, modifier, query, now)
}

function replaceBy(data: Record<string, unknown>) {
  if (Object.hasOwn(data, '_id')) throw invalidParam('不能更新_id的值')
  return (document: Document) => assertStorable({ _id: document._id, ...data })
}

function replaceAll(
  session: Session,
  collection: ReturnType<Session['collection']>,
  documents: readonly Document[],
  change: (document: Document) => Document,
): Document[] {
  session.claim(
    collection,
    documents.map((document) => document._id),
  )
  return documents.map((document) => {
    const changed = change(document)
    session.replace(collection, document, changed)
    return changed
  })
}

export function modifyAndReturn(session: Session, request: RequestOf<'modifyAndReturn'>, now: number): object {
  const collection = session.collection(request.collectionName)
  const query = decodeObject(requireQuery(request.query), now)
  const change = changeBy(decodeObject(request.data, now), query, now)
  const [changed] = replaceAll(session, collection, selectDocuments(collection, query, { limit: 1 }), change)
  return changed === undefined ? { updated: 0, doc: null } : { updated: 1, doc: encodeDocument(changed) }
}

export function remove(session: Session, request: RequestOf<'remove'>, now: number): object {
  const collection = session.collection(request.collectionName)
  const query = decodeObject(requireQuery(request.query), now)
  const matched = selectDocuments(collection, query, request.multi ? {} : { limit: 1 })
  session.claim(
    collection,
    matched.map((document) => document._id),
  )
  for (const document of matched) session.remove(collection, document)
  return { deleted: matched.length }
}

export function aggregate(session: Session, request: RequestOf<'aggregate'>, now: number): object {
  return { list: aggregateDocuments(session, request, now) }
}
