import type { ErrorCode, Reason, Refusal } from './operations.ts'

type Said = Partial<Omit<Refusal['error'], 'code'>> & { readonly code: ErrorCode | 'UNREACHABLE' }

/**
 * What the platform refused, or why it was not reached (code `UNREACHABLE`). Decide by `code` and `reason`, never by a text.
 *
 * @example
 * try {
 *   await minifleet.call('releases.release', { appid })
 * } catch (error) {
 *   if (!(error instanceof MinifleetError)) throw error
 *   if (error.reason === 'VERSION_UNDER_REVIEW') return // its event will come
 *   console.error(error.message, error.hint, error.requestId)
 * }
 */
export class MinifleetError extends Error {
  override readonly name = 'MinifleetError'
  /** What kind of failure it is; each has an HTTP status of its own. `UNREACHABLE`: no answer of the platform came. */
  readonly code: ErrorCode | 'UNREACHABLE'
  /** Why, in one word that stays the same. */
  readonly reason: Reason | undefined
  /** The values that message and hint name. */
  readonly params: Refusal['error']['params']
  /** What to do next; of WeChat's errcodes the cure. */
  readonly hint: string | undefined
  /** The same call with the same idempotency key may succeed later. */
  readonly retryable: boolean
  /** When that is, where the platform said so. */
  readonly retryAfterSeconds: number | undefined
  /** Names the call in the platform's log. */
  readonly requestId: string | undefined
  /** Path of the first bad field of the input. */
  readonly field: string | undefined
  /** WeChat's own words, where it was WeChat that refused. */
  readonly wechat: Refusal['error']['wechat']

  /** Made by the client. */
  constructor(said: Said, options: ErrorOptions & { readonly retryAfterSeconds?: number | undefined } = {}) {
    super(said.message ?? said.code, options)
    this.code = said.code
    this.reason = said.reason
    this.params = said.params
    this.hint = said.hint
    this.retryable = said.retryable ?? true
    this.retryAfterSeconds = options.retryAfterSeconds
    this.requestId = said.requestId
    this.field = said.field
    this.wechat = said.wechat
  }
}
