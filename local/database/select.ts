import { resolve } from 'mingo/util'
import { Query } from 'mingo/query'
import type { Collection } from './collection.ts'
import { notEmulated } from './errors.ts'
import { nearnessIn } from './geo-operators.ts'
import { engine } from './operators.ts'
import { planQuery } from './planner.ts'
import type { Order, Plan } from './planner.ts'
import { assertElementCriteria, compileQuery } from './query.ts'
import { compareValues, isOperatorObject } from './values.ts'
import type { Document } from './values.ts'

export interface Selection {
  readonly order?: Order
  readonly offset?: number
  readonly limit?: number
}

/** The documents that match, cut as asked. Equal ones under `order` come in no promised order, as in the service. */
export function selectDocuments(
  collection: Collection,
  query: Record<string, unknown>,
  { order = [], offset = 0, limit = Infinity }: Selection = {},
): Document[] {
  const matches = compileQuery(query)
  const plan = planQuery(collection, query, order)
  const distanceOf = order.length === 0 ? nearnessIn(query) : undefined
  const enough = plan.ordered && !distanceOf ? offset + limit : Infinity
  const found: Document[] = []
  for (const document of candidates(plan)) {
    if (found.length >= enough) break
    if (matches(document)) found.push(document)
  }
  if (distanceOf) found.sort((a, b) => (distanceOf(a) ?? Infinity) - (distanceOf(b) ?? Infinity))
  else if (!plan.ordered) sortDocuments(found, order)
  return offset === 0 && found.length <= limit ? found : found.slice(offset, offset + limit)
}

export function countDocuments(collection: Collection, query: Record<string, unknown>): number {
  if (Object.keys(query).length === 0) return collection.size
  return selectDocuments(collection, query).length
}

function* candidates(plan: Plan): Generator<Document> {
  for (const range of plan.ranges) yield* plan.index.scan(range, plan.backwards)
  yield* plan.index.irregular.values()
}

function sortDocuments(documents: Document[], order: Order): void {
  const keyed = documents.map((document) => ({
    document,
    keys: order.map(([path, way]) => sortKey(document, path, way)),
  }))
  keyed.sort((a, b) => {
    for (const [position, [, way]] of order.entries()) {
      const byField = compareValues(a.keys[position], b.keys[position])
      if (byField !== 0) return byField * way
    }
    return 0
  })
  for (const [position, { document }] of keyed.entries()) documents[position] = document
}

/** A list counts as its least element going up and its greatest going down; an empty one as missing. */
function sortKey(document: Document, path: string, way: 1 | -1): unknown {
  const value: unknown = resolve(document, path)
  if (!Array.isArray(value)) return value
  return value.toSorted((a, b) => compareValues(a, b) * way)[0]
}

export function projectDocuments(documents: Document[], projection: Record<string, unknown>): unknown[] {
  if (Object.keys(projection).length === 0) return documents
  for (const value of Object.values(projection)) {
    if (!isOperatorObject(value)) continue
    if (Object.hasOwn(value, '$elemMatch')) assertElementCriteria(value['$elemMatch'])
    else if (!Object.hasOwn(value, '$slice')) throw notEmulated('projections other than $slice and $elemMatch')
  }
  return new Query({}, engine).find<Record<string, unknown>>(documents, projection).all().map(withoutMissing)
}

/** A list without an element that matches is left out. */
const withoutMissing = (document: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined))
