import type { CodeRecord, CodeStore } from '../domain/stores/codes.ts'
import { DAY, SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, type Row } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { optionalNumber, optionalText, present, toDate, word } from './row.ts'

const collection = 'codes'
const LEASE_MS = 20 * SECOND
/** WeChat's codes live for an hour at most; what became of one may be asked for a while longer. */
const KEPT_MS = 7 * DAY

export function createCodeStore(database: Database): CodeStore {
  return {
    async find(codeId) {
      const row = await database.get(collection, codeId)
      return row && toRecord(row)
    },

    async note(codeId, appid, expiresAt) {
      const isNew = await database.insert(collection, {
        ...noLease,
        _id: codeId,
        state: 'new',
        appid,
        fence: 0,
        expiresAt: toDate(expiresAt),
      })
      if (isNew || appid === undefined) return
      await database.update(collection, { _id: codeId, appid: null }, { set: { appid } })
    },

    async claim(codeId, owner) {
      for (;;) {
        const lease = await takeLease(database, {
          collection,
          id: codeId,
          owner,
          ttl: LEASE_MS,
          guard: { state: 'new' },
          change: { set: { expiresAt: serverTime(KEPT_MS) } },
        })
        switch (lease.kind) {
          case 'won':
            return { kind: 'won', record: toRecord(lease.row), now: lease.now }
          case 'held':
            return { kind: 'held' }
          case 'moved':
            return { kind: 'done', record: toRecord(lease.row) }
          case 'missing':
            await database.insert(collection, {
              ...noLease,
              _id: codeId,
              state: 'new',
              fence: 0,
              expiresAt: serverTime(KEPT_MS),
            })
        }
      }
    },

    /** WeChat's yes stands whoever brings it, a refusal only while the lease is held. */
    async finish(codeId, owner, outcome) {
      if ('appid' in outcome) {
        const set = { ...noLease, state: 'done', appid: outcome.appid }
        await database.update(collection, { _id: codeId, state: { neq: 'done' } }, { set })
        return
      }
      const { errcode, errmsg } = outcome.failure
      const change = { set: { state: 'failed', failureErrcode: errcode, failureErrmsg: errmsg } }
      await endLease(database, { collection, id: codeId, owner, change })
    },

    async release(codeId, owner) {
      await endLease(database, { collection, id: codeId, owner })
    },
  }
}

function toRecord(row: Row): CodeRecord {
  const errcode = optionalNumber(row, 'failureErrcode')
  return {
    codeId: row._id,
    state: word(row, 'state', ['new', 'done', 'failed']),
    ...present({
      appid: optionalText(row, 'appid'),
      failure: errcode === undefined ? undefined : { errcode, errmsg: optionalText(row, 'failureErrmsg') ?? '' },
    }),
  }
}
