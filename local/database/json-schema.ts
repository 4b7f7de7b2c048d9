import { Ajv, type ValidateFunction } from 'ajv'
import type { Options } from 'mingo/types'
import { requestFailed } from './errors.ts'
import { isPlainObject } from './values.ts'

const fitsBsonType: Readonly<Record<string, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  date: (value) => value instanceof Date,
  regex: (value) => value instanceof RegExp,
  array: Array.isArray,
  object: isPlainObject,
  number: (value) => typeof value === 'number',
  // As the SDK sends them.
  int: (value) => typeof value === 'number' && isInt32(value),
  long: (value) => typeof value === 'number' && Number.isInteger(value) && !isInt32(value),
  double: (value) => typeof value === 'number' && !Number.isInteger(value),
}

const isInt32 = (value: number): boolean => value === (value | 0)

const ajv = new Ajv({ strict: false, validateFormats: false })
ajv.addKeyword({
  keyword: 'bsonType',
  schemaType: ['string', 'array'],
  validate: (wanted: string | readonly string[], value: unknown) =>
    [wanted].flat().some((name) => fitsBsonType[name]?.(value) ?? false),
})

/** The engine's dialect is that of draft 4 with `bsonType`. */
export function $jsonSchema(_path: string, schema: unknown, _options: Options): (document: unknown) => boolean {
  let validate: ValidateFunction
  try {
    validate = ajv.compile(isPlainObject(schema) ? modernize(schema) : {})
  } catch (error) {
    throw requestFailed(`$jsonSchema: ${error instanceof Error ? error.message : String(error)}`)
  }
  return (document) => validate(document)
}

function modernizeAny(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(modernizeAny)
  return isPlainObject(value) ? modernize(value) : value
}

/** In draft 4 the bounds themselves are left out by a flag. */
function modernize(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const modern = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, modernizeAny(value)]))
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof modern[flag] !== 'boolean') continue
    if (modern[flag]) modern[flag] = modern[bound]
    else delete modern[flag]
  }
  return modern
}
