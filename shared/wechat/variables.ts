const MAX_DEPTH = 32

interface Filling {
  readonly variables: Readonly<Record<string, string>>
  /** Makes the error to throw about one field. */
  readonly refuse: (field: string, message: string) => Error
}

/** A copy in which `{{name}}` is replaced in every text value. Names of members are left alone. */
export const fillVariables = (
  value: Readonly<Record<string, unknown>>,
  filling: Filling,
  field: string,
): Record<string, unknown> => fillRecord(value, filling, field, 1)

const fillRecord = (
  value: Readonly<Record<string, unknown>>,
  filling: Filling,
  field: string,
  depth: number,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === '__proto__') throw filling.refuse(`${field}.${name}`, `${field}.${name} is not allowed`)
      return [name, fill(member, filling, `${field}.${name}`, depth + 1)]
    }),
  )

const fill = (value: unknown, filling: Filling, field: string, depth: number): unknown => {
  if (depth > MAX_DEPTH) throw filling.refuse(field, `${field} is nested too deeply`)
  if (typeof value === 'string') return fillText(value, filling, field)
  if (Array.isArray(value)) return value.map((one, index) => fill(one, filling, `${field}.${index}`, depth + 1))
  if (typeof value === 'object' && value !== null) return fillRecord({ ...value }, filling, field, depth)
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value
  throw filling.refuse(field, `${field} is not a JSON value`)
}

/** One pass, so that a variable's own text is never read for further variables. */
const fillText = (text: string, filling: Filling, field: string): string =>
  text.replaceAll(/\{\{(.*?)\}\}|\{\{/gs, (whole, name: string | undefined) => {
    if (name === undefined || !/^[\p{L}\p{N}_.-]{1,64}$/u.test(name))
      throw filling.refuse(field, `${field} has a malformed variable ${whole.slice(0, 80)}; write {{name}}`)
    const value = Object.hasOwn(filling.variables, name) ? filling.variables[name] : undefined
    if (value === undefined) throw filling.refuse(field, `${field} uses the unknown variable {{${name}}}`)
    return value
  })
