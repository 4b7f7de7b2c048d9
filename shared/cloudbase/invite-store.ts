import { reader, readMember, time, writeMembers } from '../domain/stores/forms.ts'
import { authState, invite, outcome as outcomeForm } from '../domain/stores/invites.ts'
import type { Invite, InviteStore } from '../domain/stores/invites.ts'
import { isFailure } from '../errors.ts'
import { SECOND, type EpochMs } from '../time.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Query } from './requests.ts'
import { endLease, leaseFields, noLease, takeLease } from './leases.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'

const LEASE_MS = 20 * SECOND

const toInvite = reader(invite)
const toState = reader(authState)

export function createInviteStore(database: Database, vault: Vault): InviteStore {
  const invites = createRecords(database, 'invites', toInvite)
  const states = createRecords(database, 'states', toState)
  const secrets = createSealedMembers(vault, 'states')
  return {
    insert: (made) =>
      database.insert('invites', { ...writeMembers(invite, made), _id: made.inviteId, open: true, endedAt: null }),

    find: (inviteId) => invites.get(inviteId),

    listOpen(businessIds, page, now) {
      const query = {
        ...ofAccounts(businessIds, 'businessId'),
        open: { neq: false },
        endedAt: null,
        expiresAt: { gt: toDate(now) },
      }
      return invites.page({ sortedBy: '_id', query }, page)
    },

    async end(inviteId, now) {
      const ended = { set: { endedAt: toDate(now) } }
      await database.update('invites', { _id: inviteId, endedAt: null }, ended)
      await database.update('states', { inviteId, ...open }, ended)
    },

    async endOf(businessId, now) {
      const ended = { set: { endedAt: toDate(now) } }
      await database.update('invites', { businessId, endedAt: null }, ended)
      await database.update('states', { businessId, ...open }, ended)
    },

    async takeFirstCode(inviteId) {
      const guard = { _id: inviteId, codes: null, endedAt: null, expiresAt: { gt: serverTime() } }
      const change = { set: { openedAt: serverTime() }, inc: { codes: 1 } }
      const row = await database.updateAndReturn('invites', guard, change)
      return row && toInvite(row)
    },

    async takeCode(seen, most, withinMs, now) {
      for (let invite: Invite | undefined = seen; invite;) {
        const recent = codeTimesOf(invite).filter((at) => Math.abs(now - at) < withinMs)
        if (recent.length >= most) return false
        const guard = { _id: invite.inviteId, codes: invite.codes === 0 ? null : invite.codes }
        const openedAt = toDate(invite.openedAt ?? now)
        const set = { openedAt, codesAt: [...recent, now].map(toDate) }
        if ((await database.update('invites', guard, { set, inc: { codes: 1 } })) > 0) return true
        invite = await this.find(invite.inviteId)
      }
      return false
    },

    async insertState(state, preAuthId, { preAuthCode, until }) {
      await database.insert('states', {
        ...noLease,
        ...writeMembers(authState, state),
        _id: state.stateId,
        preAuthId,
        preAuthCode: secrets.seal(state.stateId, 'preAuthCode', preAuthCode),
        codeUntil: toDate(until),
        fence: 0,
      })
    },

    async findOpenState(inviteId, browserId, now) {
      const query = { inviteId, browserId, outcome: null, endedAt: null, codeUntil: { gt: toDate(now) } }
      const [row] = await database.find('states', query, { limit: 1, orderBy: [['codeUntil', 'desc']] })
      if (!row) return undefined
      try {
        const preAuthCode = secrets.open(row, 'preAuthCode')
        return preAuthCode === undefined ? undefined : { stateId: row._id, preAuthCode }
      } catch (error) {
        // Sealed under a key that is gone: another code does as well.
        if (isFailure(error)) return undefined
        throw error
      }
    },

    findState: (stateId) => states.get(stateId),

    async findStateByPreAuthCode(preAuthId) {
      const [state] = await states.find({ preAuthId }, { limit: 1 })
      return state
    },

    async claimState({ stateId: id, pushedCodeId }, { owner, browserCodeId }) {
      const guard = pushedCodeId === undefined ? { outcome: null } : { pushedCodeId }
      const request = { collection: 'states', id, owner, ttl: LEASE_MS, guard, change: { set: { browserCodeId } } }
      const lease = await takeLease(database, request)
      return lease.kind === 'won' ? { state: toState(lease.row), now: lease.now } : undefined
    },

    async claimNewState({ stateId, browserId, owner, browserCodeId }) {
      // It fits again where the answer was lost.
      const mine = { leaseOwner: { in: [null, owner] }, browserCodeId: { in: [null, browserCodeId] } }
      const guard = { ...open, ...mine, _id: stateId, browserId, expiresAt: { gt: serverTime() } }
      const change = { set: { ...leaseFields(owner, LEASE_MS), browserCodeId }, inc: { fence: 1 } }
      const claim = () => database.updateAndReturn('states', guard, change)
      const row = await claim().catch((error: unknown) => {
        if (isFailure(error, 'STORAGE_UNAVAILABLE')) return claim()
        throw error
      })
      return row && { state: toState(row), now: readMember(row, 'leasedAt', time) }
    },

    async finishState(stateId, outcome) {
      const set = { ...noLease, outcome: outcomeForm.write(outcome), pushedCodeId: null }
      await database.update('states', { _id: stateId, $or: unused }, { set })
    },

    async releaseState(stateId, owner) {
      await endLease(database, { collection: 'states', id: stateId, owner })
    },
  }
}

/** Of the first only that it was opened then is noted. */
const codeTimesOf = ({ codes, codesAt, openedAt }: Invite): readonly EpochMs[] =>
  codes === 1 && openedAt !== undefined ? [openedAt] : codesAt

/** Nothing has come of it yet, or of a push only. */
const unused: Query[] = [{ outcome: null }, { pushedCodeId: { gt: '' } }]

const open: Query = { endedAt: null, $or: unused }
