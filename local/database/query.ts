import { Query } from 'mingo/query'
import { invalidOperator, notEmulated } from './errors.ts'
import { isExpressionOperator, isQueryOperator, isScalarCriteria, knowsTimeZones, queryEngine } from './operators.ts'
import { isOperatorObject, isPlainObject } from './values.ts'
import type { Document } from './values.ts'

export type Matches = (document: Document) => boolean

/** Unknown operators are found here, not when the first document happens to meet them. */
export function compileQuery(query: Record<string, unknown>): Matches {
  if (Object.keys(query).length === 0) return () => true
  assertQuery(query)
  const compiled = new Query<Document>(query, queryEngine)
  return (document) => compiled.test(document)
}

export function assertQuery(query: unknown): void {
  if (!isPlainObject(query)) throw invalidOperator('((a query must be an object))')
  for (const [name, condition] of Object.entries(query)) {
    if (name === '$and' || name === '$or' || name === '$nor') {
      if (!Array.isArray(condition) || condition.length === 0) throw invalidOperator(`${name} must be a nonempty array`)
      for (const part of condition) assertQuery(part)
    } else if (name === '$jsonSchema') {
      if (!isPlainObject(condition)) throw invalidOperator('$jsonSchema must be an object')
    } else if (name === '$expr') {
      assertExpression(condition)
    } else if (name.startsWith('$')) {
      throw invalidOperator(`unknown top level operator: ${name}`)
    } else {
      assertCondition(condition)
    }
  }
}

function assertCondition(condition: unknown): void {
  if (!isOperatorObject(condition)) return
  for (const [name, operand] of Object.entries(condition)) {
    if (!isQueryOperator(name)) throw invalidOperator(`unknown operator: ${name}`)
    switch (name) {
      case '$not':
        if (!isOperatorObject(operand) && !(operand instanceof RegExp))
          throw invalidOperator('$not needs a regex or a document')
        assertCondition(operand)
        break
      case '$elemMatch':
        assertElementCriteria(operand)
        break
      case '$in':
      case '$nin':
      case '$all':
        assertList(name, operand)
        break
      case '$size':
        if (!Number.isInteger(operand)) throw invalidOperator('$size must be a whole number')
        break
      case '$mod':
        if (!Array.isArray(operand) || operand.length !== 2) throw invalidOperator('malformed mod')
        break
      default:
    }
  }
}

export function assertElementCriteria(criteria: unknown): void {
  if (!isPlainObject(criteria)) throw invalidOperator('$elemMatch needs an Object')
  if (isScalarCriteria(criteria)) assertCondition(criteria)
  else assertQuery(criteria)
}

function assertList(name: string, operand: unknown): void {
  if (!Array.isArray(operand)) throw invalidOperator(`${name} needs an array`)
  if (operand.some((item) => isOperatorObject(item))) throw notEmulated(`operators inside ${name}`)
}

/** An aggregation expression: every `$name` that stands as a key must be an operator we have. */
export function assertExpression(expression: unknown): void {
  if (Array.isArray(expression)) {
    for (const part of expression) assertExpression(part)
    return
  }
  if (!isPlainObject(expression)) return
  for (const [name, operand] of Object.entries(expression)) {
    if (name === '$literal') continue
    if (name.startsWith('$') && !isExpressionOperator(name)) throw invalidOperator(`Unrecognized expression '${name}'`)
    if (
      name.startsWith('$date') &&
      !knowsTimeZones(name) &&
      isPlainObject(operand) &&
      operand['timezone'] !== undefined
    )
      throw notEmulated(`time zones in ${name}`)
    assertExpression(operand)
  }
}
