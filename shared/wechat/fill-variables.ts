const MAX_DEPTH = 32

/** Of all texts together, filled in: a short variable may stand for a long text many times. */
const MAX_CHARACTERS = 1_000_000

type Flaw =
  | 'NAME_NOT_ALLOWED'
  | 'NESTED_TOO_DEEPLY'
  | 'NOT_JSON'
  | 'PLACEHOLDER_MALFORMED'
  | 'TEXTS_TOO_LONG'
  | 'VARIABLE_MISSING'

interface Replacing {
  readonly variables: Readonly<Record<string, string>>
  /** What stands for a variable without a value. Default, and undefined: it is refused. */
  readonly lacking?: ((variable: string) => string | undefined) | undefined
  /** Makes the error to throw about one field. */
  readonly refuse: (field: string, reason: Flaw, params?: Readonly<Record<string, string | number>>) => Error
}

interface Filling extends Replacing {
  left: number
}

/** A copy in which `{{name}}` is replaced in every text value. Names of members are left alone. */
export const fillVariables = (
  value: Readonly<Record<string, unknown>>,
  replacing: Replacing,
  field: string,
): Record<string, unknown> => fillRecord(value, { ...replacing, left: MAX_CHARACTERS }, field, 1)

const fillRecord = (
  value: Readonly<Record<string, unknown>>,
  filling: Filling,
  field: string,
  depth: number,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === '__proto__') throw filling.refuse(`${field}.${name}`, 'NAME_NOT_ALLOWED')
      return [name, fill(member, filling, `${field}.${name}`, depth + 1)]
    }),
  )

const fill = (value: unknown, filling: Filling, field: string, depth: number): unknown => {
  if (depth > MAX_DEPTH) throw filling.refuse(field, 'NESTED_TOO_DEEPLY')
  if (typeof value === 'string') return fillText(value, filling, field)
  if (Array.isArray(value)) return value.map((one, index) => fill(one, filling, `${field}.${index}`, depth + 1))
  if (typeof value === 'object' && value !== null) return fillRecord({ ...value }, filling, field, depth)
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value
  throw filling.refuse(field, 'NOT_JSON')
}

/** One pass, so that a variable's own text is never read for further variables, and no character is looked at twice. */
const fillText = (text: string, filling: Filling, field: string): string => {
  const parts: string[] = []
  const add = (part: string): void => {
    filling.left -= part.length
    if (filling.left < 0) throw filling.refuse(field, 'TEXTS_TOO_LONG', { max: MAX_CHARACTERS })
    parts.push(part)
  }
  let end = 0
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', end)) {
    add(text.slice(end, start))
    add(valueAt(text, start, filling, field))
    end = text.indexOf('}}', start) + 2
  }
  add(text.slice(end))
  return parts.join('')
}

/** `{{name}}`, where it is one. */
const VARIABLE = /\{\{([\p{L}\p{N}_.-]{1,64})\}\}/uy

const valueAt = (text: string, start: number, filling: Filling, field: string): string => {
  VARIABLE.lastIndex = start
  const name = VARIABLE.exec(text)?.[1]
  if (name === undefined)
    throw filling.refuse(field, 'PLACEHOLDER_MALFORMED', { placeholder: text.slice(start, start + 80) })
  const value = Object.hasOwn(filling.variables, name) ? filling.variables[name] : undefined
  const found = value ?? filling.lacking?.(name)
  if (found === undefined) throw filling.refuse(field, 'VARIABLE_MISSING', { variable: name })
  return found
}
