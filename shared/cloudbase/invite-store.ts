import type { AuthOutcome, AuthState, Invite, InviteStore } from '../domain/stores/invites.ts'
import { isFailure } from '../errors.ts'
import { SECOND } from '../time.ts'
import { bindableTypes, storedOutcome } from './binding-rows.ts'
import type { Database } from './database.ts'
import type { Query, Row } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { ofAccounts, readPage } from './paging.ts'
import {
  keptProblem,
  optionalFields,
  optionalNumber,
  optionalText,
  optionalTime,
  present,
  text,
  textMap,
  time,
  times,
  toDate,
  word,
} from './row.ts'
import type { Vault } from './sealing.ts'

const LEASE_MS = 20 * SECOND

const spentFields = ['spentMiniprogram', 'spentOfficial'] as const

const placeOf = (stateId: string) => ({ collection: 'states', id: stateId, field: 'preAuthCode' })

export function createInviteStore(database: Database, vault: Vault): InviteStore {
  return {
    insert: ({ inviteId, attributes, expiresAt, ...invite }) =>
      database.insert('invites', {
        ...invite,
        _id: inviteId,
        attributes: JSON.stringify(attributes),
        expiresAt: toDate(expiresAt),
        open: true,
        endedAt: null,
      }),

    async find(inviteId) {
      const row = await database.get('invites', inviteId)
      return row && toInvite(row)
    },

    listOpen(businessIds, page, now) {
      const query = {
        ...ofAccounts(businessIds, 'businessId'),
        open: { neq: false },
        endedAt: null,
        expiresAt: { gt: toDate(now) },
      }
      return readPage(database, { collection: 'invites', sortedBy: '_id', query }, page, toInvite)
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
        _id: state.stateId,
        preAuthId,
        preAuthCode: vault.seal(preAuthCode, placeOf(state.stateId)),
        codeUntil: toDate(until),
        inviteId: state.inviteId,
        businessId: state.businessId,
        accountType: state.accountType,
        returnUrl: state.returnUrl,
        browserId: state.browserId,
        attributes: JSON.stringify(state.attributes),
        openedAt: toDate(state.openedAt),
        expiresAt: toDate(state.expiresAt),
        fence: 0,
      })
    },

    async findOpenState(inviteId, browserId, now) {
      const query = { inviteId, browserId, outcome: null, endedAt: null, codeUntil: { gt: toDate(now) } }
      const [row] = await database.find('states', query, { limit: 1, orderBy: [['codeUntil', 'desc']] })
      if (!row) return undefined
      try {
        return { stateId: row._id, preAuthCode: vault.open(text(row, 'preAuthCode'), placeOf(row._id)) }
      } catch (error) {
        // Sealed under a key that is gone: another code does as well.
        if (isFailure(error)) return undefined
        throw error
      }
    },

    async findState(stateId) {
      const row = await database.get('states', stateId)
      return row && toState(row)
    },

    async findStateByPreAuthCode(preAuthId) {
      const [row] = await database.find('states', { preAuthId }, { limit: 1 })
      return row && toState(row)
    },

    async claimState(state, owner) {
      const request = { collection: 'states', id: state.stateId, owner, ttl: LEASE_MS, guard: unused(state) }
      const lease = await takeLease(database, request)
      return lease.kind === 'won' ? lease.now : undefined
    },

    async finishState(state, outcome) {
      const set = { ...noLease, outcome: storedOutcome(outcome), pushedCodeId: null }
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

export const toInvite = (row: Row): Invite => ({
  inviteId: row._id,
  businessId: text(row, 'businessId'),
  accountType: word(row, 'accountType', bindableTypes),
  attributes: textMap(row, 'attributes'),
  expiresAt: time(row, 'expiresAt'),
  spentOn: spentFields.flatMap((field) => optionalText(row, field) ?? []),
  codes: optionalNumber(row, 'codes') ?? 0,
  codesAt: times(row, 'codesAt'),
  ...present({
    appid: optionalText(row, 'appid'),
    returnUrl: optionalText(row, 'returnUrl'),
    openedAt: optionalTime(row, 'openedAt'),
    endedAt: optionalTime(row, 'endedAt'),
  }),
})

export const toState = (row: Row): AuthState => ({
  stateId: row._id,
  inviteId: text(row, 'inviteId'),
  businessId: text(row, 'businessId'),
  accountType: word(row, 'accountType', bindableTypes),
  attributes: textMap(row, 'attributes'),
  browserId: text(row, 'browserId'),
  openedAt: time(row, 'openedAt'),
  expiresAt: time(row, 'expiresAt'),
  ...present({
    returnUrl: optionalText(row, 'returnUrl'),
    endedAt: optionalTime(row, 'endedAt'),
    outcome: toOutcome(row),
    pushedCodeId: optionalText(row, 'pushedCodeId'),
  }),
})

function toOutcome(row: Row): AuthOutcome | undefined {
  const outcome = optionalFields(row, 'outcome')
  return (
    outcome && {
      status: word(outcome, 'status', ['bound', 'failed']),
      ...present({
        appid: optionalText(outcome, 'appid'),
        nickName: optionalText(outcome, 'nickName'),
        complete: outcome['complete'] === true ? true : undefined,
        problem: optionalText(outcome, 'code') === undefined ? undefined : keptProblem(outcome),
      }),
    }
  )
}
