import type { BreakerStore } from '../domain/stores.ts'
import { serverTime, type Database } from './database.ts'
import { flag, number, time } from './row.ts'

const collection = 'platform'

const idOf = (endpoint: string): string => `breaker:${endpoint}`

/** One document per endpoint that was ever down; only instances that met a failure read it. */
export function createBreakerStore(database: Database): BreakerStore {
  return {
    async trip(endpoint) {
      const _id = idOf(endpoint)
      const open = { isOpen: true, probedAt: serverTime() }
      if ((await database.update(collection, { _id, isOpen: false }, { set: open })) > 0) return
      await database.insert(collection, { _id, ...open, round: 0 })
    },

    async ask(endpoint, everyMs) {
      const _id = idOf(endpoint)
      const row = await database.updateAndReturn(collection, { _id }, { set: { askedAt: serverTime() } })
      if (!row || !flag(row, 'isOpen')) return 'closed'
      if (time(row, 'askedAt') - time(row, 'probedAt') < everyMs) return 'wait'
      const round = number(row, 'round')
      const change = { set: { probedAt: serverTime() }, inc: { round: 1 } }
      return (await database.update(collection, { _id, round, isOpen: true }, change)) > 0 ? 'probe' : 'wait'
    },

    async close(endpoint) {
      await database.update(collection, { _id: idOf(endpoint), isOpen: true }, { set: { isOpen: false } })
    },
  }
}
