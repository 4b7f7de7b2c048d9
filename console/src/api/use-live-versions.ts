import { useEffect, useState } from 'react'
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

/** Which merchants are live on which template; `undefined` while it is read. */
export const useLiveVersions = (): LiveVersions | undefined => {
  const { client } = useSession()
  const [versions, setVersions] = useState<LiveVersions>()
  useEffect(() => {
    let isCurrent = true
    const read = async (): Promise<void> => {
      const byTemplate = new Map<number, Authorizer[]>()
      let looked = 0
      for await (const authorizer of client.all('authorizers.list', { limit: 100 })) {
        if (!isCurrent) return
        looked += 1
        const templateId = authorizer.live?.templateId
        if (templateId !== undefined) byTemplate.set(templateId, [...(byTemplate.get(templateId) ?? []), authorizer])
        if (looked >= MOST) break
      }
      if (isCurrent) setVersions({ byTemplate, looked, isAll: looked < MOST })
    }
    // The numbers are an extra: the page says so where they are missing.
    read().catch(() => undefined)
    return () => {
      isCurrent = false
    }
  }, [client])
  return versions
}
