/** Call quotas, request ids, addresses. Every row works with either token; the platform's is named here. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, texts } from './shapes.ts'

const rate = v.nullish(v.looseObject({ call_count: maybeInteger, refresh_second: maybeInteger }))

export const quotas = {
  clear: post('component', '/cgi-bin/clear_quota', {
    title: 'Reset the daily call counts of an account, ten times a month',
    body: () => v.object({ appid: v.string() }),
    reply: acknowledged,
    repeat: 'never',
    link: docs('openapi/clearQuota'),
  }),
  clearBySecret: post('none', '/cgi-bin/component/clear_quota/v2', {
    title: 'Reset the daily call counts of an account by the app secret',
    body: () => v.object({ component_appid: v.string(), appsecret: v.string(), appid: v.string() }),
    reply: acknowledged,
    repeat: 'never',
    link: docs('openapi/clearComponentQuotaByAppSecret'),
  }),
  get: post('component', '/cgi-bin/openapi/quota/get', {
    title: 'Daily quota of one API',
    body: () => v.object({ cgi_path: v.string() }),
    reply: () =>
      v.looseObject({
        quota: v.looseObject({ daily_limit: integer, used: integer, remain: integer }),
        rate_limit: rate,
        component_rate_limit: rate,
      }),
    repeat: 'safe',
    link: docs('openapi/getApiQuota'),
  }),
  rid: post('component', '/cgi-bin/openapi/rid/get', {
    title: 'What a request id (rid) stands for',
    body: () => v.object({ rid: v.string() }),
    reply: () =>
      v.looseObject({
        request: v.looseObject({
          invoke_time: maybeInteger,
          cost_in_ms: maybeInteger,
          request_url: maybeText,
          request_body: maybeText,
          response_body: maybeText,
        }),
      }),
    repeat: 'safe',
    link: docs('openapi/getRidInfo'),
  }),
  callbackAddresses: get('component', '/cgi-bin/getcallbackip', {
    title: 'Addresses WeChat pushes from',
    reply: () => v.looseObject({ ip_list: texts }),
    repeat: 'safe',
    link: docs(),
  }),
  apiAddresses: get('component', '/cgi-bin/get_api_domain_ip', {
    title: 'Addresses of api.weixin.qq.com',
    reply: () => v.looseObject({ ip_list: texts }),
    repeat: 'safe',
    link: docs(),
  }),
}
