/** Codes that callers see; the table of section 4 of the contract, with the HTTP status each is answered with. */
const httpStatuses = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TICKET_MISSING: 503,
  REAUTHORIZATION_REQUIRED: 409,
  QUOTA_EXCEEDED: 429,
  WECHAT_REJECTED: 422,
  WECHAT_UNAVAILABLE: 502,
  STORAGE_UNAVAILABLE: 503,
  CONFIG_INVALID: 500,
  INTERNAL: 500,
} as const

export type ErrorCode = keyof typeof httpStatuses

const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  'QUOTA_EXCEEDED',
  'TICKET_MISSING',
  'WECHAT_UNAVAILABLE',
  'STORAGE_UNAVAILABLE',
])

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(httpStatuses, text)

export const httpStatusOf = (code: ErrorCode): number => httpStatuses[code]

/** The codes that are answered with each HTTP status, statuses ascending. */
export function codesByStatus(): ReadonlyMap<number, readonly ErrorCode[]> {
  const codes = Object.keys(httpStatuses).filter((code): code is ErrorCode => Object.hasOwn(httpStatuses, code))
  const statuses = [...new Set(Object.values(httpStatuses))].toSorted((a, b) => a - b)
  return new Map(statuses.map((status) => [status, codes.filter((code) => httpStatuses[code] === status)]))
}

export const isRetryable = (code: ErrorCode): boolean => retryableCodes.has(code)

/** What WeChat said, for the `wechat` member of an error answer. `path` has no query, so no token. */
export interface WechatSays {
  readonly errcode: number
  readonly errmsg: string
  readonly path: string
}

interface FailureDetails {
  readonly hint?: string | undefined
  readonly field?: string | undefined
  readonly wechat?: WechatSays | undefined
  readonly cause?: unknown
  /** The request may have taken effect although no answer came. */
  readonly outcomeUnknown?: boolean
  /** WeChat was not even asked, for the endpoint is down. */
  readonly paused?: boolean
  /** Of the call that was first answered with this, where it is repeated. */
  readonly requestId?: string | undefined
}

/** A refusal by one of our rules, ready to be answered. Everything else that is thrown becomes `INTERNAL`. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly hint: string | undefined
  readonly field: string | undefined
  readonly wechat: WechatSays | undefined
  readonly outcomeUnknown: boolean
  readonly paused: boolean
  readonly requestId: string | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: FailureDetails = {},
  ) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined)
    this.hint = details.hint
    this.field = details.field
    this.wechat = details.wechat
    this.outcomeUnknown = details.outcomeUnknown ?? false
    this.paused = details.paused ?? false
    this.requestId = details.requestId
  }

  get retryable(): boolean {
    return isRetryable(this.code)
  }
}

export const isFailure = (error: unknown, ...codes: ErrorCode[]): error is Failure =>
  error instanceof Failure && (codes.length === 0 || codes.includes(error.code))

export const errcodeOf = (error: unknown): number | undefined =>
  error instanceof Failure ? error.wechat?.errcode : undefined
