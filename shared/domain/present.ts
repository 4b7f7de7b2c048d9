import type * as v from 'valibot'
import { epochMs, toIso, type EpochMs } from '../time.ts'
import { Notice, noticeOf, type KeptProblem } from '../notice.ts'
import { problem, type time } from './answers.ts'
import type { AnswerOf } from './operation.ts'

type OptionalNames<E> = { [K in keyof E]: E[K] extends { readonly type: 'optional' } ? K : never }[keyof E]

/** What is remembered for an answer: its times are numbers. */
type Remembered<E> = { readonly [K in Exclude<keyof E, OptionalNames<E>>]: Member<E[K]> } & {
  readonly [K in OptionalNames<E>]?: (E[K] extends { readonly wrapped: infer W } ? Member<W> : never) | undefined
}

type Member<S> =
  S extends ReturnType<typeof time>
    ? EpochMs
    : S extends { readonly entries: infer E }
      ? S extends ReturnType<typeof problem>
        ? Notice | KeptProblem
        : Remembered<E>
      : S extends v.GenericSchema
        ? AnswerOf<S>
        : never

/** What the answer names of a record: other members stay here, those without a value are left out, times become ISO 8601. */
export function present<E extends v.ObjectEntries>(
  schema: v.StrictObjectSchema<E, undefined>,
  record: Remembered<E>,
): AnswerOf<v.StrictObjectSchema<E, undefined>>
export function present(schema: Shape, record: object): unknown {
  return membersOf(schema, record)
}

interface Shape {
  readonly type: string
  readonly entries?: Readonly<Record<string, Shape>>
  readonly wrapped?: Shape
  readonly pipe?: unknown
}

const membersOf = ({ entries = {} }: Shape, record: object): unknown => {
  const values: Readonly<Record<string, unknown>> = { ...record }
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) =>
      values[name] === undefined ? [] : [[name, memberOf(entry.wrapped ?? entry, values[name])]],
    ),
  )
}

function memberOf(schema: Shape, value: unknown): unknown {
  if (typeof value === 'number' && schema.type === 'string') return toIso(epochMs(value))
  // What is not described member by member is passed on as it is.
  if (schema.type !== 'strict_object' || typeof value !== 'object' || value === null || value instanceof Notice)
    return value
  return schema === problem() && isKept(value) ? noticeOf(value) : membersOf(schema, value)
}

const isKept = (value: object): value is KeptProblem => 'code' in value && typeof value.code === 'string'
