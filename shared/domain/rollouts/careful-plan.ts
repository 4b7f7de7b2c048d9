import { after, epochMs, HOUR, type EpochMs } from '../../time.ts'

/* What a person would choose who does not want to regret it; consoles and the terminal propose it. */

const CANARY_LEAST = 3
const CANARY_PERCENT = 5
const SECOND_PERCENT = 30

/** So many failures are too many: a twentieth, three at least. */
export const usualFailures = (merchants: number): number =>
  Math.max(CANARY_LEAST, Math.ceil((merchants * CANARY_PERCENT) / 100))

/** A few first, then a third, then all; in the percentages of `waves`. */
export function carefulWaves(merchants: number): readonly number[] {
  const canary = usualFailures(merchants)
  let first = CANARY_PERCENT
  while (first < 100 && Math.ceil((merchants * first) / 100) < canary) first++
  return [first, ...[SECOND_PERCENT, 100].filter((end) => end > first)]
}

/** How far the reviews of this month go, which all merchants of the platform share. */
export interface ReviewNeed {
  readonly needed: number
  readonly left: number
  /** Those for which a later month has to be waited, and when the last of them can be submitted. */
  readonly later: number
  readonly lastFrom?: EpochMs
}

interface ReviewQuota {
  readonly rest: number
  /** Of a month. */
  readonly limit: number
}

export function reviewNeed(merchants: number, { rest, limit }: ReviewQuota, reserve: number, now: EpochMs): ReviewNeed {
  const left = Math.max(0, rest - reserve)
  const later = Math.max(0, merchants - left)
  const monthly = limit - reserve
  if (later === 0 || monthly <= 0) return { needed: merchants, left, later }
  return { needed: merchants, left, later, lastFrom: monthFrom(now, Math.ceil(later / monthly)) }
}

/** WeChat's months begin at midnight in China. */
function monthFrom(now: EpochMs, months: number): EpochMs {
  const there = new Date(after(now, 8 * HOUR))
  return epochMs(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + months, 1) - 8 * HOUR)
}
