/** How a call of a function can fail, and what the cloud says then to a caller of callFunction and over HTTP. */
const failures = {
  crashed: { call: 'FUNCTIONS_EXECUTE_FAIL', http: 'FUNCTION_INVOCATION_FAILED', status: 500 },
  timeLimit: { call: 'FUNCTIONS_TIME_LIMIT_EXCEEDED', http: 'FUNCTION_TIME_LIMIT_EXCEEDED', status: 504 },
  payload: { call: 'EXCEED_MAX_PAYLOAD_SIZE', http: 'EXCEED_MAX_PAYLOAD_SIZE', status: 413 },
  badAnswer: { call: 'FUNCTIONS_EXECUTE_FAIL', http: 'INVALID_RESPONSE', status: 502 },
  unknown: { call: 'FUNCTION_NOT_FOUND', http: 'FUNCTION_NOT_FOUND', status: 404 },
} as const

export type FailureKind = keyof typeof failures

export interface CallFailure {
  readonly kind: FailureKind
  readonly message: string
}

/** What became of one call: the function's result as parsed JSON, or the cloud's error. */
export type Outcome = { readonly result: unknown } | { readonly failure: CallFailure }

export const failed = (kind: FailureKind, message: string): Outcome => ({ failure: { kind, message } })

/** The message for code that threw or died, in the runtime's own words. */
export const userCodeException = (stackTrace: string): string =>
  JSON.stringify({ errorCode: 1, errorMessage: 'user code exception caught', stackTrace })

export const callError = ({ kind, message }: CallFailure): { code: string; message: string } => ({
  code: failures[kind].call,
  message,
})

export const httpError = ({ kind, message }: CallFailure): { status: number; code: string; message: string } => ({
  status: failures[kind].status,
  code: failures[kind].http,
  message,
})

/** Thrown by `Host.invoke` and `Host.fireTimer` in place of a result. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError'

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}
