import { turnOf } from '../../daily-turn.ts'
import { after, DAY, type EpochMs } from '../../time.ts'
import type { Authorizer } from '../stores/authorizers.ts'

const WEEK = 7

/** What is read once a week; who was never asked about waits for its day of the week. */
export function isWatchDue({ appid, authorizedAt, watched: { watchedAt } }: Authorizer, now: EpochMs): boolean {
  if (watchedAt !== undefined) return now >= after(watchedAt, WEEK * DAY)
  return now >= after(authorizedAt, DAY) && Math.floor(now / DAY) % WEEK === turnOf(appid, WEEK)
}
