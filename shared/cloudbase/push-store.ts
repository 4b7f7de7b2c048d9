import type { Push, PushState, PushStore, PushView, Ticket } from '../domain/stores/pushes.ts'
import { forEachConcurrently } from '../concurrency.ts'
import { isFailure } from '../errors.ts'
import type { Database, Look } from './database.ts'
import { duePushes, unfinishedPushes } from './due.ts'
import { serverTime, type Query, type Row } from './requests.ts'
import { ofAccounts, readPage } from './paging.ts'
import { json, number, optionalText, present, text, time, toDate, word } from './row.ts'
import type { Vault } from './sealing.ts'

const collection = 'pushes'
export const ticketType = 'wechat.component_verify_ticket'

/** Those that hold their ticket still. */
export const newestTickets: Query = { type: ticketType, secrets: { exists: true } }
const codeTypes = ['wechat.authorized', 'wechat.updateauthorized']
const states: readonly PushState[] = ['new', 'done', 'failed']

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

const place = (id: string) => ({ collection, id, field: 'secrets' })

export function createPushStore(database: Database, vault: Vault): PushStore {
  const openSecrets = (row: Row): Record<string, string> => {
    const sealed = optionalText(row, 'secrets')
    return sealed === undefined ? {} : readSecrets(vault.open(sealed, place(row._id)))
  }
  const toPush = (row: Row): Push => ({
    id: row._id,
    type: text(row, 'type'),
    road: word(row, 'road', ['component', 'message']),
    createTime: number(row, 'createTime'),
    fields: json(row, 'fields'),
    secrets: openSecrets(row),
    attempts: number(row, 'attempts'),
    ...present({ appid: optionalText(row, 'appid') }),
  })
  const newestTicketRows = (limit: number) =>
    database.find(collection, newestTickets, {
      limit,
      orderBy: [
        ['createTime', 'desc'],
        ['receivedAt', 'desc'],
      ],
    })

  return {
    insert(push, { done, order, dueAt }) {
      const hasSecrets = Object.keys(push.secrets).length > 0
      const row = {
        _id: push.id,
        type: push.type,
        road: push.road,
        appid: push.appid,
        createTime: push.createTime,
        fields: JSON.stringify(push.fields ?? null),
        secrets: hasSecrets ? vault.seal(JSON.stringify(push.secrets), place(push.id)) : undefined,
        attempts: push.attempts,
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
          const attempts = number(row, 'attempts')
          const guard = { _id: row._id, state: 'new', attempts }
          const change = { set: { dueAt: toDate(until) }, inc: { attempts: 1 } }
          if ((await database.update(collection, guard, change)) > 0)
            claimed.push(toPush({ ...row, attempts: attempts + 1 }))
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
        if (ticket === undefined) return []
        return [{ id: row._id, ticket, createTime: number(row, 'createTime'), receivedAt: time(row, 'receivedAt') }]
      })
    },

    async latestTicketAt() {
      const [row] = await newestTicketRows(1)
      return row && { receivedAt: time(row, 'receivedAt'), createTime: number(row, 'createTime') }
    },

    async latestTime(appid, type) {
      const { query, ...options } = newestOf(appid, type)
      const [row] = await database.find(collection, query, options)
      return row && number(row, 'createTime')
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
      return readPage(database, { collection, sortedBy: 'order', query }, page, toView)
    },

    async useNonce(nonceId, bodyId) {
      const nonce = { _id: nonceId, bodyId, receivedAt: serverTime() }
      if (await database.insert('nonces', nonce, { mark: 'bodyId' })) return true
      const known = await database.get('nonces', nonceId)
      return known === undefined || text(known, 'bodyId') === bodyId
    },
  }
}

const toView = (row: Row): PushView => ({
  id: row._id,
  type: text(row, 'type'),
  createTime: number(row, 'createTime'),
  receivedAt: time(row, 'receivedAt'),
  state: word(row, 'state', states),
  attempts: number(row, 'attempts'),
  fields: json(row, 'fields'),
  ...present({ appid: optionalText(row, 'appid') }),
})

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

function readSecrets(opened: string): Record<string, string> {
  const secrets: unknown = JSON.parse(opened)
  if (typeof secrets !== 'object' || secrets === null) return {}
  return Object.fromEntries(
    Object.entries(secrets).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
