import { isAnswer } from './answer.ts'
import type { ErrorCode, OperationName, Operations, Refusal } from './operations.ts'

export type * from './operations.ts'

export interface ClientOptions {
  /** Address of the platform, `PUBLIC_BASE_URL`. */
  readonly baseUrl: string
  /** `mf_…` */
  readonly apiKey: string
  /** How often a call is made in all. Default 3. */
  readonly attempts?: number
  /** Of messages and hints. Default: Chinese; asked for each call where it is a function. */
  readonly language?: Language | (() => Language)
  /** For one attempt. Default 30 s: WeChat is sometimes slow. */
  readonly timeoutMs?: number
  /** Default: the one of the platform that runs this. */
  readonly fetch?: typeof fetch
}

type Language = 'zh' | 'en'

export interface CallOptions {
  /** Of a call that changes something. Default: a new one, so that its own repetitions have one effect. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

export interface Minifleet {
  /** Calls one operation. @throws MinifleetError */
  call<N extends OperationName>(
    operation: N,
    ...given: NeedsInput<N> extends true
      ? [input: Operations[N]['input'], options?: CallOptions]
      : [input?: Operations[N]['input'], options?: CallOptions]
  ): Promise<Operations[N]['data']>
  /** Every item of a list, page after page. */
  all<N extends ListName>(operation: N, input?: Omit<Operations[N]['input'], 'cursor'>): AsyncGenerator<ItemOf<N>>
}

type NeedsInput<N extends OperationName> = object extends Operations[N]['input'] ? false : true

interface Page<I> {
  readonly items: readonly I[]
  readonly nextCursor?: string | undefined
}

export type ListName = {
  [N in OperationName]: 'cursor' extends keyof Operations[N]['input']
    ? Operations[N]['data'] extends Page<unknown>
      ? N
      : never
    : never
}[OperationName]

type ItemOf<N extends ListName> = Operations[N]['data'] extends { readonly items: readonly (infer I)[] } ? I : never

/** What the platform refused, or why it was not reached (code `UNREACHABLE`). */
export class MinifleetError extends Error {
  override readonly name = 'MinifleetError'
  readonly code: ErrorCode | 'UNREACHABLE'
  /** A word that programs may decide by; docs/reasons.md lists them. */
  readonly reason: string | undefined
  readonly params: Refusal['error']['params']
  /** What to do next. */
  readonly hint: string | undefined
  /** The same call, with the same idempotency key, may succeed later. */
  readonly retryable: boolean
  readonly requestId: string | undefined
  readonly field: string | undefined
  readonly wechat: Refusal['error']['wechat']

  constructor(
    error: Partial<Omit<Refusal['error'], 'code'>> & { code: MinifleetError['code'] },
    options?: ErrorOptions,
  ) {
    super(error.message ?? error.code, options)
    this.code = error.code
    this.reason = error.reason
    this.params = error.params
    this.hint = error.hint
    this.retryable = error.retryable ?? true
    this.requestId = error.requestId
    this.field = error.field
    this.wechat = error.wechat
  }
}

export function createClient(options: ClientOptions): Minifleet {
  const { baseUrl, apiKey, attempts = 3, timeoutMs = 30_000, language = 'zh', fetch: send = fetch } = options

  async function attempt<T>(operation: string, input: object, key: string, signal?: AbortSignal) {
    // Its timer holds it: Node 20 collects an `AbortSignal.timeout` that only a combined signal knows, and it never comes.
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(new DOMException('No answer in time', 'TimeoutError')), timeoutMs)
    try {
      return await ask<T>(operation, input, key, signal ? AbortSignal.any([limit.signal, signal]) : limit.signal)
    } finally {
      clearTimeout(timer)
    }
  }

  async function ask<T>(operation: string, input: object, key: string, signal: AbortSignal) {
    const response = await send(`${baseUrl.replace(/\/+$/, '')}/api/v1/${operation}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'accept-language': typeof language === 'string' ? language : language(),
        // Those that only read do not mind it.
        'idempotency-key': key,
      },
      body: JSON.stringify(input),
      redirect: 'error',
      signal,
    })
    const answer = parse(await response.text())
    // A gateway in between answers in its own way.
    if (!isAnswer<T>(answer)) throw unreachable(`HTTP ${response.status}`, response.status >= 500)
    if (answer.ok) return answer.data
    throw new MinifleetError(answer.error)
  }

  async function call<T>(operation: OperationName, input: object = {}, given: CallOptions = {}): Promise<T> {
    const { idempotencyKey = crypto.randomUUID(), signal } = given
    for (let round = 1; ; round++) {
      try {
        return await attempt<T>(operation, input, idempotencyKey, signal)
      } catch (cause) {
        signal?.throwIfAborted()
        const error = cause instanceof MinifleetError ? cause : unreachable('The platform was not reached', true, cause)
        // A used-up quota does not come back within seconds.
        if (!error.retryable || error.code === 'QUOTA_EXCEEDED' || round >= attempts) throw error
        await pause(round)
      }
    }
  }

  return {
    call,
    async *all(operation, input) {
      let cursor: string | undefined
      do {
        const page = await call<Page<ItemOf<typeof operation>>>(operation, { ...input, ...(cursor && { cursor }) })
        yield* page.items
        cursor = page.nextCursor
      } while (cursor)
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const unreachable = (message: string, retryable: boolean, cause?: unknown): MinifleetError =>
  new MinifleetError({ code: 'UNREACHABLE', message, retryable }, { cause })

/** Half a second, then two, with jitter. */
const pause = (round: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 125 * 4 ** round * (0.75 + Math.random() / 2)))
