import * as v from 'valibot'
import { choice, flag, integer, list } from '../inputs.ts'
import { flaw } from '../input-flaws.ts'
import { isTimeZone } from '../releases/quiet-hours.ts'
import { told } from '../described-fields.ts'

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

export const guard = told(
  "Judges each wave by WeChat's count of users with errors",
  '按微信统计的出错用户判断每一批',
  v.strictObject({
    maxErrorGrowth: v.optional(
      told(
        'So many times the former share of users with errors is too much',
        '出错用户占比达到原版本的多少倍视为异常',
        v.pipe(v.number(), v.minValue(1), v.maxValue(1000)),
        2,
      ),
      2,
    ),
    newErrors: v.optional(
      told('Errors that the former version never had count', '原版本没有过的错误也算异常', flag),
      true,
    ),
    minUsers: v.optional(
      told('Users with errors below which nothing is said', '出错用户少于此数不下结论', integer(1, 1_000_000), 20),
      20,
    ),
    watchMinutes: v.optional(
      told('Judged so many minutes after each wave or step', '每批或每步之后多少分钟判断', integer(0, 10_080), 60),
      60,
    ),
    noDataHours: v.optional(told('Figures are waited for so many hours', '等待数据的小时数', integer(0, 720), 24), 24),
    noData: v.optional(told('What is done without figures', '没有数据时', choice(['wait', 'goOn'])), 'wait'),
    then: told('What is done when it is worse', '异常时', choice(['pause', 'rollback'])),
  }),
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
