/** The JSON form in which the message forwarder hands pushes on. A file of its own: only one door needs the parser. */
import { isLosslessNumber, parse } from 'lossless-json'
import { escapeControls, withoutMark } from '../json.ts'
import { MAX_DEPTH, MAX_MESSAGE_LENGTH, MAX_VALUES, MessageRefused } from './message-refused.ts'
import type { PushFields, PushValue } from './messages.ts'
import { isRecord } from '../record.ts'

/**
 * Numbers keep their spelling, booleans become `true` and `false`, null the empty text.
 * @throws {MessageRefused}
 */
export const readPushJson = (body: string): PushFields => {
  const json = escapeControls(withoutMark(body))
  const names = checkJson(json)
  const root = parseLossless(json)
  if (!isRecord(root)) throw new MessageRefused('not an object')
  const fields = fieldsOf(root)
  // The parser lets a name stand twice where the values are equal.
  if (countNames(fields) !== names) throw new MessageRefused('a name twice')
  return fields
}

/**
 * Depth and number of values, before anything recurses. An open string ends with the text, so that no start is tried twice.
 * @returns how many member names there are
 */
const checkJson = (body: string): number => {
  if (body.length > MAX_MESSAGE_LENGTH) throw new MessageRefused('too long')
  let depth = 0
  let values = 0
  let names = 0
  for (const [token] of body.matchAll(/"[^"\\]*(?:\\.?[^"\\]*)*(?:"|$)|[[\]{},:]/gs)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (token === ',') values += 1
    else if (token === ':') names += 1
    if (depth > MAX_DEPTH || values > MAX_VALUES) throw new MessageRefused('too many values')
  }
  return names
}

const parseLossless = (body: string): unknown => {
  try {
    return parse(body)
  } catch {
    throw new MessageRefused('not JSON')
  }
}

const countNames = (value: PushValue): number => {
  if (typeof value === 'string') return 0
  const members = Object.values(value)
  return (Array.isArray(value) ? 0 : members.length) + members.reduce((sum, one) => sum + countNames(one), 0)
}

const fieldsOf = (record: Readonly<Record<string, unknown>>): PushFields => {
  const fields: Record<string, PushValue> = Object.create(null)
  for (const [name, value] of Object.entries(record)) {
    if (name === '__proto__') throw new MessageRefused('name not allowed')
    fields[name] = valueOf(value)
  }
  return fields
}

const valueOf = (value: unknown): PushValue => {
  // Half of a surrogate pair could not be stored.
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'boolean') return String(value)
  if (value === null) return ''
  if (isLosslessNumber(value)) return value.value
  if (Array.isArray(value)) return value.map(valueOf)
  if (isRecord(value)) return fieldsOf(value)
  throw new MessageRefused('not JSON')
}
