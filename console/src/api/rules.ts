import * as v from 'valibot'
import { failureOfIssue } from '../../../shared/domain/input-flaws.ts'
import type { Params } from '../../../shared/words/params.ts'

declare global {
  /** The build puts them in, from the rows: what is taken with each operation that changes something. */
  const OPERATION_RULES: Readonly<Partial<Record<string, Rule>>>
}

/** As much of JSON Schema as the rows need. */
interface Rule {
  readonly type?: string
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number | boolean
  readonly anyOf?: readonly Rule[]
  readonly properties?: Readonly<Record<string, Rule>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Rule
  readonly items?: Rule
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  /** The reason that is told where it is broken. */
  readonly flaw?: string
}

/** Something that the platform would refuse. */
export interface Flaw {
  /** Names of members, from the input inwards. */
  readonly path: readonly string[]
  readonly reason: string
  readonly params: Params
  /** The entry of a list that it is about. */
  readonly entry?: string
}

/** What an operation would refuse of an input, by the rules of its row. */
export function flawsOf(operation: string, input: object): readonly Flaw[] {
  const rule = OPERATION_RULES[operation]
  const { issues = [] } = rule ? v.safeParse(schemaOf(rule), input) : {}
  return issues.map((issue) => {
    const { reason = 'MALFORMED', params = {} } = failureOfIssue(issue)
    const steps = issue.path ?? []
    const last = steps.at(-1)
    const entry = last?.type === 'array' && typeof last.value === 'string' ? { entry: last.value } : {}
    return { path: steps.map(({ key }) => String(key)), reason, params, ...entry }
  })
}

/** The schema as it was in the row, but for rules that are code: those the platform alone can judge. */
function schemaOf(rule: Rule): v.GenericSchema {
  const { type, flaw } = rule
  if (rule.enum) return v.picklist(rule.enum)
  if (rule.const !== undefined) return v.literal(rule.const)
  if (rule.anyOf) return oneOf(rule.anyOf, flaw)
  if (type === 'boolean') return v.boolean()
  if (type === 'array') return listOf(rule)
  if (type === 'object') return objectOf(rule)
  if (type === 'string') return textOf(rule)
  return numberOf(rule)
}

const oneOf = (rules: readonly Rule[], flaw: string | undefined): v.GenericSchema => {
  const [first = {}, ...others] = rules.filter(({ type }) => type !== 'null')
  const schema = others.length === 0 ? schemaOf(first) : v.union([first, ...others].map(schemaOf), flaw)
  return rules.some(({ type }) => type === 'null') ? v.nullable(schema) : schema
}

const textOf = ({ minLength = 0, maxLength = Infinity, pattern, flaw }: Rule): v.GenericSchema => {
  const text = v.pipe(v.string(), v.minLength(minLength), v.maxLength(maxLength))
  return pattern === undefined ? text : v.pipe(text, v.regex(new RegExp(pattern, 'u'), flaw))
}

const numberOf = ({ type, minimum = -Infinity, maximum = Infinity }: Rule): v.GenericSchema => {
  const number = type === 'integer' ? v.pipe(v.number(), v.integer()) : v.number()
  return v.pipe(number, v.minValue(minimum), v.maxValue(maximum))
}

const listOf = ({ items = {}, minItems = 0, maxItems = Infinity }: Rule): v.GenericSchema =>
  v.pipe(v.array(schemaOf(items)), v.minLength(minItems), v.maxLength(maxItems))

const objectOf = ({ properties = {}, required = [], additionalProperties }: Rule): v.GenericSchema => {
  if (additionalProperties === true) return v.record(v.string(), v.unknown())
  if (additionalProperties) return v.record(v.string(), schemaOf(additionalProperties))
  return v.strictObject(
    Object.fromEntries(
      Object.entries(properties).map(([name, member]) => {
        const schema = schemaOf(member)
        return [name, required.includes(name) ? schema : v.optional(schema)]
      }),
    ),
  )
}
