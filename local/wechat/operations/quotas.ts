/** Reference 4.10 to 4.13: quotas, WeChat's own addresses, what a rid was about. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import type { WechatState } from '../state.ts'
import { toUnixSeconds } from '../../../shared/time.ts'
import { countUse, usedIn } from '../usage.ts'
import { checkComponentAppid } from './component-tokens.ts'
import { nothing, ok, withEitherToken, withoutToken } from './operation.ts'

const DEFAULT_DAILY_LIMIT = 10_000

const callsOf = (path: string, account: string): string => `calls ${path} ${account}`

const clearAll = (state: WechatState, account: string): void => {
  const what = `quota clears ${account}`
  refuseUnless(usedIn(state, what, 'month') < state.settings.quotaClearsPerMonth, 48006)
  countUse(state, what, 'month')
  for (const key of state.usage.keys()) {
    if (key.startsWith('calls ') && key.includes(` ${account} `)) state.usage.delete(key)
  }
}

export const createQuotaOperations = (knowsPath: (path: string) => boolean) => [
  withEitherToken('POST', '/cgi-bin/clear_quota', v.object({ appid: v.string() }), (state, input, { merchant }) => {
    refuseUnless(input.appid === (merchant?.appid ?? state.settings.componentAppid), 40013)
    clearAll(state, input.appid)
    return ok()
  }),

  withoutToken(
    'POST',
    '/cgi-bin/component/clear_quota/v2',
    v.object({ component_appid: v.optional(v.string()), appsecret: v.string(), appid: v.string() }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      refuseUnless(input.appsecret === state.settings.componentAppsecret, 40125)
      const known = input.appid === input.component_appid || state.merchants.get(input.appid)?.grant !== undefined
      refuseUnless(known, 61003)
      clearAll(state, input.appid)
      return ok()
    },
  ),

  withEitherToken('POST', '/cgi-bin/openapi/quota/get', v.object({ cgi_path: v.string() }), (state, input, context) => {
    refuseUnless(!input.cgi_path.startsWith('/sns/'), 76022)
    refuseUnless(knowsPath(input.cgi_path), 76003)
    const daily = state.settings.dailyLimits[input.cgi_path] ?? DEFAULT_DAILY_LIMIT
    const account = context.merchant?.appid ?? state.settings.componentAppid
    const used = usedIn(state, callsOf(input.cgi_path, account), 'day')
    return ok({ quota: { daily_limit: daily, used, remain: Math.max(0, daily - used) } })
  }),

  withEitherToken(
    'POST',
    '/cgi-bin/openapi/quota/clear',
    v.object({ cgi_path: v.string() }),
    (state, input, context) => {
      refuseUnless(knowsPath(input.cgi_path), 76003)
      const account = context.merchant?.appid ?? state.settings.componentAppid
      const what = `quota clears ${account}`
      refuseUnless(usedIn(state, what, 'month') < state.settings.quotaClearsPerMonth, 48006)
      countUse(state, what, 'month')
      for (const key of state.usage.keys())
        if (key.startsWith(`${callsOf(input.cgi_path, account)} `)) state.usage.delete(key)
      return ok()
    },
  ),

  withEitherToken(
    'POST',
    '/cgi-bin/callback/check',
    v.object({
      action: v.picklist(['dns', 'ping', 'all']),
      check_operator: v.picklist(['CHINANET', 'UNICOM', 'CAP', 'DEFAULT']),
    }),
    (state, { action, check_operator: operator }) => {
      refuseUnless((state.settings.eventUrl ?? '') !== '', 40201)
      const { callbackReached } = state.settings
      return ok({
        ...(action !== 'ping' && { dns: [{ ip: '127.0.0.1', real_operator: operator }] }),
        ...(action !== 'dns' && {
          ping: [
            {
              ip: '127.0.0.1',
              from_operator: operator,
              package_loss: callbackReached ? '0%' : '100%',
              ...(callbackReached && { time: '23.079ms' }),
            },
          ],
        }),
      })
    },
  ),

  withEitherToken('GET', '/cgi-bin/getcallbackip', nothing, () => ({ ip_list: ['127.0.0.1', '127.0.0.0/8'] })),
  withEitherToken('GET', '/cgi-bin/get_api_domain_ip', nothing, () => ({ ip_list: ['127.0.0.1'] })),

  withEitherToken('POST', '/cgi-bin/openapi/rid/get', v.object({ rid: v.string() }), (state, input, { merchant }) => {
    const call = state.rids.get(input.rid)
    // WeChat documents no 76001: the simulator's guess for a rid that it does not know.
    if (call === undefined || (merchant !== undefined && call.appid !== merchant.appid)) return refuse(76001)
    return ok({
      request: {
        invoke_time: toUnixSeconds(call.at),
        cost_in_ms: call.tookMs,
        request_url: `${call.path}?${new URLSearchParams(call.query).toString()}`,
        request_body: JSON.stringify(call.body),
        response_body: JSON.stringify({ errcode: call.errcode }),
      },
    })
  }),
]
