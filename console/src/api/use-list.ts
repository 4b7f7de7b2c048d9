import { useState } from 'react'
import type { ListName } from '../../../client/src/client.ts'
import type { DataOf, InputOf } from './call.ts'
import type { ApiProblem } from './problem.ts'
import { useOperation } from './use-operation.ts'

export interface ListView<Items> {
  readonly items: Items | undefined
  readonly loading: boolean
  /** How many there are on all pages, where the operation says so. */
  readonly total: number | undefined
  readonly problem: ApiProblem | undefined
  /** From 1. */
  readonly page: number
  readonly next: (() => void) | undefined
  readonly previous: (() => void) | undefined
  readonly reload: () => void
}

interface Options {
  /** Items on a page, default 20. */
  readonly limit?: number
  /** As for `useOperation`. */
  readonly everyMs?: number
}

type ListInput<N extends ListName> = Omit<InputOf<N>, 'limit' | 'cursor'>

/** One page of a list, with the way to the next and back. Another `input` starts at the first page. */
export function useList<N extends ListName>(
  name: N,
  input: ListInput<N>,
  { limit = 20, ...polling }: Options = {},
): ListView<DataOf<N>['items']> {
  const key = JSON.stringify(input)
  const [trail, setTrail] = useState<{ readonly key: string; readonly cursors: readonly string[] }>({
    key,
    cursors: [],
  })
  const cursors = trail.key === key ? trail.cursors : []
  const cursor = cursors.at(-1)
  const { data, problem, loading, reload } = useOperation(
    name,
    { ...input, limit, ...(cursor === undefined ? {} : { cursor }) },
    polling,
  )
  const nextCursor = data?.nextCursor
  return {
    items: data?.items,
    loading,
    total: data && 'total' in data ? data.total : undefined,
    problem,
    page: cursors.length + 1,
    next: nextCursor === undefined ? undefined : () => setTrail({ key, cursors: [...cursors, nextCursor] }),
    previous: cursors.length === 0 ? undefined : () => setTrail({ key, cursors: cursors.slice(0, -1) }),
    reload,
  }
}
