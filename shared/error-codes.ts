/** Codes that callers see, with the HTTP status that each is answered with. */
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
  const codes = Object.keys(httpStatuses).filter(isErrorCode)
  const statuses = [...new Set(Object.values(httpStatuses))].sort((a, b) => a - b)
  return new Map(statuses.map((status) => [status, codes.filter((code) => httpStatuses[code] === status)]))
}

export const isRetryable = (code: ErrorCode): boolean => retryableCodes.has(code)
