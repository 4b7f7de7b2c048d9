import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import type { OperationTable } from '../domain/operation.ts'

/** OpenAPI 3.1 of all operations, made from the table that serves them. */
export function describeApi(table: OperationTable, publicBaseUrl: string): object {
  const paths = Object.fromEntries(
    Object.entries(table).map(([name, operation]) => [
      `/api/v1/${name}`,
      {
        post: {
          operationId: name,
          summary: operation.summary,
          description: `Role: ${operation.role}.`,
          tags: [name.split('.')[0]],
          ...(operation.changes && {
            parameters: [
              {
                name: 'Idempotency-Key',
                in: 'header',
                schema: { type: 'string', minLength: 1, maxLength: 128 },
                description: 'The same key repeats the first answer for 7 days.',
              },
            ],
          }),
          requestBody: { content: { 'application/json': { schema: inputSchema(operation.entries) } } },
          responses: {
            200: { description: 'Done', content: { 'application/json': { schema: success } } },
            default: {
              description: 'Refused',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
            },
          },
        },
      },
    ]),
  )
  return {
    openapi: '3.1.0',
    info: {
      title: 'Minifleet',
      version: '1',
      description: 'A WeChat third-party platform: merchants, tokens, releases.',
    },
    servers: [{ url: publicBaseUrl }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, mf_…' } },
      schemas: { Refusal: refusal },
    },
  }
}

function inputSchema(entries: v.ObjectEntries): object {
  const { $schema: _, ...schema } = toJsonSchema(v.strictObject(entries), { errorMode: 'ignore', typeMode: 'input' })
  return schema
}

const success = {
  type: 'object',
  required: ['ok', 'data'],
  properties: { ok: { const: true }, data: { type: 'object' } },
}

const refusal = {
  type: 'object',
  required: ['ok', 'error'],
  properties: {
    ok: { const: false },
    error: {
      type: 'object',
      required: ['code', 'message', 'retryable', 'requestId'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        hint: { type: 'string' },
        retryable: { type: 'boolean' },
        requestId: { type: 'string' },
        field: { type: 'string' },
        wechat: {
          type: 'object',
          properties: { errcode: { type: 'integer' }, errmsg: { type: 'string' }, path: { type: 'string' } },
        },
      },
    },
  },
}
