import { isAnswer } from './answer.ts'
import { MinifleetError } from './error.ts'
import type { OperationName, Operations } from './operations.ts'
import { pause, pauseBefore, secondsIn } from './pauses.ts'

export { MinifleetError } from './error.ts'
export { verifyWebhook, WebhookError, type Delivered, type WebhookFlaw } from './webhooks.ts'
export type * from './operations.ts'

/** How a client reaches its platform. */
export interface ClientOptions {
  /** Address of the platform, `PUBLIC_BASE_URL`. */
  readonly baseUrl: string
  /** `mf_…` */
  readonly apiKey: string
  /** How often a call is made in all. Default 3. */
  readonly attempts?: number
  /** The longest pause before a repetition; where the platform asks for a longer one, the call fails at once. Default 10 s. */
  readonly maxPauseMs?: number
  /** Of messages and hints. Default: Chinese; asked for each call where it is a function. */
  readonly language?: Language | (() => Language)
  /** For one attempt. Default 30 s: WeChat is sometimes slow. */
  readonly timeoutMs?: number
  /** Default: the one of the platform that runs this. */
  readonly fetch?: typeof fetch
}

type Language = 'zh' | 'en'

/** What concerns one call alone. */
export interface CallOptions {
  /** Of a call that changes something. Default: a new one, so that its own repetitions have one effect. */
  readonly idempotencyKey?: string
  /** Ends the call, also while it pauses. What it asked for may have been done. */
  readonly signal?: AbortSignal
}

/** A platform, as `createClient` opens it. */
export interface Minifleet {
  /**
   * Calls one operation.
   *
   * @throws MinifleetError; TypeError where it could not even be sent; the reason of the `signal`
   * @example
   * const { inviteUrl } = await minifleet.call(
   *   'bindings.createLink',
   *   { businessId: 'shop-9', attributes: { city: '杭州' } },
   *   { idempotencyKey: 'sign-up/shop-9' },
   * )
   */
  call<N extends OperationName>(
    operation: N,
    ...given: NeedsInput<N> extends true
      ? [input: Operations[N]['input'], options?: CallOptions]
      : [input?: Operations[N]['input'], options?: CallOptions]
  ): Promise<Operations[N]['data']>
  /**
   * Every item of a list, page after page, each page when it is needed. `limit` is the size of a page.
   *
   * @throws MinifleetError; TypeError where it could not even be sent; the reason of the `signal`
   * @example
   * for await (const { appid, nickName } of minifleet.all('authorizers.list', { status: 'active', limit: 100 }))
   *   console.log(appid, nickName)
   */
  all<N extends ListName>(
    operation: N,
    input?: Omit<Operations[N]['input'], 'cursor'>,
    options?: Pick<CallOptions, 'signal'>,
  ): AsyncGenerator<ItemOf<N>, void>
}

type NeedsInput<N extends OperationName> = object extends Operations[N]['input'] ? false : true

interface Page<I> {
  readonly items: readonly I[]
  readonly nextCursor?: string | undefined
}

/** The operations that answer page by page. */
export type ListName = {
  [N in OperationName]: 'cursor' extends keyof Operations[N]['input']
    ? Operations[N]['data'] extends Page<unknown>
      ? N
      : never
    : never
}[OperationName]

/** An item of such a list. */
export type ItemOf<N extends ListName> = Operations[N]['data'] extends { readonly items: readonly (infer I)[] }
  ? I
  : never

/**
 * Opens a platform. Nothing is sent before the first call.
 *
 * A call that may succeed later is repeated with the same idempotency key: after half a second, then two, or when the platform says.
 *
 * @example
 * const minifleet = createClient({ baseUrl: 'https://YOUR-PLATFORM', apiKey: process.env.MINIFLEET_KEY ?? '' })
 * const { problems } = await minifleet.call('platform.status')
 */
export function createClient(options: ClientOptions): Minifleet {
  const { baseUrl, apiKey, attempts = 3, maxPauseMs = 10_000, timeoutMs = 30_000, language = 'zh' } = options
  const { fetch: send = fetch } = options

  async function attempt<T>(url: string, request: RequestInit, signal: AbortSignal | undefined): Promise<T> {
    // Its timer holds it: Node 20 collects an `AbortSignal.timeout` that only a combined signal knows, and it never comes.
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(new DOMException('No answer in time', 'TimeoutError')), timeoutMs)
    try {
      return await ask<T>(url, { ...request, signal: signal ? AbortSignal.any([limit.signal, signal]) : limit.signal })
    } finally {
      clearTimeout(timer)
    }
  }

  async function ask<T>(url: string, request: RequestInit): Promise<T> {
    const response = await send(url, request)
    const { status, headers } = response
    const answer = parse(await response.text())
    const more = { retryAfterSeconds: secondsIn(headers.get('retry-after'), Date.now()) }
    // A gateway in between answers in its own way.
    if (!isAnswer<T>(answer)) throw unreachable(`HTTP ${status}`, status >= 500 || status === 429, more)
    if (answer.ok) return answer.data
    throw new MinifleetError(answer.error, more)
  }

  /** What cannot be sent at all (a key that no header holds, a wrong address) is a TypeError at once. */
  const requestOf = (input: object, idempotencyKey: string): RequestInit => ({
    method: 'POST',
    headers: new Headers({
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'accept-language': typeof language === 'string' ? language : language(),
      // Those that only read do not mind it.
      'idempotency-key': idempotencyKey,
    }),
    body: JSON.stringify(input),
    // Workers at the edge know no `error`.
    redirect: 'manual',
  })

  async function call<T>(operation: OperationName, input: object = {}, given: CallOptions = {}): Promise<T> {
    const { idempotencyKey = crypto.randomUUID(), signal } = given
    const { href } = new URL(`${baseUrl.replace(/\/+$/, '')}/api/v1/${operation}`)
    const request = requestOf(input, idempotencyKey)
    for (let round = 1; ; round++) {
      try {
        return await attempt<T>(href, request, signal)
      } catch (cause) {
        signal?.throwIfAborted()
        const error =
          cause instanceof MinifleetError ? cause : unreachable('The platform was not reached', true, { cause })
        const pauseMs = pauseBefore(error, round, maxPauseMs)
        if (!error.retryable || round >= attempts || pauseMs === undefined) throw error
        await pause(pauseMs, signal)
      }
    }
  }

  return {
    call,
    async *all(operation, input, given) {
      let cursor: string | undefined
      do {
        const pageInput = { ...input, ...(cursor && { cursor }) }
        const page = await call<Page<ItemOf<typeof operation>>>(operation, pageInput, given)
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

const unreachable = (
  message: string,
  retryable: boolean,
  more: ConstructorParameters<typeof MinifleetError>[1],
): MinifleetError => new MinifleetError({ code: 'UNREACHABLE', message, retryable }, more)
