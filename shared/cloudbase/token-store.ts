import { randomUUID } from 'node:crypto'
import { byName, orElse, readMember, time } from '../domain/stores/forms.ts'
import type { Claim, ClaimResult, TokenState, TokenStore } from '../domain/stores/tokens.ts'
import { Failure } from '../errors.ts'
import type { Database } from './database.ts'
import { serverTime, toDate, type Change, type Value } from './requests.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import type { Vault } from './sealing.ts'
import { onFirstUse } from '../on-first-use.ts'
import { createSealedTokens, hasFence, LEASE_MS, placeOf } from './sealed-tokens.ts'

const signOf = ({ replacedElsewhere }: Claim): Readonly<Record<string, Value>> =>
  replacedElsewhere ? { replacedAt: serverTime() } : {}

const leaseOf = ({ holder, owner, state }: Claim) => ({ ...placeOf(holder), owner, fence: state.fence })

export function createTokenStore(database: Database, vault: Vault): TokenStore {
  const rows = createSealedTokens(vault)
  /** The sweep's. */
  const pages = onFirstUse(async () => (await import('./token-pages.ts')).createTokenPages(database, rows))
  const end = (claim: Claim, change: Change): Promise<boolean> => endLease(database, { ...leaseOf(claim), change })

  return {
    isAnyDue: (now) => pages.isAnyDue(now),
    claimDue: (status, limit, now) => pages.claimDue(status, limit, now),
    claimAbandoned: (limit, now) => pages.claimAbandoned(limit, now),
    releaseAll: (claims) => pages.releaseAll(claims),
    async reseal(limit, hasTime) {
      const { createResealer } = await import('./resealing.ts')
      return createResealer(database, vault)(limit, hasTime)
    },

    async read(holder) {
      const place = placeOf(holder)
      const row = await database.get(place.collection, place.id)
      return row && rows.toState(row, place)
    },

    async readMany(appids) {
      const states = new Map<string, TokenState>()
      for (const row of await database.find('authorizers', { _id: { in: appids } }, { limit: appids.length }))
        if (hasFence(row))
          states.set(row._id, rows.toLenientState(row, placeOf({ kind: 'authorizer', appid: row._id })))
      return states
    },

    async prepareComponent() {
      await database.insert('platform', { _id: 'component', fence: 0, tokenFence: 0, failures: 0, ...noLease })
    },

    async claim(holder, seenFence): Promise<ClaimResult> {
      const place = placeOf(holder)
      const owner = randomUUID()
      const lease = await takeLease(database, { ...place, owner, ttl: LEASE_MS, guard: { fence: seenFence } })
      if (lease.kind === 'won') {
        const { row, now, stolen } = lease
        return { kind: 'won', claim: rows.toClaim(holder, row, { owner, now, stolen }) }
      }
      if (lease.kind === 'held') return { kind: 'held', remaining: lease.remaining, now: lease.now }
      if (lease.kind === 'moved') return { kind: 'moved', state: rows.toState(lease.row, place), now: lease.now }
      return { kind: 'missing' }
    },

    async extend(claim) {
      const { collection, id, owner, fence } = leaseOf(claim)
      const guard = { _id: id, leaseOwner: owner, fence }
      return (await database.update(collection, guard, { set: { leaseUntil: serverTime(LEASE_MS) } })) > 0
    },

    countDue: (now) => database.count('authorizers', { status: 'active', dueAt: { lte: toDate(now) } }),

    async noteUse(appid, now) {
      await database.update('authorizers', { _id: appid }, { set: { usedAt: toDate(now) } })
    },

    save(claim, { accessToken, refreshToken, usedRefreshToken, expiresAt, dueAt }) {
      const place = placeOf(claim.holder)
      const former = usedRefreshToken === refreshToken ? undefined : usedRefreshToken
      return end(claim, {
        set: {
          accessToken: rows.seal(place, 'accessToken', accessToken),
          ...(refreshToken !== undefined && {
            refreshToken: rows.seal(place, 'refreshToken', refreshToken),
            formerRefreshToken: former === undefined ? null : rows.seal(place, 'formerRefreshToken', former),
          }),
          expiresAt: toDate(expiresAt),
          dueAt: toDate(dueAt),
          tokenFence: claim.state.fence,
          tokenSavedAt: serverTime(),
          failures: 0,
          unresolved: false,
          doubtful: claim.unresolved,
          ...signOf(claim),
          ...(claim.holder.kind === 'authorizer' && { status: 'active' }),
        },
        unset: ['retryAt', 'failedFor', 'triedTicket', 'refusalErrcode', 'refusalErrmsg'],
      })
    },

    giveUp(claim, { dueAt, failures, unresolved, retryAt, failedFor, triedTicket, refusal, status }) {
      return end(claim, {
        set: {
          dueAt: toDate(dueAt),
          failures,
          unresolved: unresolved ?? claim.unresolved,
          retryAt: retryAt === undefined ? null : toDate(retryAt),
          failedFor: failedFor ?? null,
          triedTicket: triedTicket ?? null,
          refusalErrcode: refusal?.errcode ?? null,
          refusalErrmsg: refusal?.errmsg ?? null,
          ...signOf(claim),
          ...(status !== undefined && { status }),
        },
      })
    },

    async release(claim) {
      await end(claim, {})
    },

    async tick(field) {
      const touch = () => database.updateAndReturn('platform', { _id: 'component' }, { set: { [field]: serverTime() } })
      let row = await touch()
      if (!row) {
        await this.prepareComponent()
        row = await touch()
      }
      if (!row) throw new Failure('DATABASE_REFUSED')
      return {
        now: readMember(row, field, time),
        turns: readMember(row, 'turns', orElse(byName(time), {})),
        component: () => rows.toState(row, placeOf({ kind: 'component' })),
      }
    },

    async moveTurn(name, from, to) {
      const turn = `turns.${name}`
      const guard = { _id: 'component', [turn]: from === undefined ? null : toDate(from) }
      return (await database.update('platform', guard, { set: { [turn]: toDate(to) } })) > 0
    },

    async hastenTurn(name, beyond, to) {
      const turn = `turns.${name}`
      await database.update(
        'platform',
        { _id: 'component', [turn]: { gt: toDate(beyond) } },
        { set: { [turn]: toDate(to) } },
      )
    },
  }
}
