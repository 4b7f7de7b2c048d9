import type { Language } from '../../../shared/words/language.ts'

const localeOf = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en-GB')

/** `11-24 20:05`, with the year where it is another. */
export const dateTimeOf = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    ...(time.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(time)

/** To the second, with the zone. */
export const exactTimeOf = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'medium', timeStyle: 'long' }).format(time)

/** `20:05`. */
export const clockOf = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time)

/** WeChat counts by the months of China: `2026年12月`. */
export const chinaMonthOf = (time: Date, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), { year: 'numeric', month: 'long', timeZone: 'Asia/Shanghai' }).format(
    time,
  )

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "5 minutes ago", "in 2 hours"; less than a minute is no number. */
export const agoOf = (time: Date, now: Date, language: Language): string => {
  const seconds = (time.getTime() - now.getTime()) / 1000
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' })
  for (const [unit, length] of units)
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit)
  if (seconds > 0) return language === 'zh' ? '1 分钟内' : 'within a minute'
  return language === 'zh' ? '刚刚' : 'just now'
}

/** `Asia/Shanghai GMT+8`. */
export const zoneName = (): string => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'shortOffset' })
  const offset = format.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const zone = format.resolvedOptions().timeZone
  return zone === offset ? zone : `${zone} ${offset}`
}

/** `5 分钟`, `2 h`. */
export const lengthOf = (seconds: number, language: Language): string => {
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? (['second', 1] as const)
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, unitDisplay: 'short' }).format(
    Math.floor(seconds / length),
  )
}
