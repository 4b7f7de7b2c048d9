import type * as v from 'valibot'
import type { event } from '../../shared/domain/answers.ts'
import type { DataOf, Frozen, Operation } from '../../shared/domain/operation.ts'
import type { Operations as Rows } from '../../shared/domain/operations/table.ts'
import type { HappeningType } from '../../shared/domain/stores/outbox.ts'
import type { ErrorBody } from '../../shared/entry/answer.ts'
import type { ErrorCode } from '../../shared/error-codes.ts'
import type { WechatSays } from '../../shared/errors.ts'
import type { Reason } from '../../shared/reasons.ts'

/** The same type, spelled out: what the compiler declares of it names nothing of the platform's code. */
type Plain<T> = T extends object ? (T extends infer O ? { [K in keyof O]: Plain<O[K]> } : never) : T

/** Words as the members of an object: a union of them the compiler would call by its name. */
type Listed<T extends string> = { readonly [W in T]: true }

/** What operations take and answer, as the rows say. The client sends the idempotency key as a header. */
type Described = {
  [N in keyof Rows]: Rows[N] extends Operation<infer E, infer S>
    ? { input: Frozen<v.InferInput<v.StrictObjectSchema<E, undefined>>>; data: DataOf<S> }
    : never
}

/** A refusal without its code. */
type Refused = Omit<ErrorBody, 'code' | 'params' | 'wechat'> & {
  readonly params?: { readonly [name: string]: string | number | boolean | readonly string[] }
  readonly wechat?: Plain<WechatSays>
}

declare const described: Plain<{
  operations: Described
  refused: Refused
  codes: Listed<ErrorCode>
  reasons: Listed<Reason>
  event: DataOf<ReturnType<typeof event>>
  happenings: Listed<HappeningType>
}>

/** Only for its type. */
export const contract = described
