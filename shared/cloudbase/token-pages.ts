import { randomUUID } from 'node:crypto'
import { readMember, time } from '../domain/stores/forms.ts'
import type { Claim, ClaimedPage, TokenStore } from '../domain/stores/tokens.ts'
import type { Database } from './database.ts'
import { abandonedTokens, dueTokens } from './due.ts'
import type { Query, Row } from './requests.ts'
import { newLease, noLease } from './leases.ts'
import { hasFence, LEASE_MS, type SealedTokens } from './sealed-tokens.ts'

const collection = 'authorizers'

/** Leases whole pages of authorizers, each page under one owner: a find, one conditional write, a find. */
export function createTokenPages(
  database: Database,
  rows: SealedTokens,
): Pick<TokenStore, 'isAnyDue' | 'claimDue' | 'claimAbandoned' | 'releaseAll'> {
  const take = async (found: readonly Row[], guard: Query, stolen: boolean): Promise<Claim[]> => {
    const sound = found.filter(hasFence)
    for (const row of found) if (!hasFence(row)) await mend(database, row)
    if (sound.length === 0) return []
    const owner = randomUUID()
    const { fence: _, ...lease } = newLease(owner, LEASE_MS)
    const taken = await database.update(
      collection,
      { ...guard, _id: { in: sound.map((row) => row._id) } },
      { set: lease, inc: { fence: 1 } },
    )
    if (taken === 0) return []
    const leased = await database.find(collection, { leaseOwner: owner }, { limit: sound.length })
    // Their access tokens are about to be replaced: opening them would be in vain.
    return leased.map((row) =>
      rows.toClaim(
        { kind: 'authorizer', appid: row._id },
        { ...row, accessToken: null },
        { owner, now: readMember(row, 'leasedAt', time), stolen },
      ),
    )
  }

  return {
    async isAnyDue(now) {
      const $or = [abandonedTokens(now), dueTokens('active', now), dueTokens('reauthorize', now)]
      return (await database.find(collection, { $or }, { limit: 1 })).length > 0
    },

    async claimDue(status, limit, now): Promise<ClaimedPage> {
      const guard = dueTokens(status, now)
      const found = await database.find(collection, guard, { limit, orderBy: [['dueAt', 'asc']] })
      return { claims: await take(found, guard, false), more: found.length === limit }
    },

    async claimAbandoned(limit, now): Promise<ClaimedPage> {
      const guard = abandonedTokens(now)
      const found = await database.find(collection, guard, { limit })
      return { claims: await take(found, guard, true), more: found.length === limit }
    },

    async releaseAll(claims) {
      for (const owner of new Set(claims.map((claim) => claim.owner))) {
        const page = claims.filter((claim) => claim.owner === owner)
        const ids = page.flatMap(({ holder }) => (holder.kind === 'authorizer' ? holder.appid : []))
        await database.update(collection, { _id: { in: ids }, leaseOwner: owner }, { set: noLease })
      }
    },
  }
}

/** For the next page. */
const mend = (database: Database, { _id }: Row): Promise<number> =>
  database.update(collection, { _id, leaseOwner: null }, { set: { fence: 0, tokenFence: 0 } })
