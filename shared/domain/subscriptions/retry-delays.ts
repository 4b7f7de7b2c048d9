import { after, HOUR, MINUTE, SECOND, type EpochMs } from '../../time.ts'

export const SHORT_MS = 5 * SECOND

/** Before the next attempt of a delivery that fails while others are accepted; the last one stays. */
const delays = [
  SHORT_MS,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
]

export const nextAttempt = (now: EpochMs, attempts: number): EpochMs =>
  after(now, delays[Math.min(attempts, delays.length) - 1] ?? SHORT_MS)
