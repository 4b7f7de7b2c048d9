import { useCallback, useState } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import type { Role } from '../text/roles.ts'
import { callerOf, type DataOf, type InputOf } from './call.ts'
import { asProblem, type ApiProblem } from './problem.ts'
import { refreshAll } from './refresh.ts'
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
  const { client, signOut } = useSession()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const needs = useMissingRole(name)

  const run = useCallback(
    async (input: InputOf<N>): Promise<DataOf<N> | undefined> => {
      setBusy(true)
      setProblem(undefined)
      try {
        const data = await callerOf(client).call(name, input)
        if (refresh) refreshAll()
        return data
      } catch (error) {
        const found = asProblem(error)
        if (found.code === 'UNAUTHENTICATED') signOut('expired')
        setProblem(found)
        return undefined
      } finally {
        setBusy(false)
      }
    },
    [client, name, refresh, signOut],
  )
  const clear = useCallback(() => setProblem(undefined), [])
  return { run, busy, problem, needs, clear }
}
