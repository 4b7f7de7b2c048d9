import { admin, apiKey, type AdminStore } from '../domain/stores/admins.ts'
import { reader, writeMembers } from '../domain/stores/forms.ts'
import type { Database } from './database.ts'
import { createRecords } from './records.ts'
import { toDate } from './requests.ts'

export function createAdminStore(database: Database): AdminStore {
  const admins = createRecords(database, 'admins', reader(admin))
  const apiKeys = createRecords(database, 'apiKeys', reader(apiKey))
  return {
    find: (id) => admins.get(id),

    findMany: (ids) => admins.find({ _id: { in: ids } }, { limit: ids.length }),

    list: (page) => admins.page({ sortedBy: '_id', query: {} }, page),

    async put({ id, role, name }) {
      const change = { set: { role, name }, unset: name === undefined ? ['name'] : [], inc: { revision: 1 } }
      for (;;) {
        if (await database.insert('admins', { _id: id, role, name })) return
        if ((await database.update('admins', { _id: id }, change)) > 0) return
      }
    },

    async remove(id) {
      return (await database.remove('admins', { _id: id })) > 0
    },

    findKey: (keyId) => apiKeys.get(keyId),

    findKeys: (keyIds) => apiKeys.find({ _id: { in: keyIds } }, { limit: keyIds.length }),

    async putKey(key) {
      const { keyId: _id, hash, signingKey } = key
      if (await database.insert('apiKeys', { ...writeMembers(apiKey, key), _id })) return
      await database.update('apiKeys', { _id, revokedAt: null }, { set: { hash, signingKey } })
    },

    listKeys: (page) => apiKeys.page({ sortedBy: '_id', query: {} }, page),

    async revokeKey(keyId, now) {
      const guard = { _id: keyId, revokedAt: null }
      return (await database.update('apiKeys', guard, { set: { revokedAt: toDate(now) } })) > 0
    },

    async revokeKeysOf(person, now) {
      await database.update('apiKeys', { person, revokedAt: null }, { set: { revokedAt: toDate(now) } })
    },

    async noteKeyUse(keyId, now) {
      await database.update('apiKeys', { _id: keyId }, { set: { lastUsedAt: toDate(now) } })
    },
  }
}
