import type { ReleaseChange, ReleaseRecord, ReleaseState, ReleaseStore } from '../domain/stores/releases.ts'
import type { EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { dueReleases } from './due.ts'
import { begun, readReleaseHappened, releaseHappened } from './happened.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { createReleasePages } from './release-pages.ts'
import { findRecent } from './recent-releases.ts'
import { newRow, storedChange, toRelease } from './release-changes.ts'
import { changeSeen } from './revisions.ts'

const collection = 'releases'
/** The service answers no more rows at once. */
const MOST_ROWS = 1000
/** Releases of one authorizer that are superseded at once. */
const supersededPerRead = 100

const superseded: ReleaseChange = { state: 'superseded', dueAt: null }

export function createReleaseStore(database: Database): ReleaseStore {
  const releases = createRecords(database, collection, toRelease)
  const supersedeOne = ({ releaseId, revision }: ReleaseRecord, now: EpochMs) =>
    changeSeen(
      database,
      collection,
      { id: releaseId, revision },
      {
        ...releaseHappened(undefined, superseded, now),
        ...storedChange(superseded, now),
      },
    )
  const findOlder = (appid: string, beforeNumber: number, states: readonly ReleaseState[]) => {
    const query = { appid, number: { lt: beforeNumber }, state: { in: states } }
    return releases.find(query, { limit: supersededPerRead })
  }

  return {
    ...createReleasePages(database),

    find: (releaseId) => releases.get(releaseId),

    ofAuthorizer: (appid) => findRecent(database, appid),

    insert: (release, order, dueAt) =>
      database.insert(collection, { ...newRow(release, order, dueAt), ...begun(release) }),

    async change(release, change, now, ...happenings) {
      const { releaseId, revision } = release
      const row = await changeSeen(
        database,
        collection,
        { id: releaseId, revision },
        {
          ...releaseHappened(release, change, now),
          ...storedChange(change, now),
        },
        ...happenings,
      )
      return row && toRelease(row)
    },

    async supersede(appid, beforeNumber, states, now) {
      const others = states.filter((state) => state !== 'superseded')
      for (;;) {
        const older = await findOlder(appid, beforeNumber, others)
        for (const release of older) await supersedeOne(release, now)
        if (older.length === 0) return
      }
    },

    async happenedOf(appid) {
      const rows = await database.find(collection, { appid }, { limit: MOST_ROWS, orderBy: [['number', 'desc']] })
      return rows.flatMap(readReleaseHappened)
    },

    heldUp: (limit) => releases.find({ heldUp: true }, { limit }),

    due: (limit, now) => releases.find(dueReleases(now), { limit, orderBy: [['dueAt', 'asc']] }),

    list({ appids, states, rolloutId }, page) {
      const query = {
        ...ofAccounts(appids),
        ...(states && { state: { in: states } }),
        ...(rolloutId !== undefined && { rolloutId }),
      }
      return releases.page({ sortedBy: 'order', query }, page)
    },

    count: (state) => database.count(collection, { state }),
  }
}
