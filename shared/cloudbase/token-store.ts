import { randomUUID } from 'node:crypto'
import type { Claim, ClaimResult, TokenHolder, TokenState, TokenStore } from '../domain/stores.ts'
import { isFailure } from '../errors.ts'
import { after, DAY, epochMs, SECOND, type EpochMs } from '../time.ts'
import { serverTime, type Change, type Database, type Row } from './database.ts'
import { endLease, noLease, takeLease } from './leases.ts'
import { flag, number, numbers, optionalNumber, optionalText, optionalTime, time, toDate } from './row.ts'
import { createResealer } from './resealing.ts'
import type { Vault } from './sealing.ts'
import { authorizerStatuses } from './authorizer-rows.ts'

/** One attempt: WeChat's 8 s and the saves fit in twice. */
const LEASE_MS = 20 * SECOND

type TokenField = 'accessToken' | 'refreshToken' | 'formerRefreshToken'

interface Place {
  readonly collection: string
  readonly id: string
}

const placeOf = (holder: TokenHolder): Place =>
  holder.kind === 'component'
    ? { collection: 'platform', id: 'component' }
    : { collection: 'authorizers', id: holder.appid }

const epoch = new Date(0)

export function createTokenStore(database: Database, vault: Vault): TokenStore {
  const open = (row: Row, { collection, id }: Place, field: TokenField): string | undefined => {
    const sealed = optionalText(row, field)
    return sealed === undefined ? undefined : vault.open(sealed, { collection, id, field })
  }
  const seal = ({ collection, id }: Place, field: TokenField, token: string): string =>
    vault.seal(token, { collection, id, field })

  const toState = (row: Row, place: Place): TokenState => {
    const accessToken = open(row, place, 'accessToken')
    const errcode = optionalNumber(row, 'refusalErrcode')
    const retryAt = optionalTime(row, 'retryAt')
    const usedAt = optionalTime(row, 'usedAt')
    return {
      fence: number(row, 'fence'),
      tokenFence: optionalNumber(row, 'tokenFence') ?? 0,
      expiresAt: optionalTime(row, 'expiresAt') ?? epochMs(0),
      status: authorizerStatuses.find((status) => status === row['status']) ?? 'active',
      funcInfo: numbers(row, 'funcInfo'),
      ...(accessToken !== undefined && { accessToken }),
      ...(errcode !== undefined && { refusal: { errcode, errmsg: optionalText(row, 'refusalErrmsg') ?? '' } }),
      ...(retryAt !== undefined && { retryAt }),
      ...(usedAt !== undefined && { usedAt }),
    }
  }
  const toClaim = (holder: TokenHolder, row: Row, owner: string, now: EpochMs, stolen: boolean): Claim => {
    const place = placeOf(holder)
    return {
      holder,
      owner,
      // A token that cannot be opened is replaced like one that has expired.
      state: { ...toState({ ...row, accessToken: undefined }, place), ...presentAccess(row, place) },
      now,
      until: after(now, LEASE_MS),
      unresolved: stolen || flag(row, 'unresolved'),
      failures: optionalNumber(row, 'failures') ?? 0,
      openRefreshTokens() {
        const current = open(row, place, 'refreshToken')
        const former = open(row, place, 'formerRefreshToken')
        return { ...(current !== undefined && { current }), ...(former !== undefined && { former }) }
      },
    }
  }
  const presentAccess = (row: Row, place: Place): { accessToken?: string } => {
    try {
      const accessToken = open(row, place, 'accessToken')
      return accessToken === undefined ? {} : { accessToken }
    } catch {
      return {}
    }
  }
  const end = (claim: Claim, change: Change): Promise<boolean> =>
    endLease(database, { ...placeOf(claim.holder), owner: claim.owner, fence: claim.state.fence, change })

  /** A document that cannot be read must not come back at the head of every run. */
  const setAside = (row: Row, owner: string, now: EpochMs): Promise<boolean> =>
    endLease(database, {
      collection: 'authorizers',
      id: row._id,
      owner,
      change: { set: { dueAt: toDate(after(now, DAY)) } },
    })

  return {
    async read(holder) {
      const place = placeOf(holder)
      const row = await database.get(place.collection, place.id)
      return row && toState(row, place)
    },

    async prepareComponent() {
      await database.insert('platform', { _id: 'component', fence: 0, tokenFence: 0, failures: 0, ...noLease })
    },

    async claim(holder, seenFence): Promise<ClaimResult> {
      const place = placeOf(holder)
      const owner = randomUUID()
      const lease = await takeLease(database, { ...place, owner, ttl: LEASE_MS, guard: { fence: seenFence } })
      if (lease.kind === 'won')
        return { kind: 'won', claim: toClaim(holder, lease.row, owner, lease.now, lease.stolen) }
      if (lease.kind === 'held') return { kind: 'held', remaining: lease.remaining, now: lease.now }
      if (lease.kind === 'moved') return { kind: 'moved', state: toState(lease.row, place), now: lease.now }
      return { kind: 'missing' }
    },

    async claimDue(status, limit, now) {
      const due = { status, dueAt: { lte: toDate(now) } }
      const free = await database.find(
        'authorizers',
        { ...due, leaseOwner: null },
        { limit, orderBy: [['dueAt', 'asc']] },
      )
      const room = limit - free.length
      const abandoned =
        room > 0
          ? await database.find(
              'authorizers',
              { ...due, leaseOwner: { neq: null }, leaseUntil: { lt: toDate(now) } },
              { limit: room },
            )
          : []
      const owner = randomUUID()
      const lease: Change = {
        set: { leaseOwner: owner, leaseUntil: serverTime(LEASE_MS), leasedAt: serverTime() },
        inc: { fence: 1 },
      }
      let taken = 0
      if (free.length > 0)
        taken += await database.update(
          'authorizers',
          { _id: { in: free.map((row) => row._id) }, ...due, leaseOwner: null },
          lease,
        )
      for (const row of abandoned)
        taken += await database.update(
          'authorizers',
          {
            _id: row._id,
            leaseOwner: optionalText(row, 'leaseOwner') ?? null,
            fence: optionalNumber(row, 'fence') ?? null,
          },
          lease,
        )
      if (taken === 0) return []
      const stolen = new Set(abandoned.map((row) => row._id))
      const rows = await database.find('authorizers', { leaseOwner: owner }, { limit })
      const claims: Claim[] = []
      for (const row of rows) {
        try {
          claims.push(
            toClaim({ kind: 'authorizer', appid: row._id }, row, owner, time(row, 'leasedAt'), stolen.has(row._id)),
          )
        } catch (error) {
          if (!isFailure(error)) throw error
          await setAside(row, owner, now)
        }
      }
      return claims
    },

    countDue: (now) => database.count('authorizers', { status: 'active', dueAt: { lte: toDate(now) } }),

    async noteUse(appid, now) {
      await database.update('authorizers', { _id: appid }, { set: { usedAt: toDate(now) } })
    },

    save(claim, tokens) {
      const place = placeOf(claim.holder)
      const { current } = tokens.refreshToken === undefined ? {} : openable(claim)
      const rotated = tokens.refreshToken !== undefined && current !== undefined && current !== tokens.refreshToken
      return end(claim, {
        set: {
          accessToken: seal(place, 'accessToken', tokens.accessToken),
          ...(tokens.refreshToken !== undefined && { refreshToken: seal(place, 'refreshToken', tokens.refreshToken) }),
          // Kept until the new one has worked.
          ...(rotated && { formerRefreshToken: seal(place, 'formerRefreshToken', current) }),
          expiresAt: toDate(tokens.expiresAt),
          dueAt: toDate(tokens.dueAt),
          tokenFence: claim.state.fence,
          tokenSavedAt: serverTime(),
          failures: 0,
          unresolved: false,
          ...(claim.holder.kind === 'authorizer' && { status: 'active' }),
        },
        unset: [
          'retryAt',
          'refusalErrcode',
          'refusalErrmsg',
          ...(!rotated && tokens.refreshToken !== undefined ? ['formerRefreshToken'] : []),
        ],
      })
    },

    giveUp(claim, attempt) {
      return end(claim, {
        set: {
          dueAt: toDate(attempt.dueAt),
          failures: attempt.failures,
          unresolved: attempt.unresolved ?? claim.unresolved,
          ...(attempt.retryAt !== undefined && { retryAt: toDate(attempt.retryAt) }),
          ...(attempt.refusal && { refusalErrcode: attempt.refusal.errcode, refusalErrmsg: attempt.refusal.errmsg }),
          ...(attempt.status !== undefined && { status: attempt.status }),
        },
        unset: [
          ...(attempt.retryAt === undefined ? ['retryAt'] : []),
          ...(attempt.refusal ? [] : ['refusalErrcode', 'refusalErrmsg']),
        ],
      })
    },

    async release(claim) {
      await end(claim, {})
    },

    async tick(field) {
      for (;;) {
        const row = await database.updateAndReturn('platform', { _id: 'component' }, { set: { [field]: serverTime() } })
        if (row) return time(row, field)
        await this.prepareComponent()
      }
    },

    async takeTurn(name, everyMs) {
      const id = `turn:${name}`
      const row = await database.updateAndReturn('platform', { _id: id }, { set: { askedAt: serverTime() } })
      if (!row) return database.insert('platform', { _id: id, takenAt: serverTime(), turn: 1 })
      const now = time(row, 'askedAt')
      if (now - (optionalTime(row, 'takenAt') ?? epoch.getTime()) < everyMs) return false
      const turn = optionalNumber(row, 'turn') ?? 0
      return (
        (await database.update('platform', { _id: id, turn }, { set: { takenAt: toDate(now) }, inc: { turn: 1 } })) > 0
      )
    },

    reseal: createResealer(database, vault),
  }
}

function openable(claim: Claim): { current?: string } {
  try {
    return claim.openRefreshTokens()
  } catch {
    return {}
  }
}
