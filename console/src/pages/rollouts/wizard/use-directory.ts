import { useEffect, useState } from 'react'
import type { Minifleet } from '../../../../../client/src/client.ts'
import { asProblem, type ApiProblem } from '../../../api/problem.ts'
import { useSession } from '../../../api/session.ts'

export interface Known {
  readonly appid: string
  readonly nickName: string
  readonly version: string | undefined
  readonly attributes: Readonly<Record<string, string>>
}

export interface Directory {
  /** Mini programs that could be shipped to, in the order in which the platform takes them; so far as they were read. */
  readonly merchants: readonly Known[]
  readonly reading: boolean
  /** There are more than are read. */
  readonly more: boolean
  readonly problem?: ApiProblem | undefined
}

const PAGE = 100

/** Enough to count and to give examples; the platform itself has no such bound. */
const MOST = 2000

const readAttributes = async (client: Minifleet, signal: AbortSignal) => {
  const found = new Map<string, Readonly<Record<string, string>>>()
  let cursor: string | undefined
  do {
    const page = await client.call(
      'bindings.list',
      { status: 'bound', limit: PAGE, ...(cursor !== undefined && { cursor }) },
      { signal },
    )
    for (const { appid, attributes } of page.items) if (appid !== undefined) found.set(appid, attributes)
    cursor = page.nextCursor
  } while (cursor !== undefined && found.size < MOST)
  return found
}

const readDirectory = async (
  client: Minifleet,
  signal: AbortSignal,
  report: (directory: Directory) => void,
): Promise<void> => {
  const attributes = await readAttributes(client, signal)
  const merchants: Known[] = []
  let cursor: string | undefined
  do {
    const page = await client.call(
      'authorizers.list',
      { status: 'active', limit: PAGE, ...(cursor !== undefined && { cursor }) },
      { signal },
    )
    for (const { appid, nickName, accountType, live } of page.items)
      if (accountType === 'miniprogram')
        merchants.push({ appid, nickName, version: live?.version, attributes: attributes.get(appid) ?? {} })
    cursor = page.nextCursor
    const reading = cursor !== undefined && merchants.length < MOST
    const sorted = merchants.toSorted((a, b) => (a.appid < b.appid ? -1 : 1))
    report({ merchants: sorted, reading, more: !reading && cursor !== undefined })
  } while (cursor !== undefined && merchants.length < MOST)
}

/** Whom a rollout could go to, read once while the wizard is open. */
export const useDirectory = (): Directory => {
  const { client } = useSession()
  const [directory, setDirectory] = useState<Directory>({ merchants: [], reading: true, more: false })
  useEffect(() => {
    const abort = new AbortController()
    readDirectory(client, abort.signal, setDirectory).catch((error: unknown) => {
      if (!abort.signal.aborted)
        setDirectory((before) => ({ ...before, reading: false, more: true, problem: asProblem(error) }))
    })
    return () => abort.abort()
  }, [client])
  return directory
}
