import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Minifleet } from '../../../client/src/client.ts'
import { useSession } from './session.ts'

/** Names by appid, as far as they are known. */
export type MerchantNames = ReadonlyMap<string, string>

interface Memory {
  readonly names: Map<string, string>
  /** More than one page of merchants is there: names are asked for one by one. */
  hasMore: boolean
  /** When names of the same accounts were asked for first: ms, by their appids. */
  readonly asked: Map<string, number>
}

/** What was asked before; one memory for all pages. */
const memories = new WeakMap<Minifleet, Memory>()

const memoryOf = (client: Minifleet): Memory => {
  const memory: Memory = memories.get(client) ?? { names: new Map(), hasMore: false, asked: new Map() }
  memories.set(client, memory)
  return memory
}

/** A platform with few merchants is asked for all of them at once. */
const FIRST_PAGE = 100

/** Single questions at once. */
const WIDTH = 4

/** A push is shown before its merchant has a name: who has none is asked about again, after 5 s and then each time twice as late. */
const AGAIN_MS = 5000
const AT_LAST_MS = 5 * 60_000

const learn = async (client: Minifleet, appids: readonly string[], signal: AbortSignal): Promise<void> => {
  const memory = memoryOf(client)
  const { names } = memory
  if (!memory.hasMore) {
    const { items, nextCursor } = await client.call('authorizers.list', { limit: FIRST_PAGE }, { signal })
    for (const { appid, nickName } of items) if (nickName !== '') names.set(appid, nickName)
    memory.hasMore = nextCursor !== undefined
    if (!memory.hasMore) return
  }
  const open = appids.filter((appid) => appid !== '' && !names.has(appid))
  const next = async (): Promise<void> => {
    for (let appid = open.pop(); appid !== undefined && !signal.aborted; appid = open.pop()) {
      const found = await client.call('authorizers.get', { appid }, { signal }).catch(() => undefined)
      if (!signal.aborted && found && found.nickName !== '') names.set(appid, found.nickName)
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, next))
}

const none: readonly string[] = []

/** Names of these accounts and of the first hundred merchants; those not known yet follow. Without its name an account is shown by its appid. */
export const useMerchantNames = (appids: readonly string[] = none): MerchantNames => {
  const { client } = useSession()
  const { names: known, asked } = memoryOf(client)
  const missing = [...new Set(appids)].filter((appid) => !known.has(appid)).join(' ')
  const { dataUpdatedAt } = useQuery({
    queryKey: ['names', missing],
    queryFn: async ({ signal }) => {
      if (!asked.has(missing)) asked.set(missing, Date.now())
      await learn(client, missing.split(' '), signal)
      return known.size
    },
    enabled: missing !== '' || known.size === 0,
    retry: 2,
    staleTime: Infinity,
    refetchInterval: ({ state }) => {
      const waited = state.dataUpdatedAt - (asked.get(missing) ?? state.dataUpdatedAt)
      return missing !== '' && Math.min(Math.max(AGAIN_MS, waited), AT_LAST_MS)
    },
    refetchOnWindowFocus: false,
  })
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => new Map(known), [known, known.size, dataUpdatedAt])
}
