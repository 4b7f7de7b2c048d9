import { isRetryable, type ErrorCode } from './error-codes.ts'
import { codeOfReason, type Reason } from './reasons.ts'
import type { Params, ParamsNamed } from './words/params.ts'
import type { ReasonWords } from './words/reasons.ts'

/** What WeChat said, for the `wechat` member of an error answer. `path` has no query, so no token. */
export interface WechatSays {
  readonly errcode: number
  readonly errmsg: string
  readonly path: string
}

interface FailureDetails {
  /** Of one that was kept. */
  readonly reason?: Reason | undefined
  readonly params?: Params | undefined
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

interface KeptFailure extends FailureDetails {
  readonly reason: Reason
}

interface FormerFailure extends FailureDetails {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string | undefined
}

/** The params that the reason's words name have to be given. */
type DetailsOf<R extends Reason> = [ParamsNamed<ReasonWords[R]>] extends [never]
  ? [details?: FailureDetails]
  : [details: FailureDetails & { readonly params: Readonly<Record<ParamsNamed<ReasonWords[R]>, Params[string]>> }]

/** A refusal by one of our rules, ready to be answered. Everything else that is thrown becomes `INTERNAL`. Its message is for logs. */
export class Failure<R extends Reason = Reason> extends Error {
  override readonly name = 'Failure'
  readonly code: ErrorCode
  readonly reason: Reason | undefined
  readonly params: Params | undefined
  readonly hint: string | undefined
  readonly field: string | undefined
  readonly wechat: WechatSays | undefined
  readonly outcomeUnknown: boolean
  readonly paused: boolean
  readonly requestId: string | undefined

  constructor(reason: R, ...details: DetailsOf<R>)
  /** One that was kept, or whose reason comes from elsewhere with its params. */
  constructor(kept: KeptFailure)
  /** One that was kept before there were reasons: its texts are told as they are. */
  constructor(former: FormerFailure)
  constructor(first: Reason | KeptFailure | FormerFailure, second: FailureDetails = {}) {
    const details = typeof first === 'object' ? first : second
    const reason = typeof first === 'object' ? ('reason' in first ? first.reason : undefined) : first
    const former = typeof first === 'object' && 'message' in first ? first : undefined
    super(former?.message ?? describe(reason ?? '', details), 'cause' in details ? { cause: details.cause } : undefined)
    this.reason = reason
    this.code = former?.code ?? codeOfReason(reason ?? 'BUG')
    this.hint = former?.hint
    this.params = details.params
    this.field = details.field
    this.wechat = details.wechat
    this.outcomeUnknown = details.outcomeUnknown ?? false
    this.paused = details.paused ?? false
    this.requestId = details.requestId
  }

  get retryable(): boolean {
    return this.reason === 'CALL_UNDER_WAY' || (isRetryable(this.code) && this.reason !== 'OUTCOME_UNKNOWN')
  }
}

const describe = (reason: string, { params, field }: FailureDetails): string =>
  [reason, field, params && JSON.stringify(params)].filter((part) => part !== undefined).join(' ')

export const isFailure = (error: unknown, ...codes: ErrorCode[]): error is Failure =>
  error instanceof Failure && (codes.length === 0 || codes.includes(error.code))

/** WeChat said no with one of these. */
export const refusedWith = (error: unknown, errcodes: readonly number[]): boolean =>
  errcodes.includes(errcodeOf(error) ?? 0)

export const errcodeOf = (error: unknown): number | undefined =>
  error instanceof Failure ? error.wechat?.errcode : undefined
