import type { AuthorizerStatus } from '../domain/stores/authorizers.ts'
import type { EpochMs } from '../time.ts'
import { toDate, type Query } from './requests.ts'

/* What the timers take up, told once for those who look and those who claim. */

export const duePushes = (now: EpochMs): Query => ({ state: 'new', dueAt: { lte: toDate(now) } })

export const unfinishedPushes: Query = { state: 'new' }

export const dueReleases = (now: EpochMs): Query => ({ due: true, dueAt: { lte: toDate(now) } })

export const dueRollouts = (now: EpochMs): Query => ({ dueAt: { lte: toDate(now) } })

export const dueDeliveries = (now: EpochMs): Query => ({ state: 'waiting', dueAt: { lte: toDate(now) } })

export const untoldProblems: Query = { told: false }

/** Accounts of which WeChat is to be asked again; of those that were never read by themselves, now. */
export const dueReadings = (now: EpochMs): Query => ({
  status: 'active',
  $or: [{ readDueAt: null }, { readDueAt: { lte: toDate(now) } }],
})

/** Tokens of authorizers with this status that nobody is renewing. */
export const dueTokens = (status: AuthorizerStatus, now: EpochMs): Query => ({
  status,
  dueAt: { lte: toDate(now) },
  leaseOwner: null,
})

/** Leases that ran out: what they left is not known. */
export const abandonedTokens = (now: EpochMs): Query => ({
  leaseOwner: { gt: '' },
  leaseUntil: { lt: toDate(now) },
  status: { in: ['active', 'reauthorize'] },
})
