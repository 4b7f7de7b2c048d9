import * as v from 'valibot'
import type { Reason } from '../reasons.ts'
import type { Endpoint, LazySchema } from '../wechat/endpoints/endpoint.ts'
import { image } from './answers.ts'
import { callForAuthorizer } from './authorizers/authorizer-calls.ts'
import { credentialNameIn, withoutCredentials } from './free-paths.ts'
import { appid } from './inputs.ts'
import { changing, reading, type Operation, type OperationTable } from './operation.ts'
import { callAsPlatform } from './tokens/platform-calls.ts'
import type { Platform } from './platform.ts'
import { presentImage } from './releases/images.ts'
import { lazily, told } from './told.ts'

/** Left out where nothing in it is required. */
type Given<S extends v.GenericSchema> = object extends v.InferInput<S> ? v.OptionalSchema<S, undefined> : S

type InputOf<E> = (E extends { readonly token: 'authorizer' } ? { readonly appid: typeof appid } : unknown) & {
  readonly [K in 'query' | 'body' as E extends Readonly<Record<K, LazySchema>> ? K : never]: E extends Readonly<
    Record<K, LazySchema<infer S>>
  >
    ? Given<S>
    : never
}

type OutputOf<E> = E extends { readonly reply: LazySchema<infer S> } ? S : ReturnType<typeof image>

type NameOf<E> = E extends { readonly reads: infer N } ? N : E extends { readonly changes: infer N } ? N : never

type Rows<M> = M extends object ? M[keyof M] : never

/** The rows of a module of endpoints that are operations by themselves, by the operations' names. */
export type DirectoryOperations<M> = UnionToIntersection<
  Rows<M> extends infer R
    ? R extends object
      ? { [K in keyof R as NameOf<R[K]> & string]: OperationOf<R[K]> }
      : never
    : never
>

type OperationOf<E> = InputOf<E> extends infer I extends v.ObjectEntries ? Operation<I, OutputOf<E>> : never

type UnionToIntersection<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer A) => void ? A : never

const known = new WeakMap<object, OperationTable>()

/** Endpoint rows as operations: `{appid?, query?, body?}` in, WeChat's answer out. */
export function operationsOf<M extends object>(module: M): DirectoryOperations<M>
export function operationsOf(module: object): object {
  const table =
    known.get(module) ?? Object.fromEntries(rowsIn(module).map((row) => [row.reads ?? row.changes, operationOf(row)]))
  known.set(module, table)
  return table
}

const rowsIn = (module: object): readonly Endpoint[] =>
  Object.values(module)
    .filter((subject: unknown) => typeof subject === 'object' && subject !== null)
    .flatMap((subject) => Object.values(subject))
    .filter(isOperation)

const isOperation = (row: unknown): row is Endpoint =>
  typeof row === 'object' && row !== null && ('reads' in row || 'changes' in row)

function operationOf(row: Endpoint): Operation {
  const { title, reads, repeat, reply } = row
  const definition = {
    role: row.role ?? (reads === undefined ? ('operator' as const) : ('viewer' as const)),
    summary: title,
    endpoint: row,
    input: {
      ...(row.token === 'authorizer' && { appid }),
      ...part('query', row.query, "WeChat's fields in the address", '地址中的微信字段'),
      ...part('body', row.body, "WeChat's fields", '微信字段'),
    },
    output: reply === 'binary' ? image : lazily(reply),
    check: refuseCredentials,
    // Nothing tells whether a call did what it should: only one that may be sent again finds out.
    readsBack: repeat === 'safe',
    run: (platform: Platform, input: object) => send(platform, row, input),
  }
  return reads === undefined ? changing(definition) : reading(definition)
}

function part(name: 'query' | 'body', lazy: LazySchema | undefined, en: string, zh: string): v.ObjectEntries {
  if (!lazy) return {}
  const schema = told(en, zh, lazy())
  return { [name]: v.safeParse(schema, {}).success ? v.optional(schema, {}) : schema }
}

function refuseCredentials(input: object): readonly [field: string, reason: Reason] | undefined {
  const named = credentialNameIn(input, '')
  return named === undefined ? undefined : [named.slice(1, 200), 'CREDENTIAL_GIVEN']
}

const anything = () => v.looseObject({})

interface Wish {
  readonly appid?: string
  readonly query?: Record<string, unknown>
  readonly body?: Record<string, unknown>
}

async function send(platform: Platform, row: Endpoint, input: object): Promise<object> {
  const { appid: account, ...request }: Wish = input
  // What comes back is passed on as it is: an odd member that nobody needs refuses nothing.
  const lenient = {
    ...row,
    query: anything,
    body: anything,
    reply: row.reply === 'binary' ? ('binary' as const) : anything,
  }
  const answer =
    account === undefined
      ? await callAsPlatform(platform, lenient, request)
      : await callForAuthorizer(platform, account, lenient, request)
  return 'bytes' in answer ? presentImage(answer) : withoutCredentials(answer)
}
