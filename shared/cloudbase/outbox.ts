import * as v from 'valibot'
import { happeningTypes, outboxSources } from '../domain/stores/outbox.ts'
import type { OutboxSource, OutboxStore, Untold } from '../domain/stores/outbox.ts'
import { groupBy } from '../grouping.ts'
import type { Database } from './database.ts'
import { toRelease } from './release-rows.ts'
import { toDate, type Row } from './requests.ts'
import { optionalFields, optionalTime, text, time } from './row.ts'
import { revisionOf } from './seen.ts'

const entry = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.object({
      type: v.picklist(happeningTypes),
      appid: v.optional(v.string()),
      businessId: v.optional(v.string()),
      data: v.record(v.string(), v.unknown()),
    }),
  ),
)

/** Forgotten together. */
const AT_ONCE = 500

const emptied = { unset: ['outbox', 'outboxAt', 'untold'] }

export function createOutboxStore(database: Database): OutboxStore {
  return {
    async untold(source, since, limit) {
      const query = { untold: { gt: toDate(since) } }
      const rows = await database.find(source, query, { limit, orderBy: [['untold', 'asc']] })
      return rows.map((row) => toUntold(source, row))
    },

    async told(documents) {
      let told = 0
      for (const source of outboxSources)
        for (const [revision, group] of groupBy(
          documents.filter((one) => one.source === source),
          (one) => one.revision,
        )) {
          const guard = { _id: { in: group.map(({ id }) => id) }, revision: revision ?? null }
          told += await database.update(source, guard, emptied)
        }
      return told
    },

    async forget(before, hasTime) {
      for (const source of outboxSources)
        while (hasTime()) {
          const query = { untold: { lt: toDate(before) } }
          const rows = await database.find(source, query, { limit: AT_ONCE })
          if (rows.length > 0)
            await database.update(source, { ...query, _id: { in: rows.map((row) => row._id) } }, emptied)
          if (rows.length < AT_ONCE) break
        }
    },
  }
}

function toUntold(source: OutboxSource, row: Row): Untold {
  const entries = optionalFields(row, 'outbox') ?? {}
  const times = optionalFields(row, 'outboxAt') ?? {}
  const happenings = Object.keys(entries).flatMap((name) =>
    v.parse(entry, text(entries, name)).map((happening) => ({
      ...happening,
      revision: Number(name.slice(1)),
      at: optionalTime(times, name) ?? time(row, 'untold'),
    })),
  )
  return {
    source,
    id: row._id,
    revision: revisionOf(row),
    happenings: happenings.toSorted((a, b) => a.revision - b.revision),
    ...(source === 'releases' && { release: toRelease(row) }),
  }
}
