import type { BindingRecord, BindingStatus, BindingStore } from '../domain/stores/bindings.ts'
import { bind, unbind } from './bindings-in-transaction.ts'
import { bindableTypes } from '../domain/stores/authorizers.ts'
import { idOf, toBinding } from './binding-rows.ts'
import type { Database } from './database.ts'
import { toDate, type Query } from './requests.ts'
import { ofAccounts, readPage } from './paging.ts'
import { optionalNumber, optionalText } from './row.ts'
import { changeSeen } from './seen.ts'
import type { EpochMs } from '../time.ts'

const collection = 'bindings'

/** The service answers no more rows at once. */
const MOST_ROWS = 1000

export function createBindingStore(database: Database): BindingStore {
  return {
    async ofBusiness(businessId) {
      const ids = bindableTypes.map((type) => idOf(type, businessId))
      return (await database.find(collection, { _id: { in: ids } }, { limit: ids.length })).map(toBinding)
    },

    async ofBusinesses(businessIds) {
      const ids = businessIds.flatMap((businessId) => bindableTypes.map((type) => idOf(type, businessId)))
      const pages = Array.from({ length: Math.ceil(ids.length / MOST_ROWS) }, (_, page) =>
        ids.slice(page * MOST_ROWS, (page + 1) * MOST_ROWS),
      )
      const rows = await Promise.all(
        pages.map((some) => database.find(collection, { _id: { in: some } }, { limit: some.length })),
      )
      return rows.flat().map(toBinding)
    },

    async ofAuthorizer(appid) {
      const [row] = await database.find(collection, { appid }, { limit: 1 })
      return row && toBinding(row)
    },

    async ofAuthorizers(appids) {
      const rows = await database.find(collection, { appid: { in: appids } }, { limit: MOST_ROWS })
      return new Map(
        rows.map(toBinding).flatMap((binding) => (binding.appid === undefined ? [] : [[binding.appid, binding]])),
      )
    },

    async list({ status, appids }, page, now) {
      const query = { ...ofAccounts(appids), ...(status !== undefined && ofStatus(status, now)) }
      const found = await readPage(database, { collection, sortedBy: '_id', query }, page, toBinding)
      return { ...found, items: found.items.map((binding) => withoutOldLink(binding, now)) }
    },

    async openPending(businessId, accountType, attributes, until) {
      const id = idOf(accountType, businessId)
      const fields = { businessId, accountType, attributes: JSON.stringify(attributes), pendingUntil: toDate(until) }
      // Counting makes each update a change: whether the service counts matched or changed documents is not known.
      const inc = { links: 1 }
      for (;;) {
        if (await database.insert(collection, { ...fields, _id: id, status: 'pending', appid: null, links: 1 })) return
        const pending = { set: { ...fields, status: 'pending' }, inc }
        if ((await database.update(collection, { _id: id, appid: null }, pending)) > 0) return
        const bound = { set: { pendingUntil: toDate(until) }, inc }
        if ((await database.update(collection, { _id: id, appid: { neq: null } }, bound)) > 0) return
      }
    },

    async reviewPending(businessId, accountType, readUntil) {
      const id = idOf(accountType, businessId)
      for (;;) {
        const row = await database.get(collection, id)
        if (!row) return
        const until = await readUntil()
        const isBound = optionalText(row, 'appid') !== undefined
        const set = {
          pendingUntil: until === undefined ? null : toDate(until),
          ...(!isBound && { status: until === undefined ? 'none' : 'pending' }),
        }
        const guard = {
          _id: id,
          links: optionalNumber(row, 'links') ?? null,
          appid: optionalText(row, 'appid') ?? null,
        }
        if ((await database.update(collection, guard, { set, inc: { links: 1 } })) > 0) return
      }
    },

    bind: (request, tell) => database.transaction((transaction) => bind(transaction, request, tell)),
    async setAttributes({ accountType, businessId, revision }, attributes) {
      const seen = { id: idOf(accountType, businessId), revision }
      const row = await changeSeen(database, collection, seen, { set: { attributes: JSON.stringify(attributes) } })
      return row && toBinding(row)
    },
    unbind: (businessId, accountType, ending) =>
      database.transaction((transaction) => unbind(transaction, businessId, accountType, ending)),
  }
}

const ofStatus = (status: BindingStatus, now: EpochMs): Query => {
  if (status === 'pending') return { status, pendingUntil: { gt: toDate(now) } }
  if (status === 'none') return { $or: [{ status }, { status: 'pending', pendingUntil: { lte: toDate(now) } }] }
  return { status }
}

const withoutOldLink = (binding: BindingRecord, now: EpochMs): BindingRecord =>
  binding.status === 'pending' && (binding.pendingUntil ?? 0) <= now ? { ...binding, status: 'none' } : binding
