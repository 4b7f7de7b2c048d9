import { breaker, type BreakerStore } from '../domain/stores/breakers.ts'
import { reader } from '../domain/stores/forms.ts'
import type { Database } from './database.ts'
import { serverTime, toDate } from './requests.ts'

const collection = 'platform'

const readBreaker = reader(breaker)

const idOf = (endpoint: string): string => `breaker:${endpoint}`

/** One document per endpoint that ever failed; only instances that met a failure read it. */
export function createBreakerStore(database: Database): BreakerStore {
  return {
    async noteFailure(endpoint, failures, withinMs) {
      const _id = idOf(endpoint)
      const change = { set: { failedAt: serverTime() }, inc: { failures: 1 } }
      const row = await database.updateAndReturn(collection, { _id }, change)
      if (!row) {
        const first = { isOpen: false, failures: 1, failedAt: serverTime(), since: serverTime(), round: 0 }
        await database.insert(collection, { _id, ...first })
        return false
      }
      const { isOpen, since, failedAt, failures: count } = readBreaker(row)
      if (isOpen) return true
      // Whoever counts or closes in between decides.
      const seen = { _id, isOpen: false, since: toDate(since) }
      if (failedAt - since > withinMs) {
        const anew = { failures: 1, since: serverTime() }
        await database.update(collection, { ...seen, failures: count }, { set: anew })
        return false
      }
      if (count < failures) return false
      await database.update(collection, seen, { set: { isOpen: true, probedAt: serverTime() } })
      return true
    },

    async ask(endpoint, everyMs) {
      const _id = idOf(endpoint)
      const row = await database.updateAndReturn(collection, { _id }, { set: { askedAt: serverTime() } })
      if (!row) return 'closed'
      const { isOpen, askedAt = 0, probedAt = 0, round } = readBreaker(row)
      if (!isOpen) return 'closed'
      if (askedAt - probedAt < everyMs) return 'wait'
      const change = { set: { probedAt: serverTime() }, inc: { round: 1 } }
      return (await database.update(collection, { _id, round, isOpen: true }, change)) > 0 ? 'probe' : 'wait'
    },

    async close(endpoint) {
      const closed = { isOpen: false, failures: 0, since: serverTime() }
      await database.update(collection, { _id: idOf(endpoint) }, { set: closed })
    },
  }
}
