import { delivery, type DeliveryStore, type NewDelivery } from '../domain/stores/deliveries.ts'
import { problem, reader, writeMembers } from '../domain/stores/forms.ts'
import { push } from '../domain/stores/pushes.ts'
import { after, DAY, HOUR } from '../time.ts'
import type { Database } from './database.ts'
import { dueDeliveries } from './due.ts'
import { serverTime, toDate } from './requests.ts'
import { ofAccounts } from './paging.ts'
import { ticketType } from './push-store.ts'
import { createRecords } from './records.ts'

const collection = 'deliveries'
const RETRIED_MS = 3 * DAY
const HOLDS_MS = HOUR
/** The service's own bound. */
const MOST = 1000

export function createDeliveryStore(database: Database): DeliveryStore {
  const deliveries = createRecords(database, collection, reader(delivery))
  const pushes = createRecords(database, 'pushes', reader(push))
  return {
    insert: (delivery) => database.insert(collection, newRow(delivery)),

    async insertAll(given) {
      // Its id says whether one is there already, so that what got no answer is simply sent again.
      const tryAll = () => database.insertMany(collection, given.map(newRow)).catch(() => false)
      if (given.length === 0 || (await tryAll())) return
      // The service stops at the first that is there already.
      for (const delivery of given) await database.insert(collection, newRow(delivery))
    },

    find: (deliveryId) => deliveries.get(deliveryId),

    due: (subscriptionId, now, until, limit) =>
      deliveries.find(
        { ...dueDeliveries(now), subscriptionId, createdAt: { lte: toDate(until) } },
        {
          limit,
          orderBy: [
            ['createdAt', 'asc'],
            ['order', 'asc'],
          ],
        },
      ),

    holding(subscriptionId, now) {
      const query = { subscriptionId, state: 'waiting', attempts: { gt: 0 }, holdsUntil: { gt: toDate(now) } }
      return deliveries.find(query, { limit: MOST })
    },

    async finish(deliveryId, now, attempt) {
      const set = writeMembers(delivery, { state: 'delivered', lastAttempt: attempt, endedAt: now })
      await database.update(collection, { _id: deliveryId, state: 'waiting' }, { set, inc: { attempts: 1 } })
    },

    async giveUp(deliveryId, now) {
      const set = { state: 'dead', endedAt: toDate(now) }
      await database.update(collection, { _id: deliveryId, state: 'waiting' }, { set })
    },

    async noteFailure({ deliveryId, attempts }, { attempt, problem: lastError }, dueAt) {
      const set = writeMembers(delivery, { lastError, lastAttempt: attempt, dueAt })
      const seen = { _id: deliveryId, state: 'waiting', attempts }
      await database.update(collection, seen, { set, inc: { attempts: 1 } })
    },

    async abandon(subscriptionId, why, now) {
      const set = { state: 'dead', lastError: problem.write(why), endedAt: toDate(now) }
      await database.update(collection, { subscriptionId, state: 'waiting' }, { set })
    },

    async postpone(deliveryIds, dueAt) {
      if (deliveryIds.length === 0) return
      const guard = { _id: { in: deliveryIds }, state: 'waiting' }
      await database.update(collection, guard, { set: { dueAt: toDate(dueAt) } })
    },

    async revive(deliveryId, inMs) {
      await database.update(collection, { _id: deliveryId }, revived(inMs))
    },

    async reviveAll(subscriptionId, by) {
      const { set, unset } = revived(0)
      const given = { subscriptionId, state: 'dead' }
      await database.update(collection, given, { set: { ...set, revivedBy: by }, unset })
      return database.count(collection, { subscriptionId, revivedBy: by })
    },

    list({ subscriptionId, state, type, appids }, page) {
      const query = {
        ...ofAccounts(appids),
        ...(subscriptionId !== undefined && { subscriptionId }),
        ...(state !== undefined && { state }),
        ...(type !== undefined && { type }),
      }
      return deliveries.page({ sortedBy: 'place', query }, page)
    },

    count: (subscriptionId, state) => database.count(collection, { subscriptionId, state }),

    pushesAfter(receivedAt, limit) {
      const query = { receivedAt: { gt: toDate(receivedAt) }, type: { neq: ticketType } }
      return pushes.find(query, { limit, orderBy: [['receivedAt', 'asc']] })
    },
  }
}

/** Waiting once more, in nobody's way. */
const revived = (inMs: number) => ({
  set: {
    state: 'waiting',
    dueAt: serverTime(inMs),
    holdsUntil: serverTime(),
    expiresAt: serverTime(RETRIED_MS),
  },
  unset: ['endedAt'],
})

const newRow = ({ deliveryId, createdAt, ...rest }: NewDelivery) => ({
  ...rest,
  _id: deliveryId,
  state: 'waiting',
  attempts: 0,
  createdAt: toDate(createdAt),
  dueAt: toDate(createdAt),
  holdsUntil: toDate(after(createdAt, HOLDS_MS)),
  expiresAt: toDate(after(createdAt, RETRIED_MS)),
})
