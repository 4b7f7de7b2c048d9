import type * as v from 'valibot'
import type { Told } from '../../words/language.ts'
import type { FileKind } from './files.ts'

/** Whose token a call carries: none, the platform's, the merchant's that is acted for, or the platform's where no merchant is named. */
export type WhoseToken = 'none' | 'component' | 'authorizer' | 'either'

export type TokenParameter = 'access_token' | 'component_access_token'

/**
 * Whether a call whose outcome is unknown may be sent again: at once, after the state was read back, or not at all
 * because it consumes something (a code, a quota, a person's attention).
 */
export type Repeat = 'safe' | 'readBack' | 'never'

type OperationName = `${string}.${string}`

/** Built on first use, so that importing a table costs next to nothing. */
export type LazySchema<S extends v.GenericSchema = v.GenericSchema> = () => S

/** One row of WeChat's API. */
export interface Endpoint {
  readonly title: Told
  /** The operation that this row is by itself, if it is one: it reads, changes something, or hands out what opens a door. */
  readonly reads?: OperationName
  readonly changes?: OperationName
  readonly lends?: OperationName
  /** Who may ask for that operation. Default: viewers for reading, operators for changing, owners for lending. */
  readonly role?: 'viewer' | 'operator' | 'owner'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly token: WhoseToken
  readonly tokenParameter: TokenParameter
  readonly query?: LazySchema
  readonly body?: LazySchema
  /** A body without fields is left out instead of sent as `{}`. */
  readonly emptyBody?: 'none'
  /** The name of the file's part of a multipart upload; fields of `body` are parts beside it. */
  readonly part?: string
  /** What the file may be. */
  readonly files?: readonly FileKind[]
  /** What we rely on; everything else WeChat says is passed on untouched. */
  readonly reply: LazySchema | 'binary'
  readonly repeat: Repeat
  /** Of a change: what shows whether it was made, where no answer says so. */
  readonly readBack?: ReadBack
  /** Any one of these suffices, */
  readonly permissionSets?: readonly number[]
  /** unless all are needed. */
  readonly allSetsNeeded?: true
  readonly link: string
}

type Fields = Readonly<Record<string, unknown>>

export interface ReadBack {
  /** The operation that is asked. */
  readonly by: OperationName
  /** What the change would have answered, of what is told there; undefined: it was not made. */
  readonly answer: (ask: Ask, changed: Fields) => Promise<object | undefined>
}

interface Ask {
  <E extends Endpoint>(row: E, request: RequestOf<E>): Promise<ReplyOf<E>>
}

/** `changed` are the fields that the change was sent with. */
export const shownBy = <E extends Endpoint & { readonly reads: OperationName }>(
  row: E,
  request: (changed: Fields) => RequestOf<E>,
  answer: (said: ReplyOf<E>, changed: Fields) => object | false | undefined,
): ReadBack => ({
  by: row.reads,
  answer: async (ask, changed) => answer(await ask(row, request(changed)), changed) || undefined,
})

/** Both spellings are in production use on /cgi-bin/component/*; this is the one place to change it. */
const COMPONENT_TOKEN_PARAMETER: TokenParameter = 'component_access_token'

export const tokenParameterOf = (token: WhoseToken, path: string): TokenParameter =>
  token === 'component' && path.startsWith('/cgi-bin/component/') ? COMPONENT_TOKEN_PARAMETER : 'access_token'

type Details = Omit<Endpoint, 'method' | 'path' | 'token' | 'tokenParameter'> & {
  readonly tokenParameter?: TokenParameter
}

export const get = <const T extends WhoseToken, const D extends Details>(token: T, path: string, details: D) => ({
  method: 'GET' as const,
  path,
  token,
  tokenParameter: tokenParameterOf(token, path),
  ...details,
})

export const post = <const T extends WhoseToken, const D extends Details>(token: T, path: string, details: D) => ({
  method: 'POST' as const,
  path,
  token,
  tokenParameter: tokenParameterOf(token, path),
  ...details,
})

/** A page of WeChat's documentation. */
export const site = (path: string): string => `https://developers.weixin.qq.com${path}`

/** @param page path of the page without `.html`; none: the overview */
export const docs = (page?: string): string =>
  site(`/doc/oplatform/openApi/OpenApiDoc/${page === undefined ? '' : `${page}.html`}`)

export interface BinaryReply {
  readonly contentType: string
  readonly bytes: Buffer
}

export interface Upload {
  readonly filename: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** Optional where every member is. */
type Member<Name extends string, Value> =
  Partial<Value> extends Value ? { readonly [K in Name]?: Value } : { readonly [K in Name]: Value }

type InputOf<Part> = Part extends LazySchema<infer S> ? v.InferInput<S> : never

/** What a call of this row takes; a wrong name or a wrong field does not compile. */
export type RequestOf<E extends Endpoint> = (E extends { readonly query: infer Q }
  ? Member<'query', InputOf<Q>>
  : { readonly query?: never }) &
  (E extends { readonly body: infer B } ? Member<'body', InputOf<B>> : { readonly body?: never }) &
  (E extends { readonly part: string } ? { readonly file: Upload } : { readonly file?: never })

export type ReplyOf<E extends Endpoint> = E['reply'] extends LazySchema<infer S> ? v.InferOutput<S> : BinaryReply
