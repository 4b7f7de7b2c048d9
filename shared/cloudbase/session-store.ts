import type { SessionRecord, SessionStore } from '../domain/stores/sessions.ts'
import type { Database } from './database.ts'
import { readPage } from './paging.ts'
import { serverTime, type Row } from './requests.ts'
import { text, time, word } from './row.ts'

const collection = 'sessions'

export function createSessionStore(database: Database): SessionStore {
  return {
    decide: ({ sessionId, lasts, ...session }) =>
      database.insert(collection, {
        ...session,
        _id: sessionId,
        decidedAt: serverTime(),
        endsAt: serverTime(lasts),
      }),

    async find(sessionId) {
      const row = await database.get(collection, sessionId)
      return row && toSession(row)
    },

    async decidedWithin(milliseconds) {
      const rows = await database.find(
        collection,
        { decidedAt: { gte: serverTime(-milliseconds) } },
        { limit: 1000, orderBy: [['decidedAt', 'desc']] },
      )
      return rows.map(toSession)
    },

    list: (identity, page) =>
      readPage(
        database,
        {
          collection,
          sortedBy: 'order',
          query: { state: 'approved', ...(identity !== undefined && { identity }) },
        },
        page,
        toSession,
      ),

    async end(sessionId) {
      const living = { _id: sessionId, state: 'approved', endsAt: { gt: serverTime() } }
      return (await database.update(collection, living, { set: { endsAt: serverTime() } })) > 0
    },
  }
}

const toSession = (row: Row): SessionRecord => ({
  sessionId: row._id,
  state: word(row, 'state', ['approved', 'denied']),
  identity: text(row, 'identity'),
  browser: text(row, 'browser'),
  secretHash: text(row, 'secretHash'),
  decidedAt: time(row, 'decidedAt'),
  endsAt: time(row, 'endsAt'),
})
