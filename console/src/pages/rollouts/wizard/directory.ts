import { useEffect, useState } from 'react'
import type { Minifleet } from '../../../../../client/src/client.ts'
import { type ApiProblem, asProblem } from '../../../api/problem.ts'
import { useSession } from '../../../api/session.ts'
import { attributesOf, type Draft } from './draft.ts'

interface Known {
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

export interface Audience {
  readonly merchants: readonly Pick<Known, 'appid' | 'nickName'>[]
  readonly reading: boolean
  /** There are more than `merchants`. */
  readonly more: boolean
}

/** How many, where that is known. */
export const totalOf = ({ merchants, reading, more }: Audience): number | undefined =>
  reading || more ? undefined : merchants.length

/** As the platform decides it at the start. */
const fits = (draft: Draft): ((merchant: Known) => boolean) => {
  const wanted = Object.entries(attributesOf(draft))
  return ({ version, attributes }) =>
    (draft.liveVersion === '' || version === draft.liveVersion) &&
    wanted.every(([name, value]) => Object.hasOwn(attributes, name) && attributes[name] === value)
}

/** Who gets the rollout, as far as it is known. */
export const audienceOf = (draft: Draft, { merchants, reading, more }: Directory): Audience => {
  if (draft.audience === 'pick') {
    const names = new Map(merchants.map(({ appid, nickName }) => [appid, nickName]))
    const picked = draft.picked.map(({ appid, nickName }) => ({ appid, nickName: names.get(appid) ?? nickName }))
    return { merchants: picked, reading: false, more: false }
  }
  return { merchants: draft.audience === 'all' ? merchants : merchants.filter(fits(draft)), reading, more }
}

/** Values with the number of merchants that have them, the most frequent first. */
export const countValues = (values: readonly string[]): readonly (readonly [value: string, count: number])[] => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}
