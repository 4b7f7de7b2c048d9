import { asFailure, log } from '../app.ts'
import { beginCall, endCall, noteFailureCode } from '../current-call.ts'
import type { Failure } from '../errors.ts'

/** What operations answer; they never throw. */
export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: ErrorBody }

interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly retryable: boolean
  readonly requestId: string
  readonly field?: string
  readonly wechat?: Failure['wechat']
}

export const errorBody = (failure: Failure, requestId: string): ErrorBody => ({
  code: failure.code,
  message: failure.message,
  ...(failure.hint !== undefined && { hint: failure.hint }),
  retryable: failure.retryable,
  requestId: failure.requestId ?? requestId,
  ...(failure.field !== undefined && { field: failure.field }),
  ...(failure.wechat && { wechat: failure.wechat }),
})

/** Notes an error in the log and makes it presentable. */
export function noteFailure(error: unknown): Failure {
  const failure = asFailure(error)
  noteFailureCode(failure.code)
  const level = failure.code === 'INTERNAL' || failure.code === 'CONFIG_INVALID' ? 'error' : 'info'
  log[level]('call failed', {
    failure: failure.code,
    reason: failure.code === 'INTERNAL' ? failure.cause : failure,
  })
  return failure
}

export async function answer(
  { requestId, functionName }: { readonly requestId: string; readonly functionName: string | undefined },
  work: () => Promise<unknown>,
): Promise<Answer> {
  beginCall(requestId, functionName)
  try {
    return { ok: true, data: (await work()) ?? {} }
  } catch (error) {
    return { ok: false, error: errorBody(noteFailure(error), requestId) }
  } finally {
    log.info('call', endCall())
  }
}
