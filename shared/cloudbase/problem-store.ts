import type { Problem, ProblemStore } from '../domain/stores.ts'
import type { Database, Row } from './database.ts'
import { optionalText, present, text, time, toDate } from './row.ts'

const collection = 'problems'

const idOf = (code: string, appid: string | undefined): string => (appid === undefined ? code : `${code}:${appid}`)

export function createProblemStore(database: Database): ProblemStore {
  return {
    open: ({ code, message, hint, since, appid }) =>
      database.insert(collection, { _id: idOf(code, appid), code, message, hint, since: toDate(since), appid }),

    async close(code, appid) {
      return (await database.remove(collection, { _id: idOf(code, appid) })) > 0
    },

    async list(limit) {
      const rows = await database.find(collection, { _id: { gt: '' } }, { limit, orderBy: [['since', 'desc']] })
      return rows.map(toProblem)
    },
  }
}

const toProblem = (row: Row): Problem => ({
  code: text(row, 'code'),
  message: text(row, 'message'),
  hint: text(row, 'hint'),
  since: time(row, 'since'),
  ...present({ appid: optionalText(row, 'appid') }),
})
