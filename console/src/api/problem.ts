import { MinifleetError } from '../../../client/src/client.ts'

/** Why a call was refused, ready to be shown. */
export interface ApiProblem {
  readonly code: MinifleetError['code']
  readonly message: string
  readonly hint?: string | undefined
  readonly requestId?: string | undefined
  readonly field?: string | undefined
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
  const { code, message, hint, requestId, field, retryable, wechat } = error
  return { code, message, hint, requestId, field, retryable, wechat }
}
