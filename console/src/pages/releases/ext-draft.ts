import * as v from 'valibot'

const objectShape = v.pipe(
  v.custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  ),
)

/** A JSON object out of a text; an empty text is an empty object; `undefined` where it is neither. */
export const parseObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  if (text.trim() === '') return {}
  try {
    const result = v.safeParse(objectShape, JSON.parse(text))
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

export interface Row {
  readonly name: string
  readonly value: string
}

/** Rows where every value is a text, else `undefined`: then it can only be edited as JSON. */
export const rowsOf = (object: Readonly<Record<string, unknown>>): readonly Row[] | undefined => {
  const rows: Row[] = []
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== 'string') return undefined
    rows.push({ name, value })
  }
  return rows
}

export const objectOf = (rows: readonly Row[]): Record<string, string> =>
  Object.fromEntries(rows.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]))

/** The `ext` of an earlier commit. */
export const extOf = (extJson: string | undefined): Readonly<Record<string, unknown>> => {
  const ext = parseObject(extJson ?? '')?.['ext']
  const result = v.safeParse(objectShape, ext)
  return result.success ? result.output : {}
}
