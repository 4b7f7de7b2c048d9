import { asFailure, log } from '../app.ts'
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
  requestId,
  ...(failure.field !== undefined && { field: failure.field }),
  ...(failure.wechat && { wechat: failure.wechat }),
})

/** Notes an error in the log and makes it presentable. */
export function noteFailure(
  error: unknown,
  where: { readonly requestId: string; readonly function?: string | undefined },
): Failure {
  const failure = asFailure(error)
  const level = failure.code === 'INTERNAL' || failure.code === 'CONFIG_INVALID' ? 'error' : 'info'
  log[level]('call failed', {
    ...where,
    failure: failure.code,
    reason: failure.code === 'INTERNAL' ? failure.cause : failure,
  })
  return failure
}

export async function answer(
  where: { readonly requestId: string; readonly function?: string | undefined },
  work: () => Promise<unknown>,
): Promise<Answer> {
  try {
    return { ok: true, data: (await work()) ?? {} }
  } catch (error) {
    return { ok: false, error: errorBody(noteFailure(error, where), where.requestId) }
  }
}
