import type { AuthOutcome, AuthState, Invite, InviteStore } from '../domain/stores/invites.ts'
import { SECOND } from '../time.ts'
import { bindableTypes } from './binding-rows.ts'
import type { Database } from './database.ts'
import type { Row } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import {
  keptProblem,
  optionalFields,
  optionalText,
  present,
  storedProblem,
  text,
  textMap,
  time,
  toDate,
  word,
} from './row.ts'

const LEASE_MS = 20 * SECOND

export function createInviteStore(database: Database): InviteStore {
  return {
    insert: ({ inviteId, attributes, expiresAt, ...invite }) =>
      database.insert('invites', {
        ...invite,
        _id: inviteId,
        attributes: JSON.stringify(attributes),
        expiresAt: toDate(expiresAt),
      }),

    async find(inviteId) {
      const row = await database.get('invites', inviteId)
      return row && toInvite(row)
    },

    async expireOf(businessId, accountType, now) {
      const open = await database.find(
        'invites',
        { businessId, expiresAt: { gt: toDate(now) }, ...(accountType !== undefined && { accountType }) },
        { limit: 1000 },
      )
      const [first, ...others] = open.map((row) => row._id)
      if (first === undefined) return
      await database.update('invites', { _id: { in: [first, ...others] } }, { set: { expiresAt: toDate(now) } })
    },

    async insertState(state, preAuthId) {
      await database.insert('states', {
        ...noLease,
        _id: state.stateId,
        preAuthId,
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

    async findState(stateId) {
      const row = await database.get('states', stateId)
      return row && toState(row)
    },

    async findStateByPreAuthCode(preAuthId) {
      const [row] = await database.find('states', { preAuthId }, { limit: 1 })
      return row && toState(row)
    },

    async claimState(stateId, owner) {
      const request = { collection: 'states', id: stateId, owner, ttl: LEASE_MS, guard: { outcome: null } }
      return (await takeLease(database, request)).kind === 'won'
    },

    async finishState(stateId, { problem, ...result }) {
      const outcome = { ...result, ...(problem && storedProblem(problem)) }
      await database.update('states', { _id: stateId, outcome: null }, { set: { ...noLease, outcome } })
    },

    async releaseState(stateId, owner) {
      await endLease(database, { collection: 'states', id: stateId, owner })
    },
  }
}

const toInvite = (row: Row): Invite => ({
  inviteId: row._id,
  businessId: text(row, 'businessId'),
  accountType: word(row, 'accountType', bindableTypes),
  attributes: textMap(row, 'attributes'),
  expiresAt: time(row, 'expiresAt'),
  ...present({ appid: optionalText(row, 'appid'), returnUrl: optionalText(row, 'returnUrl') }),
})

const toState = (row: Row): AuthState => ({
  stateId: row._id,
  inviteId: text(row, 'inviteId'),
  businessId: text(row, 'businessId'),
  accountType: word(row, 'accountType', bindableTypes),
  attributes: textMap(row, 'attributes'),
  browserId: text(row, 'browserId'),
  openedAt: time(row, 'openedAt'),
  expiresAt: time(row, 'expiresAt'),
  ...present({ returnUrl: optionalText(row, 'returnUrl'), outcome: toOutcome(row) }),
})

function toOutcome(row: Row): AuthOutcome | undefined {
  const outcome = optionalFields(row, 'outcome')
  return (
    outcome && {
      status: word(outcome, 'status', ['bound', 'failed']),
      ...present({
        appid: optionalText(outcome, 'appid'),
        nickName: optionalText(outcome, 'nickName'),
        problem: optionalText(outcome, 'code') === undefined ? undefined : keptProblem(outcome),
      }),
    }
  )
}
