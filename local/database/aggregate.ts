import { Aggregator } from 'mingo/aggregator'
import { ProcessingMode } from 'mingo'
import { limits } from './constants.ts'
import { decodeEjson } from './ejson.ts'
import { invalidOperator, invalidParam, notEmulated } from './errors.ts'
import { engine, isStage } from './operators.ts'
import { assertExpression, assertQuery } from './query.ts'
import type { RequestOf } from './requests.ts'
import { selectDocuments } from './select.ts'
import type { Session } from './session.ts'
import { encodeProjected } from './stored-document.ts'
import { isPlainObject } from './values.ts'

type Stage = Record<string, unknown>

/** Runs a pipeline; a leading `$match` uses the indexes. Without `$limit` the answer is cut, as the service does. */
export function aggregateDocuments(session: Session, request: RequestOf<'aggregate'>, now: number): string[] {
  const pipeline = request.stages.map(({ stageKey, stageValue }) => ({ [stageKey]: decodeEjson(stageValue, now) }))
  assertPipeline(pipeline)
  const first = pipeline[0]?.['$match']
  const query = isPlainObject(first) ? first : {}
  const documents = selectDocuments(session.collection(request.collectionName), query)
  const aggregator = new Aggregator(isPlainObject(first) ? pipeline.slice(1) : pipeline, {
    ...engine,
    processingMode: ProcessingMode.CLONE_INPUT,
    collectionResolver: (name) => [...session.collection(name).all()],
  })
  const limited = pipeline.some((stage) => Object.hasOwn(stage, '$limit'))
  return aggregator
    .run(documents)
    .slice(0, limited ? limits.maxAggregateLimit : limits.defaultAggregateLimit)
    .map((item) => encodeProjected(item))
}

function assertPipeline(pipeline: unknown): void {
  if (!Array.isArray(pipeline)) throw invalidParam('((a pipeline must be a list))')
  for (const stage of pipeline) {
    if (!isPlainObject(stage) || Object.keys(stage).length !== 1)
      throw invalidParam('((a stage has exactly one member))')
    assertStage(stage)
  }
}

function assertStage(stage: Stage): void {
  for (const [name, operand] of Object.entries(stage)) {
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
