import { after, epochMs, MINUTE, type EpochMs } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { QuietHours } from '../stores/rollouts.ts'

/* Hours of a day in which nothing is submitted or released, as the clocks on the wall of their time zone show them. */

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
  clocks.set(timeZone, clock)
  return clock
}

/** A name of the IANA database, not a distance from UTC. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && clockOf(name) !== undefined
  } catch {
    return false
  }
}

export function isQuiet(now: EpochMs, quietHours: QuietHours | undefined): boolean {
  if (!quietHours) return false
  const { from, to, timeZone } = quietHours
  const time = clockOf(timeZone).format(now)
  return from < to ? from <= time && time < to : from <= time || time < to
}

/** Clocks are put forward and back at the quarters of an hour. */
const QUARTER_MS = 15 * MINUTE

/** When the quiet hours that are now end. */
export function endOfQuiet(now: EpochMs, quietHours: QuietHours): EpochMs {
  let at = epochMs(Math.floor(now / MINUTE) * MINUTE)
  while (isQuiet(at, quietHours)) {
    const minutesLeft =
      (minuteOf(quietHours.to) - minuteOf(clockOf(quietHours.timeZone).format(at)) + DAY_MINUTES) % DAY_MINUTES
    at = after(at, Math.min(minutesLeft * MINUTE, QUARTER_MS - (at % QUARTER_MS)))
  }
  return at
}

const DAY_MINUTES = 24 * 60

/** Of the day, of `HH:MM`. */
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** When a step that is to be sent again may be: the rollout that ships the release has its quiet hours. Undefined: now. */
export async function quietUntil(platform: Platform, { rolloutId }: ReleaseRecord): Promise<EpochMs | undefined> {
  const rollout = rolloutId === undefined ? undefined : await platform.stores.rollouts.find(rolloutId)
  const now = databaseTime(platform)
  return rollout?.quietHours && isQuiet(now, rollout.quietHours) ? endOfQuiet(now, rollout.quietHours) : undefined
}
