import { skipToken, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import { callerOf, type DataOf, type InputOf } from './call.ts'
import { asProblem, type ApiProblem } from './problem.ts'
import { pollingOf } from './polling.ts'
import { useAllowed } from './role.ts'
import { useSession } from './session.ts'

export interface Loaded<T> {
  readonly data: T | undefined
  readonly problem: ApiProblem | undefined
  /** Nothing to show yet. While a later round runs the data of the one before stays. */
  readonly loading: boolean
  readonly reload: () => void
}

interface Options {
  /** Asks again so often, in use. Default: every 5 s, where it asks WeChat never. */
  readonly everyMs?: number
}

/**
 * What an operation that only reads answers, as it is now. `undefined` as input: not yet. What the visitor's role may not read is not
 * asked for.
 */
export function useOperation<N extends OperationName>(
  name: N,
  input: InputOf<N> | undefined,
  { everyMs }: Options = {},
): Loaded<DataOf<N>> {
  const { client, demo } = useSession()
  const allowed = useAllowed(name, 'reading')
  const ask = input === undefined || allowed !== true ? undefined : input
  const { data, error, refetch } = useQuery<DataOf<N>>({
    queryKey: [name, ask],
    queryFn: ask === undefined ? skipToken : ({ signal }) => callerOf(client).call(name, ask, { signal }),
    refetchInterval: pollingOf(name, demo, everyMs),
  })
  const problem = useMemo(() => (error ? asProblem(error) : undefined), [error])
  const reload = useCallback(() => void refetch(), [refetch])
  const loading = data === undefined && !problem && input !== undefined && allowed !== false
  return { data, problem, loading, reload }
}
