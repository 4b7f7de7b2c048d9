import { useCallback, useEffect, useState } from 'react'
import type { Minifleet } from '../../../../../client/src/client.ts'
import type { DataOf, InputOf } from '../../../api/call.ts'
import { asProblem, type ApiProblem } from '../../../api/problem.ts'
import { useSession } from '../../../api/session.ts'
import type { WarningCode } from './draft.ts'

/** What is online there, and what would be in its place. */
export type Comparison = DataOf<'releases.compare'>['items'][number]

export type CheckedItem = DataOf<'releases.preflight'>['items'][number] & {
  readonly comparison?: Comparison | undefined
}

/** Nothing is wrong with it: the version is online, and it is passed over, or is approved, and taken over. */
const hasItAlready = ({ ready, problems }: CheckedItem): boolean =>
  !ready && problems.every(({ code }) => code === 'ALREADY_LIVE' || code === 'ALREADY_APPROVED')

/** `warned`: it is passed over unless its warnings are allowed. */
export type Standing = 'notReady' | 'warned' | 'hasIt' | 'ready'

export function standingOf(item: CheckedItem, allow: readonly WarningCode[]): Standing {
  if (hasItAlready(item)) return 'hasIt'
  if (!item.ready) return 'notReady'
  return item.warnings.some(({ code }) => !allow.some((one) => one === code)) ? 'warned' : 'ready'
}

/** What a person should look at first: what stands in the way, what is to be decided, what changes most. */
export function oddness(item: CheckedItem): number {
  const { added = [], removed = [], changed = [] } = item.comparison?.extJson ?? {}
  const inTheWay = item.ready || hasItAlready(item) ? 0 : 100_000
  return inTheWay + item.warnings.length * 1000 + added.length + removed.length + changed.length
}

export interface Preflight {
  readonly items: readonly CheckedItem[]
  readonly total: number
  readonly running: boolean
  readonly problem?: ApiProblem | undefined
  readonly again: () => void
}

/** As many as one call takes. */
const CALL = 50

/** More would take minutes; every merchant is checked once more when it is its turn. */
export const SAMPLE = 200

/** All of them, or so many evenly spread ones. */
export const sampleOf = (appids: readonly string[]): readonly string[] =>
  appids.length <= SAMPLE
    ? appids
    : Array.from({ length: SAMPLE }, (_, index) => appids[Math.floor((index * appids.length) / SAMPLE)] ?? '')

interface Found {
  readonly key: string
  readonly items: readonly CheckedItem[]
  readonly ended: boolean
  readonly problem?: ApiProblem
}

/** What is to be sent to them. */
export type Shipped = Pick<InputOf<'releases.preflight'>, 'templateId' | 'version' | 'ext'>

async function checkAndCompare(
  client: Minifleet,
  call: InputOf<'releases.preflight'>,
  signal: AbortSignal,
): Promise<readonly CheckedItem[]> {
  const { templateId } = call
  const [checked, compared] = await Promise.all([
    client.call('releases.preflight', call, { signal }),
    templateId === undefined ? { items: [] } : client.call('releases.compare', { ...call, templateId }, { signal }),
  ])
  const comparisons = new Map(compared.items.map((item) => [item.appid, item]))
  return checked.items.map((item) => ({ ...item, comparison: comparisons.get(item.appid) }))
}

/** Asks for all of these, one call after the other. `undefined`: not yet. */
export const usePreflight = (appids: readonly string[] | undefined, shipped: Shipped): Preflight => {
  const { client, signOut } = useSession()
  const [round, setRound] = useState(0)
  const [found, setFound] = useState<Found>({ key: '', items: [], ended: false })
  const what = JSON.stringify(shipped)
  const key = appids && appids.length > 0 ? `${round} ${appids.join()} ${what}` : ''
  useEffect(() => {
    if (key === '') return undefined
    const asked = key.split(' ')[1]?.split(',') ?? []
    const abort = new AbortController()
    const run = async (): Promise<void> => {
      const items: CheckedItem[] = []
      setFound({ key, items, ended: false })
      for (let from = 0; from < asked.length && !abort.signal.aborted; from += CALL) {
        const call = { appids: asked.slice(from, from + CALL), ...shipped }
        items.push(...(await checkAndCompare(client, call, abort.signal)))
        setFound({ key, items: [...items], ended: from + CALL >= asked.length })
      }
    }
    run().catch((error: unknown) => {
      if (abort.signal.aborted) return
      const problem = asProblem(error)
      if (problem.code === 'UNAUTHENTICATED') signOut('expired')
      setFound((before) => ({ ...before, key, ended: true, problem }))
    })
    return () => abort.abort()
    // The same content in another object is no change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, key, signOut])
  const isCurrent = found.key === key
  return {
    items: isCurrent ? found.items : [],
    total: appids?.length ?? 0,
    running: key !== '' && !(isCurrent && found.ended),
    problem: isCurrent ? found.problem : undefined,
    again: useCallback(() => setRound((before) => before + 1), []),
  }
}
