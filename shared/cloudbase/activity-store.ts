import { randomUUID } from 'node:crypto'
import type { ActivityClaim, ActivityRecord, ActivityStore, NewActivity } from '../domain/stores/activity.ts'
import { after, DAY, MINUTE } from '../time.ts'
import type { Database } from './database.ts'
import type { Row } from './requests.ts'
import { newLease, noLease, takeLease } from './leases.ts'
import { readPage } from './paging.ts'
import { number, optionalText, optionalTime, present, text, time, toDate, word } from './row.ts'
import type { Vault } from './sealing.ts'

const collection = 'activity'
/** As long as a function may run; whoever is silent for longer is dead. */
const LEASE_MS = MINUTE
const KEY_KEPT_MS = 7 * DAY
const states = ['running', 'done', 'freed'] as const

const place = (id: string) => ({ collection, id, field: 'answer' })

export function createActivityStore(database: Database, vault: Vault): ActivityStore {
  const settle = (row: Row, activity: NewActivity): ActivityClaim | undefined => {
    if (row['state'] === 'freed') return undefined
    const inputId = text(row, 'inputId')
    if (inputId !== activity.inputId) return { kind: 'otherInput' }
    const sealed = optionalText(row, 'answer')
    return sealed === undefined ? undefined : { kind: 'done', inputId, answer: vault.open(sealed, place(row._id)) }
  }

  /** A freed key begins a new run, as if it had never been used. */
  const runAgain = async (row: Row, activity: NewActivity, owner: string): Promise<ActivityClaim | undefined> => {
    const again = await database.updateAndReturn(
      collection,
      { _id: row._id, state: 'freed', fence: number(row, 'fence') },
      {
        set: { ...runFields(activity), ...leaseWithoutFence(owner) },
        unset: ['answer', 'outcome', 'endedAt', 'keyUntil'],
        inc: { fence: 1 },
      },
    )
    return again && { kind: 'won', id: row._id, fence: number(again, 'fence'), resumed: false }
  }

  return {
    async latestOfSlot(slot) {
      const [row] = await database.find(collection, { slot }, { limit: 1, orderBy: [['startedAt', 'desc']] })
      return row && { id: row._id, running: row['state'] === 'running' }
    },

    async claim(activity) {
      const { id, inputId } = activity
      // New for every call: a lease that shows it is this call's own.
      const owner = randomUUID()
      for (;;) {
        const born = { ...runFields(activity), ...newLease(owner, LEASE_MS) }
        if (await database.insert(collection, { ...born, _id: id }))
          return { kind: 'won', id, fence: 1, resumed: false }
        const guard = { state: 'running', inputId }
        const lease = await takeLease(database, { collection, id, owner, ttl: LEASE_MS, guard })
        if (lease.kind === 'missing') continue
        if (lease.kind === 'won') return { kind: 'won', id, fence: lease.fence, resumed: true }
        const settled = settle(lease.row, activity)
        if (settled) return settled
        if (lease.kind === 'held') return { kind: 'running', remaining: lease.remaining }
        const again = await runAgain(lease.row, activity, owner)
        if (again) return again
      }
    },

    async finish(id, fence, { answer, outcome, free, endedAt }) {
      const kept = { answer: vault.seal(answer, place(id)), keyUntil: toDate(after(endedAt, KEY_KEPT_MS)) }
      const updated = await database.update(
        collection,
        { _id: id, fence, state: 'running' },
        {
          set: {
            ...noLease,
            state: free ? 'freed' : 'done',
            outcome,
            endedAt: toDate(endedAt),
            ...(!free && kept),
          },
        },
      )
      return updated > 0
    },

    async note({ id, ...activity }) {
      const fields = runFields({ id, ...activity })
      const ended = { state: 'done', outcome: 'ok', endedAt: fields.startedAt, fence: 1 }
      await database.insert(collection, { ...fields, ...ended, _id: id })
    },

    list: (page) => readPage(database, { collection, sortedBy: 'order', query: {} }, page, toActivity),
  }
}

const runFields = ({ slot, identity, operation, appid, inputId, input, keyed, order, startedAt }: NewActivity) => ({
  slot,
  identity,
  operation,
  appid,
  inputId,
  input,
  keyed,
  order,
  state: 'running',
  startedAt: toDate(startedAt),
})

function leaseWithoutFence(owner: string) {
  const { fence: _, ...lease } = newLease(owner, LEASE_MS)
  return lease
}

/** Answers stay sealed: the log shows outcomes. */
const toActivity = (row: Row): ActivityRecord => ({
  id: row._id,
  identity: text(row, 'identity'),
  operation: text(row, 'operation'),
  input: text(row, 'input'),
  state: word(row, 'state', states),
  startedAt: time(row, 'startedAt'),
  fence: number(row, 'fence'),
  ...present({
    appid: optionalText(row, 'appid'),
    endedAt: optionalTime(row, 'endedAt'),
    outcome: optionalText(row, 'outcome'),
  }),
})
