/**
 * Users of every merchant, who meet errors by chance: more on some days than on others, some errors often and some hardly ever, and what
 * they met is told late. The same seed makes the same users.
 */
import { epochMs, DAY, HOUR, type EpochMs } from '../../shared/time.ts'
import type { ScriptError } from './merchant-life.ts'
import type { Merchant } from './merchants.ts'
import { isGrayRunning } from './online-versions.ts'

export interface Crowd {
  /** Of one merchant and day, whatever version they have. */
  readonly users: number
  /** The part of them that meets an error of the merchant's own code. */
  readonly errorRate: number
  /** The same for single versions. */
  readonly errorRates?: Readonly<Record<string, number>> | undefined
  /** What happened is told so many hours later: today is never whole, and yesterday not in the morning. @default 3 */
  readonly lateHours?: number | undefined
  /** The part of all questions that is answered with nothing. @default 0.05 */
  readonly emptyAnswers?: number | undefined
  /** @default 1 */
  readonly seed?: number | undefined
}

/** Each twice as frequent as the next. */
const KINDS = [
  'TypeError: Cannot read property of undefined',
  'MiniProgramError: request:fail timeout',
  'ReferenceError: cart is not defined',
  'MiniProgramError: navigateTo:fail page not found',
  'SyntaxError: Unexpected token in JSON',
  'RangeError: Maximum call stack size exceeded',
]
/** Of one merchant only, as frequent as the third. */
const OWN_PLACE = 2
const WHOLE = KINDS.reduce((sum, _, place) => sum + 0.5 ** place, 0.5 ** OWN_PLACE)

/** How much one day differs from the next: two thirds of all lie within a fifth. */
const DAYS_DIFFER = 0.2

interface Window {
  readonly startTime: string
  readonly endTime: string
  readonly appVersion: string
}

/** Undefined: this question is answered with nothing. */
export function errorsOfCrowd(
  { users, errorRate, errorRates = {}, lateHours = 3, emptyAnswers = 0.05, seed = 1 }: Crowd,
  merchant: Merchant,
  { startTime, endTime, appVersion }: Window,
  now: EpochMs,
): readonly ScriptError[] | undefined {
  const { number, appid } = merchant
  const hour = Math.floor(now / HOUR)
  if (chanceOf(seed, number, appVersion, startTime, endTime, hour)() < emptyAnswers) return undefined
  const told = epochMs(now - lateHours * HOUR)
  const messages = [
    ...KINDS.map((message, place) => ({ message, place })),
    { message: ownError(appid), place: OWN_PLACE },
  ]
  const all = appVersion === '0' ? versionsOf(merchant) : [appVersion]
  return daysFrom(startTime, endTime).flatMap(({ date, begin }) =>
    all.flatMap((version) => {
      const spans = spansOf(merchant, version, begin, told)
      const share = spans.reduce((sum, { from, to, part }) => sum + (to - from) * part, 0)
      if (share === 0) return []
      const factor = Math.exp(DAYS_DIFFER * normalOf(chanceOf(seed, number, date)))
      return messages.map(({ message, place }): ScriptError => {
        const mean = (users * (errorRates[version] ?? errorRate) * factor * 0.5 ** place) / WHOLE
        const uv = countArrivals(mean, spans, chanceOf(seed, number, date, version, message))
        return {
          appVersion: version,
          date,
          message,
          stack: `at ${version}`,
          errType: '1',
          uv,
          pv: uv * 2,
          users: users * share,
        }
      })
    }),
  )
}

const ownError = (appid: string): string => `Error: ${appid} has no such shelf`

/** A part of one day in which this part of the users had a version, in days. */
interface Span {
  readonly from: number
  readonly to: number
  readonly part: number
  /** Those that a gray plan chose, else the others. */
  readonly chosen: boolean
}

/** The first version counts as online since ever, a gray plan as always as wide as it is; what was taken back has no users. */
function spansOf(merchant: Merchant, wanted: string, begin: EpochMs, told: EpochMs): readonly Span[] {
  const clip = (from: number, to: number, part: number, chosen: boolean): Span[] => {
    const span = { from: partOfDay(from, begin), to: partOfDay(Math.min(to, told), begin), part, chosen }
    return span.to > span.from && part > 0 ? [span] : []
  }
  const { live, liveIndex, gray } = merchant
  const plan = isGrayRunning(merchant) ? gray : undefined
  const widened = plan?.createdAt ?? Infinity
  const part = (plan?.percentage ?? 0) / 100
  const online = live.slice(0, liveIndex + 1)
  return [
    ...online.flatMap(({ version, releasedAt }, place) => {
      if (version.version !== wanted) return []
      const from = place === 0 ? -Infinity : releasedAt
      const to = online[place + 1]?.releasedAt ?? Infinity
      return [...clip(from, Math.min(to, widened), 1, false), ...clip(Math.max(from, widened), to, 1 - part, false)]
    }),
    ...(plan?.audit.version.version === wanted ? clip(widened, Infinity, part, true) : []),
  ]
}

const partOfDay = (at: number, begin: EpochMs): number => Math.min(Math.max((at - begin) / DAY, 0), 1)

const versionsOf = ({ live, gray }: Merchant): readonly string[] => [
  ...new Set([...live.map(({ version }) => version.version), ...(gray ? [gray.audit.version.version] : [])]),
]

/** Of those who come in the course of a day, one after the other, who come within the spans. */
function countArrivals(mean: number, spans: readonly Span[], chance: () => number): number {
  let count = 0
  const pause = (): number => -Math.log(1 - chance()) / mean
  for (let at = pause(); at < 1; at += pause()) {
    const place = chance()
    const isIn = ({ from, to, part, chosen }: Span): boolean =>
      at >= from && at < to && (chosen ? place < part : place >= 1 - part)
    if (spans.some(isIn)) count += 1
  }
  return count
}

/** Days are Beijing's. */
function daysFrom(startTime: string, endTime: string): readonly { readonly date: string; readonly begin: EpochMs }[] {
  const days = []
  for (let at = Date.parse(startTime); at <= Date.parse(endTime); at += DAY)
    days.push({ date: new Date(at).toISOString().slice(0, 10), begin: epochMs(at - 8 * HOUR) })
  return days
}

const normalOf = (chance: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())

/** `mulberry32` over what names the throw. */
function chanceOf(...name: readonly (string | number)[]): () => number {
  let state = 0
  for (const letter of name.join('\n')) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
