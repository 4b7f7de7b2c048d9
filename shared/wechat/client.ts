import * as v from 'valibot'
import type { BinaryReply, Endpoint, LazySchema, ReplyOf, RequestOf, Upload } from './endpoints/endpoint.ts'
import { tokenParameterOf, type Repeat, type TokenParameter } from './endpoints/endpoint.ts'
import { multipart } from './multipart.ts'
import { WechatRefusal, WechatUnavailable } from './refusal.ts'
import { looksLikeJson, NO_JSON, nonsense, readBinary, readJson, type JsonReply, type Scrub } from './reply.ts'
import { createTransport, type HttpReply } from './transport.ts'

export interface WechatClientOptions {
  /** Default `https://api.weixin.qq.com`. */
  readonly apiBase?: string | undefined
  /** Of one attempt, connection and body included. Default 8000. */
  readonly timeoutMs?: number
  /** Of one answer. Default 12 MiB: a review video has 10 MB. */
  readonly maxBytes?: number
  /** 0 ≤ n < 1, for jitter. */
  readonly random?: () => number
  readonly sleep?: (milliseconds: number) => Promise<void>
  readonly breaker?: Breaker
}

/** Keeps calls off an endpoint that is down. Every attempt passes it. */
export interface Breaker {
  /** Rejects, with a `WechatUnavailable` of reason `paused`, where the call must not be made. */
  before(path: string): void | Promise<void>
  /** WeChat answered, be it with a refusal. */
  succeeded(path: string): void | Promise<void>
  failed(path: string): void | Promise<void>
}

export interface CallOptions {
  readonly token?: string | undefined
  readonly timeoutMs?: number
  /** At most so many; default 3. */
  readonly attempts?: number
}

/** A call of any path, for what the table lacks. */
export interface FreeCall extends CallOptions {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
  readonly upload?: Part | undefined
  /** Default: as the platform's token is called if the path is one of its own, else `access_token`. */
  readonly tokenParameter?: TokenParameter | undefined
  /** Default `never`. */
  readonly repeat?: Repeat
}

/** A file, and the name of its part. */
export interface Part {
  readonly part: string
  readonly file: Upload
}

export type FreeReply = { readonly json: JsonReply } | { readonly binary: BinaryReply }

export interface WechatClient {
  /** @throws {WechatRefusal | WechatUnavailable} */
  send<E extends Endpoint>(endpoint: E, request: RequestOf<E> & CallOptions): Promise<ReplyOf<E>>
  /** @throws {WechatRefusal | WechatUnavailable} */
  call(request: FreeCall): Promise<FreeReply>
}

interface Outgoing extends CallOptions {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly tokenParameter: TokenParameter
  readonly repeat: Repeat
  readonly query?: unknown
  readonly body?: unknown
  readonly upload?: Part | undefined
  readonly emptyBody?: 'none' | undefined
}

const FIRST_PAUSE_MS = 150

/** The only code that speaks to api.weixin.qq.com. */
export const createWechatClient = ({
  apiBase = 'https://api.weixin.qq.com',
  timeoutMs = 8000,
  maxBytes = 12 * 1024 * 1024,
  random = Math.random,
  sleep = (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  breaker,
}: WechatClientOptions = {}): WechatClient => {
  const exchange = createTransport({ apiBase, maxBytes })

  const attempt = async <R>(outgoing: Outgoing, read: (reply: HttpReply, scrub: Scrub) => R): Promise<R> => {
    const { method, path } = outgoing
    await breaker?.before(path)
    try {
      const reply = await exchange({
        method,
        path,
        query: queryOf(outgoing),
        timeoutMs: outgoing.timeoutMs ?? timeoutMs,
        ...contentOf(outgoing),
      })
      const result = read(reply, scrubOf(outgoing))
      await breaker?.succeeded(path)
      return result
    } catch (error) {
      if (error instanceof WechatUnavailable && !hasAnswered(error)) await breaker?.failed(path)
      else if (error instanceof WechatUnavailable || error instanceof WechatRefusal) await breaker?.succeeded(path)
      throw error
    }
  }

  const deliver = async <R>(outgoing: Outgoing, read: (reply: HttpReply, scrub: Scrub) => R): Promise<R> => {
    let former: unknown
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt(outgoing, read)
      } catch (error) {
        // Of a repetition that was not made, the attempt before tells more.
        if (isPause(error) && former !== undefined) throw former
        if (tried >= (outgoing.attempts ?? 3) || !isWorthRepeating(error, outgoing.repeat)) throw error
        former = error
      }
      await sleep(FIRST_PAUSE_MS * 2 ** (tried - 1) * (0.5 + random()))
    }
  }

  return {
    send: async <E extends Endpoint>(endpoint: E, request: RequestOf<E> & CallOptions): Promise<ReplyOf<E>> => {
      const { path, reply } = endpoint
      const outgoing = outgoingOf(endpoint, request)
      const answer: unknown = await (reply === 'binary'
        ? deliver(outgoing, (got, scrub) => readBinary(path, got, scrub))
        : deliver(outgoing, (got, scrub) => checked(path, reply, readJson(path, got, scrub))))
      // The schema that was just applied is the one ReplyOf infers from; a generic row hides that from the compiler.
      return answer as ReplyOf<E>
    },
    call: ({ tokenParameter, repeat = 'never', ...request }) => {
      const { path } = request
      return deliver(
        { ...request, repeat, tokenParameter: tokenParameter ?? tokenParameterOf('component', path) },
        (got, scrub): FreeReply =>
          looksLikeJson(got) || /^text\//i.test(got.contentType)
            ? { json: readJson(path, got, scrub) }
            : { binary: readBinary(path, got, scrub) },
      )
    },
  }
}

