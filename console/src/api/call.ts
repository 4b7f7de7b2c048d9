import type { CallOptions, Minifleet, OperationName, Operations } from '../../../client/src/client.ts'

export type InputOf<N extends OperationName> = Operations[N]['input']
export type DataOf<N extends OperationName> = Operations[N]['data']

/** The client's `call` as it is for an operation that is not known before it runs. */
interface Caller {
  call<N extends OperationName>(operation: N, input: InputOf<N>, options?: CallOptions): Promise<DataOf<N>>
}

/** The compiler cannot see that `[input, options?]` is in each of the two forms that `Minifleet.call` has. */
export const callerOf = (client: Minifleet): Caller => client as Caller
