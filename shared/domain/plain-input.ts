import { Failure } from '../errors.ts'

const MAX_DEPTH = 32

/** Names that reach an object's prototype somewhere behind the checks. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

/** Half of a surrogate pair would be stored as another text. */
const isUnicode = (text: string): boolean => !/\p{Surrogate}/u.test(text)

/**
 * Refuses what no input may hold wherever it stands, before any schema sees it: such names, texts that are not Unicode, numbers
 * that are none, and nesting beyond all measure.
 */
export function assertPlain(input: unknown): void {
  const flaw = flawOf(input, [])
  if (flaw) throw new Failure('INVALID_ARGUMENT', `${flaw.path}: ${flaw.what}`, { field: flaw.path })
}

function flawOf(value: unknown, path: readonly string[]): { path: string; what: string } | undefined {
  const flaw = (what: string) => ({ path: path.join('.').slice(0, 200) || 'input', what })
  if (typeof value === 'string') return isUnicode(value) ? undefined : flaw('is not well-formed Unicode')
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : flaw('is not a number')
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length > MAX_DEPTH) return flaw('is nested too deeply')
  for (const [name, member] of Object.entries(value)) {
    const place = [...path, isUnicode(name) ? name : '?']
    if (forbiddenNames.has(name) || !isUnicode(name))
      return { path: place.join('.').slice(0, 200), what: 'has a name that is not allowed' }
    const found = flawOf(member, place)
    if (found) return found
  }
  return undefined
}
