import { bindableTypes } from '../domain/stores/authorizers.ts'
import { binding, bindingIdOf } from '../domain/stores/bindings.ts'
import type { BindingRecord, BindingStatus, BindingStore } from '../domain/stores/bindings.ts'
import { number, optional, reader, readMember, text, textMap, writeMembers } from '../domain/stores/forms.ts'
import { bindAsSeen } from './bind-as-seen.ts'
import { unbind } from './bindings-in-transaction.ts'
import type { Database } from './database.ts'
import { toDate, type Query } from './requests.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { changeSeen } from './revisions.ts'
import type { EpochMs } from '../time.ts'

const collection = 'bindings'

/** The service answers no more rows at once. */
const MOST_ROWS = 1000

const toBinding = reader(binding)

export function createBindingStore(database: Database): BindingStore {
  const bindings = createRecords(database, collection, toBinding)
  return {
    ofBusiness(businessId) {
      const ids = bindableTypes.map((type) => bindingIdOf(type, businessId))
      return bindings.find({ _id: { in: ids } }, { limit: ids.length })
    },

    async ofBusinesses(businessIds) {
      const ids = businessIds.flatMap((businessId) => bindableTypes.map((type) => bindingIdOf(type, businessId)))
      const pages = Array.from({ length: Math.ceil(ids.length / MOST_ROWS) }, (_, page) =>
        ids.slice(page * MOST_ROWS, (page + 1) * MOST_ROWS),
      )
      return (
        await Promise.all(pages.map((some) => bindings.find({ _id: { in: some } }, { limit: some.length })))
      ).flat()
    },

    async ofAuthorizer(appid) {
      const [found] = await bindings.find({ appid }, { limit: 1 })
      return found
    },

    async ofAuthorizers(appids) {
      const found = await bindings.find({ appid: { in: appids } }, { limit: MOST_ROWS })
      return new Map(found.flatMap((binding) => (binding.appid === undefined ? [] : [[binding.appid, binding]])))
    },

    async attributesOf(appids) {
      const query = { appid: { in: appids } }
      const { found = [] } = await database.findEach({
        found: { collection, query, fields: ['appid', 'attributes'], limit: MOST_ROWS },
      })
      return new Map(found.map((row) => [readMember(row, 'appid', text), readMember(row, 'attributes', textMap)]))
    },

    async list({ status, appids }, page, now) {
      const query = { ...ofAccounts(appids), ...(status !== undefined && ofStatus(status, now)) }
      const found = await bindings.page({ sortedBy: '_id', query }, page)
      return { ...found, items: found.items.map((binding) => withoutOldLink(binding, now)) }
    },

    async openPending(businessId, accountType, attributes, until) {
      const id = bindingIdOf(accountType, businessId)
      const fields = writeMembers(binding, { businessId, accountType, attributes, pendingUntil: until })
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
      const id = bindingIdOf(accountType, businessId)
      for (;;) {
        const row = await database.get(collection, id)
        if (!row) return
        const until = await readUntil()
        const { appid } = toBinding(row)
        const set = {
          pendingUntil: until === undefined ? null : toDate(until),
          ...(appid === undefined && { status: until === undefined ? 'none' : 'pending' }),
        }
        const guard = {
          _id: id,
          links: readMember(row, 'links', optional(number)) ?? null,
          appid: appid ?? null,
        }
        if ((await database.update(collection, guard, { set, inc: { links: 1 } })) > 0) return
      }
    },

    bind: (standing, request, tell) => bindAsSeen(database, standing, request, tell),

    async setAttributes({ accountType, businessId, revision }, attributes) {
      const seen = { id: bindingIdOf(accountType, businessId), revision }
      const row = await changeSeen(database, collection, seen, { set: { attributes: textMap.write(attributes) } })
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
