/** Call quotas, request ids, addresses. Every row works with either token; the platform's is named here. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, texts } from './shapes.ts'

const rate = v.nullish(v.looseObject({ call_count: maybeInteger, refresh_second: maybeInteger }))

export const quotas = {
  clear: post('component', '/cgi-bin/clear_quota', {
    title: { en: 'Reset the daily call counts of an account, ten times a month', zh: '重置接口每日调用次数，每月十次' },
    changes: 'quotas.clear',
    role: 'owner',
    body: () => v.strictObject({ appid: v.string() }),
    reply: acknowledged,
    repeat: 'never',
    link: docs('openapi/clearQuota'),
  }),
  clearBySecret: post('none', '/cgi-bin/component/clear_quota/v2', {
    title: { en: 'Reset the daily call counts of an account by the app secret', zh: '用 AppSecret 重置每日调用次数' },
    body: () => v.object({ component_appid: v.string(), appsecret: v.string(), appid: v.string() }),
    reply: acknowledged,
    repeat: 'never',
    link: docs('openapi/clearComponentQuotaByAppSecret'),
  }),
  get: post('component', '/cgi-bin/openapi/quota/get', {
    title: { en: 'Daily quota of one API', zh: '某接口的每日额度' },
    reads: 'quotas.get',
    body: () => v.strictObject({ cgi_path: v.string() }),
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
    title: { en: 'What a request id (rid) stands for', zh: '查询 rid 对应的请求' },
    reads: 'quotas.explainRid',
    role: 'owner',
    body: () => v.strictObject({ rid: v.string() }),
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
    title: { en: 'Addresses WeChat pushes from', zh: '微信推送消息的来源地址' },
    reads: 'addresses.listCallback',
    reply: () => v.looseObject({ ip_list: texts }),
    repeat: 'safe',
    link: docs(),
  }),
  apiAddresses: get('component', '/cgi-bin/get_api_domain_ip', {
    title: { en: 'Addresses of api.weixin.qq.com', zh: 'api.weixin.qq.com 的地址' },
    reads: 'addresses.listApi',
    reply: () => v.looseObject({ ip_list: texts }),
    repeat: 'safe',
    link: docs(),
  }),
}
