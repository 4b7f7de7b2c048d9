import { isDeepStrictEqual } from 'node:util'
import * as mutators from 'mingo/operators/update'
import { Query } from 'mingo/query'
import { invalidOperator, invalidParam, notEmulated, requestFailed } from './errors.ts'
import { queryEngine } from './operators.ts'
import { assertQuery } from './query.ts'
import { assertStorable } from './stored-document.ts'
import { ChangedPaths, placeAt, plainPaths, valueAt } from './update-paths.ts'
import type { Place } from './update-paths.ts'
import { cloneValue, isOperatorObject, isPlainObject } from './values.ts'
import type { Document } from './values.ts'

export type Modifier = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const operators = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$bit',
  '$push',
  '$pop',
  '$pull',
  '$pullAll',
  '$addToSet',
  '$currentDate',
  '$setOnInsert',
])

export function readModifier(data: Record<string, unknown>): Modifier {
  const modifier: Record<string, Record<string, unknown>> = {}
  for (const [operator, changes] of Object.entries(data)) {
    if (!operators.has(operator)) throw invalidOperator(`Unknown modifier: ${operator}`)
    if (!isPlainObject(changes))
      throw requestFailed(`Modifiers operate on fields but found ${typeof changes} for ${operator}`)
    for (const [path, operand] of Object.entries(changes)) {
      assertPath(path)
      assertOperand(operator, operand)
    }
    modifier[operator] = changes
  }
  if (Object.keys(modifier).length === 0) throw invalidParam('((the update changes nothing))')
  return modifier
}

function assertPath(path: string): void {
  const names = path.split('.')
  if (names[0] === '_id') {
    throw requestFailed("Performing an update on the path '_id' would modify the immutable field '_id'")
  }
  if (names.includes('')) throw requestFailed(`The update path '${path}' contains an empty field name`)
  const inherited = names.find((name) => name in Object.prototype)
  if (inherited !== undefined) throw notEmulated(`updates of a field named ${inherited}`)
}

function assertOperand(operator: string, operand: unknown): void {
  if (operator === '$pull' && isPlainObject(operand)) {
    assertQuery(isOperatorObject(operand) ? { item: operand } : operand)
  }
  if (operator === '$push' && isOperatorObject(operand)) {
    const unknown = Object.keys(operand).find((name) => !['$each', '$position', '$slice', '$sort'].includes(name))
    if (unknown !== undefined) throw requestFailed(`Unrecognized clause in $push: ${unknown}`)
    const sort = operand['$sort']
    if (isPlainObject(sort) && Object.keys(sort).length !== 1) throw notEmulated('$push with several sort keys')
  }
  if (operator === '$rename') {
    if (typeof operand !== 'string') throw requestFailed('The $rename target must be a string')
    assertPath(operand)
  }
  if (operator === '$currentDate' && operand !== true && !isDeepStrictEqual(operand, { $type: 'date' })) {
    throw notEmulated('$currentDate other than true or {$type: "date"}')
  }
}

/** The document after the change; the given one is left as it is. `now` is for `$currentDate`. */
export function changeDocument(
  document: Document,
  modifier: Modifier,
  query: Record<string, unknown>,
  now: number,
): Document {
  const steps: Record<string, Record<string, unknown>> = {}
  const add = (operator: string, path: string, operand: unknown): void => {
    steps[operator] = { ...steps[operator], [path]: operand }
  }
  const emptyLists: Record<string, unknown> = {}
  const paths = new ChangedPaths()
  for (const [operator, changes] of Object.entries(modifier)) {
    for (const [writtenPath, operand] of Object.entries(changes)) {
      for (const path of plainPaths(document, writtenPath, query)) {
        paths.add(path)
        if (operator === '$rename') paths.add(String(operand))
        translate(operator, path, operand, { document, now, add, emptyLists })
      }
    }
  }
  const changed = cloneValue(document)
  if (!isPlainObject(changed)) throw new Error('a document is an object')
  mutate(changed, '$set', emptyLists)
  for (const [operator, changes] of Object.entries(steps)) mutate(changed, operator, changes)
  fillHoles(changed)
  return assertStorable({ ...changed, _id: document._id })
}

interface Mutators {
  mutate(changes: Record<string, unknown>): (document: Record<string, unknown>) => string[]
}

const mutatorOf = new Map<string, Mutators['mutate']>(Object.entries(mutators))

