import { Context } from 'mingo/core'
import * as accumulatorOperators from 'mingo/operators/accumulator'
import * as expressionOperators from 'mingo/operators/expression'
import * as pipelineOperators from 'mingo/operators/pipeline'
import * as projectionOperators from 'mingo/operators/projection'
import * as queryOperators from 'mingo/operators/query'
import * as windowOperators from 'mingo/operators/window'
import { Query } from 'mingo/query'
import { resolve } from 'mingo/util'
import type { Any, AnyObject, Options } from 'mingo/types'
import { dateOperators } from './date-operators.ts'
import { geoOperators } from './geo-operators.ts'
import { $jsonSchema } from './json-schema.ts'
import { textOperators } from './text-operators.ts'
import { isOperatorObject, isPlainObject } from './values.ts'

type ProjectionOperator = typeof projectionOperators.$elemMatch

/**
 * Left out: what runs code (`$where`, `$function`, `$accumulator`), what writes (`$out`, `$merge`), and the bit tests, which mingo
 * also applies to values that are no numbers.
 */
const {
  $where: _where,
  $bitsAllClear: _bitsAllClear,
  $bitsAllSet: _bitsAllSet,
  $bitsAnyClear: _bitsAnyClear,
  $bitsAnySet: _bitsAnySet,
  $elemMatch: elemMatchScalars,
  $mod: modOfAnything,
  ...sameAsInMongo
} = queryOperators
const { $function: _function, ...sameExpressions } = expressionOperators
const { $accumulator: _accumulator, ...offeredAccumulators } = accumulatorOperators
const { $out: _out, $merge: _merge, $documents: _documents, ...stages } = pipelineOperators

/** MongoDB's: criteria on fields match only elements that are documents. mingo lets scalars through. */
function matchElement(criteria: AnyObject, options: Options): (item: unknown) => boolean {
  if (isScalarCriteria(criteria)) {
    const matches = elemMatchScalars('list', criteria, options)
    return (item) => matches({ list: [item] })
  }
  const query = new Query<Record<string, unknown>>(criteria, options)
  return (item) => isPlainObject(item) && query.test(item)
}

function $elemMatch(path: string, criteria: AnyObject, options: Options): (document: AnyObject) => boolean {
  const matches = matchElement(criteria, options)
  return (document) => {
    const list: unknown = resolve(document, path, { unwrapArray: true })
    return Array.isArray(list) && list.some(matches)
  }
}

/** Of a list its first element that matches; without one nothing. */
const firstElementThatMatches: ProjectionOperator = (document, criteria, path, options) => {
  const matches = matchElement(isPlainObject(criteria) ? criteria : {}, options)
  const list: unknown = resolve(document, path)
  const found = Array.isArray(list) ? list.findIndex(matches) : -1
  return Array.isArray(list) && found >= 0 ? [list[found]] : undefined
}

/** MongoDB's: only numbers have a remainder. mingo makes a number of null and of text. */
function $mod(path: string, operand: Any, options: Options): (document: AnyObject) => boolean {
  const divides = modOfAnything('value', operand, options)
  return (document) => {
    const value: unknown = resolve(document, path, { unwrapArray: true })
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.some((item) => typeof item === 'number' && divides({ value: item }))
  }
}

export const isScalarCriteria = (criteria: Record<string, unknown>): boolean =>
  isOperatorObject(criteria) && !['$and', '$or', '$nor'].some((name) => Object.hasOwn(criteria, name))

const offeredQueryOperators = { ...sameAsInMongo, ...geoOperators, $elemMatch, $jsonSchema, $mod }
const offeredExpressions = { ...sameExpressions, ...dateOperators, ...textOperators }

const context = Context.init()
  .addQueryOps(offeredQueryOperators)
  .addExpressionOps(offeredExpressions)
  .addAccumulatorOps(offeredAccumulators)
  .addPipelineOps(stages)
  .addProjectionOps({ ...projectionOperators, $elemMatch: firstElementThatMatches })
  .addWindowOps(windowOperators)

export const engine = { context, idKey: '_id', scriptEnabled: false } as const

/** The same for queries, as mingo hands it to operators: it copies a context with all that is in it unless it did so before. */
export const queryEngine: Partial<Options> = optionsOfMingo()

function optionsOfMingo(): Partial<Options> {
  let made: Partial<Options> = engine
  const $look = (_path: string, _operand: Any, options: Options) => {
    made = options
    return () => true
  }
  const query = new Query(
    { field: { $look: true } },
    { ...engine, context: Context.from(context).addQueryOps({ $look }) },
  )
  return query.test({}) ? made : engine
}

export const isStage = (name: string): boolean => Object.hasOwn(stages, name)

export const isQueryOperator = (name: string): boolean => Object.hasOwn(offeredQueryOperators, name)

/** Whether its `timezone` counts. */
export const knowsTimeZones = (name: string): boolean => Object.hasOwn(dateOperators, name)

export const isExpressionOperator = (name: string): boolean =>
  [offeredExpressions, offeredAccumulators, windowOperators].some((operators) => Object.hasOwn(operators, name))
