import { confirmation, type ConfirmationStore } from '../domain/stores/confirmations.ts'
import { reader, writeMembers } from '../domain/stores/forms.ts'
import type { Database } from './database.ts'
import { createRecords } from './records.ts'
import { serverTime, toDate } from './requests.ts'

const collection = 'confirmations'

export function createConfirmationStore(database: Database): ConfirmationStore {
  const confirmations = createRecords(database, collection, reader(confirmation))
  return {
    async put({ confirmationId, order, lastsMs, ...planned }) {
      await database.insert(collection, {
        ...writeMembers(confirmation, planned),
        _id: confirmationId,
        order,
        state: 'waiting',
        createdAt: serverTime(),
        expiresAt: serverTime(lastsMs),
      })
    },

    async find(confirmationId) {
      const row = await database.get(collection, confirmationId)
      return row && row['state'] !== 'used' ? reader(confirmation)(row) : undefined
    },

    list: ({ roles: within }, page) =>
      confirmations.page(
        {
          sortedBy: 'order',
          query: { state: 'waiting', role: { in: [...within] }, expiresAt: { gt: serverTime() } },
        },
        page,
      ),

    async decide(confirmationId, state) {
      const waiting = { _id: confirmationId, state: 'waiting', expiresAt: { gt: serverTime() } }
      return (await database.update(collection, waiting, { set: { state } })) > 0
    },

    async takeApproved(confirmationId) {
      const approved = { _id: confirmationId, state: 'approved', expiresAt: { gt: serverTime() } }
      return (await database.update(collection, approved, { set: { state: 'used' } })) > 0
    },

    take: (confirmationId, expiresAt) =>
      database.insert(collection, { _id: confirmationId, state: 'used', expiresAt: toDate(expiresAt) }),
  }
}
