import * as v from 'valibot'
import { flaw } from '../input-flaws.ts'
import { isTimeZone } from '../releases/quiet-hours.ts'
import { told } from '../told.ts'

/* Members of a plan that have rules of their own. */

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
