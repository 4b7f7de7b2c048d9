import type { SdkDatabase } from './database.ts'
import { assertStorable, isServerTime, refused, type Change, type Query, type Value } from './requests.ts'

/** Turns requests into the SDK's commands; what could widen a guard or lose a value on the way is refused. */
export function createEncoding(db: SdkDatabase) {
  const command = db.command

  const encodeQuery = (query: Query): object => {
    const { $or, ...rest } = query
    const conditions = Object.fromEntries(Object.entries(rest).map(([path, value]) => [path, encodeCondition(value)]))
    if ($or === undefined) return conditions
    if (!Array.isArray($or)) throw refused('$or takes a list')
    const alternatives = command.or($or.map((alternative: Query) => encodeQuery(alternative)))
    return Object.keys(conditions).length === 0 ? alternatives : command.and([conditions, alternatives])
  }
  const encodeCondition = (value: Query[string]): object => {
    if (value === null || typeof value !== 'object' || value instanceof Date) return command.eq(value)
    if ('contains' in value) {
      const { contains, ...others } = value
      if (typeof contains !== 'string' || contains === '' || Object.keys(others).length > 0)
        throw refused('contains takes a text, alone')
      return db.RegExp({ regexp: escapeForRegExp(contains), options: 'i' })
    }
    const parts = Object.entries(value).map(([operator, operand]) => {
      if (operator === 'exists') return command.exists(operand)
      if (operator === 'in') return command.in(operand)
      return comparison(operator, isServerTime(operand) ? db.serverDate({ offset: operand.serverTime }) : operand)
    })
    const [first, ...others] = parts
    if (first === undefined) throw refused('an empty condition')
    return others.length === 0 ? first : command.and(first, ...others)
  }
  const comparison = (operator: string, operand: unknown) => {
    switch (operator) {
      case 'gt':
        return command.gt(operand)
      case 'gte':
        return command.gte(operand)
      case 'lt':
        return command.lt(operand)
      case 'lte':
        return command.lte(operand)
      case 'neq':
        return command.neq(operand)
      default:
        throw refused(`unknown operator ${operator}`)
    }
  }
  const encodeValue = (value: Value): unknown => {
    if (isServerTime(value)) return db.serverDate({ offset: value.serverTime })
    if (Array.isArray(value)) return value.map((item: Value) => encodeValue(item))
    if (value === null || typeof value !== 'object' || value instanceof Date) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => [name, encodeValue(member)]),
    )
  }
  // Objects need `set`, or the SDK flattens them; a server time must stand bare, or it is sent as a plain object.
  const encodeChange = (change: Change): Record<string, unknown> => {
    const encoded: Record<string, unknown> = {}
    for (const [path, value] of Object.entries(change.set ?? {})) {
      if (value === undefined) continue
      assertStorable(path, value)
      encoded[path] = isServerTime(value) ? encodeValue(value) : command.set(encodeValue(value))
    }
    for (const path of change.unset ?? []) encoded[path] = command.remove()
    for (const [path, by] of Object.entries(change.inc ?? {})) encoded[path] = command.inc(by)
    for (const [path, item] of Object.entries(change.push ?? {})) encoded[path] = command.push([encodeValue(item)])
    if (Object.keys(encoded).length === 0) throw refused('an update without a change')
    return encoded
  }
  const encodeDocument = (document: Readonly<Record<string, Value | undefined>>): Record<string, unknown> => {
    const encoded: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(document)) {
      if (value === undefined) continue
      assertStorable(name, value)
      encoded[name] = encodeValue(value)
    }
    return encoded
  }

  return { encodeQuery, encodeChange, encodeDocument }
}

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
