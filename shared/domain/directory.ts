import * as v from 'valibot'
import type { Endpoint, LazySchema, ReplyOf, RequestOf } from '../wechat/endpoints/endpoint.ts'
import { callForAuthorizer } from './authorizers/authorizer-calls.ts'
import { answeredFile, presentFile } from './files/answered-file.ts'
import { fileOf, readUpload, type GivenFile } from './files/given-file.ts'
import { credentialNameIn, withoutCredentials } from './free-paths.ts'
import { appid } from './inputs.ts'
import { changing, lending, reading, type Operation, type OperationTable } from './operation.ts'
import type { Run } from './callers/activity.ts'
import { sendOrReadBack } from './read-back.ts'
import { callAsPlatform } from './tokens/platform-calls.ts'
import type { Platform } from './platform.ts'
import { lazily, told } from './described-fields.ts'

/** Left out where nothing in it is required. */
type Given<S extends v.GenericSchema> = object extends v.InferInput<S> ? v.OptionalSchema<S, undefined> : S

type InputOf<E> = (E extends { readonly token: 'authorizer' }
  ? { readonly appid: typeof appid }
  : E extends { readonly token: 'either' }
    ? { readonly appid: v.OptionalSchema<typeof appid, undefined> }
    : unknown) &
  (E extends { readonly part: string } ? { readonly file: ReturnType<typeof fileOf> } : unknown) & {
    readonly [K in 'query' | 'body' as E extends Readonly<Record<K, LazySchema>> ? K : never]: E extends Readonly<
      Record<K, LazySchema<infer S>>
    >
      ? Given<S>
      : never
  }

type OutputOf<E> = E extends { readonly reply: LazySchema<infer S> } ? S : ReturnType<typeof answeredFile>

type NameOf<E> = E extends { readonly reads: infer N } | { readonly changes: infer N } | { readonly lends: infer N }
  ? N
  : never

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

/** Endpoint rows as operations: `{appid?, query?, body?, file?}` in, WeChat's answer out. */
export function operationsOf<M extends object>(module: M): DirectoryOperations<M>
export function operationsOf(module: object): object {
  const table =
    known.get(module) ??
    Object.fromEntries(
      rowsIn(module).map((row) => {
        const { kind, name } = natureOf(row)
        return [name, operationOf(row, kind)]
      }),
    )
  known.set(module, table)
  return table
}

const rowsIn = (module: object): readonly Endpoint[] =>
  Object.values(module)
    .filter((subject: unknown) => typeof subject === 'object' && subject !== null)
    .flatMap((subject) => Object.values(subject))
    .filter(isOperation)

const isOperation = (row: unknown): row is Endpoint =>
  typeof row === 'object' && row !== null && ('reads' in row || 'changes' in row || 'lends' in row)

const defining = { reads: reading, changes: changing, lends: lending }
const roles = { reads: 'viewer', changes: 'operator', lends: 'owner' } as const

type Nature = keyof typeof defining

function natureOf({ reads, changes, lends }: Endpoint): { readonly kind: Nature; readonly name: string | undefined } {
  if (reads !== undefined) return { kind: 'reads', name: reads }
  return changes === undefined ? { kind: 'lends', name: lends } : { kind: 'changes', name: changes }
}

function operationOf(row: Endpoint, kind: Nature): Operation {
  const { token, title, role = roles[kind], query, body, part, files, reply, repeat, readBack } = row
  const documented = new Set([query, body].flatMap((schema) => (schema ? [...namesIn(schema())] : [])))
  const output: LazySchema = reply === 'binary' ? answeredFile : lazily(reply)
  return defining[kind]({
    role,
    summary: title,
    endpoint: row,
    input: {
      ...(token === 'authorizer' && { appid }),
      ...(token === 'either' && { appid: v.optional(appid) }),
      ...fields('query', query, "WeChat's fields in the address", '地址中的微信字段'),
      ...fields('body', body, "WeChat's fields", '微信字段'),
      ...(part !== undefined && { file: fileOf(part, files) }),
    },
    output,
    check: (input: object) => {
      const { query: inAddress, body: inBody }: Members = input
      const named = credentialNameIn({ query: inAddress, body: inBody }, '', documented)
      return named === undefined ? undefined : ([named.slice(1, 200), 'CREDENTIAL_GIVEN'] as const)
    },
    ...(kind === 'changes' && role === 'owner' && { destructive: true as const }),
    ...(kind === 'changes' && repeat === 'safe' && { repeatable: true as const }),
    // Elsewhere nothing tells whether a call did what it should.
    readsBack: repeat === 'safe' || readBack !== undefined,
    run: (platform: Platform, input: object, run: Run) => carryOut(platform, row, input, run),
  })
}

function fields(name: 'query' | 'body', lazy: LazySchema | undefined, en: string, zh: string): v.ObjectEntries {
  if (!lazy) return {}
  const schema = told(en, zh, lazy())
  return { [name]: v.safeParse(schema, {}).success ? v.optional(schema, {}) : schema }
}

/** The members that a shape names, at every depth. */
function* namesIn(schema: unknown): Generator<string> {
  const { entries, wrapped, item, options }: Readonly<Record<string, unknown>> = Object(schema)
  for (const [name, member] of Object.entries(Object(entries))) {
    yield name
    yield* namesIn(member)
  }
  for (const inner of [wrapped, item, ...(Array.isArray(options) ? options : [])])
    if (typeof inner === 'object') yield* namesIn(inner)
}

const anything = () => v.looseObject({})

interface Members {
  readonly appid?: string
  readonly query?: Record<string, unknown>
  readonly body?: Record<string, unknown>
  readonly file?: GivenFile
}

/** What may have been made is looked for first, and where no answer came. */
async function carryOut(platform: Platform, row: Endpoint, input: object, { begunBefore }: Run): Promise<object> {
  const { readBack } = row
  if (!readBack) return send(platform, row, input)
  const { appid: account, query, body }: Members = input
  const read = async (): Promise<object | undefined> => {
    const answer = await readBack.answer(callOf(platform, account), { ...query, ...body })
    return answer && { errcode: 0, errmsg: 'ok', ...answer }
  }
  const made = begunBefore === undefined ? undefined : await read()
  return made ?? sendOrReadBack(() => send(platform, row, input), read)
}

const callOf =
  (platform: Platform, account: string | undefined) =>
  <E extends Endpoint>(endpoint: E, asked: RequestOf<E>): Promise<ReplyOf<E>> =>
    account === undefined
      ? callAsPlatform(platform, endpoint, asked)
      : callForAuthorizer(platform, account, endpoint, asked)

async function send(platform: Platform, row: Endpoint, input: object): Promise<object> {
  const { appid: account, file, ...request }: Members = input
  const { part, files, path } = row
  // What comes back is passed on as it is: an odd member that nobody needs refuses nothing.
  const lenient = {
    ...row,
    query: anything,
    body: anything,
    reply: row.reply === 'binary' ? ('binary' as const) : anything,
  }
  const call = callOf(platform, account)
  const answer =
    file && part !== undefined
      ? await call({ ...lenient, part }, { ...request, file: await readUpload(platform.files, file, files) })
      : await call(lenient, request)
  return 'bytes' in answer ? presentFile(platform, answer, account) : withoutCredentials(answer, path)
}
