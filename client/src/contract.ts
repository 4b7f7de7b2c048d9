import type * as v from 'valibot'
import type { event } from '../../shared/domain/answers.ts'
import type { DataOf, Frozen, Operation } from '../../shared/domain/operation.ts'
import type { Operations as Rows } from '../../shared/domain/operations/table.ts'
import type { ErrorBody } from '../../shared/entry/answer.ts'

/** The same type, spelled out: what the compiler declares of it names nothing of the platform's code. */
type Plain<T> = T extends object ? (T extends infer O ? { [K in keyof O]: Plain<O[K]> } : never) : T

/** What operations take and answer, as the rows say. The client sends the idempotency key as a header. */
type Described = {
  [N in keyof Rows]: Rows[N] extends Operation<infer E, infer S>
    ? { input: Frozen<v.InferInput<v.StrictObjectSchema<E, undefined>>>; data: DataOf<S> }
    : never
}

declare const described: Plain<{
  operations: Described
  refusal: { readonly ok: false; readonly error: ErrorBody }
  event: DataOf<ReturnType<typeof event>>
}>

/** Only for its type. */
export const contract = described
