import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import type { Role } from '../text/roles.ts'
import { callerOf, type DataOf, type InputOf } from './call.ts'
import { asProblem, type ApiProblem } from './problem.ts'
import { useMissingRole } from './role.ts'
import { useSession } from './session.ts'

export interface Action<N extends OperationName> {
  /** @returns `undefined` where it was refused; `problem` then says why */
  readonly run: (input: InputOf<N>) => Promise<DataOf<N> | undefined>
  readonly busy: boolean
  readonly problem: ApiProblem | undefined
  /** The role that it takes, where the visitor has less: what sets it off is then off. */
  readonly needs: Role | undefined
  /** Takes the last problem away. */
  readonly clear: () => void
}

/** How it goes, without what sets it off. */
export type ActionState = Omit<Action<OperationName>, 'run'>

interface Options {
  /** Whether everything on the screen asks again afterwards. Default: yes. */
  readonly refresh?: boolean
}

/** An operation that somebody sets off. */
export function useAction<N extends OperationName>(name: N, { refresh = true }: Options = {}): Action<N> {
  const { client } = useSession()
  const queries = useQueryClient()
  const { mutateAsync, isPending, error, reset } = useMutation<DataOf<N>, Error, InputOf<N>>({
    mutationFn: (input) => callerOf(client).call(name, input),
    onSuccess: () => {
      if (refresh) void queries.invalidateQueries()
    },
  })
  const run = useCallback((input: InputOf<N>) => mutateAsync(input).catch(() => undefined), [mutateAsync])
  const problem = useMemo(() => (error ? asProblem(error) : undefined), [error])
  return { run, busy: isPending, problem, needs: useMissingRole(name), clear: reset }
}
