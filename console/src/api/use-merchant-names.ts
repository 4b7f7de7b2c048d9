import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Minifleet } from '../../../client/src/client.ts'
import { useSession } from './session.ts'

/** Names by appid, as far as they are known; '' where there is no such merchant. */
export type MerchantNames = ReadonlyMap<string, string>

/** What was asked before; one memory for all pages. */
const memory = new WeakMap<Minifleet, Map<string, string>>()

const namesOf = (client: Minifleet): Map<string, string> => {
  const names = memory.get(client) ?? new Map<string, string>()
  memory.set(client, names)
  return names
}

/** A platform with few merchants is asked once for all of them. */
const FIRST_PAGE = 100

/** Single questions at once. */
const WIDTH = 4

const learn = async (client: Minifleet, appids: readonly string[], signal: AbortSignal): Promise<void> => {
  const names = namesOf(client)
  if (names.size === 0) {
    const { items } = await client.call('authorizers.list', { limit: FIRST_PAGE }, { signal })
    for (const { appid, nickName } of items) names.set(appid, nickName)
  }
  const open = appids.filter((appid) => appid !== '' && !names.has(appid))
  const next = async (): Promise<void> => {
    for (let appid = open.pop(); appid !== undefined && !signal.aborted; appid = open.pop()) {
      const found = await client.call('authorizers.get', { appid }, { signal }).catch(() => undefined)
      if (!signal.aborted) names.set(appid, found?.nickName ?? '')
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, next))
}

const none: readonly string[] = []

/** Names of these accounts and of the first hundred merchants; those not known yet follow. Without its name an account is shown by its appid. */
export const useMerchantNames = (appids: readonly string[] = none): MerchantNames => {
  const { client } = useSession()
  const known = namesOf(client)
  const missing = [...new Set(appids)].filter((appid) => !known.has(appid)).join(' ')
  const { dataUpdatedAt } = useQuery({
    queryKey: ['names', missing],
    queryFn: async ({ signal }) => {
      await learn(client, missing.split(' '), signal)
      return namesOf(client).size
    },
    enabled: missing !== '' || known.size === 0,
    retry: 2,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => new Map(known), [known, known.size, dataUpdatedAt])
}
