import type { Look, SdkDatabase, Unless } from './database.ts'
import { assertGuarded, type Query } from './requests.ts'

type EncodeQuery = (query: Query) => object

const alwaysThere: Unless = { collection: 'platform', query: { _id: 'component' } }

/** One document that is there; each query joins what it finds. */
export function findEach(
  db: SdkDatabase,
  encodeQuery: EncodeQuery,
  {
    looks,
    unless = alwaysThere,
  }: { readonly looks: Readonly<Record<string, Look>>; readonly unless: Unless | undefined },
) {
  let joined = db.collection(unless.collection).aggregate().match(encodeQuery(unless.query)).limit(1)
  for (const [name, { collection, query, orderBy = [], fields = [], limit = 1 }] of Object.entries(looks)) {
    assertGuarded(collection, query)
    let pipeline = db.command.aggregate.pipeline().match(encodeQuery(query))
    if (orderBy.length > 0)
      pipeline = pipeline.sort(Object.fromEntries(orderBy.map(([path, way]) => [path, way === 'asc' ? 1 : -1])))
    pipeline = pipeline.limit(limit)
    if (fields !== 'all') pipeline = pipeline.project(Object.fromEntries(['_id', ...fields].map((field) => [field, 1])))
    joined = joined.lookup({ from: collection, pipeline: pipeline.done(), as: name })
  }
  return joined.project(Object.fromEntries(Object.keys(looks).map((name) => [name, 1])))
}

interface Counting {
  readonly collection: string
  readonly query: Query
  readonly field: string
}

export function countBy(db: SdkDatabase, encodeQuery: EncodeQuery, { collection, query, field }: Counting) {
  assertGuarded(collection, query)
  return db
    .collection(collection)
    .aggregate()
    .match(encodeQuery(query))
    .group({ _id: `$${field}`, n: db.command.aggregate.sum(1) })
    .limit(100)
}
