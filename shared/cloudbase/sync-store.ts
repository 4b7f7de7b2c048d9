import type { AuthorizerStore, SyncPosition } from '../domain/stores/authorizers.ts'
import { toAuthorizer } from './authorizer-rows.ts'
import type { Database } from './database.ts'
import type { Query } from './requests.ts'
import { flag, number, optionalNumber, present, text, time, toDate } from './row.ts'

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
      if (!row || row['passId'] === undefined || row['passId'] === null) return undefined
      const position: SyncPosition = {
        passId: text(row, 'passId'),
        begunAt: time(row, 'begunAt'),
        offset: number(row, 'offset'),
        distinct: number(row, 'distinct'),
        isWhole: flag(row, 'isWhole'),
        after: text(row, 'after'),
        ...present({ total: optionalNumber(row, 'total') }),
      }
      return position
    },

    async saveSync(position) {
      const { begunAt, total = null, ...rest } = position
      const set = { ...rest, total, begunAt: toDate(begunAt) }
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

    async pageUnlisted(passId, afterAppid, limit) {
      const rows = await database.find(collection, unlisted(passId, afterAppid), { limit, orderBy: [['_id', 'asc']] })
      return rows.map(toAuthorizer)
    },

    countUnlisted: (passId, afterAppid) => database.count(collection, unlisted(passId, afterAppid)),
  }
}

const unlisted = (passId: string, afterAppid: string): Query => ({
  _id: { gt: afterAppid },
  status: { in: ['active', 'reauthorize'] },
  listedBy: { neq: passId },
})
