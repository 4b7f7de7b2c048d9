import { useQuery } from '@tanstack/react-query'
import type { Authorizer } from '../../../client/src/client.ts'
import { useSession } from './session.ts'

/** Enough for a picture; reading 100,000 would take minutes. */
const MOST = 1000

export interface LiveVersions {
  readonly byTemplate: ReadonlyMap<number, readonly Authorizer[]>
  /** How many merchants were looked at. */
  readonly looked: number
  readonly isAll: boolean
}

/** Which merchants are live on which template; `undefined` while it is read. The numbers are an extra: the page says so where they are missing. */
export const useLiveVersions = (): LiveVersions | undefined => {
  const { client } = useSession()
  const { data } = useQuery({
    queryKey: ['live versions'],
    queryFn: async ({ signal }) => {
      const byTemplate = new Map<number, Authorizer[]>()
      let looked = 0
      for await (const authorizer of client.all('authorizers.list', { limit: 100 })) {
        signal.throwIfAborted()
        looked += 1
        const templateId = authorizer.live?.templateId
        if (templateId !== undefined) byTemplate.set(templateId, [...(byTemplate.get(templateId) ?? []), authorizer])
        if (looked >= MOST) break
      }
      return { byTemplate, looked, isAll: looked < MOST }
    },
  })
  return data
}
