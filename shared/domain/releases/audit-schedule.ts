import { after, HOUR, MINUTE, type EpochMs } from '../../time.ts'

/** How often an audit is asked about: every quarter of an hour for two hours, then hourly. */
export const nextPoll = (submittedAt: EpochMs, now: EpochMs): EpochMs =>
  after(now, now - submittedAt < 2 * HOUR ? 15 * MINUTE : HOUR)
