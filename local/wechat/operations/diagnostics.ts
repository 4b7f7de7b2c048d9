/** The operation centre: errors by version, logs, feedback, speed. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { DAY } from '../../../shared/time.ts'
import { errorsOfCrowd } from '../user-errors.ts'
import { refuseUnless } from '../errors.ts'
import type { ScriptError } from '../merchant-life.ts'
import type { Merchant } from '../merchants.ts'
import { nothing, numeric, ok, withAuthorizerToken } from './operation.ts'

const SETS = [18]
const LOG_DAYS = 7
const date = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/))
const filters = { startTime: date, endTime: date, appVersion: v.string(), openid: v.string(), offset: v.number() }

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const percent = (part: number, whole: number): string => `${whole === 0 ? 0 : ((part / whole) * 100).toFixed(2)}%`

interface Window {
  readonly startTime: string
  readonly endTime: string
  readonly appVersion: string
}

const errorsIn = ({ life }: Merchant, { startTime, endTime, appVersion }: Window): readonly ScriptError[] =>
  life.errors.filter(
    (error) =>
      error.date >= startTime && error.date <= endTime && (appVersion === '0' || error.appVersion === appVersion),
  )

/** One row for each error, with what it added up to. */
function rowsOf(errors: readonly ScriptError[]) {
  const kinds = new Map<string, ScriptError[]>()
  for (const error of errors) {
    const kind = `${error.message}\n${error.stack}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), error])
  }
  const seen = sum(errors.map(({ pv }) => pv))
  return [...kinds.values()].flatMap((same) => {
    const [first] = same
    const uv = sum(same.map((error) => error.uv))
    if (!first || uv === 0) return []
    const pv = sum(same.map((error) => error.pv))
    return {
      errorMsg: first.message,
      errorMsgMd5: md5(first.message),
      errorStack: first.stack,
      errorStackMd5: md5(first.stack),
      uv,
      pv,
      uvPercent: percent(uv, sum(same.map(({ users }) => users))),
      pvPercent: percent(pv, seen),
    }
  })
}

export const diagnosticOperations = [
  withAuthorizerToken(
    'POST',
    '/wxaapi/log/jserr_list',
    SETS,
    v.object({
      ...filters,
      errType: v.picklist(['0', '1', '2', '3']),
      keyword: v.string(),
      orderby: v.picklist(['uv', 'pv']),
      desc: v.picklist(['1', '2']),
      limit: v.pipe(v.number(), v.maxValue(30)),
    }),
    ({ settings: { crowd } }, input, { merchant, now }) => {
      const byChance = crowd ? errorsOfCrowd(crowd, merchant, input, now) : []
      if (!byChance) return ok({ data: [], totalCount: 0 })
      const found = rowsOf(
        [...errorsIn(merchant, input), ...byChance].filter(
          ({ errType, message }) =>
            (input.errType === '0' || errType === input.errType) && message.includes(input.keyword),
        ),
      ).toSorted((a, b) => (b[input.orderby] - a[input.orderby]) * (input.desc === '1' ? 1 : -1))
      return ok({ data: found.slice(input.offset, input.offset + input.limit), totalCount: found.length })
    },
  ),
  withAuthorizerToken(
    'POST',
    '/wxaapi/log/jserr_detail',
    SETS,
    v.looseObject({ ...filters, errorMsgMd5: v.string(), errorStackMd5: v.string(), limit: v.number() }),
    (_state, input, { merchant }) => {
      const found = errorsIn(merchant, input).filter(
        ({ message, stack }) => md5(message) === input.errorMsgMd5 && md5(stack) === input.errorStackMd5,
      )
      const data = found.slice(input.offset, input.offset + input.limit).map((error) => ({
        appId: merchant.appid,
        errorMsg: error.message,
        errorMsgMd5: input.errorMsgMd5,
        errorStack: error.stack,
        errorStackMd5: input.errorStackMd5,
        appVersion: error.appVersion,
        Count: String(error.pv),
        Ds: error.date.replaceAll('-', ''),
      }))
      return ok({ data, totalCount: found.length })
    },
  ),
  withAuthorizerToken(
    'GET',
    '/wxaapi/userlog/userlog_search',
    SETS,
    v.looseObject({
      date: v.pipe(v.string(), v.regex(/^\d{8}$/)),
      begintime: numeric,
      endtime: numeric,
      level: v.optional(numeric, 0),
      filterMsg: v.optional(v.string(), ''),
      start: v.optional(numeric, 0),
      limit: v.optional(numeric, 20),
    }),
    (_state, input, { merchant, now }) => {
      refuseUnless(input.begintime * 1000 > now - LOG_DAYS * DAY - DAY, 40097, 'logs are kept for 7 days')
      const found = merchant.life.logs.filter(
        ({ level, timestamp, text }) =>
          level >= input.level &&
          timestamp >= input.begintime &&
          timestamp <= input.endtime &&
          text.includes(input.filterMsg),
      )
      const rows = found
        .slice(input.start, input.start + input.limit)
        .map(({ level, timestamp, text, url, openid }) => ({
          level,
          timestamp,
          url,
          id: openid,
          platform: 2,
          msg: [{ level, msg: [text], time: timestamp }],
        }))
      return ok({ data: { list: rows, total: found.length } })
    },
  ),
  withAuthorizerToken(
    'GET',
    '/wxaapi/feedback/list',
    SETS,
    v.looseObject({ type: v.optional(numeric), page: numeric, num: numeric }),
    (_state, { type, page, num }, { merchant }) => {
      const found = merchant.life.feedback.filter((one) => type === undefined || one.type === type)
      return ok({ list: found.slice((page - 1) * num, page * num), total_num: found.length })
    },
  ),
  withAuthorizerToken('GET', '/wxaapi/log/get_scene', SETS, nothing, () =>
    ok({ scene: [{ name: '扫描二维码', value: '1011' }] }),
  ),
  withAuthorizerToken('GET', '/wxaapi/log/get_client_version', SETS, nothing, () =>
    ok({ cvlist: [{ type: 1, client_version_list: ['8.0.60', '8.0.59'] }] }),
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/getwxadevinfo',
    SETS,
    v.object({ action: v.optional(v.picklist(['getbizdomain', 'getserverdomain'])) }),
    (_state, { action }, { merchant }) => {
      const { effective, effectiveWebview } = merchant.domains
      return ok({
        ...(action !== 'getbizdomain' && effective),
        ...(action !== 'getserverdomain' && { bizdomain: effectiveWebview }),
      })
    },
  ),
]
