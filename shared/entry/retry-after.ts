import type { Failure } from '../errors.ts'
import { DAY, HOUR, MINUTE, type EpochMs } from '../time.ts'

/** WeChat counts days and months in China's time. */
const CHINA_MS = 8 * HOUR
const PER_MINUTE = 45011

/** Seconds until a quota that is used up begins anew. */
export function retryAfter({ reason, wechat }: Failure, now: EpochMs): number {
  const inChina = now + CHINA_MS
  const left = (): number => {
    if (reason === 'TOO_MANY_CALLS' || wechat?.errcode === PER_MINUTE) return MINUTE - (now % MINUTE)
    if (reason !== 'REVIEW_QUOTA_USED_UP') return DAY - (inChina % DAY)
    const date = new Date(inChina)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - inChina
  }
  return Math.ceil(left() / 1000)
}
