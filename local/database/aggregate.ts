import { Aggregator } from 'mingo/aggregator'
import { ProcessingMode } from 'mingo/core'
import { limits } from './limits.ts'
import type { Collection } from './collection.ts'
import { decodeEjson } from './ejson.ts'
import { invalidOperator, invalidParam, notEmulated } from './errors.ts'
import { readGeoNear } from './geo-operators.ts'
import { engine, isStage } from './operators.ts'
import { assertExpression, assertQuery } from './query.ts'
import type { Order } from './planner.ts'
import type { RequestOf } from './requests.ts'
import { selectDocuments } from './select.ts'
import type { Session } from './session.ts'
import { encodeProjected } from './stored-document.ts'
import { isPlainObject, type Document } from './values.ts'

type Stage = Record<string, unknown>

/** Runs a pipeline; a leading `$match` or `$geoNear` is a query of its own, which uses the indexes. Without `$limit` the answer is cut, as the service does. */
export function aggregateDocuments(session: Session, request: RequestOf<'aggregate'>, now: number): string[] {
  const pipeline = request.stages.map(({ stageKey, stageValue }) => ({ [stageKey]: decodeEjson(stageValue, now) }))
  assertPipeline(pipeline)
  const { documents, rest } = readLeading(session.collection(request.collectionName), pipeline)
  const aggregator = new Aggregator(
    rest.map((stage) => joinByIndex(session, stage)),
    {
      ...engine,
      processingMode: ProcessingMode.CLONE_INPUT,
      collectionResolver: (name) => [...session.collection(name).all()],
    },
  )
  const limited = pipeline.some((stage) => Object.hasOwn(stage, '$limit'))
  return aggregator
    .run(documents)
    .slice(0, limited ? limits.maxAggregateLimit : limits.defaultAggregateLimit)
    .map((item) => encodeProjected(item))
}

/** A join that depends on nothing outside it finds its documents once, as a query does. */
function joinByIndex(session: Session, stage: Stage): Stage {
  const { $lookup: join } = stage
  if (!isPlainObject(join) || join['let'] !== undefined || join['localField'] !== undefined) return stage
  const { from, pipeline } = join
  if (typeof from !== 'string' || !Array.isArray(pipeline)) return stage
  const [first, second, third]: unknown[] = pipeline
  if (!isPlainObject(first) || !isPlainObject(first['$match'])) return stage
  const order = orderIn(second)
  const limit = limitIn(order ? third : second)
  const selection = limit === undefined ? {} : { limit, ...(order && { order }) }
  const found = selectDocuments(session.collection(from), first['$match'], selection)
  const rest = pipeline.slice(limit === undefined ? 1 : order ? 3 : 2)
  const names = rest.length === 1 ? includedBy(rest[0]) : undefined
  if (names) return { $lookup: { ...join, from: found.map((document) => pick(document, names)), pipeline: [] } }
  return { $lookup: { ...join, from: found, pipeline: rest } }
}

/** Members of the documents themselves that `$project` keeps, where it does nothing else. */
function includedBy(stage: unknown): readonly string[] | undefined {
  if (!isPlainObject(stage) || !isPlainObject(stage['$project'])) return undefined
  const kept = Object.entries(stage['$project'])
  const isPlain = kept.every(([name, value]) => value === 1 && !name.includes('.') && !name.startsWith('$'))
  return isPlain ? ['_id', ...kept.map(([name]) => name)] : undefined
}

function pick(document: Document, names: readonly string[]): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name of names) if (Object.hasOwn(document, name)) kept[name] = document[name]
  return kept
}

/** `$sort` by values. */
function orderIn(stage: unknown): Order | undefined {
  if (!isPlainObject(stage) || !isPlainObject(stage['$sort'])) return undefined
  const order = Object.entries(stage['$sort'])
  return order.every((one): one is [string, 1 | -1] => one[1] === 1 || one[1] === -1) ? order : undefined
}

const limitIn = (stage: unknown): number | undefined =>
  isPlainObject(stage) && typeof stage['$limit'] === 'number' ? stage['$limit'] : undefined

function readLeading(collection: Collection, pipeline: readonly Stage[]): { documents: Document[]; rest: Stage[] } {
  const [first = {}, ...others] = pipeline
  if (isPlainObject(first['$match'])) return { documents: selectDocuments(collection, first['$match']), rest: others }
  if (first['$geoNear'] === undefined) return { documents: selectDocuments(collection, {}), rest: [...pipeline] }
  const { query, fieldsOf } = readGeoNear(first['$geoNear'])
  const found = selectDocuments(collection, query)
  return { documents: found.map((document) => ({ ...document, ...fieldsOf(document) })), rest: others }
}

function assertPipeline(pipeline: unknown): void {
  if (!Array.isArray(pipeline)) throw invalidParam('((a pipeline must be a list))')
  for (const [position, stage] of pipeline.entries()) {
    if (!isPlainObject(stage) || Object.keys(stage).length !== 1)
      throw invalidParam('((a stage has exactly one member))')
    assertStage(stage, position)
  }
}

function assertStage(stage: Stage, position: number): void {
  for (const [name, operand] of Object.entries(stage)) {
    if (name === '$geoNear') {
      if (position > 0) throw invalidParam('$geoNear is only valid as the first stage in a pipeline.')
      continue
    }
    if (!isStage(name)) throw invalidOperator(`Unrecognized pipeline stage name: '${name}'`)
    switch (name) {
      case '$match':
        assertQuery(operand)
        break
      case '$facet':
        for (const branch of Object.values(isPlainObject(operand) ? operand : {})) assertPipeline(branch)
        break
      case '$lookup':
      case '$unionWith':
        assertJoin(operand)
        break
      default:
        assertExpression(operand)
    }
  }
}

function assertJoin(operand: unknown): void {
  if (!isPlainObject(operand)) throw notEmulated('joins given as text')
  if (operand['pipeline'] !== undefined) assertPipeline(operand['pipeline'])
  assertExpression(operand['let'])
}
