import { propertiesOf, type JsonSchema } from './json-schema.ts'
import { isRecord } from '../record.ts'

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

type Named = Readonly<Record<string, JsonSchema>>

/** A value that fits: what the schema gives as example or default, else one made of its members'. */
export function exampleOf(schema: JsonSchema, named: Named, onlyRequired = false): unknown {
  const { $ref, examples, const: only, enum: choices, anyOf, type, items, minimum, default: standard } = schema
  if (typeof $ref === 'string') return exampleOf(named[$ref.split('/').at(-1) ?? ''] ?? {}, named, onlyRequired)
  const told = listOf(examples)[0] ?? (Array.isArray(standard) ? undefined : standard) ?? only ?? listOf(choices)[0]
  if (told !== undefined) return told
  const [first] = listOf(anyOf)
  if (isRecord(first)) return exampleOf(first, named, onlyRequired)
  switch (listOf(type)[0] ?? type) {
    case 'object':
      return Object.fromEntries(
        propertiesOf(schema)
          .filter(([name]) => !onlyRequired || listOf(schema['required']).includes(name))
          .map(([name, member]) => [name, exampleOf(member, named, onlyRequired)]),
      )
    case 'array':
      return isRecord(items) ? [exampleOf(items, named, onlyRequired)] : []
    case 'integer':
    case 'number':
      return typeof minimum === 'number' && minimum > 0 ? minimum : 1
    case 'boolean':
      return true
    default:
      return 'text'
  }
}

/** With a description and an example for every property: what nobody has told is WeChat's own. */
export function complete(schema: JsonSchema, named: Named): JsonSchema {
  const { properties, items, anyOf, ...rest } = schema
  return {
    ...rest,
    ...(isRecord(items) && { items: complete(items, named) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.filter(isRecord).map((one) => complete(one, named)) }),
    ...(isRecord(properties) && {
      properties: Object.fromEntries(
        propertiesOf(schema).map(([name, member]) => [
          name,
          {
            ...(member['description'] === undefined && { description: `WeChat's own: ${name}` }),
            ...(member['examples'] === undefined && { examples: [exampleOf(member, named)] }),
            ...complete(member, named),
          },
        ]),
      ),
    }),
  }
}
