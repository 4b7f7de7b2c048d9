import { namesOfNull, reader, readMember, writeMembers } from '../domain/stores/forms.ts'
import { itemCounts, rollout, rolloutItem } from '../domain/stores/rollouts.ts'
import type { ItemChange, ItemFilter, RolloutChange, RolloutItem } from '../domain/stores/rollouts.ts'
import type { RolloutRecord, RolloutStore } from '../domain/stores/rollouts.ts'
import { forEachConcurrently } from '../concurrency.ts'
import { groupBy } from '../grouping.ts'
import { MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { dueRollouts } from './due.ts'
import { toDate, type Change, type Query } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { asSeen, changeSeen, firstRevision } from './revisions.ts'

const rollouts = 'rollouts'
const rolloutItems = 'rolloutItems'

/** A processing function lives a minute at the most. */
const LEASE_MS = MINUTE + 10_000

const ITEMS_PER_INSERT = 200
/** 100,000 accounts are put in within the time of one call. */
const INSERTS_AT_ONCE = 5

const toRollout = reader(rollout)

export function createRolloutStore(database: Database): RolloutStore {
  const all = createRecords(database, rollouts, toRollout)
  const items = createRecords(database, rolloutItems, reader(rolloutItem))
  const insertItems = async (some: readonly RolloutItem[], dueAt: EpochMs): Promise<void> => {
    const documents = some.map((item) => ({
      ...writeMembers(rolloutItem, item),
      _id: item.itemId,
      dueAt: toDate(dueAt),
    }))
    if (await database.insertMany(rolloutItems, documents)) return
    // An earlier attempt was cut off: put in what is missing, one by one.
    for (const document of documents) await database.insert(rolloutItems, document)
  }

  return {
    async insert(planned, planItems, order, dueAt) {
      const pages = Math.ceil(planItems.length / ITEMS_PER_INSERT)
      const starts = Array.from({ length: pages }, (_, page) => page * ITEMS_PER_INSERT)
      const failures: unknown[] = []
      await forEachConcurrently(starts, INSERTS_AT_ONCE, async (start) => {
        if (failures.length > 0) return
        await insertItems(planItems.slice(start, start + ITEMS_PER_INSERT), dueAt).catch((error: unknown) => {
          failures.push(error)
        })
      })
      if (failures.length > 0) throw failures[0]
      await database.insert(rollouts, {
        ...writeMembers(rollout, planned),
        ...firstRevision(),
        ...noLease,
        _id: planned.rolloutId,
        order,
        dueAt: toDate(dueAt),
        fence: 0,
      })
    },

    async removeItems(rolloutId) {
      await database.remove(rolloutItems, { rolloutId })
    },

    find: (rolloutId) => all.get(rolloutId),

    list: ({ state }, page) => all.page({ sortedBy: 'order', query: state === undefined ? {} : { state } }, page),

    items: (rolloutId, filter, page) => items.page({ sortedBy: '_id', query: itemsOf(rolloutId, filter) }, page),

    async change({ rolloutId, revision }, change, ...happenings) {
      const row = await changeSeen(
        database,
        rollouts,
        { id: rolloutId, revision },
        rolloutChange(change),
        ...happenings,
      )
      return row && toRollout(row)
    },

    async claimDue(limit, now, owner) {
      const due = await database.find(rollouts, dueRollouts(now), { limit, orderBy: [['dueAt', 'asc']] })
      const claimed: RolloutRecord[] = []
      for (const { _id } of due) {
        const lease = await takeLease(database, { collection: rollouts, id: _id, owner, ttl: LEASE_MS })
        if (lease.kind === 'won') claimed.push(toRollout(lease.row))
      }
      return claimed
    },

    async release({ rolloutId, revision }, owner, dueAt) {
      const ended = { set: { ...noLease, dueAt: orNull(dueAt) } }
      const guard = { ...asSeen({ id: rolloutId, revision }), leaseOwner: owner }
      if ((await database.update(rollouts, guard, ended)) > 0) return
      await endLease(database, { collection: rollouts, id: rolloutId, owner })
    },

    dueItems: (rolloutId, states, wave, limit, now) =>
      items.find(
        { rolloutId, state: { in: states }, wave: { lte: wave }, dueAt: { lte: toDate(now) } },
        { limit, orderBy: [['dueAt', 'asc']] },
      ),

    async changeItems(items, change) {
      let changed = 0
      for (const [revision, group] of groupBy(items, (item) => item.revision)) {
        const ids = group.map(({ itemId }) => itemId)
        changed += await database.update(rolloutItems, { _id: { in: ids }, revision }, itemChange(change))
      }
      return changed
    },

    changeItemsOf: (rolloutId, appids, from, change) =>
      database.update(rolloutItems, { rolloutId, appid: { in: appids }, state: { in: from } }, itemChange(change)),

    reset: (rolloutId, filter, to, now, submission) =>
      database.update(
        rolloutItems,
        itemsOf(rolloutId, filter),
        itemChange({ state: to, dueAt: now, problem: null, submission: submission ?? null }),
      ),

    countOf: (rolloutId, appids) => database.count(rolloutItems, { rolloutId, appid: { in: appids } }),

    countRejections: (rolloutId) => database.countBy(rolloutItems, { rolloutId, state: 'rejected' }, 'rejectedFor'),

    async countItems(rolloutId, upToWave) {
      const query = { rolloutId, ...(upToWave !== undefined && { wave: { lte: upToWave } }) }
      const counts = Object.fromEntries(await database.countBy(rolloutItems, query, 'state'))
      return readMember({ counts }, 'counts', itemCounts)
    },
  }
}

const rolloutChange = ({ dueAt, ...change }: RolloutChange): Change => ({
  set: { ...writeMembers(rollout, change), ...(dueAt !== undefined && { dueAt: orNull(dueAt) }) },
  unset: namesOfNull(change),
})

const orNull = (at: EpochMs | null): Date | null => (at === null ? null : toDate(at))

const itemsOf = (rolloutId: string, { states, rejectedFor, appids, wave, like }: ItemFilter): Query => ({
  rolloutId,
  ...(wave !== undefined && { wave }),
  ...(like && { $or: [{ appid: { contains: like.text } }, { appid: { in: like.appids } }] }),
  ...ofAccounts(appids),
  ...(states && { state: { in: states } }),
  ...(rejectedFor !== undefined && { rejectedFor }),
})

const itemChange = ({ dueAt, ...change }: ItemChange): Change => ({
  set: { ...writeMembers(rolloutItem, change), ...(dueAt !== undefined && { dueAt: orNull(dueAt) }) },
  unset: namesOfNull(change),
  inc: { revision: 1 },
})
