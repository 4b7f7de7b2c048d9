import { Query } from 'mingo/query'
import { notEmulated, requestFailed } from './errors.ts'
import { queryEngine } from './operators.ts'
import { isPlainObject } from './values.ts'
import type { Document } from './values.ts'

/** What stands at a path: `missing` when nothing does but it could be created. */
export type Place = { readonly missing: true } | { readonly missing: false; readonly value: unknown }

const missing: Place = { missing: true }

/** Looks a plain path up the way MongoDB does before it creates what lacks; refuses where that is impossible. */
export function placeAt(document: Document, path: string): Place {
  let value: unknown = document
  const names = path.split('.')
  for (const [depth, name] of names.entries()) {
    if (Array.isArray(value)) {
      if (!/^\d+$/.test(name)) throw cannotCreate(name, names, depth, value)
      if (Number(name) >= value.length) return missing
      value = value[Number(name)]
    } else if (isPlainObject(value)) {
      if (!Object.hasOwn(value, name)) return missing
      value = value[name]
    } else {
      throw cannotCreate(name, names, depth, value)
    }
  }
  return { missing: false, value }
}

const cannotCreate = (name: string, names: readonly string[], depth: number, value: unknown) =>
  requestFailed(`Cannot create field '${name}' in element {${names[depth - 1]}: ${JSON.stringify(value)}}`)

/** The same without refusing, for operators that leave an impossible path alone. */
export function valueAt(document: Document, path: string): Place {
  try {
    return placeAt(document, path)
  } catch {
    return missing
  }
}

/** Writes `a.$.b` and `a.$[].b` as the plain paths they stand for in this document. */
export function plainPaths(document: Document, path: string, query: Record<string, unknown>): string[] {
  const match = /^(.+?)\.\$(\[[^\]]*\])?(?=\.|$)(.*)$/.exec(path)
  if (match === null) return [path]
  const [, list = '', brackets, rest = ''] = match
  if (brackets !== undefined && brackets !== '[]') throw notEmulated('array filters')
  const place = valueAt(document, list)
  if (place.missing || !Array.isArray(place.value)) {
    throw requestFailed(`The path '${list}' must exist in the document in order to apply array updates.`)
  }
  const items: unknown[] = place.value
  const positions = brackets === undefined ? [matchedPosition(items, list, query)] : [...items.keys()]
  return positions.flatMap((position) => plainPaths(document, `${list}.${position}${rest}`, query))
}

function matchedPosition(items: readonly unknown[], list: string, query: Record<string, unknown>): number {
  const conditions = Object.entries(query).filter(([name]) => name === list || name.startsWith(`${list}.`))
  if (conditions.length === 0) {
    throw requestFailed('The positional operator did not find the match needed from the query.')
  }
  if (list.includes('.')) throw notEmulated('the positional operator below a dotted path')
  const test = new Query(Object.fromEntries(conditions), queryEngine)
  const position = items.findIndex((item) => test.test({ [list]: [item] }))
  if (position < 0) throw requestFailed('The positional operator did not find the match needed from the query.')
  return position
}

/** The paths of one update; none may be another or lie below it. */
export class ChangedPaths {
  private readonly whole = new Set<string>()
  private readonly above = new Set<string>()

  add(path: string): void {
    const parents = path.split('.').map((_, depth, names) => names.slice(0, depth).join('.'))
    if (this.whole.has(path) || this.above.has(path) || parents.some((parent) => this.whole.has(parent))) {
      throw requestFailed(`Updating the path '${path}' would create a conflict at '${path}'`)
    }
    this.whole.add(path)
    for (const parent of parents) this.above.add(parent)
  }
}
