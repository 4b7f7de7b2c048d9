import { code, type CodeRecord, type CodeStore } from '../domain/stores/codes.ts'
import { reader } from '../domain/stores/forms.ts'
import { DAY, SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Query, type Row } from './requests.ts'
import { endLease, newLease, noLease, takeLease } from './leases.ts'

const collection = 'codes'
const LEASE_MS = 20 * SECOND
/** WeChat's codes live for an hour at most; what became of one may be asked for a while longer. */
const KEPT_MS = 7 * DAY

export function createCodeStore(database: Database): CodeStore {
  const name = (codeId: string, appid: string): Promise<number> =>
    database.update(collection, { _id: codeId, appid: null }, { set: { appid } })

  return {
    async find(codeId) {
      const { code: [row] = [], account: [account] = [] } = await database.findEach({
        code: { collection, query: { _id: codeId }, fields: 'all' },
        account: { collection: 'authorizers', query: broughtBy(codeId) },
      })
      const noted = row && toCodeRecord(row)
      return account && noted?.state !== 'failed' ? { codeId, state: 'done', appid: account._id } : noted
    },

    async note(codeId, appid, expiresAt) {
      const born = { ...noLease, _id: codeId, state: 'new', appid, fence: 0, expiresAt: toDate(expiresAt) }
      if (!(await database.insert(collection, born))) await name(codeId, appid)
    },

    async claim(codeId, owner, { appid, now }) {
      const born = { _id: codeId, state: 'new', appid, expiresAt: serverTime(KEPT_MS) }
      const isBorn = now !== undefined && (await database.insert(collection, { ...born, ...newLease(owner, LEASE_MS) }))
      if (isBorn)
        return {
          kind: 'won',
          record: { codeId, state: 'new', ...(appid !== undefined && { appid }) },
          now,
          isNew: true,
        }
      for (;;) {
        const lease = await takeLease(database, {
          collection,
          id: codeId,
          owner,
          ttl: LEASE_MS,
          guard: { state: 'new' },
          change: { set: { expiresAt: serverTime(KEPT_MS), appid } },
        })
        if (lease.kind === 'missing') {
          await database.insert(collection, { ...born, ...noLease, fence: 0 })
          continue
        }
        const record = toCodeRecord(lease.row)
        if (appid !== undefined && record.appid === undefined) await name(codeId, appid)
        if (lease.kind === 'won') return { kind: 'won', record, now: lease.now, isNew: false }
        return lease.kind === 'held' ? { kind: 'held' } : { kind: 'done', record }
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

/** Accounts by the code that brought them, last or first: of a new one that is all that is noted. */
export const broughtBy = (codeId: string): Query => ({ $or: [{ codeId }, { firstCodeId: codeId }] })

const readCode = reader(code)

export function toCodeRecord(row: Row): CodeRecord {
  const { failureErrcode: errcode, failureErrmsg: errmsg, ...record } = readCode(row)
  return { ...record, ...(errcode !== undefined && { failure: { errcode, errmsg } }) }
}
