import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema'
import * as v from 'valibot'
import * as answers from '../domain/answers.ts'
import { integer } from '../wechat/endpoints/shapes.ts'
import { isRecord } from '../record.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** Shapes that several operations answer are told once, under a name. */
const named: Readonly<Record<string, readonly [description: string, shape: () => v.GenericSchema]>> = {
  Problem: ['What is wrong, and its cure', answers.problem],
  OpenProblem: ['What is wrong at present, and its cure', answers.openProblem],
  Binding: ['One businessId tied to one authorizer', answers.binding],
  Authorizer: ['An account that authorized the platform', answers.authorizer],
  Release: ['One version of the code of one account on its way', answers.release],
  RolledBack: ['The release that was left', answers.rolledBack],
  Rollout: ['One template shipped to many accounts', answers.rollout],
  RolloutItem: ['One account of a rollout', answers.rolloutItem],
  Draft: ["A draft, in WeChat's words", answers.draft],
  Template: ["A template, in WeChat's words", answers.template],
  Subscription: ['Where events are delivered', answers.subscription],
  Delivery: ['One event on its way to one subscription', answers.delivery],
  DeliveryOutcome: ['How one attempt went', answers.deliveryOutcome],
  PlatformDomains: ["One of the platform's lists of domains", answers.platformDomains],
  Token: ['An access token that is lent', answers.token],
  Image: ['A file inside JSON', answers.image],
  Event: ['Something that happened', answers.event],
}

const config: ConversionConfig = {
  target: 'draft-2020-12',
  errorMode: 'ignore',
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  overrideSchema: ({ valibotSchema }) => {
    // The only custom shape is "any JSON object".
    if (valibotSchema.type === 'custom' || isAnyObject(valibotSchema))
      return { type: 'object', additionalProperties: true }
    return valibotSchema === integer.pipe[0] ? { type: 'integer' } : undefined
  },
}

const isAnyObject = (schema: object): boolean =>
  'type' in schema &&
  (schema.type === 'object' || schema.type === 'loose_object') &&
  'entries' in schema &&
  Object.keys(Object(schema.entries)).length === 0

const definitions = (): Record<string, v.GenericSchema> =>
  Object.fromEntries(Object.entries(named).map(([name, [, shape]]) => [name, shape()]))

/** What an operation takes; `strict_object` says which members there are. */
export const inputSchema = (entries: v.ObjectEntries): JsonSchema =>
  withoutDefinitions(toJsonSchema(v.strictObject(entries), { ...config, typeMode: 'input' }))

/** The rules of the same alone, each that names its reason with it under `flaw`: a page that asks holds what is typed to them. */
export const inputRules = (entries: v.ObjectEntries): JsonSchema =>
  withoutKeywords(
    withoutDefinitions(
      toJsonSchema(v.strictObject(entries), {
        ...config,
        typeMode: 'input',
        overrideAction: ({ valibotAction, jsonSchema }) => withFlaw(jsonSchema, valibotAction),
        overrideSchema: (context) =>
          config.overrideSchema?.(context) ?? withFlaw(context.jsonSchema, context.valibotSchema),
      }),
    ),
    (keyword) => ['default', 'description', 'examples', 'format', 'title', 'zh'].includes(keyword),
  )

const withFlaw = <S extends object>(schema: S, rule: object): (S & { readonly flaw: string }) | undefined =>
  'message' in rule && typeof rule.message === 'string' ? { ...schema, flaw: rule.message } : undefined

export const outputSchema = (schema: v.GenericSchema): JsonSchema =>
  withoutDefinitions(toJsonSchema(schema, { ...config, typeMode: 'output', definitions: definitionsIn(schema) }))

/** The named shapes that it refers to. The library converts all that it is given, which for every operation took a second. */
function definitionsIn(schema: v.GenericSchema): Record<string, v.GenericSchema> {
  const known = Object.entries(definitions())
  const shapes = new Set<unknown>(known.map(([, shape]) => shape))
  const met = new Set<unknown>()
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || met.has(part)) return
    met.add(part)
    if (!shapes.has(part)) Object.values(part).forEach(look)
  }
  look(schema)
  return Object.fromEntries(known.filter(([, shape]) => met.has(shape)))
}

/** The shapes under their names. */
export const namedSchemas = (): Readonly<Record<string, JsonSchema>> => {
  const converted = toJsonSchemaDefs(definitions(), config)
  return Object.fromEntries(
    Object.entries(named).map(([name, [description]]) => [
      name,
      { description, ...withFormats({ ...converted[name] }) },
    ]),
  )
}

/** Without what is said in Chinese, and with room for what a later version may answer besides. */
export const forOpenApi = (schema: JsonSchema): JsonSchema =>
  withoutKeywords(
    schema,
    (keyword, value) => keyword === 'zh' || (keyword === 'additionalProperties' && value === false),
  )

/** The same for what is taken, where members that are not named are refused. */
export const inEnglish = (schema: JsonSchema): JsonSchema => withoutKeywords(schema, (keyword) => keyword === 'zh')

function withoutKeywords(schema: JsonSchema, isLeftOut: (keyword: string, value: unknown) => boolean): JsonSchema {
  const clean = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(clean) : isRecord(value) ? withoutKeywords(value, isLeftOut) : value
  // Names of members, one of which may be that of a keyword.
  const cleanMembers = (value: unknown): unknown =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, clean(member)])) : value
  const cleanValue = (keyword: string, value: unknown): unknown => {
    if (keyword === 'examples' || keyword === 'enum') return value
    return keyword === 'properties' ? cleanMembers(value) : clean(value)
  }
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword, value]) => !isLeftOut(keyword, value))
      .map(([keyword, value]) => [keyword, cleanValue(keyword, value)]),
  )
}

export const propertiesOf = ({ properties }: JsonSchema): [string, JsonSchema][] =>
  Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, member]) =>
    isRecord(member) ? [[name, member]] : [],
  )

const withoutDefinitions = (schema: object): JsonSchema => {
  const { $schema: _schema, $defs: _defs, ...rest }: JsonSchema = { ...schema }
  return withFormats(rest)
}

/** What a text is an example of tells its format. */
const formats: readonly (readonly [format: string, example: RegExp])[] = [
  ['uri', /^https:\/\//],
  ['email', /^[^@\s]+@[^@\s]+$/],
]

function withFormats(schema: JsonSchema): JsonSchema {
  const look = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(look) : isRecord(value) ? withFormats(value) : value
  const { type, examples } = schema
  const example: unknown = type === 'string' && Array.isArray(examples) ? examples[0] : undefined
  const format = typeof example === 'string' && formats.find(([, form]) => form.test(example))?.[0]
  return {
    ...Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, look(value)])),
    ...(typeof format === 'string' && { format }),
  }
}
