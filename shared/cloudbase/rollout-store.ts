import type { ItemChange, ItemFilter, RolloutChange, RolloutItem } from '../domain/stores/rollouts.ts'
import type { RolloutRecord, RolloutStore } from '../domain/stores/rollouts.ts'
import { forEachConcurrently } from '../concurrency.ts'
import { groupBy } from '../grouping.ts'
import { MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { dueRollouts } from './due.ts'
import { toDate, type Change, type Query, type Value } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { ofAccounts, readPage } from './paging.ts'
import { toCounts, toItem, toRollout } from './rollout-rows.ts'
import { storedProblem } from './row.ts'
import { asSeen, changeSeen, firstRevision } from './seen.ts'

const rollouts = 'rollouts'
const rolloutItems = 'rolloutItems'

/** A processing function lives a minute at the most. */
const LEASE_MS = MINUTE + 10_000

const ITEMS_PER_INSERT = 200
/** 100,000 accounts are put in within the time of one call. */
const INSERTS_AT_ONCE = 5

export function createRolloutStore(database: Database): RolloutStore {
  const insertItems = async (items: readonly RolloutItem[], dueAt: EpochMs): Promise<void> => {
    const documents = items.map(({ itemId, rolloutId, appid, state, wave, revision }) => ({
      _id: itemId,
      rolloutId,
      appid,
      state,
      wave,
      dueAt: toDate(dueAt),
      revision,
    }))
    if (await database.insertMany(rolloutItems, documents)) return
    // An earlier attempt was cut off: put in what is missing, one by one.
    for (const document of documents) await database.insert(rolloutItems, document)
  }

  return {
    async insert(rollout, items, order, dueAt) {
      const pages = Math.ceil(items.length / ITEMS_PER_INSERT)
      const starts = Array.from({ length: pages }, (_, page) => page * ITEMS_PER_INSERT)
      const failures: unknown[] = []
      await forEachConcurrently(starts, INSERTS_AT_ONCE, async (start) => {
        if (failures.length > 0) return
        await insertItems(items.slice(start, start + ITEMS_PER_INSERT), dueAt).catch((error: unknown) => {
          failures.push(error)
        })
      })
      if (failures.length > 0) throw failures[0]
      await database.insert(rollouts, { ...toDocument(rollout), order, dueAt: toDate(dueAt), fence: 0, ...noLease })
    },

    async removeItems(rolloutId) {
      await database.remove(rolloutItems, { rolloutId })
    },

    async find(rolloutId) {
      const row = await database.get(rollouts, rolloutId)
      return row && toRollout(row)
    },

    list: ({ state }, page) =>
      readPage(
        database,
        { collection: rollouts, sortedBy: 'order', query: state === undefined ? {} : { state } },
        page,
        toRollout,
      ),

    items: (rolloutId, filter, page) =>
      readPage(
        database,
        { collection: rolloutItems, sortedBy: '_id', query: itemsOf(rolloutId, filter) },
        page,
        toItem,
      ),

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

    async dueItems(rolloutId, states, wave, limit, now) {
      const rows = await database.find(
        rolloutItems,
        { rolloutId, state: { in: states }, wave: { lte: wave }, dueAt: { lte: toDate(now) } },
        { limit, orderBy: [['dueAt', 'asc']] },
      )
      return rows.map(toItem)
    },

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
      return toCounts(Object.fromEntries(await database.countBy(rolloutItems, query, 'state')))
    },
  }
}

const rolloutChange = ({
  wish,
  problem,
  guard,
  watch,
  dueAt,
  startedAt,
  endedAt,
  followedUntil,
  counts,
  runs,
  ...change
}: RolloutChange): Change => ({
  set: {
    ...change,
    ...(counts && { counts: { ...counts } }),
    ...(runs && { runs: [...runs] }),
    ...(startedAt !== undefined && { startedAt: toDate(startedAt) }),
    ...(endedAt && { endedAt: toDate(endedAt) }),
    ...(followedUntil !== undefined && { followedUntil: toDate(followedUntil) }),
    ...(dueAt !== undefined && { dueAt: orNull(dueAt) }),
    ...(wish && { wish }),
    ...(problem && { problem: storedProblem(problem) }),
    ...(guard && { guard: JSON.stringify(guard) }),
    ...(watch && { watch: JSON.stringify(watch) }),
  },
  unset: Object.entries({ wish, problem, guard, watch, endedAt }).flatMap(([name, value]) =>
    value === null ? [name] : [],
  ),
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

const itemChange = ({ problem, submission, dueAt, ...change }: ItemChange): Change => ({
  set: {
    ...change,
    ...(dueAt !== undefined && { dueAt: orNull(dueAt) }),
    ...(problem && { problem: storedProblem(problem) }),
    ...(submission !== undefined && submission !== null && { submission: JSON.stringify(submission) }),
  },
  unset: Object.entries({ problem, submission }).flatMap(([name, value]) => (value === null ? [name] : [])),
  inc: { revision: 1 },
})

function toDocument(rollout: RolloutRecord): { _id: string } & Record<string, Value | undefined> {
  const {
    rolloutId,
    ext,
    extJson,
    extVars,
    settings,
    allow,
    canary,
    setup,
    waves,
    counts,
    startAt,
    startedAt,
    quietHours,
    gray,
    guard,
    name,
    templateId,
    version,
    description,
  } = rollout
  const { nextWaveWhen, maxFailures, quotaReserve, autoSubmit, autoRelease, total, state, wave } = rollout
  return {
    _id: rolloutId,
    name,
    templateId,
    version,
    description,
    nextWaveWhen,
    maxFailures,
    quotaReserve,
    autoSubmit,
    autoRelease,
    total,
    state,
    wave,
    ext: ext && JSON.stringify(ext),
    extJson: extJson && JSON.stringify(extJson),
    extVars: extVars && JSON.stringify(extVars),
    settings: settings && JSON.stringify(settings),
    allow: allow && [...allow],
    canary,
    setup: setup === undefined ? undefined : JSON.stringify(setup),
    waves: [...waves],
    counts: { ...counts },
    startAt: startAt && toDate(startAt),
    startedAt: startedAt && toDate(startedAt),
    quietHours: quietHours && { ...quietHours },
    gray: gray && [...gray],
    guard: guard && JSON.stringify(guard),
    ...firstRevision(),
  }
}
