import * as v from 'valibot'
import type { EpochMs } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import type { Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'

/** A part of a multipart body. */
export interface UploadedFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface Context {
  readonly now: EpochMs
  readonly query: Readonly<Record<string, string>>
  readonly files: ReadonlyMap<string, UploadedFile>
  /** Fields beside the file of an upload. */
  readonly form: Readonly<Record<string, string>>
  /** The account whose token was used; undefined for the component's token and none. */
  readonly merchant: Merchant | undefined
}

export interface MerchantContext extends Context {
  readonly merchant: Merchant
}

/** Answered as it is, with its own content type. */
export class BinaryReply {
  constructor(
    readonly contentType: string,
    readonly bytes: Uint8Array<ArrayBuffer>,
  ) {}
}

export type Reply = Readonly<Record<string, unknown>> | BinaryReply

/** Some answers carry errcode 0, some none at all: operations say so by using this or not. */
export const ok = (members: Readonly<Record<string, unknown>> = {}): Reply => ({ errcode: 0, errmsg: 'ok', ...members })

export interface Operation {
  readonly method: 'GET' | 'POST' | 'GET or POST'
  readonly path: string
  readonly token: 'none' | 'component' | 'authorizer' | 'either'
  /** Permission sets of which the merchant must have granted one; empty: none needed. */
  readonly sets: readonly number[]
  /** Takes multipart/form-data instead of JSON. */
  readonly multipart: boolean
  /** All of `sets`, not one of them. */
  readonly allSetsNeeded?: boolean
  /** A POST without a body is taken. */
  readonly takesNoBody?: boolean
  readonly run: (state: WechatState, input: unknown, context: Context) => Reply
}

type Schema = v.GenericSchema<unknown, unknown>
type Method = Operation['method']

/** 47001 is WeChat's answer to JSON of the wrong shape. */
const read = <S extends Schema>(schema: S, input: unknown): v.InferOutput<S> => {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const [issue] = result.issues
  return refuse(47001, `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`)
}

type Run<S extends Schema, C> = (state: WechatState, input: v.InferOutput<S>, context: C) => Reply

const withToken =
  (token: Exclude<Operation['token'], 'authorizer'>) =>
  <S extends Schema>(method: Method, path: string, schema: S, run: Run<S, Context>): Operation => ({
    method,
    path,
    token,
    sets: [],
    multipart: false,
    run: (state, input, context) => run(state, read(schema, input), context),
  })

export const withoutToken = withToken('none')
export const withComponentToken = withToken('component')
export const withEitherToken = withToken('either')

export const withAuthorizerToken = <S extends Schema>(
  method: Method,
  path: string,
  sets: readonly number[],
  schema: S,
  run: Run<S, MerchantContext>,
): Operation => ({
  method,
  path,
  token: 'authorizer',
  sets,
  multipart: false,
  run: (state, input, { merchant, ...context }) => {
    refuseUnless(merchant !== undefined, 61015)
    return run(state, read(schema, input), { ...context, merchant })
  },
})

export const withUpload = (
  path: string,
  sets: readonly number[],
  part: string,
  run: (state: WechatState, file: UploadedFile, context: MerchantContext) => Reply,
): Operation => ({
  ...withAuthorizerToken('POST', path, sets, nothing, (state, _input, context) => {
    const file = context.files.get(part)
    refuseUnless(file !== undefined && file.bytes.length > 0, 41005)
    return run(state, file, context)
  }),
  multipart: true,
})

export const nothing = v.unknown()
/** A number, or the same in digits, as query strings and some of WeChat's own samples have it. */
export const numeric = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/))]),
  v.transform(Number),
  v.safeInteger(),
)
