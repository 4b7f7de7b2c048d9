import { reader, writeMembers } from '../domain/stores/forms.ts'
import { authState, invite, outcome as outcomeForm } from '../domain/stores/invites.ts'
import type { AuthState, Invite, InviteStore } from '../domain/stores/invites.ts'
import { isFailure } from '../errors.ts'
import { SECOND } from '../time.ts'
import type { Database } from './database.ts'
import { toDate, type Query } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { ofAccounts } from './paging.ts'
import { createRecords } from './records.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'

const LEASE_MS = 20 * SECOND

export function createInviteStore(database: Database, vault: Vault): InviteStore {
  const invites = createRecords(database, 'invites', reader(invite))
  const states = createRecords(database, 'states', reader(authState))
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

    async takeCode(seen, most, withinMs, now) {
      for (let invite: Invite | undefined = seen; invite;) {
        const recent = invite.codesAt.filter((at) => Math.abs(now - at) < withinMs)
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

    async claimState(state, owner) {
      const request = { collection: 'states', id: state.stateId, owner, ttl: LEASE_MS, guard: unused(state) }
      const lease = await takeLease(database, request)
      return lease.kind === 'won' ? lease.now : undefined
    },

    async finishState(state, outcome) {
      const set = { ...noLease, outcome: outcomeForm.write(outcome), pushedCodeId: null }
      await database.update('states', { _id: state.stateId, ...unused(state) }, { set })
    },

    async releaseState(stateId, owner) {
      await endLease(database, { collection: 'states', id: stateId, owner })
    },
  }
}

/** Pages to which no browser has come back. */
const open: Query = { endedAt: null, $or: [{ outcome: null }, { pushedCodeId: { gt: '' } }] }

/** It is still as it was read. */
const unused = ({ pushedCodeId }: AuthState) => (pushedCodeId === undefined ? { outcome: null } : { pushedCodeId })
