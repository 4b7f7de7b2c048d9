import { orElse, readMember, time } from '../domain/stores/forms.ts'
import { releaseStates, type ReleaseChange, type ReleaseRecord, type ReleaseStore } from '../domain/stores/releases.ts'
import { groupBy } from '../grouping.ts'
import { epochMs, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { begun, releaseHappened } from './happened.ts'
import { newRow, storedChange, toRelease } from './release-changes.ts'
import { findRecent } from './recent-releases.ts'
import { createRecords } from './records.ts'
import { toDate } from './requests.ts'
import { nextRevision } from './revisions.ts'

const collection = 'releases'

/** The service answers no more rows at once. */
const MOST_ROWS = 1000

const current = releaseStates.filter((state) => state !== 'superseded')

type Pages = Pick<ReleaseStore, 'insertAll' | 'changeAll' | 'currentOf' | 'shownOf' | 'ofRollout' | 'changedSince'>

/** Releases of many accounts at once: one request for a page where nobody interferes, three where somebody does. */
export function createReleasePages(database: Database): Pages {
  const records = createRecords(database, collection, toRelease)
  const findMarked = (releases: readonly ReleaseRecord[], mark: string): Promise<ReleaseRecord[]> => {
    const ids = releases.map(({ releaseId }) => releaseId)
    return records.find({ _id: { in: ids }, mark }, { limit: MOST_ROWS })
  }

  return {
    async insertAll(releases, dueAt, mark) {
      const rows = releases.map(({ release, order }) => ({ ...newRow(release, order, dueAt), ...begun(release), mark }))
      const all = releases.map(({ release }) => release)
      if (rows.length === 0 || (await database.insertMany(collection, rows))) return all
      // The service stops at the first that is there already.
      const isIn = new Set((await findMarked(all, mark)).map(({ releaseId }) => releaseId))
      for (const row of rows) if (!isIn.has(row._id) && (await database.insert(collection, row))) isIn.add(row._id)
      return all.filter(({ releaseId }) => isIn.has(releaseId))
    },

    async changeAll(releases, change, now, mark, ...happenings) {
      const { set, unset } = storedChange(change, now)
      const changed: ReleaseRecord[] = []
      for (const [revision, group] of groupBy(releases, (release) => release.revision)) {
        const updated = await database.update(
          collection,
          { _id: { in: group.map(({ releaseId }) => releaseId) }, revision },
          nextRevision(
            revision,
            {
              ...releaseHappened(group[0], change, now),
              set: { ...set, mark },
              unset,
            },
            ...happenings,
          ),
        )
        if (updated === group.length) changed.push(...group.map((release) => afterwards(release, change, now)))
        else if (updated > 0) changed.push(...(await findMarked(group, mark)))
      }
      return changed
    },

    async currentOf(appids) {
      const query = { appid: { in: appids }, state: { in: current } }
      const found = await records.find(query, { limit: MOST_ROWS, orderBy: [['number', 'desc']] })
      return groupBy(found.length < MOST_ROWS ? found : await oneByOne(appids), ({ appid }) => appid)
    },

    shownOf(appids) {
      const query = { appid: { in: appids }, $or: [{ releasedAt: { gt: toDate(epochMs(0)) } }, { state: 'gray' }] }
      return records.find(query, { limit: MOST_ROWS, orderBy: [['number', 'desc']] })
    },

    ofRollout: (rolloutId, appids) => records.find({ appid: { in: appids }, rolloutId }, { limit: MOST_ROWS }),

    async changedSince(rolloutId, since, limit) {
      const query = { rolloutId, changedAt: { gte: toDate(since) } }
      const rows = await database.find(collection, query, { limit, orderBy: [['changedAt', 'asc']] })
      const last = rows.at(-1)
      return { releases: rows.map(toRelease), until: last && readMember(last, 'changedAt', orElse(time, epochMs(0))) }
    },
  }

  async function oneByOne(appids: readonly string[]): Promise<ReleaseRecord[]> {
    const found: ReleaseRecord[] = []
    for (const appid of appids) found.push(...(await findRecent(database, appid)))
    return found
  }
}

/** The record as the database has it now. */
function afterwards(release: ReleaseRecord, change: ReleaseChange, now: EpochMs): ReleaseRecord {
  const { set, unset } = storedChange(change, now)
  const row: Record<string, unknown> & { _id: string } = {
    ...newRow(release, '', null),
    ...set,
    _id: release.releaseId,
    revision: release.revision + 1,
  }
  for (const name of unset) delete row[name]
  return toRelease(row)
}
