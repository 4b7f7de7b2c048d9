import { Failure } from '../errors.ts'

type Flaw = 'NAME_NOT_ALLOWED' | 'NESTED_TOO_DEEPLY' | 'NOT_NUMBER' | 'NOT_UNICODE' | 'TOO_MANY_VALUES'

const MAX_DEPTH = 32

/** Members and items in all: the longest lists have 2,000, and every check looks at each value a few times. */
const MAX_VALUES = 100_000

/** Names that reach an object's prototype somewhere behind the checks. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

/** Half of a surrogate pair would be stored as another text. */
const isUnicode = (text: string): boolean => !/\p{Surrogate}/u.test(text)

/**
 * Refuses what no input may hold wherever it stands, before any schema sees it: such names, texts that are not Unicode, numbers
 * that are none, and nesting beyond all measure.
 */
export function assertPlain(input: unknown): void {
  const flaw = flawOf(input, [], { left: MAX_VALUES })
  if (flaw) throw new Failure({ reason: flaw.what, field: flaw.path })
}

function flawOf(
  value: unknown,
  path: readonly string[],
  count: { left: number },
): { path: string; what: Flaw } | undefined {
  const flaw = (what: Flaw) => ({ path: path.join('.').slice(0, 200) || 'input', what })
  if (typeof value === 'string') return isUnicode(value) ? undefined : flaw('NOT_UNICODE')
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : flaw('NOT_NUMBER')
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length > MAX_DEPTH) return flaw('NESTED_TOO_DEEPLY')
  count.left -= Array.isArray(value) ? value.length : Object.keys(value).length
  if (count.left < 0) return flaw('TOO_MANY_VALUES')
  for (const [name, member] of Object.entries(value)) {
    const place = [...path, isUnicode(name) ? name : '?']
    if (forbiddenNames.has(name) || !isUnicode(name))
      return { path: place.join('.').slice(0, 200), what: 'NAME_NOT_ALLOWED' }
    const found = flawOf(member, place, count)
    if (found) return found
  }
  return undefined
}

/** The schema library takes a list for an object where no member is required. */
export function assertNoListForObject(schema: object, input: unknown): void {
  const path = findListForObject(schema, input, [])
  if (!path) return
  const field = path.join('.')
  throw new Failure('NOT_OBJECT', field === '' ? {} : { field })
}

type Path = readonly string[]

function findListForObject(schema: object, value: unknown, path: Path): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, wrapped, item, entries, options } = membersOf(schema)
  if (isObject(wrapped)) return findListForObject(wrapped, value, path)
  if (type === 'record' || isObject(entries)) {
    if (Array.isArray(value)) return path
    const found = Object.entries(value).map(([name, member]) => {
      const inner = Object.hasOwn(entries ?? {}, name) ? membersOf(entries)[name] : undefined
      return isObject(inner) ? findListForObject(inner, member, [...path, name]) : undefined
    })
    return found.find((one) => one !== undefined)
  }
  if (type === 'array' && isObject(item) && Array.isArray(value)) {
    const found = value.map((member: unknown, index) => findListForObject(item, member, [...path, String(index)]))
    return found.find((one) => one !== undefined)
  }
  if (type === 'union' && Array.isArray(options)) {
    const found = options.filter(mayTakeObjects).map((option) => findListForObject(option, value, path))
    return found.every((one) => one !== undefined) ? found[0] : undefined
  }
  return undefined
}

/** An alternative for texts or numbers says nothing of lists. */
const mayTakeObjects = (option: unknown): option is object =>
  isObject(option) &&
  !['string', 'number', 'boolean', 'literal', 'picklist', 'null'].includes(String(membersOf(option)['type']))

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const membersOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? { ...value } : {})
