import { reader, writeMembers } from '../domain/stores/forms.ts'
import { session, type SessionStore } from '../domain/stores/sessions.ts'
import type { Database } from './database.ts'
import { createRecords } from './records.ts'
import { serverTime } from './requests.ts'

const collection = 'sessions'

export function createSessionStore(database: Database): SessionStore {
  const sessions = createRecords(database, collection, reader(session))
  return {
    decide: ({ sessionId, lasts, order, ...decided }) =>
      database.insert(collection, {
        ...writeMembers(session, decided),
        _id: sessionId,
        order,
        decidedAt: serverTime(),
        endsAt: serverTime(lasts),
      }),

    find: (sessionId) => sessions.get(sessionId),

    decidedWithin: (milliseconds) =>
      sessions.find(
        { decidedAt: { gte: serverTime(-milliseconds) } },
        { limit: 1000, orderBy: [['decidedAt', 'desc']] },
      ),

    list: (identity, page) =>
      sessions.page(
        { sortedBy: 'order', query: { state: 'approved', ...(identity !== undefined && { identity }) } },
        page,
      ),

    async end(sessionId) {
      const living = { _id: sessionId, state: 'approved', endsAt: { gt: serverTime() } }
      return (await database.update(collection, living, { set: { endsAt: serverTime() } })) > 0
    },
  }
}
