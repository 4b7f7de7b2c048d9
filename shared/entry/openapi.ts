import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import type { Operation, OperationTable } from '../domain/operation.ts'
import { codesByStatus } from '../error-codes.ts'
import { answerOf, answerSchemas, type Schema, params } from './openapi-answers.ts'

/** OpenAPI 3.1 of all operations, made from the table that serves them. */
export function describeApi(table: OperationTable, publicBaseUrl: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Minifleet',
      version: '1',
      summary: 'A WeChat third-party platform: merchants, tokens, releases, events.',
      description:
        'Every operation is POST /api/v1/{operation} with its input as a JSON object. How to use it: docs/business-servers.md.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicBaseUrl }],
    security: [{ apiKey: [] }],
    tags: [...new Set(Object.keys(table).map(tagOf))].map((name) => ({ name })),
    paths: {
      ...Object.fromEntries(
        Object.entries(table).map(([name, operation]) => [
          `/api/v1/${name}`,
          { post: describeOperation(name, operation) },
        ]),
      ),
      '/api/v1/openapi.json': { get: ownDescription },
    },
    webhooks: { event: { post: deliveredEvent } },
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, mf_…' } },
      parameters: { idempotencyKey },
      headers: { requestId },
      responses: { Refused: refusals(400, 500), Failed: refusals(500, 600) },
      schemas: { ...answerSchemas, Event: event, ErrorCode: { type: 'string', enum: allCodes }, Refusal: refusal },
    },
  }
}

const tagOf = (name: string): string => name.split('.')[0] ?? name

const describeOperation = (name: string, { summary, role, changes, lends, entries }: Operation): object => ({
  operationId: name,
  summary,
  description: [
    `Role: ${role}.`,
    ...(changes ? ['Changes something.'] : []),
    ...(lends ? ['Written to the activity log each time.'] : []),
  ].join(' '),
  tags: [tagOf(name)],
  ...(changes && { parameters: [{ $ref: '#/components/parameters/idempotencyKey' }] }),
  requestBody: { required: true, content: { 'application/json': { schema: inputSchema(entries) } } },
  responses: {
    200: {
      description: 'Done',
      headers: { 'X-Request-Id': { $ref: '#/components/headers/requestId' } },
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['ok', 'data'],
            properties: { ok: { type: 'boolean', const: true }, data: answerOf(name) },
          },
        },
      },
    },
    '4XX': { $ref: '#/components/responses/Refused' },
    '5XX': { $ref: '#/components/responses/Failed' },
  },
})

/** Rules over several fields, and those that only code can state, are told by the refusal. */
function inputSchema(entries: v.ObjectEntries): object {
  const { $schema: _schema, ...schema } = toJsonSchema(v.strictObject(entries), {
    errorMode: 'ignore',
    typeMode: 'input',
    // The only custom shape is "any JSON object".
    overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? { type: 'object' } : undefined),
  })
  return schema
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 128 },
  description:
    'The same key repeats the first answer for 7 days; an error that is retryable frees it. The same key with other input is CONFLICT.',
}

const requestId = { description: 'Names this call in the log', schema: { type: 'string' } }

const allCodes: readonly string[] = [...codesByStatus().values()].flat()

/** The whole is kept below 100 KB, so statuses are told once, not with each operation. */
const refusals = (from: number, to: number): object => ({
  description: [...codesByStatus()]
    .filter(([status]) => status >= from && status < to)
    .map(([status, codes]) => `${status}: ${codes.join(', ')}.`)
    .join(' '),
  headers: { 'X-Request-Id': { $ref: '#/components/headers/requestId' } },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
})

const refusal: Schema = {
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { type: 'boolean', const: false },
    error: {
      type: 'object',
      required: ['code', 'reason', 'message', 'retryable', 'requestId'],
      properties: {
        code: { $ref: '#/components/schemas/ErrorCode' },
        reason: { type: 'string', description: 'Why, as a stable word; docs/reasons.md lists them' },
        params,
        message: { type: 'string', description: 'What went wrong' },
        hint: { type: 'string', description: 'What to do next' },
        retryable: { type: 'boolean', description: 'The same call may succeed later' },
        requestId: { type: 'string' },
        field: { type: 'string', description: 'Path of the first bad field' },
        wechat: {
          type: 'object',
          required: ['errcode', 'errmsg', 'path'],
          properties: { errcode: { type: 'integer' }, errmsg: { type: 'string' }, path: { type: 'string' } },
        },
      },
    },
  },
}

const ownDescription = {
  operationId: 'openapi.json',
  summary: 'This document',
  security: [],
  responses: {
    200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
  },
}

const event: Schema = {
  type: 'object',
  required: ['id', 'type', 'timestamp', 'data'],
  properties: {
    id: { type: 'string', description: 'The same for every attempt; also the webhook-id' },
    type: {
      type: 'string',
      description:
        'wechat.<InfoType or Event>, binding.bound, binding.revoked, release.approved, release.rejected, release.released, rollout.completed, rollout.paused, problem.opened, problem.closed, subscription.test',
    },
    timestamp: { type: 'string', format: 'date-time', description: 'When it happened' },
    appid: { type: 'string' },
    businessId: { type: 'string' },
    data: { type: 'object' },
  },
}

const signatureHeader = (name: string, description: string): object => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description,
})

const deliveredEvent = {
  summary: 'An event, delivered to the url of a subscription and signed as Standard Webhooks describes',
  security: [],
  parameters: [
    signatureHeader('webhook-id', 'Names the event: an id that was seen before is a repetition'),
    signatureHeader('webhook-timestamp', 'Unix seconds of this attempt'),
    signatureHeader('webhook-signature', 'v1,<base64>; two, separated by a space, for a day after a rotation'),
  ],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } },
  },
  responses: { '2XX': { description: 'Taken. Anything else, or nothing within 8 s: it is sent again.' } },
}
