import { randomUUID } from 'node:crypto'
import type { ActivityClaim, ActivityRecord, ActivityStore, NewActivity } from '../domain/stores/activity.ts'
import { roles } from '../domain/stores/admins.ts'
import { DAY, MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, type Query, type Row } from './requests.ts'
import { endLease, newLease, noLease, takeLease } from './leases.ts'
import { ofAccounts, readPage } from './paging.ts'
import { number, optionalText, optionalTime, present, text, time, toDate, word } from './row.ts'
import type { Vault } from './sealing.ts'

const collection = 'activity'
/** As long as a function may run; whoever is silent for longer is dead. */
const LEASE_MS = MINUTE
const KEY_KEPT_MS = 7 * DAY
/** For callers without a key that meet; a former run of theirs that never ended is finished within this. */
const RUN_KEPT_MS = 10 * MINUTE
const states = ['running', 'done', 'freed'] as const

const place = (id: string) => ({ collection, id, field: 'answer' })

export function createActivityStore(database: Database, vault: Vault): ActivityStore {
  /** A freed key begins a new run, as if it had never been used. */
  const runAgain = async (row: Row, activity: NewActivity, owner: string): Promise<ActivityClaim | undefined> => {
    const again = await database.updateAndReturn(
      collection,
      { _id: row._id, state: 'freed', fence: number(row, 'fence') },
      {
        set: { ...runFields(activity), ...leaseWithoutFence(owner) },
        unset: ['outcome', 'endedAt', 'memo'],
        inc: { fence: 1 },
      },
    )
    return again && { kind: 'won', id: row._id, fence: number(again, 'fence'), begunBefore: undefined }
  }

  /** What a run that nobody is at means for the caller; undefined: somebody else was first. */
  const settle = (row: Row, activity: NewActivity, owner: string): Promise<ActivityClaim | undefined> => {
    if (row['state'] === 'freed') return runAgain(row, activity, owner)
    if (text(row, 'inputId') !== activity.inputId) return Promise.resolve({ kind: 'otherInput' })
    const sealed = optionalText(row, 'answer')
    return Promise.resolve(
      sealed === undefined ? undefined : { kind: 'done', answer: vault.open(sealed, place(row._id)) },
    )
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
          return { kind: 'won', id, fence: 1, begunBefore: undefined }
        const guard = { state: 'running', inputId }
        const change = { unset: ['outcome', 'endedAt'] }
        const lease = await takeLease(database, { collection, id, owner, ttl: LEASE_MS, guard, change })
        if (lease.kind === 'missing') continue
        if (lease.kind !== 'held' && isOver(lease.row, lease.now)) {
          if (lease.kind === 'won')
            await endLease(database, { collection, id, owner, change: { set: { state: 'done' } } })
          return { kind: 'over' }
        }
        if (lease.kind === 'won')
          return {
            kind: 'won',
            id,
            fence: lease.fence,
            begunBefore: time(lease.row, 'startedAt'),
            ...present({ memo: optionalText(lease.row, 'memo') }),
          }
        if (lease.kind === 'held')
          return text(lease.row, 'inputId') === inputId
            ? { kind: 'running', remaining: lease.remaining }
            : { kind: 'otherInput' }
        const settled = await settle(lease.row, activity, owner)
        if (settled) return settled
      }
    },

    async wasBegun(id, inputId) {
      const row = await database.get(collection, id)
      return row !== undefined && row['state'] !== 'freed' && row['inputId'] === inputId
    },

    async isHeld(id) {
      const row = await database.get(collection, id)
      return row?.['state'] === 'running' && optionalText(row, 'leaseOwner') !== undefined
    },

    async remember(id, fence, memo) {
      await database.update(collection, { _id: id, fence, state: 'running' }, { set: { memo } })
    },

    async finish(id, fence, { answer, outcome, end }) {
      const ended = { ...noLease, outcome, endedAt: serverTime() }
      const set =
        end === 'done'
          ? { ...ended, state: 'done', answer: vault.seal(answer, place(id)) }
          : { ...ended, state: end === 'freed' ? 'freed' : 'running' }
      return (await database.update(collection, { _id: id, fence, state: 'running' }, { set })) > 0
    },

    async note({ id, ...activity }) {
      const { keyUntil: _, ...fields } = runFields({ id, ...activity })
      const ended = { state: 'done', outcome: 'ok', endedAt: serverTime(), fence: 1 }
      await database.insert(collection, { ...fields, ...ended, _id: id })
    },

    list({ appids, operation, identities, since, until }, page) {
      const query: Query = {
        ...ofAccounts(appids),
        ...ofAccounts(identities, 'identity'),
        ...(operation !== undefined && { operation }),
        ...((since !== undefined || until !== undefined) && {
          startedAt: {
            ...(since !== undefined && { gte: toDate(since) }),
            ...(until !== undefined && { lte: toDate(until) }),
          },
        }),
      }
      return readPage(database, { collection, sortedBy: 'order', query }, page, toActivity)
    },
  }
}

const runFields = ({ slot, identity, operation, role, appid, inputId, input, keyed, order }: NewActivity) => ({
  slot,
  identity,
  operation,
  role,
  appid,
  inputId,
  input,
  keyed,
  order,
  state: 'running',
  startedAt: serverTime(),
  keyUntil: serverTime(keyed ? KEY_KEPT_MS : RUN_KEPT_MS),
})

/** The clean-up takes `keyUntil` and the answer away. */
function isOver(row: Row, now: EpochMs): boolean {
  const until = optionalTime(row, 'keyUntil')
  return until === undefined ? row['state'] !== 'running' : until <= now
}

function leaseWithoutFence(owner: string) {
  const { fence: _, ...lease } = newLease(owner, LEASE_MS)
  return lease
}

/** Answers stay sealed: the log shows outcomes. */
const toActivity = (row: Row): ActivityRecord => ({
  id: row._id,
  identity: text(row, 'identity'),
  operation: text(row, 'operation'),
  // Entries of before do not say.
  role: row['role'] === undefined ? 'owner' : word(row, 'role', roles),
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
