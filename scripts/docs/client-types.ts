import * as v from 'valibot'

/** As much of JSON Schema as the table of operations makes use of; anything else is refused. */
interface Schema {
  readonly $ref?: string | undefined
  readonly type?: string | readonly string[] | undefined
  readonly description?: string | undefined
  readonly const?: unknown
  readonly enum?: readonly unknown[] | undefined
  readonly anyOf?: readonly Schema[] | undefined
  readonly items?: Schema | undefined
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: boolean | Schema | undefined
}

const schema: v.GenericSchema<unknown, Schema> = v.object({
  $ref: v.optional(v.string()),
  type: v.optional(v.union([v.string(), v.array(v.string())])),
  description: v.optional(v.string()),
  const: v.optional(v.unknown()),
  enum: v.optional(v.array(v.unknown())),
  anyOf: v.optional(v.array(v.lazy(() => schema))),
  items: v.optional(v.lazy(() => schema)),
  properties: v.optional(
    v.record(
      v.string(),
      v.lazy(() => schema),
    ),
  ),
  required: v.optional(v.array(v.string())),
  additionalProperties: v.optional(v.union([v.boolean(), v.lazy(() => schema)])),
})

const body = v.object({ content: v.object({ 'application/json': v.object({ schema }) }) })

const operation = v.object({
  summary: v.string(),
  description: v.string(),
  parameters: v.optional(v.array(v.unknown())),
  requestBody: body,
  responses: v.object({ 200: body }),
})

const document = v.object({
  paths: v.record(v.string(), v.object({ post: v.optional(operation) })),
  components: v.object({ schemas: v.record(v.string(), schema) }),
})

/** The parts of the OpenAPI document that are made use of here. */
export const documentSchema = (openapi: unknown): v.InferOutput<typeof document> => v.parse(document, openapi)

/** The types of the client, from the OpenAPI document alone. */
export function renderClientTypes(openapi: unknown): string {
  const { paths, components } = documentSchema(openapi)
  const table = Object.entries(paths).flatMap(([path, { post }]) =>
    post ? [{ name: path.replace('/api/v1/', ''), ...post }] : [],
  )
  return [
    '/* Made from docs/openapi.json by `npm run docs`. */',
    ...Object.entries(components.schemas).map(([name, shape]) => `export type ${name} = ${typeOf(shape)}`),
    'export interface Operations {',
    ...table.map(
      ({ name, summary, description, requestBody, responses }) =>
        `/** ${summary}. ${description} */ ${JSON.stringify(name)}: { input: ${typeOf(inputOf(requestBody))}, data: ${typeOf(dataOf(responses[200]))} }`,
    ),
    '}',
    'export type OperationName = keyof Operations',
    '/** Those that take an idempotency key. */',
    `export const changing: ReadonlySet<OperationName> = new Set<OperationName>(${JSON.stringify(table.filter(({ parameters }) => parameters).map(({ name }) => name))})`,
    '',
  ].join('\n\n')
}

type Body = v.InferOutput<typeof body>

const schemaOf = ({ content }: Body): Schema => content['application/json'].schema

/** The client sends the key as a header. */
export function inputOf(requestBody: Body): Schema {
  const { idempotencyKey: _key, ...properties } = schemaOf(requestBody).properties ?? {}
  return { ...schemaOf(requestBody), properties }
}

const dataOf = (response: Body): Schema => schemaOf(response).properties?.['data'] ?? {}

export function typeOf(shape: Schema): string {
  if (shape.$ref !== undefined) return shape.$ref.split('/').at(-1) ?? 'unknown'
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return shape.enum.map((word) => JSON.stringify(word)).join(' | ')
  if (shape.anyOf) return shape.anyOf.map(typeOf).join(' | ')
  const types = [shape.type ?? []].flat()
  return types.length === 0 ? 'unknown' : types.map((type) => typeOfKind(type, shape)).join(' | ')
}

function typeOfKind(type: string, shape: Schema): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'array':
      return `readonly (${shape.items ? typeOf(shape.items) : 'unknown'})[]`
    case 'object':
      return typeOfObject(shape)
    default:
      throw new Error(`A schema of the type ${type} has no counterpart here`)
  }
}

function typeOfObject({ properties = {}, required = [], additionalProperties }: Schema): string {
  const members = Object.entries(properties).map(([name, shape]) => {
    const note = shape.description === undefined ? '' : `/** ${shape.description} */ `
    return `${note}readonly ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(shape)}${required.includes(name) ? '' : ' | undefined'}`
  })
  if (members.length > 0) return `{ ${members.join('; ')} }`
  if (additionalProperties === false) return 'Readonly<Record<string, never>>'
  const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'
  return `Readonly<Record<string, ${values}>>`
}
