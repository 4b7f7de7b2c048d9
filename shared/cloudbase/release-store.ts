import type { ReleaseRecord, ReleaseState, ReleaseStore } from '../domain/stores/releases.ts'
import type { EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { dueReleases } from './due.ts'
import { begun, readReleaseHappened, releaseHappened } from './happened.ts'
import { ofAccounts, readPage } from './paging.ts'
import { createReleasePages } from './release-pages.ts'
import { changedNow, dueFields, newestReleases, newRow, storedFields, toRelease } from './release-rows.ts'
import { serverTime, toDate } from './requests.ts'
import { changeSeen } from './seen.ts'

const collection = 'releases'
/** The service answers no more rows at once. */
const MOST_ROWS = 1000
/** Releases of one authorizer that are superseded at once. */
const supersededPerRead = 100

export function createReleaseStore(database: Database): ReleaseStore {
  const supersedeOne = ({ releaseId, revision }: ReleaseRecord, now: EpochMs) =>
    changeSeen(
      database,
      collection,
      { id: releaseId, revision },
      {
        ...releaseHappened(undefined, { state: 'superseded' }, now),
        set: { ...dueFields(null), state: 'superseded', updatedAt: toDate(now), changedAt: serverTime() },
        unset: ['heldUp'],
      },
    )
  const findOlder = async (appid: string, beforeNumber: number, states: readonly ReleaseState[]) => {
    const query = { appid, number: { lt: beforeNumber }, state: { in: states } }
    return (await database.find(collection, query, { limit: supersededPerRead })).map(toRelease)
  }

  return {
    ...createReleasePages(database),

    async find(releaseId) {
      const row = await database.get(collection, releaseId)
      return row && toRelease(row)
    },

    async ofAuthorizer(appid) {
      const { query, ...options } = newestReleases(appid)
      return (await database.find(collection, query, options)).map(toRelease)
    },

    insert: (release, order, dueAt) =>
      database.insert(collection, { ...newRow(release, order, dueAt), ...begun(release) }),

    async change(release, change, now, ...happenings) {
      const { releaseId, revision } = release
      const { set, unset } = storedFields(change)
      const row = await changeSeen(
        database,
        collection,
        { id: releaseId, revision },
        {
          ...releaseHappened(release, change, now),
          set: { ...set, ...changedNow(change, now), changedAt: serverTime() },
          unset,
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

    async heldUp(limit) {
      return (await database.find(collection, { heldUp: true }, { limit })).map(toRelease)
    },

    async due(limit, now) {
      return (await database.find(collection, dueReleases(now), { limit, orderBy: [['dueAt', 'asc']] })).map(toRelease)
    },

    list({ appids, states, rolloutId }, page) {
      const query = {
        ...ofAccounts(appids),
        ...(states && { state: { in: states } }),
        ...(rolloutId !== undefined && { rolloutId }),
      }
      return readPage(database, { collection, sortedBy: 'order', query }, page, toRelease)
    },

    count: (state) => database.count(collection, { state }),
  }
}
