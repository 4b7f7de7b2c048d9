import * as v from 'valibot'
import { byName, number, optional, orElse, reader, time } from '../domain/stores/forms.ts'
import { jsonOf } from '../domain/stores/json-of.ts'
import { happeningTypes, outboxSources } from '../domain/stores/outbox.ts'
import type { OutboxSource, OutboxStore, Untold } from '../domain/stores/outbox.ts'
import { groupBy } from '../grouping.ts'
import type { Database } from './database.ts'
import { toRelease } from './release-changes.ts'
import { toDate, type Row } from './requests.ts'

const happenings = v.array(
  v.object({
    type: v.picklist(happeningTypes),
    appid: v.optional(v.string()),
    businessId: v.optional(v.string()),
    data: v.record(v.string(), v.unknown()),
  }),
)

/** What rides on a document, by the revision that brought it. */
const readOutbox = reader({
  outbox: orElse(byName(jsonOf(happenings)), {}),
  outboxAt: orElse(byName(time), {}),
  untold: time,
  revision: optional(number),
})

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
  const { outbox, outboxAt, untold, revision } = readOutbox(row)
  const happenings = Object.entries(outbox).flatMap(([name, entries]) =>
    entries.map((happening) => ({
      ...happening,
      revision: Number(name.slice(1)),
      at: outboxAt[name] ?? untold,
    })),
  )
  return {
    source,
    id: row._id,
    revision,
    happenings: happenings.toSorted((a, b) => a.revision - b.revision),
    ...(source === 'releases' && { release: toRelease(row) }),
  }
}
