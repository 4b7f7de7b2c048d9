import { confirmers, roles, type Admin, type AdminStore, type ApiKeyRecord } from '../domain/stores/admins.ts'
import type { Database } from './database.ts'
import type { Row } from './requests.ts'
import { readPage } from './paging.ts'
import { optionalText, optionalTime, present, text, texts, time, toDate, word } from './row.ts'

export function createAdminStore(database: Database): AdminStore {
  return {
    async find(id) {
      const row = await database.get('admins', id)
      return row && toAdmin(row)
    },

    async findMany(ids) {
      return (await database.find('admins', { _id: { in: ids } }, { limit: ids.length })).map(toAdmin)
    },

    list: (page) => readPage(database, { collection: 'admins', sortedBy: '_id', query: {} }, page, toAdmin),

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

    async findKey(keyId) {
      const row = await database.get('apiKeys', keyId)
      return row && toApiKey(row)
    },

    async findKeys(keyIds) {
      return (await database.find('apiKeys', { _id: { in: keyIds } }, { limit: keyIds.length })).map(toApiKey)
    },

    async putKey({ keyId, operations, appids, makers, createdAt, expiresAt, ...key }) {
      const isNew = await database.insert('apiKeys', {
        ...key,
        _id: keyId,
        operations: operations && [...operations],
        appids: appids && [...appids],
        makers: makers && [...makers],
        createdAt: toDate(createdAt),
        expiresAt: expiresAt === undefined ? undefined : toDate(expiresAt),
      })
      if (!isNew)
        await database.update(
          'apiKeys',
          { _id: keyId, revokedAt: null },
          {
            set: { hash: key.hash, signingKey: key.signingKey },
          },
        )
    },

    listKeys: (page) => readPage(database, { collection: 'apiKeys', sortedBy: '_id', query: {} }, page, toApiKey),

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

const toAdmin = (row: Row): Admin => ({
  id: row._id,
  role: word(row, 'role', roles),
  ...present({ name: optionalText(row, 'name') }),
})

const toApiKey = (row: Row): ApiKeyRecord => ({
  keyId: row._id,
  hash: text(row, 'hash'),
  name: text(row, 'name'),
  role: word(row, 'role', roles),
  createdAt: time(row, 'createdAt'),
  // An empty list allows nothing; only an absent one allows everything.
  ...(Array.isArray(row['operations']) && { operations: texts(row, 'operations') }),
  ...(Array.isArray(row['appids']) && { appids: texts(row, 'appids') }),
  ...(row['confirmBy'] !== undefined && { confirmBy: word(row, 'confirmBy', confirmers) }),
  ...(Array.isArray(row['makers']) && { makers: texts(row, 'makers') }),
  ...present({
    expiresAt: optionalTime(row, 'expiresAt'),
    revokedAt: optionalTime(row, 'revokedAt'),
    lastUsedAt: optionalTime(row, 'lastUsedAt'),
    person: optionalText(row, 'person'),
    signingKey: optionalText(row, 'signingKey'),
  }),
})
