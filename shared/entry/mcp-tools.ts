import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import * as v from 'valibot'
import { offeredOperations, rehearsed } from '../domain/agents/offered.ts'
import { confirmation, dryRun, planShape } from '../domain/agents/shapes.ts'
import { ownTools } from '../domain/agents/own-tools.ts'
import { idempotencyKey } from '../domain/inputs.ts'
import type { Operation } from '../domain/operation.ts'
import { lazily } from '../domain/described-fields.ts'
import { isRecord } from '../record.ts'
import type { Language } from '../words/language.ts'
import { inputSchema, namedSchemas, outputSchema, type JsonSchema } from './json-schema.ts'
import { sentences } from './openapi.ts'

const known = new Map<Language, Promise<readonly Tool[]>>()

/** Every tool, made from the rows that serve it. */
export function describeTools(language: Language): Promise<readonly Tool[]> {
  const described = known.get(language) ?? makeTools(language)
  known.set(language, described)
  return described
}

async function makeTools(language: Language): Promise<readonly Tool[]> {
  const offered = [...(await offeredOperations())].map(([tool, [name, row]]) =>
    describeOperation(tool, name, row, language),
  )
  const own = Object.entries(ownTools).map(([name, { summary, input, kind, destructive = false }]): Tool => ({
    name,
    title: summary[language],
    description: summary[language],
    inputSchema: objectSchema(inputSchema(input), language),
    annotations: hints(kind === 'reading', destructive, kind === 'reading'),
  }))
  return [...own, ...offered]
}

function describeOperation(tool: string, name: string, row: Operation, language: Language): Tool {
  const { summary, kind, destructive, repeatable = false, getRole, role } = row
  const isReading = kind === 'reading'
  const input = {
    ...row.input,
    ...(!isReading && { idempotencyKey }),
    ...(destructive !== undefined && { confirmation: v.optional(confirmation) }),
    ...(rehearsed.has(name) && { dryRun: v.optional(dryRun) }),
  }
  const asks = getRole === undefined ? role : `${role} (get: ${getRole})`
  return {
    name: tool,
    title: summary[language],
    description: [summary[language], ...(language === 'en' ? [`Role: ${asks}.`, ...sentences(row)] : [])].join(
      language === 'en' ? ' ' : '',
    ),
    inputSchema: objectSchema(inputSchema(input), language),
    outputSchema: answerSchema(row, rehearsed.has(name), language),
    annotations: hints(isReading, destructive !== undefined, isReading || repeatable),
  }
}

const hints = (readOnlyHint: boolean, destructiveHint: boolean, idempotentHint: boolean): Tool['annotations'] => ({
  readOnlyHint,
  destructiveHint,
  idempotentHint,
  openWorldHint: true,
})

/** Operations answer objects, which the protocol asks to be said at the root. */
function answerSchema({ output, destructive }: Operation, canRehearse: boolean, language: Language): SchemaOfObject {
  const data = outputSchema(output())
  const others = [
    ...(destructive === undefined ? [] : [outputSchema(planShape)]),
    ...(canRehearse ? [{ type: 'object', properties: { dryRun: { const: true } }, required: ['dryRun'] }] : []),
  ]
  return objectSchema(others.length === 0 ? data : { anyOf: [data, ...others] }, language)
}

const named = lazily(namedSchemas)

type SchemaOfObject = JsonSchema & { readonly type: 'object' }

/** By itself, in one language, with room for what a later version may answer besides. */
function objectSchema(schema: JsonSchema, language: Language): SchemaOfObject {
  const shapes = named()
  const used = new Map<string, JsonSchema>()
  const collect = (part: JsonSchema): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const shape = shapes[name]
      if (used.has(name) || !shape) continue
      used.set(name, shape)
      collect(shape)
    }
  }
  collect(schema)
  const whole = { ...schema, ...(used.size > 0 && { $defs: Object.fromEntries(used) }) }
  const text = JSON.stringify(inLanguage(whole, language)).replaceAll('"#/components/schemas/', '"#/$defs/')
  return { ...JSON.parse(text), type: 'object' }
}

function inLanguage(schema: JsonSchema, language: Language): JsonSchema {
  const clean = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(clean) : isRecord(value) ? inLanguage(value, language) : value
  const { zh, ...rest } = schema
  return Object.fromEntries(
    Object.entries(rest).map(([keyword, value]) => [
      keyword,
      keyword === 'description' && language === 'zh' && typeof zh === 'string'
        ? zh
        : keyword === 'examples' || keyword === 'enum'
          ? value
          : clean(value),
    ]),
  )
}

/** Rows that were found in WeChat's directory, as an agent reads them. */
export function describeRows(found: unknown, language: Language): unknown {
  if (!Array.isArray(found)) return found
  const rows: readonly (readonly [name: string, row: Operation])[] = found
  return {
    items: rows.map(([operation, { summary, role, kind, input, endpoint }]) => ({
      operation,
      summary: summary[language],
      role,
      tool: kind === 'reading' ? 'read_wechat' : 'change_wechat',
      inputSchema: objectSchema(inputSchema(input), language),
      ...(endpoint && { documentation: endpoint.link }),
    })),
  }
}
