import { MinifleetError } from '../../../client/src/client.ts'
import type { Tellable } from '../text/told.ts'

/** Why a call was refused, ready to be shown. */
export interface ApiProblem extends Tellable {
  readonly code: MinifleetError['code']
  readonly requestId?: string | undefined
  readonly retryable: boolean
  readonly wechat?: { readonly errcode: number; readonly errmsg: string } | undefined
}

export const asProblem = (error: unknown): ApiProblem => {
  if (!(error instanceof MinifleetError))
    return {
      code: 'INTERNAL',
      message: error instanceof Error ? error.message : String(error),
      retryable: false,
    }
  const { code, reason, params, message, hint, requestId, field, retryable, wechat } = error
  return { code, reason, params, message, hint, requestId, field, retryable, wechat }
}
