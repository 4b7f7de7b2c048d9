import { useCallback, useEffect, useRef, useState } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import { callerOf, type DataOf, type InputOf } from './call.ts'
import { asProblem, type ApiProblem } from './problem.ts'
import { onRefresh } from './refresh.ts'
import { useAllowed } from './role.ts'
import { useSession } from './session.ts'

export interface Loaded<T> {
  readonly data: T | undefined
  readonly problem: ApiProblem | undefined
  /** Nothing to show yet. While a later round runs the data of the one before stays. */
  readonly loading: boolean
  readonly reload: () => void
}

interface Options<T> {
  /**
   * Asks again so often in the demo, and a third as often of a real platform, whose database is paid by the call; only while the tab is
   * looked at. A function decides by the newest data, `undefined` stops.
   */
  readonly pollMs?: number | undefined | ((data: T | undefined) => number | undefined)
}

interface Answer<T> {
  readonly key: string | undefined
  readonly data?: T | undefined
  readonly problem?: ApiProblem | undefined
}

/** What an operation that only reads answers. `undefined` as input: not yet. What the visitor's role may not read is not asked for. */
export function useOperation<N extends OperationName>(
  name: N,
  input: InputOf<N> | undefined,
  { pollMs }: Options<DataOf<N>> = {},
): Loaded<DataOf<N>> {
  const { client, demo, signOut } = useSession()
  const [answer, setAnswer] = useState<Answer<DataOf<N>>>({ key: undefined })
  const [round, setRound] = useState(0)
  const reload = useCallback(() => setRound((before) => before + 1), [])
  const allowed = useAllowed(name, 'reading')
  const key = input === undefined || allowed !== true ? undefined : `${name} ${JSON.stringify(input)}`
  const newest = useRef(input)
  newest.current = input
  const underWay = useRef(false)

  useEffect(() => {
    const given = newest.current
    if (key === undefined || given === undefined) return undefined
    let isWanted = true
    underWay.current = true
    const settle = (update: (before: Answer<DataOf<N>>) => Answer<DataOf<N>>): void => {
      if (!isWanted) return
      underWay.current = false
      setAnswer(update)
    }
    callerOf(client)
      .call(name, given)
      .then(
        (data) => settle(() => ({ key, data })),
        (error: unknown) => {
          const problem = asProblem(error)
          if (isWanted && problem.code === 'UNAUTHENTICATED') signOut('expired')
          settle((before) => ({ key, data: before.key === key ? before.data : undefined, problem }))
        },
      )
    return () => {
      isWanted = false
    }
  }, [client, name, key, round, signOut])

  const isCurrent = key !== undefined && answer.key === key
  const data = isCurrent ? answer.data : undefined
  const wanted = typeof pollMs === 'function' ? pollMs(data) : pollMs
  const every = wanted === undefined || demo ? wanted : wanted * 3
  useEffect(() => onRefresh(reload), [reload])
  useEffect(() => {
    if (every === undefined) return undefined
    const timer = setInterval(() => {
      // A slow answer is waited for: asking again would give it up.
      if (document.visibilityState === 'visible' && !underWay.current) reload()
    }, every)
    return () => clearInterval(timer)
  }, [every, reload, answer])

  return {
    data,
    problem: isCurrent ? answer.problem : undefined,
    loading: !isCurrent && input !== undefined && allowed !== false,
    reload,
  }
}
