import * as expressions from 'mingo/operators/expression'
import type { Any, AnyObject, Options } from 'mingo/types'
import { invalidParam, notEmulated, requestFailed } from './errors.ts'
import { evaluate } from './evaluate.ts'
import { isPlainObject } from './values.ts'

type Operator = (document: AnyObject, expression: Any, options: Options) => Any

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** How many minutes the clocks of a zone are ahead of UTC at that time. */
function offsetAt(zone: unknown, time: Date): number {
  if (typeof zone !== 'string') throw invalidParam('timezone must evaluate to a string')
  const fixed = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(zone) ?? offsetOfPlace(zone, time)
  const [, sign, hours, minutes = '0'] = fixed ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes))
}

/** Null: as UTC. */
function offsetOfPlace(zone: string, time: Date): RegExpExecArray | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    const name = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value
    return /([+-])(\d{2}):(\d{2})/.exec(name ?? '')
  } catch {
    throw requestFailed(`unrecognized time zone identifier: "${zone}"`)
  }
}

/** When clocks in the zone show what `shown` is in UTC. */
function instantOf(shown: Date, zone: unknown): Date {
  const guess = shown.getTime() - offsetAt(zone, shown) * MINUTE_MS
  return new Date(shown.getTime() - offsetAt(zone, new Date(guess)) * MINUTE_MS)
}

const asText = (minutes: number): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

/** mingo knows offsets well, places less: it gets the offset of the place at the date. */
const atPlace =
  (operator: Operator): Operator =>
  (document, expression, options) => {
    if (!isPlainObject(expression) || expression['timezone'] === undefined)
      return operator(document, expression, options)
    const [zone, date] = [expression['timezone'], expression['date']].map((part) => evaluate(document, part, options))
    if (zone === null) return null
    if (!(date instanceof Date)) return operator(document, { ...expression, timezone: undefined }, options)
    return operator(document, { ...expression, date, timezone: asText(offsetAt(zone, date)) }, options)
  }

/** mingo's takes the offset of today, and December for a month that is left out. */
const $dateFromParts: Operator = (document, expression, options) => {
  const { timezone = 'UTC', ...parts } = isPlainObject(expression) ? expression : {}
  if (parts['year'] === undefined) throw notEmulated('$dateFromParts without year')
  const numbers = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'].map((name, index) => {
    const value = parts[name] === undefined ? (index < 3 ? 1 : 0) : evaluate(document, parts[name], options)
    if (value !== null && !Number.isInteger(value)) throw invalidParam(`'${name}' must evaluate to an integer`)
    return value
  })
  const zone = evaluate(document, timezone, options)
  if (zone === null || numbers.includes(null)) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = numbers.map(Number)
  const shown = new Date(0)
  shown.setUTCFullYear(year, month - 1, day)
  shown.setUTCHours(hour, minute, second, millisecond)
  return instantOf(shown, zone)
}

const $dateFromString: Operator = (document, expression, options) => {
  const { timezone = 'UTC', dateString, onNull = null, ...others } = isPlainObject(expression) ? expression : {}
  const [text, zone] = [dateString, timezone].map((part) => evaluate(document, part, options))
  if (text === null) return evaluate(document, onNull, options)
  if (typeof text !== 'string') throw invalidParam('$dateFromString needs a string')
  const shown: unknown = expressions.$dateFromString(document, { ...others, dateString: text }, options)
  if (zone === null) return null
  return shown instanceof Date ? instantOf(shown, zone) : shown
}

/** A number on the calendar or the clock; of weeks and their years mingo has another idea. */
const numberOf =
  (read: (shown: Date) => number): Operator =>
  (document, expression, options) => {
    const { date = expression, timezone = 'UTC' } = isPlainObject(expression) ? expression : {}
    const [at, zone] = [date, timezone].map((part) => evaluate(document, part, options))
    if (at === null || zone === null) return null
    if (!(at instanceof Date)) throw invalidParam("can't convert to Date")
    return read(new Date(at.getTime() + offsetAt(zone, at) * MINUTE_MS))
  }

const dayOfYear = (shown: Date): number =>
  Math.floor((shown.getTime() - Date.UTC(shown.getUTCFullYear(), 0, 1)) / DAY_MS) + 1

const isoDayOfWeek = (shown: Date): number => shown.getUTCDay() || 7

/** A week belongs to the year that its Thursday lies in. */
const thursdayOf = (shown: Date): Date => new Date(shown.getTime() + (4 - isoDayOfWeek(shown)) * DAY_MS)

/** The operators that know time zones. */
export const dateOperators = {
  $year: numberOf((shown) => shown.getUTCFullYear()),
  $month: numberOf((shown) => shown.getUTCMonth() + 1),
  // From the first Sunday on; 0 before it.
  $week: numberOf((shown) => Math.floor((dayOfYear(shown) + 6 - shown.getUTCDay()) / 7)),
  $dayOfMonth: numberOf((shown) => shown.getUTCDate()),
  $dayOfWeek: numberOf((shown) => shown.getUTCDay() + 1),
  $dayOfYear: numberOf(dayOfYear),
  $hour: numberOf((shown) => shown.getUTCHours()),
  $minute: numberOf((shown) => shown.getUTCMinutes()),
  $second: numberOf((shown) => shown.getUTCSeconds()),
  $millisecond: numberOf((shown) => shown.getUTCMilliseconds()),
  $isoDayOfWeek: numberOf(isoDayOfWeek),
  $isoWeek: numberOf((shown) => Math.floor((dayOfYear(thursdayOf(shown)) + 6) / 7)),
  $isoWeekYear: numberOf((shown) => thursdayOf(shown).getUTCFullYear()),
  $dateToString: atPlace(expressions.$dateToString),
  $dateToParts: atPlace(expressions.$dateToParts),
  $dateFromParts,
  $dateFromString,
}
