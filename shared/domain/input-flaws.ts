import * as v from 'valibot'
import { Failure } from '../errors.ts'
import { isReason, type Reason } from '../reasons.ts'
import type { Params } from '../words/params.ts'

/** A rule that a schema cannot say by itself names its reason where the library takes a message. */
export const flaw = (reason: Reason, params: Params = {}): string => JSON.stringify([reason, params])

/** What is wrong with an input, by what the schema expected: messages of its own none needs. */
export function failureOfIssue(issue: v.BaseIssue<unknown>): Failure {
  const field = v.getDotPath(issue) ?? undefined
  const [reason, params] = named(issue.message) ?? found(issue)
  return new Failure({ reason, field, ...(Object.keys(params).length > 0 && { params }) })
}

type Flaw = readonly [reason: Reason, params: Params]

/** The reason that a rule named; undefined for the library's own messages. */
function named(message: string): Flaw | undefined {
  if (isReason(message)) return [message, {}]
  if (!message.startsWith('["')) return undefined
  const [reason, params]: [unknown, Params] = JSON.parse(message)
  return typeof reason === 'string' && isReason(reason) ? [reason, params] : undefined
}

const byType: Readonly<Record<string, Reason>> = {
  string: 'NOT_TEXT',
  number: 'NOT_NUMBER',
  integer: 'NOT_INTEGER',
  boolean: 'NOT_BOOLEAN',
  array: 'NOT_LIST',
  object: 'NOT_OBJECT',
  record: 'NOT_OBJECT',
  custom: 'NOT_OBJECT',
}

function found(issue: v.BaseIssue<unknown>): Flaw {
  const { type, expected, requirement: bound, input } = issue
  if (type === 'strict_object') {
    if (expected === 'never') return ['NOT_KNOWN_HERE', {}]
    return [expected === 'Object' ? 'NOT_OBJECT' : 'REQUIRED', {}]
  }
  if (input === undefined) return ['REQUIRED', {}]
  if (typeof bound === 'number') {
    const isList = Array.isArray(input)
    if (type === 'min_length') {
      if (bound === 1) return ['EMPTY', {}]
      return [isList ? 'TOO_FEW' : 'TOO_SHORT', { min: bound }]
    }
    if (type === 'max_length') return [isList ? 'TOO_MANY' : 'TOO_LONG', { max: bound }]
    if (type === 'min_value') return ['TOO_SMALL', { min: bound }]
    if (type === 'max_value') return ['TOO_LARGE', { max: bound }]
  }
  const choices = type === 'picklist' || type === 'literal' ? choicesIn(expected ?? '') : []
  if (choices.length > 0) return ['NOT_ONE_OF', { choices }]
  return [byType[type] ?? 'MALFORMED', {}]
}

/** `("a" | "b")` → a, b */
const choicesIn = (expected: string): string[] =>
  expected
    .replaceAll(/[()"]/g, '')
    .split('|')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '')
