import { allOperations } from '../domain/operations/table.ts'
import { idempotencyKey as keyShape } from '../domain/inputs.ts'
import type { Operation } from '../domain/operation.ts'
import { codesByStatus } from '../error-codes.ts'
import { complete, exampleOf } from './examples.ts'
import { forOpenApi, inEnglish, inputSchema, namedSchemas, outputSchema, type JsonSchema } from './json-schema.ts'
import { deliveredEvent } from './openapi-events.ts'
import { signInPaths } from './openapi-sign-in.ts'

/** OpenAPI 3.1 of all operations, made from the rows that serve them. */
export async function describeApi(publicBaseUrl: string): Promise<object> {
  const table = Object.entries(await allOperations())
  const shapes: Readonly<Record<string, JsonSchema>> = { ...namedSchemas(), Refusal: refusal }
  const named = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, forOpenApi(complete(shape, shapes))]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Minifleet',
      version: '1',
      summary: 'A WeChat third-party platform: merchants, tokens, releases, events.',
      description:
        'Every operation is POST /api/v1/{operation} with its input as a JSON object. How to use it: docs/business-servers.md.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      contact: { name: 'Whoever runs this platform', url: publicBaseUrl },
    },
    servers: [{ url: publicBaseUrl, description: 'This platform' }],
    security: [{ apiKey: [] }],
    tags: [...new Set(table.map(([name]) => nounOf(name))), 'openapi'].toSorted().map((name) => ({
      name,
      description: `Operations ${name}.*`,
    })),
    paths: {
      ...Object.fromEntries(
        table.map(([name, row]) => [`/api/v1/${name}`, { post: describeOperation(name, row, named) }]),
      ),
      ...signInPaths(answered),
      '/api/v1/openapi.json': { get: ownDescription },
    },
    webhooks: { event: { post: deliveredEvent } },
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, mf_…, or the token of a session, mfs_…' },
      },
      parameters: { idempotencyKey },
      headers,
      responses: Object.fromEntries(
        statuses.map(({ name, description, extra }) => [name, refused(description, extra)]),
      ),
      schemas: named,
    },
  }
}

const nounOf = (name: string): string => name.split('.')[0] ?? name

const refer = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

function describeOperation(name: string, row: Operation, named: Readonly<Record<string, JsonSchema>>): object {
  const { summary, role, getRole, kind, input, output, example, endpoint } = row
  const takes = inEnglish(
    complete(inputSchema(kind === 'changing' ? { ...input, idempotencyKey: keyShape } : input), named),
  )
  const data = forOpenApi(complete(outputSchema(output()), named))
  return {
    operationId: name,
    summary: summary.en,
    description: [
      `Role: ${getRole === undefined ? role : `${role}; ${getRole} for the action get`}.`,
      ...sentences(row),
    ].join(' '),
    'x-role': role,
    ...(endpoint && { 'x-wechat': wechatOf(endpoint), externalDocs: { url: endpoint.link } }),
    tags: [nounOf(name)],
    ...(kind === 'changing' && { parameters: [refer('parameters', 'idempotencyKey')] }),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: takes, example: Object.assign({}, exampleOf(takes, named, true), example) },
      },
    },
    responses: answered(data, exampleOf(data, named)),
  }
}

const answered = (data: object, example: unknown): object => ({
  200: {
    description: 'Done',
    headers: { 'X-Request-Id': refer('headers', 'requestId') },
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['ok', 'data'],
          properties: {
            ok: { type: 'boolean', const: true, description: 'It was done', examples: [true] },
            data: { description: 'What was asked for', ...data },
          },
        },
        example: { ok: true, data: example },
      },
    },
  },
  ...Object.fromEntries(statuses.map((status) => [status.status, refer('responses', status.name)])),
})

