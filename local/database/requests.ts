import * as v from 'valibot'
import { limits } from './limits.ts'
import { invalidParam } from './errors.ts'

const name = v.pipe(v.string(), v.nonEmpty(), v.maxBytes(limits.maxCollectionNameBytes))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const transactionId = v.optional(v.string())

/** Members that hold Extended JSON arrive as text. Members the SDK adds to every request are let through unread. */
const requestSchemas = {
  insert: v.object({ collectionName: name, data: v.array(v.string()), transactionId }),
  get: v.object({
    collectionName: name,
    query: v.optional(v.string()),
    order: v.optional(v.string()),
    offset: v.optional(count, 0),
    limit: v.optional(count, limits.defaultQueryLimit),
    projection: v.optional(v.string(), '{}'),
    transactionId,
  }),
  count: v.object({ collectionName: name, query: v.optional(v.string()), transactionId }),
  modify: v.object({
    collectionName: name,
    query: v.optional(v.string()),
    data: v.string(),
    multi: v.optional(v.boolean(), false),
    merge: v.optional(v.boolean(), false),
    upsert: v.optional(v.boolean(), false),
    transactionId,
  }),
  modifyAndReturn: v.object({ collectionName: name, query: v.optional(v.string()), data: v.string(), transactionId }),
  remove: v.object({
    collectionName: name,
    query: v.optional(v.string()),
    multi: v.optional(v.boolean(), false),
    transactionId,
  }),
  aggregate: v.object({
    collectionName: name,
    stages: v.array(v.object({ stageKey: v.string(), stageValue: v.string() })),
  }),
  addCollection: v.object({ collectionName: name }),
  transaction: v.object({ transactionId: v.string() }),
  nothing: v.object({}),
  invokeFunction: v.object({
    function_name: v.pipe(v.string(), v.nonEmpty()),
    request_data: v.optional(v.string(), ''),
    qualifier: v.optional(v.string()),
  }),
} as const

export type RequestName = keyof typeof requestSchemas
export type RequestOf<Name extends RequestName> = v.InferOutput<(typeof requestSchemas)[Name]>

export function readRequest<Name extends RequestName>(name: Name, body: unknown): RequestOf<Name> {
  return parse<(typeof requestSchemas)[Name]>(requestSchemas[name], body)
}

const envelope = v.looseObject({ action: v.string(), collectionName: v.optional(v.string()) })

export type Envelope = v.InferOutput<typeof envelope>

export function readEnvelope(text: string): Envelope {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw invalidParam('((the body is not JSON))')
  }
  return parse(envelope, body)
}

function parse<Schema extends v.GenericSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body)
  if (result.success) return result.output
  const [issue] = result.issues
  throw invalidParam(`((${v.getDotPath(issue) ?? 'body'}: ${issue.message}))`)
}
