import type { CleanUp } from '../domain/stores/clean-up.ts'
import { number, readMember } from '../domain/stores/forms.ts'
import { after, type EpochMs } from '../time.ts'
import { collections, type Retention } from './collections.ts'
import type { Database } from './database.ts'
import { toDate, type Change, type Query } from './requests.ts'
import { keptTickets, ticketType } from './push-store.ts'

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
      createTime: { lt: readMember(oldestKept, 'createTime', number) },
      secrets: { exists: true },
    }
    return apply('pushes', older, { unset: ['secrets'] })
  }

  return {
    async run(now) {
      let handled = 0
      for (const { name, retention } of collections)
        for (const rule of retention) handled += await apply(name, overIn(rule, now), rule.change)
      return handled + (await forgetOldTickets())
    },
  }
}

const overIn = ({ since, afterMs, andSince, where }: Retention, now: EpochMs): Query => ({
  [since]: { lte: toDate(after(now, -afterMs)) },
  ...where,
  ...(andSince && {
    $or: [{ [andSince.since]: null }, { [andSince.since]: { lte: toDate(after(now, -andSince.afterMs)) } }],
  }),
})
