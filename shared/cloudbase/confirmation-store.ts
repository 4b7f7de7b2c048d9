import { roles } from '../domain/stores/admins.ts'
import { confirmationStates, type ConfirmationRecord, type ConfirmationStore } from '../domain/stores/confirmations.ts'
import type { Database } from './database.ts'
import { readPage } from './paging.ts'
import { serverTime, type Row } from './requests.ts'
import { text, time, toDate, word } from './row.ts'

const collection = 'confirmations'

export function createConfirmationStore(database: Database): ConfirmationStore {
  return {
    async put({ confirmationId, expiresAt, ...confirmation }) {
      await database.insert(collection, {
        ...confirmation,
        _id: confirmationId,
        state: 'waiting',
        createdAt: serverTime(),
        expiresAt: toDate(expiresAt),
      })
    },

    async find(confirmationId) {
      const row = await database.get(collection, confirmationId)
      return row && row['state'] !== 'used' ? toConfirmation(row) : undefined
    },

    list: ({ roles: within }, page) =>
      readPage(
        database,
        {
          collection,
          sortedBy: 'order',
          query: { state: 'waiting', role: { in: [...within] }, expiresAt: { gt: serverTime() } },
        },
        page,
        toConfirmation,
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

const toConfirmation = (row: Row): ConfirmationRecord => ({
  confirmationId: row._id,
  state: word(row, 'state', confirmationStates),
  keyId: text(row, 'keyId'),
  operation: text(row, 'operation'),
  role: word(row, 'role', roles),
  input: text(row, 'input'),
  seen: text(row, 'seen'),
  createdAt: time(row, 'createdAt'),
  expiresAt: time(row, 'expiresAt'),
})
