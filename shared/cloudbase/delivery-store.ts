import type { Delivery, DeliveryStore, NewDelivery, ReceivedPush } from '../domain/stores/deliveries.ts'
import { deliveryStates } from '../domain/stores/deliveries.ts'
import { after, DAY, HOUR } from '../time.ts'
import type { Database } from './database.ts'
import { dueDeliveries } from './due.ts'
import type { Row } from './requests.ts'
import { ofAccounts, readPage } from './paging.ts'
import { ticketType } from './push-store.ts'
import {
  json,
  number,
  optionalProblem,
  optionalText,
  optionalTime,
  present,
  storedProblem,
  text,
  time,
  toDate,
  word,
} from './row.ts'

const collection = 'deliveries'
const RETRIED_MS = 3 * DAY
const HOLDS_MS = HOUR
/** The service's own bound. */
const MOST = 1000

export function createDeliveryStore(database: Database): DeliveryStore {
  return {
    insert: (delivery) => database.insert(collection, newRow(delivery)),

    async insertAll(deliveries) {
      // Its id says whether one is there already, so that what got no answer is simply sent again.
      const tryAll = () => database.insertMany(collection, deliveries.map(newRow)).catch(() => false)
      if (deliveries.length === 0 || (await tryAll())) return
      // The service stops at the first that is there already.
      for (const delivery of deliveries) await database.insert(collection, newRow(delivery))
    },

    async find(deliveryId) {
      const row = await database.get(collection, deliveryId)
      return row && toDelivery(row)
    },

    async due(subscriptionId, now, until, limit) {
      const rows = await database.find(
        collection,
        { ...dueDeliveries(now), subscriptionId, createdAt: { lte: toDate(until) } },
        {
          limit,
          orderBy: [
            ['createdAt', 'asc'],
            ['order', 'asc'],
          ],
        },
      )
      return rows.map(toDelivery)
    },

    async holding(subscriptionId, now) {
      const query = { subscriptionId, state: 'waiting', attempts: { gt: 0 }, holdsUntil: { gt: toDate(now) } }
      return (await database.find(collection, query, { limit: MOST })).map(toDelivery)
    },

    async finish(deliveryId, state, now) {
      const change = { set: { state, endedAt: toDate(now) }, inc: { attempts: state === 'delivered' ? 1 : 0 } }
      await database.update(collection, { _id: deliveryId, state: 'waiting' }, change)
    },

    async noteFailure({ deliveryId, attempts }, lastError, dueAt) {
      const set = { lastError: storedProblem(lastError), dueAt: dueAt === undefined ? undefined : toDate(dueAt) }
      const seen = { _id: deliveryId, state: 'waiting', attempts }
      await database.update(collection, seen, { set, inc: { attempts: 1 } })
    },

    async abandon(subscriptionId, why, now) {
      const set = { state: 'dead', lastError: storedProblem(why), endedAt: toDate(now) }
      await database.update(collection, { subscriptionId, state: 'waiting' }, { set })
    },

    async postpone(deliveryIds, dueAt) {
      if (deliveryIds.length === 0) return
      const guard = { _id: { in: deliveryIds }, state: 'waiting' }
      await database.update(collection, guard, { set: { dueAt: toDate(dueAt) } })
    },

    async revive(deliveryId, dueAt, now) {
      const set = {
        state: 'waiting',
        dueAt: toDate(dueAt),
        holdsUntil: toDate(now),
        expiresAt: toDate(after(now, RETRIED_MS)),
      }
      await database.update(collection, { _id: deliveryId }, { set, unset: ['endedAt'] })
    },

    list({ subscriptionId, state, appids }, page) {
      const query = {
        ...ofAccounts(appids),
        ...(subscriptionId !== undefined && { subscriptionId }),
        ...(state !== undefined && { state }),
      }
      return readPage(database, { collection, sortedBy: 'place', query }, page, toDelivery)
    },

    count: (subscriptionId, state) => database.count(collection, { subscriptionId, state }),

    async pushesAfter(receivedAt, limit) {
      const query = { receivedAt: { gt: toDate(receivedAt) }, type: { neq: ticketType } }
      const rows = await database.find('pushes', query, { limit, orderBy: [['receivedAt', 'asc']] })
      return rows.map(toPush)
    },
  }
}

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

const toDelivery = (row: Row): Delivery => ({
  deliveryId: row._id,
  subscriptionId: text(row, 'subscriptionId'),
  type: text(row, 'type'),
  body: text(row, 'body'),
  state: word(row, 'state', deliveryStates),
  attempts: number(row, 'attempts'),
  createdAt: time(row, 'createdAt'),
  dueAt: time(row, 'dueAt'),
  holdsUntil: time(row, 'holdsUntil'),
  expiresAt: time(row, 'expiresAt'),
  ...present({
    appid: optionalText(row, 'appid'),
    endedAt: optionalTime(row, 'endedAt'),
    lastError: optionalProblem(row, 'lastError'),
  }),
})

const toPush = (row: Row): ReceivedPush => ({
  id: row._id,
  type: text(row, 'type'),
  createTime: number(row, 'createTime'),
  receivedAt: time(row, 'receivedAt'),
  fields: json(row, 'fields'),
  ...present({ appid: optionalText(row, 'appid') }),
})
