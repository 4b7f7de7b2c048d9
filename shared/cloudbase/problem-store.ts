import type { Problem, ProblemStore } from '../domain/stores/problems.ts'
import type { Database } from './database.ts'
import type { Row } from './requests.ts'
import { flag, optionalText, optionalTime, present, text, time, toDate } from './row.ts'

const collection = 'problems'

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

    async told(problems) {
      const idsOf = (closed: boolean): string[] => problems.filter((one) => one.closed === closed).map((one) => one.id)
      const [opened, closed] = [idsOf(false), idsOf(true)]
      if (opened.length > 0)
        await database.update(collection, { _id: { in: opened }, closed: false }, { set: { told: true } })
      if (closed.length > 0) await database.remove(collection, { _id: { in: closed }, closed: true })
    },
  }
}

const toProblem = (row: Row): Problem => ({
  code: text(row, 'code'),
  message: text(row, 'message'),
  hint: text(row, 'hint'),
  since: time(row, 'since'),
  ...present({ appid: optionalText(row, 'appid'), seenAt: optionalTime(row, 'seenAt') }),
})
