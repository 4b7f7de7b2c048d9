import type { Problem, ProblemStore, UntoldProblem } from '../domain/stores/problems.ts'
import { SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { endLease, newLease, takeLease } from './leases.ts'
import type { Row } from './requests.ts'
import { flag, optionalText, optionalTime, present, text, time, toDate } from './row.ts'

const collection = 'problems'
const telling = { collection: 'platform', id: 'alerts' }
/** The robot has 8 s; the rest is for the database. */
const TELLING_MS = 30 * SECOND

const idOf = (code: string, appid: string | undefined): string => (appid === undefined ? code : `${code}:${appid}`)

/** A closed problem stays until its end was told, or for good where nobody is told. */
export function createProblemStore(database: Database): ProblemStore {
  return {
    async open({ code, message, hint, since, appid }) {
      const _id = idOf(code, appid)
      const fields = { code, message, hint, since: toDate(since), appid, closed: false, told: false }
      if (await database.insert(collection, { ...fields, _id })) return true
      if ((await database.update(collection, { _id, closed: true }, { set: fields, unset: ['seenAt'] })) > 0)
        return true
      await database.update(collection, { _id }, { set: { seenAt: toDate(since) } })
      return false
    },

    async setHint(code, appid, hint) {
      await database.update(collection, { _id: idOf(code, appid), closed: false }, { set: { hint } })
    },

    async close(code, appid) {
      const _id = idOf(code, appid)
      // Mostly there is nothing to close, and a read is cheaper than a write.
      const row = await database.get(collection, _id)
      if (!row || flag(row, 'closed')) return false
      // One that nobody was told of ends as quietly as it began.
      if ((await database.remove(collection, { _id, closed: false, told: false })) > 0) return true
      const change = { set: { closed: true, told: false } }
      return (await database.update(collection, { _id, closed: false }, change)) > 0
    },

    async list(limit) {
      const rows = await database.find(collection, { closed: false }, { limit, orderBy: [['since', 'desc']] })
      return rows.map(toProblem)
    },

    async untold(limit) {
      const rows = await database.find(collection, { told: false }, { limit, orderBy: [['since', 'asc']] })
      return rows.map((row) => ({ ...toProblem(row), id: row._id, closed: flag(row, 'closed') }))
    },

    async claimTelling(owner) {
      const lease = await takeLease(database, { ...telling, owner, ttl: TELLING_MS })
      if (lease.kind !== 'missing') return lease.kind === 'won'
      return database.insert(telling.collection, { _id: telling.id, ...newLease(owner, TELLING_MS) })
    },

    async releaseTelling(owner) {
      await endLease(database, { ...telling, owner })
    },

    async told(problems) {
      const opened = problems.filter(({ closed }) => !closed)
      const solved = problems.filter(({ closed }) => closed)
      if (opened.length > 0) await noteOpened(database, opened)
      if (solved.length > 0) await database.remove(collection, { _id: { in: idsOf(solved) }, closed: true })
    },
  }
}

const idsOf = (problems: readonly UntoldProblem[]): string[] => problems.map(({ id }) => id)

/** Those that ended quietly while they were being told are still to be told as solved. */
async function noteOpened(database: Database, problems: readonly UntoldProblem[]): Promise<void> {
  const query = { _id: { in: idsOf(problems) } }
  const told = await database.update(collection, { ...query, closed: false }, { set: { told: true } })
  if (told === problems.length) return
  const rows = await database.find(collection, query, { limit: problems.length })
  const known = new Set(rows.map(({ _id }) => _id))
  for (const { id, code, message, hint, since, appid } of problems)
    if (!known.has(id))
      await database.insert(collection, {
        _id: id,
        code,
        message,
        hint,
        appid,
        since: toDate(since),
        closed: true,
        told: false,
      })
}

const toProblem = (row: Row): Problem => ({
  code: text(row, 'code'),
  message: text(row, 'message'),
  hint: text(row, 'hint'),
  since: time(row, 'since'),
  ...present({ appid: optionalText(row, 'appid'), seenAt: optionalTime(row, 'seenAt') }),
})