function wechatOf({ method, path, query, body }: NonNullable<Operation['endpoint']>): object {
  const schemas = [query, body].flatMap((part) => (part ? [inputSchema({ part: part() })] : []))
  const action = schemas
    .map((schema) => /"action":\{"const":"(\w+)"/.exec(JSON.stringify(schema))?.[1])
    .find((word) => word !== undefined)
  return { method, path, ...(action !== undefined && { action }) }
}

export const sentences = ({ kind, destructive, repeatable, rehearsedBy }: Operation): readonly string[] => [
  ...(kind === 'changing' ? ['Changes something.'] : []),
  ...(kind === 'lending' ? ['Written to the activity log each time.'] : []),
  ...(destructive === true ? ['Users see what it does, or it is not simply undone.'] : []),
  ...(typeof destructive === 'string' ? [`With ${destructive} it is not simply undone.`] : []),
  ...(repeatable ? ['Once more has no further effect.'] : []),
  ...(rehearsedBy ? [`What it would do: ${rehearsedBy.join(', ')}.`] : []),
]

const text = (description: string, example: string): JsonSchema => ({
  type: 'string',
  description,
  examples: [example],
})

const headers = {
  requestId: {
    description: 'Names this call in the log',
    schema: text('Names this call', 'a1b2c3'),
    example: 'a1b2c3',
  },
  retryAfter: {
    description: 'Seconds until it is worth while to ask again',
    schema: { type: 'integer', description: 'Seconds', examples: [60] },
    example: 60,
  },
  allow: { description: 'The methods that are taken', schema: text('Methods', 'POST, GET'), example: 'POST, GET' },
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 128, examples: ['order-7-release'] },
  description:
    'The same key repeats the first answer for 7 days; an error that is retryable frees it. The same key with other input is CONFLICT.',
}

interface Status {
  readonly status: number
  readonly name: string
  readonly description: string
  readonly extra: object
}

const ownCodes: readonly [number, readonly string[]][] = [
  [405, ['INVALID_ARGUMENT']],
  [413, ['INVALID_ARGUMENT']],
]

const meanings: Readonly<Record<number, string>> = {
  405: 'Another method than those of Allow',
  413: 'The body has more than 100 KB',
}

const statuses: readonly Status[] = [...codesByStatus(), ...ownCodes]
  .toSorted(([a], [b]) => a - b)
  .map(([status, codes]) => ({
    status,
    name: `Refused${status}`,
    description: `${meanings[status] ?? 'Refused'}: ${codes.join(', ')}`,
    extra: {
      ...(status === 429 && { 'Retry-After': refer('headers', 'retryAfter') }),
      ...(status === 405 && { Allow: refer('headers', 'allow') }),
    },
  }))

const refused = (description: string, extra: object): object => ({
  description,
  headers: { 'X-Request-Id': refer('headers', 'requestId'), ...extra },
  content: { 'application/json': { schema: refer('schemas', 'Refusal') } },
})

const refusal: JsonSchema = {
  type: 'object',
  description: 'Why it was not done',
  required: ['ok', 'error'],
  properties: {
    ok: { type: 'boolean', const: false, description: 'It was not done', examples: [false] },
    error: {
      type: 'object',
      description: 'Nothing decides by the texts of it',
      required: ['code', 'reason', 'message', 'retryable', 'requestId'],
      properties: {
        code: { type: 'string', enum: [...codesByStatus().values()].flat(), description: 'Kind of error' },
        reason: text('Why: a word of docs/reasons.md', 'NOT_ONE_OF'),
        params: { type: 'object', description: 'What the words name', examples: [{ choices: 'viewer, operator' }] },
        message: text('What went wrong, in the language asked for', 'There is no such admin'),
        hint: text('What to do next', 'See admins.list.'),
        retryable: { type: 'boolean', description: 'The same call may succeed later', examples: [false] },
        requestId: text('Names this call in the log', 'a1b2c3'),
        field: text('Path of the first bad field', 'id'),
        wechat: {
          type: 'object',
          description: 'What WeChat said',
          required: ['errcode', 'errmsg', 'path'],
          properties: {
            errcode: { type: 'integer', description: "WeChat's number", examples: [85009] },
            errmsg: text("WeChat's words", 'already submit a version under auditing'),
            path: text('What was called', '/wxa/submit_audit'),
          },
        },
      },
    },
  },
}

const ownDescription = {
  operationId: 'openapi.json',
  summary: 'This document',
  description: 'Needs no key.',
  tags: ['openapi'],
  security: [],
  responses: {
    200: {
      description: 'OpenAPI 3.1',
      content: { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } } },
    },
    405: refer('responses', 'Refused405'),
  },
}
