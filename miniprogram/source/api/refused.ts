import type { ErrorCode, Refusal as ServerRefusal } from '../../../client/src/operations.ts'

/** Why a call did not succeed. `UNREACHABLE`: no function answered, and what became of the call is not known. */
export interface Refusal {
  readonly code: ErrorCode | 'UNREACHABLE'
  readonly reason?: string | undefined
  readonly params?: ServerRefusal['error']['params']
  readonly field?: string | undefined
  readonly message: string
  /** What to do next. */
  readonly hint?: string | undefined
  readonly retryable: boolean
  readonly requestId?: string | undefined
  readonly wechat?: ServerRefusal['error']['wechat']
  /** Of WeChat's cloud, when no function answered. */
  readonly errCode?: number | undefined
}

export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export const refusalOf = (error: unknown): Refusal =>
  error instanceof Refused
    ? error.refusal
    : { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), retryable: false }

/** The OPENID of an account without a role, as the platform names it; `undefined` if that is not why. */
export const strangerId = ({ reason, params }: Refusal): string | undefined =>
  reason === 'NO_ROLE' ? String(params?.['id']) : undefined
