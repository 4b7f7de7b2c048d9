import { randomUUID } from 'node:crypto'
import { activity, type ActivityClaim, type ActivityStore, type NewActivity } from '../domain/stores/activity.ts'
import { number, optional, reader, readMember, text, time } from '../domain/stores/forms.ts'
import { DAY, MINUTE, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Query, type Row } from './requests.ts'
import { endLease, newLease, noLease, takeLease } from './leases.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'

const collection = 'activity'
/** As long as a function may run; whoever is silent for longer is dead. */
const LEASE_MS = MINUTE
const KEY_KEPT_MS = 7 * DAY
/** For callers without a key that meet; a former run of theirs that never ended is finished within this. */
const RUN_KEPT_MS = 10 * MINUTE

export function createActivityStore(database: Database, vault: Vault): ActivityStore {
  const entries = createRecords(database, collection, reader(activity))
  const secrets = createSealedMembers(vault, collection)
  /** A freed key begins a new run, as if it had never been used. */
  const runAgain = async (row: Row, run: NewActivity, owner: string): Promise<ActivityClaim | undefined> => {
    const again = await database.updateAndReturn(
      collection,
      { _id: row._id, state: 'freed', fence: readMember(row, 'fence', number) },
      {
        set: { ...runFields(run), ...leaseWithoutFence(owner) },
        unset: ['outcome', 'endedAt', 'memo'],
        inc: { fence: 1 },
      },
    )
    return again && { kind: 'won', id: row._id, fence: readMember(again, 'fence', number), begunBefore: undefined }
  }

  /** What a run that nobody is at means for the caller; undefined: somebody else was first. */
  const settle = (row: Row, run: NewActivity, owner: string): Promise<ActivityClaim | undefined> => {
    if (row['state'] === 'freed') return runAgain(row, run, owner)
    if (row['inputId'] !== run.inputId) return Promise.resolve({ kind: 'otherInput' })
    const answer = secrets.open(row, 'answer')
    return Promise.resolve(answer === undefined ? undefined : { kind: 'done', answer })
  }

  return {
    async latestOfSlot(slot) {
      const [row] = await database.find(collection, { slot }, { limit: 1, orderBy: [['startedAt', 'desc']] })
      return row && { id: row._id, running: row['state'] === 'running' }
    },

    async claim(run) {
      const { id, inputId } = run
      // New for every call: a lease that shows it is this call's own.
      const owner = randomUUID()
      for (;;) {
        const born = { ...runFields(run), ...newLease(owner, LEASE_MS) }
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
        if (lease.kind === 'won') {
          const begunBefore = readMember(lease.row, 'startedAt', time)
          const memo = readMember(lease.row, 'memo', optional(text))
          return { kind: 'won', id, fence: lease.fence, begunBefore, ...(memo !== undefined && { memo }) }
        }
        if (lease.kind === 'held')
          return lease.row['inputId'] === inputId
            ? { kind: 'running', remaining: lease.remaining }
            : { kind: 'otherInput' }
        const settled = await settle(lease.row, run, owner)
        if (settled) return settled
      }
    },

    async wasBegun(id, inputId) {
      const row = await database.get(collection, id)
      return row !== undefined && row['state'] !== 'freed' && row['inputId'] === inputId
    },

    async isHeld(id) {
      const row = await database.get(collection, id)
      return row?.['state'] === 'running' && typeof row['leaseOwner'] === 'string'
    },

    async remember(id, fence, memo) {
      await database.update(collection, { _id: id, fence, state: 'running' }, { set: { memo } })
    },

    async finish(id, fence, { answer, outcome, end }) {
      const ended = { ...noLease, outcome, endedAt: serverTime() }
      const set =
        end === 'done'
          ? { ...ended, state: 'done', answer: secrets.seal(id, 'answer', answer) }
          : { ...ended, state: end === 'freed' ? 'freed' : 'running' }
      return (await database.update(collection, { _id: id, fence, state: 'running' }, { set })) > 0
    },

    async note(run) {
      const { keyUntil: _, ...fields } = runFields(run)
      const ended = { state: 'done', outcome: 'ok', endedAt: serverTime(), fence: 1 }
      await database.insert(collection, { ...fields, ...ended, _id: run.id })
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
      return entries.page({ sortedBy: 'order', query }, page)
    },
  }
}

const runFields = (run: NewActivity) => {
  const { id: _, ...fields } = run
  return {
    ...fields,
    state: 'running',
    startedAt: serverTime(),
    keyUntil: serverTime(run.keyed ? KEY_KEPT_MS : RUN_KEPT_MS),
  }
}

/** The clean-up takes `keyUntil` and the answer away. */
function isOver(row: Row, now: EpochMs): boolean {
  const until = readMember(row, 'keyUntil', optional(time))
  return until === undefined ? row['state'] !== 'running' : until <= now
}

function leaseWithoutFence(owner: string) {
  const { fence: _, ...lease } = newLease(owner, LEASE_MS)
  return lease
}