/** mingo's `update` would do the same, after it has gathered all its operators anew. */
function mutate(document: Record<string, unknown>, operator: string, changes: Record<string, unknown>): void {
  const mutator = mutatorOf.get(operator)
  if (mutator === undefined) throw new Error(`mingo has no ${operator}`)
  mutator(changes)(document)
}

interface Translation {
  readonly document: Document
  readonly now: number
  readonly add: (operator: string, path: string, operand: unknown) => void
  readonly emptyLists: Record<string, unknown>
}

/** Checks one change as MongoDB would, and puts those that mingo does differently in other words. */
function translate(operator: string, path: string, operand: unknown, to: Translation): void {
  const { document, add } = to
  switch (operator) {
    case '$setOnInsert':
      return
    case '$currentDate':
      placeAt(document, path)
      return add('$set', path, new Date(to.now))
    case '$inc':
    case '$mul': {
      const place = placeAt(document, path)
      if (typeof operand !== 'number') throw requestFailed(`Cannot ${operator.slice(1)} with non-numeric argument`)
      if (!place.missing && typeof place.value !== 'number') throw wrongType(operator, path, 'a number')
      return add(operator, path, operand)
    }
    case '$bit': {
      const place = placeAt(document, path)
      if (!place.missing && !Number.isInteger(place.value)) throw wrongType(operator, path, 'a whole number')
      return add(operator, path, operand)
    }
    case '$push': {
      const list = listAt(placeAt(document, path), operator, path)
      if (list === undefined) to.emptyLists[path] = []
      return add(operator, path, operand)
    }
    case '$addToSet': {
      const list = listAt(placeAt(document, path), operator, path)
      const added = newItems(list ?? [], isOperatorObject(operand) ? operand['$each'] : [operand])
      if (list === undefined) return add('$set', path, added)
      return add('$push', path, { $each: added })
    }
    case '$pull':
    case '$pullAll': {
      const list = listAt(valueAt(document, path), operator, path)
      if (list === undefined) return
      return add('$set', path, operator === '$pull' ? withoutMatching(list, operand) : withoutAny(list, operand))
    }
    case '$pop':
      if (listAt(valueAt(document, path), operator, path) === undefined) return
      return add(operator, path, operand)
    case '$unset':
      return add(operator, path, operand)
    case '$rename':
      if (typeof operand === 'string' && !valueAt(document, path).missing) placeAt(document, operand)
      return add(operator, path, operand)
    default:
      placeAt(document, path)
      return add(operator, path, operand)
  }
}

const wrongType = (operator: string, path: string, wanted: string) =>
  requestFailed(`Cannot apply ${operator} to a value of the wrong type at '${path}': ${wanted} is needed`)

function listAt(place: Place, operator: string, path: string): readonly unknown[] | undefined {
  if (place.missing) return undefined
  if (!Array.isArray(place.value)) throw requestFailed(`Cannot apply ${operator}: the field '${path}' must be an array`)
  return place.value
}

function newItems(list: readonly unknown[], wanted: unknown): unknown[] {
  if (!Array.isArray(wanted)) throw requestFailed('The argument to $each in $addToSet must be an array')
  const added: unknown[] = []
  for (const item of wanted) {
    if (![...list, ...added].some((present) => isDeepStrictEqual(present, item))) added.push(item)
  }
  return added
}

function withoutMatching(list: readonly unknown[], condition: unknown): unknown[] {
  if (isPlainObject(condition) && !isOperatorObject(condition)) {
    const query = new Query(condition, queryEngine)
    return list.filter((item) => !isPlainObject(item) || !query.test(item))
  }
  const query = new Query({ item: condition }, queryEngine)
  return list.filter((item) => !query.test({ item }))
}

function withoutAny(list: readonly unknown[], unwanted: unknown): unknown[] {
  if (!Array.isArray(unwanted)) throw requestFailed('$pullAll requires an array argument')
  return list.filter((item) => !unwanted.some((one) => isDeepStrictEqual(one, item)))
}

/** Setting `a.5` in a shorter list leaves holes, which are stored as null. */
function fillHoles(value: unknown): void {
  if (Array.isArray(value)) {
    for (let position = 0; position < value.length; position++) value[position] ??= null
    for (const item of value) fillHoles(item)
  } else if (isPlainObject(value)) {
    for (const member of Object.values(value)) fillHoles(member)
  }
}