const isPause = (error: unknown): boolean => error instanceof WechatUnavailable && error.reason === 'paused'

const isWorthRepeating = (error: unknown, repeat: Repeat): boolean =>
  error instanceof WechatUnavailable && error.reason !== 'paused' && (repeat === 'safe' || error.applied === 'no')

/** Busy, or an answer for one account that is not what the table says: no sign that the endpoint is down. */
const hasAnswered = ({ reason, detail }: WechatUnavailable): boolean =>
  reason === 'busy' || (reason === 'nonsense' && detail !== NO_JSON)

const outgoingOf = (
  { method, path, token, tokenParameter, repeat, part, emptyBody }: Endpoint,
  request: CallOptions & { readonly query?: unknown; readonly body?: unknown; readonly file?: Upload },
): Outgoing => {
  if ((token === 'none') !== (request.token === undefined))
    throw new TypeError(`${path} is called ${token === 'none' ? 'without a' : 'with a'} token`)
  const { file, ...rest } = request
  const upload = part !== undefined && file !== undefined ? { part, file } : undefined
  return { ...rest, method, path, tokenParameter, repeat, upload, emptyBody }
}

const queryOf = ({ query, token, tokenParameter }: Outgoing): Record<string, string> => {
  const parameters: Record<string, string> = {}
  for (const [name, value] of Object.entries(query ?? {})) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      parameters[name] = String(value)
    else if (value !== undefined) throw new TypeError('query values must be text, numbers or booleans')
  }
  return token === undefined ? parameters : { ...parameters, [tokenParameter]: token }
}

/** WeChat wants real characters, not \uXXXX, and mostly `{}` where there is nothing to say (44002). */
const contentOf = ({ method, body, upload, emptyBody }: Outgoing): { contentType?: string; bytes?: Buffer } => {
  if (upload) return multipart(upload.part, upload.file, Object(body))
  if (method === 'GET') return {}
  if (emptyBody === 'none' && Object.keys(Object(body)).length === 0) return {}
  return { contentType: 'application/json', bytes: Buffer.from(JSON.stringify(body ?? {}), 'utf8') }
}

const secretName = /secret|token|ticket|code$/i

const scrubOf = ({ query, body, token }: Outgoing): Scrub => {
  return (text) => {
    const sent = [...Object.entries(query ?? {}), ...Object.entries(body ?? {}), ['token', token] as const]
    const secrets = sent.flatMap(([name, value]) =>
      secretName.test(name) && typeof value === 'string' && value.length >= 6 ? [value, encodeURIComponent(value)] : [],
    )
    return secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '***'), text)
  }
}

const schemas = new WeakMap<LazySchema, v.GenericSchema>()

const checked = (path: string, lazy: LazySchema, json: JsonReply): unknown => {
  const schema = schemas.get(lazy) ?? lazy()
  schemas.set(lazy, schema)
  const result = v.safeParse(schema, json, { abortEarly: true })
  if (result.success) return result.output
  throw nonsense(path, { member: v.getDotPath(result.issues[0]) ?? 'errcode' })
}
