import { number, reader, readMember, textMap, writeMembers } from '../domain/stores/forms.ts'
import { push, type Push, type PushStore, type Ticket } from '../domain/stores/pushes.ts'
import { forEachConcurrently } from '../concurrency.ts'
import { isFailure } from '../errors.ts'
import type { Database, Look } from './database.ts'
import { duePushes, unfinishedPushes } from './due.ts'
import { serverTime, toDate, type Query, type Row } from './requests.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'

const collection = 'pushes'
export const ticketType = 'wechat.component_verify_ticket'

/** Those that hold their ticket still. */
export const newestTickets: Query = { type: ticketType, secrets: { exists: true } }
const codeTypes = ['wechat.authorized', 'wechat.updateauthorized']

/** Pushes of one kind for one account, the newest first. */
export const newestOf = (appid: string, type: string) =>
  ({
    collection,
    query: { appid, type },
    orderBy: [['createTime', 'desc']],
    limit: 1,
  }) satisfies Look

/** WeChat pushes a ticket every ten minutes: three reach back half an hour. */
export const keptTickets = 3
/** Within the connections of the smallest database plan. */
const CLAIMS_AT_ONCE = 10

const readPush = reader(push)

export function createPushStore(database: Database, vault: Vault): PushStore {
  const pushes = createRecords(database, collection, readPush)
  const sealed = createSealedMembers(vault, collection)
  const openSecrets = (row: Row): Record<string, string> => {
    const opened = sealed.open(row, 'secrets')
    return (opened !== undefined && textMap.read(opened)) || {}
  }
  const newestTicketRows = (limit: number) =>
    database.find(collection, newestTickets, {
      limit,
      orderBy: [
        ['createTime', 'desc'],
        ['receivedAt', 'desc'],
      ],
    })

  return {
    insert(received, { done, order, dueAt }) {
      const { id: _id, secrets, fields = null } = received
      const hasSecrets = Object.keys(secrets).length > 0
      const row = {
        ...writeMembers(push, received),
        _id,
        fields: JSON.stringify(fields),
        secrets: hasSecrets ? sealed.seal(_id, 'secrets', JSON.stringify(secrets)) : undefined,
        state: done ? 'done' : 'new',
        order,
        dueAt: toDate(dueAt),
        receivedAt: serverTime(),
      }
      return database.insert(collection, row, { mark: 'order' })
    },

    async finish({ id, attempts }, state) {
      // What is done is done whoever says so.
      const seen = state === 'done' ? {} : { attempts }
      await database.update(collection, { _id: id, state: 'new', ...seen }, { set: { state } })
    },

    async postpone({ id, attempts }, dueAt) {
      await database.update(collection, { _id: id, state: 'new', attempts }, { set: { dueAt: toDate(dueAt) } })
    },

    async claimDue(limit, now, until) {
      const due = await database.find(collection, duePushes(now), { limit, orderBy: [['dueAt', 'asc']] })
      const claimed: Push[] = []
      const failures: unknown[] = []
      await forEachConcurrently(due, CLAIMS_AT_ONCE, async (row) => {
        try {
          const attempts = readMember(row, 'attempts', number)
          const guard = { _id: row._id, state: 'new', attempts }
          const change = { set: { dueAt: toDate(until) }, inc: { attempts: 1 } }
          if ((await database.update(collection, guard, change)) > 0)
            claimed.push({ ...readPush(row), attempts: attempts + 1, secrets: openSecrets(row) })
        } catch (error) {
          failures.push(error)
        }
      })
      // One that cannot be opened, or was not answered for, waits for its next turn.
      if (claimed.length === 0 && failures.length > 0) throw failures[0]
      return claimed
    },

    countUnfinished: () => database.count(collection, unfinishedPushes),

    async newestTickets() {
      const rows = await newestTicketRows(keptTickets)
      return openWhatOpens(rows, (row): Ticket[] => {
        const { ComponentVerifyTicket: ticket } = openSecrets(row)
        return ticket === undefined ? [] : [{ ...readPush(row), ticket }]
      })
    },

    async latestTicketAt() {
      const [row] = await newestTicketRows(1)
      if (!row) return undefined
      const { receivedAt, createTime } = readPush(row)
      return { receivedAt, createTime }
    },

    async latestTime(appid, type) {
      const { query, ...options } = newestOf(appid, type)
      const [newest] = await pushes.find(query, options)
      return newest?.createTime
    },

    async latestCode(appid) {
      const [row] = await database.find(
        collection,
        { appid, type: { in: codeTypes } },
        {
          limit: 1,
          orderBy: [
            ['createTime', 'desc'],
            ['receivedAt', 'desc'],
          ],
        },
      )
      return row && openSecrets(row)['AuthorizationCode']
    },

    list({ appids, type }, page) {
      const query = { ...ofAccounts(appids), ...(type !== undefined && { type }) }
      return pushes.page({ sortedBy: 'order', query }, page)
    },

    async useNonce(nonceId, bodyId) {
      const nonce = { _id: nonceId, bodyId, receivedAt: serverTime() }
      if (await database.insert('nonces', nonce, { mark: 'bodyId' })) return true
      const known = await database.get('nonces', nonceId)
      return known === undefined || known['bodyId'] === bodyId
    },
  }
}

/** One value that cannot be unsealed must not hide the others; if none can, the reason is told. */
function openWhatOpens<T>(rows: readonly Row[], open: (row: Row) => T[]): T[] {
  const opened: T[] = []
  const failures: unknown[] = []
  for (const row of rows) {
    try {
      opened.push(...open(row))
    } catch (error) {
      if (!isFailure(error)) throw error
      failures.push(error)
    }
  }
  if (opened.length === 0 && failures.length > 0) throw failures[0]
  return opened
}
