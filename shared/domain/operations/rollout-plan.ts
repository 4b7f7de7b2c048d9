import * as v from 'valibot'
import { integer, list } from '../inputs.ts'
import { flaw } from '../input-flaws.ts'
import { isTimeZone } from '../releases/quiet-hours.ts'
import { told } from '../told.ts'

/* Members of a plan that have rules of their own. */

const percentages = v.pipe(
  list(integer(1, 100), 20),
  v.check((ends) => ends.every((end, index) => index === 0 || end > (ends[index - 1] ?? 0)), flaw('NOT_ASCENDING')),
  v.check((ends) => ends.at(-1) === 100, flaw('LAST_NOT_100')),
)

export const waves = told(
  'Cumulative percentages, ascending, the last 100',
  '各批次的累计百分比，递增，最后为 100',
  percentages,
  [10, 100],
)

export const gray = told(
  "Each merchant's release widens to these percentages of its users, one a day at most",
  '每个商户按这些用户百分比逐步放量，每天最多一步，最后为 100',
  percentages,
  [5, 30, 100],
)

const clockTime = (en: string, zh: string, example: string) =>
  told(en, zh, v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, flaw('MALFORMED', { example }))), example)

export const quietHours = told(
  'Nothing is submitted or released then; they may pass midnight',
  '静默时段，期间不提审也不发布，可跨越午夜',
  v.strictObject({
    from: clockTime('HH:MM', 'HH:MM', '22:00'),
    to: clockTime('HH:MM, exclusive', 'HH:MM，不含', '08:00'),
    timeZone: told(
      'Time zone, as the IANA names it',
      'IANA 时区名',
      v.pipe(v.string(), v.maxLength(64), v.check(isTimeZone, flaw('MALFORMED', { example: 'Asia/Shanghai' }))),
      'Asia/Shanghai',
    ),
  }),
)
