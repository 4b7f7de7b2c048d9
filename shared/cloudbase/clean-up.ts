import type { CleanUp } from '../domain/stores/clean-up.ts'
import { after, DAY, HOUR, MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import type { Change, Query } from './requests.ts'
import { keptTickets, ticketType } from './push-store.ts'
import { number, toDate } from './row.ts'

/** What has had its time, by the database's clock, and what becomes of it. */
interface Rule {
  readonly collection: string
  readonly over: (before: (milliseconds: number) => Date) => Query
  /** Default: the documents go. */
  readonly change?: Change
}

const rules: readonly Rule[] = [
  { collection: 'nonces', over: (before) => ({ receivedAt: { lte: before(10 * MINUTE) } }) },
  {
    collection: 'pushes',
    over: (before) => ({ receivedAt: { lte: before(30 * DAY) }, state: { in: ['done', 'failed'] } }),
  },
  {
    collection: 'deliveries',
    over: (before) => ({ createdAt: { lte: before(30 * DAY) }, state: { in: ['delivered', 'dead'] } }),
  },
  // Those of subscriptions that are switched off; others end when their last attempt has failed.
  {
    collection: 'deliveries',
    over: (before) => ({ state: 'waiting', expiresAt: { lte: before(HOUR) } }),
    change: { set: { state: 'dead' } },
  },
  { collection: 'states', over: (before) => ({ expiresAt: { lte: before(DAY) } }) },
  { collection: 'invites', over: (before) => ({ expiresAt: { lte: before(DAY) } }) },
  { collection: 'codes', over: (before) => ({ expiresAt: { lte: before(0) } }) },
  {
    collection: 'activity',
    // An entry that a later one of its key follows leads to it for as long as that one may be asked for.
    over: (before) => ({
      startedAt: { lte: before(365 * DAY) },
      $or: [{ askedAt: null }, { askedAt: { lte: before(8 * DAY) } }],
    }),
  },
  { collection: 'problems', over: (before) => ({ closed: true, closedAt: { lte: before(365 * DAY) } }) },
  {
    collection: 'activity',
    over: (before) => ({ keyUntil: { lte: before(0) } }),
    change: { set: { state: 'done' }, unset: ['answer', 'keyUntil'] },
  },
]

const perBatch = 500
/** Batches a rule in one run; the next run, a minute later, goes on. */
const maxBatches = 10

export function createCleanUp(database: Database): CleanUp {
  /** Ids are read first, so that no single request works for longer than its time limit. */
  const apply = async (collection: string, query: Query, change?: Change): Promise<number> => {
    let handled = 0
    for (let batch = 0; batch < maxBatches; batch++) {
      const rows = await database.find(collection, query, { limit: perBatch })
      if (rows.length === 0) break
      const guard = { ...query, _id: { in: rows.map((row) => row._id) } }
      handled += await (change ? database.update(collection, guard, change) : database.remove(collection, guard))
      if (rows.length < perBatch) break
    }
    return handled
  }

  /** Older tickets stay as entries without the ticket. */
  const forgetOldTickets = async (): Promise<number> => {
    const newest = await database.find(
      'pushes',
      { type: ticketType, secrets: { exists: true } },
      { limit: keptTickets, orderBy: [['createTime', 'desc']] },
    )
    const oldestKept = newest[keptTickets - 1]
    if (!oldestKept) return 0
    const older: Query = {
      type: ticketType,
      createTime: { lt: number(oldestKept, 'createTime') },
      secrets: { exists: true },
    }
    return apply('pushes', older, { unset: ['secrets'] })
  }

  return {
    async run(now) {
      let handled = 0
      const before = (milliseconds: number): Date => toDate(back(now, milliseconds))
      for (const { collection, over, change } of rules) handled += await apply(collection, over(before), change)
      return handled + (await forgetOldTickets())
    },
  }
}

const back = (now: EpochMs, milliseconds: number): EpochMs => after(now, -milliseconds)
