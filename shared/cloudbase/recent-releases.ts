import { RECENT_RELEASES, releaseStates, type ReleaseRecord, type ReleaseState } from '../domain/stores/releases.ts'
import type { Database, Look } from './database.ts'
import { toRelease } from './release-changes.ts'
import type { Query, Row } from './requests.ts'

const over: ReadonlySet<ReleaseState> = new Set(['failed', 'rolledBack', 'superseded'])
const goingOn = releaseStates.filter((state) => !over.has(state))
const sent = releaseStates.filter((state) => state !== 'failed')

/**
 * The newest of an account, and what newer ones do not take away however many they are: those that still go on or are online, and the
 * last one made here, whose ext the next one takes over.
 */
export const recentReleases = (appid: string): readonly Look[] => [
  newest({ appid }, RECENT_RELEASES),
  newest({ appid, state: { in: goingOn } }, RECENT_RELEASES),
  newest({ appid, state: { in: sent }, templateId: { gte: 0 } }, 1),
]

const newest = (query: Query, limit: number): Look => ({
  collection: 'releases',
  query,
  orderBy: [['number', 'desc']],
  limit,
  fields: 'all',
})

/** The same, in one operation. */
export async function findRecent(database: Database, appid: string): Promise<readonly ReleaseRecord[]> {
  const looks = recentReleases(appid).map((look, place) => [`look${place}`, look] as const)
  const found = await database.findEach(Object.fromEntries(looks))
  return readRecent(Object.values(found).flat())
}

/** Of what was found, each once, the newest first. */
export const readRecent = (rows: readonly Row[]): readonly ReleaseRecord[] =>
  [...new Map(rows.map((row) => [row._id, row])).values()].map(toRelease).toSorted((a, b) => b.number - a.number)
