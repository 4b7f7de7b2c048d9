import { BSONRegExp, Double, EJSON, Int32, Long, ObjectId } from 'bson'
import { invalidParam, notEmulated } from './errors.ts'
import { isPlainObject } from './values.ts'

/** Reads what the SDK sends. `$tcb_server_date` becomes `now` plus its offset; ids become hex text. */
export function decodeEjson(text: string, now: number): unknown {
  let parsed: unknown
  try {
    parsed = EJSON.parse(text, { relaxed: true })
  } catch {
    throw invalidParam('((not Extended JSON))')
  }
  return toPlain(parsed, now)
}

export function decodeObject(text: string, now: number): Record<string, unknown> {
  const value = decodeEjson(text, now)
  if (!isPlainObject(value)) throw invalidParam('((an object is expected))')
  return value
}

/** Canonical Extended JSON, the form the service answers in. */
export const encodeEjson = (value: unknown): string => EJSON.stringify(value, { relaxed: false })

function toPlain(value: unknown, now: number): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map((item) => toPlain(item, now))
  if (value instanceof Int32 || value instanceof Double) return value.valueOf()
  if (value instanceof Long) return value.toNumber()
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof BSONRegExp) return toRegExp(value.pattern, value.options)
  if ('_bsontype' in value) throw notEmulated(`values of type ${String(value['_bsontype'])}`)
  const serverDate = '$tcb_server_date' in value ? serverDateOffset(value.$tcb_server_date) : undefined
  if (serverDate !== undefined) return new Date(now + serverDate)
  const plain: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__') throw invalidParam('((a field cannot be named __proto__))')
    plain[name] = toPlain(member, now)
  }
  return plain
}

function serverDateOffset(operand: unknown): number {
  const offset = isPlainObject(operand) ? Number(operand['offset'] ?? 0) : Number.NaN
  if (!Number.isFinite(offset)) throw invalidParam('((malformed $tcb_server_date))')
  return offset
}

function toRegExp(pattern: string, options: string): RegExp {
  try {
    return new RegExp(pattern, options)
  } catch {
    throw invalidParam('((malformed regular expression))')
  }
}
