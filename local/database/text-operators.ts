import type { Any, AnyObject, Options } from 'mingo/types'
import { invalidParam } from './errors.ts'
import { evaluate } from './evaluate.ts'

type Operator = (document: AnyObject, expression: Any, options: Options) => Any

const argumentsOf = (document: AnyObject, expression: unknown, options: Options): unknown[] =>
  (Array.isArray(expression) ? expression : []).map((part) => evaluate(document, part, options))

const readPlace = (value: unknown, name: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw invalidParam(`${name} must be a non-negative integer`)
  return value
}

/** Where a text stands in another, counted in `unitsOf` it; mingo has one of the two and counts in UTF-16. */
const indexOf =
  (unitsOf: (text: string) => readonly (string | number)[]): Operator =>
  (document, expression, options) => {
    const [text, wanted, start, end] = argumentsOf(document, expression, options)
    if (text === null || text === undefined) return null
    if (typeof text !== 'string' || typeof wanted !== 'string') throw invalidParam('$indexOf needs two strings')
    const [units, pattern] = [unitsOf(text), unitsOf(wanted)]
    const last = Math.min(end === undefined ? Infinity : readPlace(end, 'end'), units.length) - pattern.length
    for (let at = start === undefined ? 0 : readPlace(start, 'start'); at <= last; at++)
      if (pattern.every((unit, offset) => units[at + offset] === unit)) return at
    return -1
  }

const toText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw invalidParam("can't convert to String")
}

/** A negative count takes all that follows, and one beyond the end what there is; mingo refuses both. */
const $substrBytes: Operator = (document, expression, options) => {
  const [value, start, count] = argumentsOf(document, expression, options)
  const bytes = Buffer.from(toText(value))
  const from = readPlace(start, 'starting index')
  if (typeof count !== 'number' || !Number.isInteger(count)) throw invalidParam('length must be an integer')
  const to = count < 0 ? bytes.length : Math.min(from + count, bytes.length)
  const isInside = (at: number): boolean => ((bytes[at] ?? 0) & 0xc0) === 0x80
  if (isInside(from) || isInside(to))
    throw invalidParam('Invalid range: an index is in the middle of a UTF-8 character')
  return bytes.toString('utf8', from, to)
}

export const textOperators = {
  $indexOfCP: indexOf((text) => Array.from(text)),
  $indexOfBytes: indexOf((text) => [...Buffer.from(text)]),
  $substrBytes,
  $substr: $substrBytes,
}
