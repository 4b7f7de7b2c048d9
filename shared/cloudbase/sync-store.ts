import { syncPosition, type AuthorizerStore } from '../domain/stores/authorizers.ts'
import { readMembers, writeMembers } from '../domain/stores/forms.ts'
import { toAuthorizer } from './to-authorizer.ts'
import type { Database } from './database.ts'
import type { Query } from './requests.ts'
import { createRecords } from './records.ts'

const collection = 'authorizers'
const POSITION = 'sync'

type SyncStore = Pick<
  AuthorizerStore,
  'readSync' | 'saveSync' | 'endSync' | 'markListed' | 'pageUnlisted' | 'countUnlisted'
>

export function createSyncStore(database: Database): SyncStore {
  return {
    async readSync() {
      const row = await database.get('platform', POSITION)
      return row && (row['passId'] ?? null) !== null ? readMembers(syncPosition, row) : undefined
    },

    async saveSync(position) {
      const set = { ...writeMembers(syncPosition, position), total: position.total ?? null }
      for (;;) {
        if ((await database.update('platform', { _id: POSITION }, { set, inc: { saves: 1 } })) > 0) return
        if (await database.insert('platform', { ...set, _id: POSITION, saves: 1 })) return
      }
    },

    async endSync(passId) {
      await database.remove('platform', { _id: POSITION, passId })
    },

    async markListed(appids, listedBy) {
      await database.update(collection, { _id: { in: appids } }, { set: { listedBy } })
    },

    pageUnlisted: (passId, afterAppid, limit) =>
      createRecords(database, collection, toAuthorizer).find(unlisted(passId, afterAppid), {
        limit,
        orderBy: [['_id', 'asc']],
      }),

    countUnlisted: (passId, afterAppid) => database.count(collection, unlisted(passId, afterAppid)),
  }
}

const unlisted = (passId: string, afterAppid: string): Query => ({
  _id: { gt: afterAppid },
  status: { in: ['active', 'reauthorize'] },
  listedBy: { neq: passId },
})
