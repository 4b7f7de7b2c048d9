/** Call quotas, request ids, addresses, options. */
import { docs, get, post, site } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { either, fixed, list, oneOf, says, takes, text, whole } from './fields.ts'

export const quotas = {
  get: post('either', '/cgi-bin/openapi/quota/get', {
    title: { en: 'Daily quota of one API', zh: '某接口的每日额度' },
    reads: 'quotas.get',
    body: () => takes({ cgi_path: text }),
    reply: () =>
      says({
        quota: says({ daily_limit: whole, used: whole, remain: whole }),
        rate_limit: says({ call_count: whole, refresh_second: whole }),
        component_rate_limit: says({ call_count: whole, refresh_second: whole }),
      }),
    repeat: 'safe',
    link: docs('openapi/getApiQuota'),
  }),
  clearPath: post('either', '/cgi-bin/openapi/quota/clear', {
    title: { en: 'Reset the daily call count of one API', zh: '重置一个接口的每日调用次数' },
    changes: 'quotas.clearPath',
    role: 'owner',
    body: () => takes({ cgi_path: text }),
    reply: acknowledged,
    repeat: 'never',
    link: site('/miniprogram/dev/server/API/openApi-mgnt'),
  }),
  clear: post('either', '/cgi-bin/clear_quota', {
    title: {
      en: 'Reset the daily call counts of an account, ten times a month',
      zh: '重置全部接口的每日调用次数，每月十次',
    },
    changes: 'quotas.clear',
    role: 'owner',
    body: () => takes({ appid: text }),
    reply: acknowledged,
    repeat: 'never',
    link: docs('openapi/clearQuota'),
  }),
  explainRid: post('either', '/cgi-bin/openapi/rid/get', {
    title: { en: 'What a request id (rid) stands for', zh: '查询 rid 对应的请求' },
    reads: 'quotas.explainRid',
    role: 'owner',
    body: () => takes({ rid: text }),
    reply: () =>
      says({
        request: says({
          request_url: text,
          request_body: text,
          response_body: text,
          invoke_time: whole,
          cost_in_ms: whole,
        }),
      }),
    repeat: 'safe',
    link: docs('openapi/getRidInfo'),
  }),
}

export const addresses = {
  listCallback: get('either', '/cgi-bin/getcallbackip', {
    title: { en: 'Addresses WeChat pushes from', zh: '微信推送消息的来源地址' },
    reads: 'addresses.listCallback',
    reply: () => says({ ip_list: list(text) }),
    repeat: 'safe',
    link: site('/miniprogram/dev/server/API/openApi-mgnt'),
  }),
  listApi: get('either', '/cgi-bin/get_api_domain_ip', {
    title: { en: 'Addresses of api.weixin.qq.com', zh: 'api.weixin.qq.com 的地址' },
    reads: 'addresses.listApi',
    reply: () => says({ ip_list: list(text) }),
    repeat: 'safe',
    link: site('/miniprogram/dev/server/API/openApi-mgnt'),
  }),
}

export const callbackChecks = {
  lookUp: post('either', '/cgi-bin/callback/check', {
    title: { en: 'How WeChat resolves the address that it pushes to', zh: '微信解析回调域名的结果' },
    reads: 'callbackChecks.lookUp',
    body: () => takes({ action: fixed('dns'), check_operator: oneOf(['CHINANET', 'UNICOM', 'CAP', 'DEFAULT']) }),
    reply: () =>
      says({
        dns: list(says({ ip: text, real_operator: text })),
        ping: list(says({ ip: text, from_operator: text, package_loss: text, time: text })),
      }),
    repeat: 'safe',
    link: site('/doc/service/api/base/api_callbackcheck.html'),
  }),
  ping: post('either', '/cgi-bin/callback/check', {
    title: { en: 'Whether WeChat reaches the address that it pushes to', zh: '微信 ping 回调域名的结果' },
    reads: 'callbackChecks.ping',
    body: () => takes({ action: fixed('ping'), check_operator: oneOf(['CHINANET', 'UNICOM', 'CAP', 'DEFAULT']) }),
    reply: () =>
      says({
        dns: list(says({ ip: text, real_operator: text })),
        ping: list(says({ ip: text, from_operator: text, package_loss: text, time: text })),
      }),
    repeat: 'safe',
    link: site('/doc/service/api/base/api_callbackcheck.html'),
  }),
  run: post('either', '/cgi-bin/callback/check', {
    title: {
      en: 'How WeChat resolves the address that it pushes to, and whether it reaches it',
      zh: '微信解析并 ping 回调域名的结果',
    },
    reads: 'callbackChecks.run',
    body: () => takes({ action: fixed('all'), check_operator: oneOf(['CHINANET', 'UNICOM', 'CAP', 'DEFAULT']) }),
    reply: () =>
      says({
        dns: list(says({ ip: text, real_operator: text })),
        ping: list(says({ ip: text, from_operator: text, package_loss: text, time: text })),
      }),
    repeat: 'safe',
    link: site('/doc/service/api/base/api_callbackcheck.html'),
  }),
}

export const options = {
  get: post('authorizer', '/cgi-bin/component/get_authorizer_option', {
    title: { en: 'Read an option of an authorizer', zh: '读取授权账号的选项' },
    reads: 'options.get',
    body: () => takes({ option_name: text }),
    reply: () => says({ authorizer_appid: text, option_name: text, option_value: either }),
    repeat: 'safe',
    link: docs('authorization-management/getAuthorizerOptionInfo'),
  }),
  set: post('authorizer', '/cgi-bin/component/set_authorizer_option', {
    title: { en: 'Change an option of an authorizer', zh: '修改授权账号的选项' },
    changes: 'options.set',
    body: () => takes({ option_name: text, option_value: text }),
    reply: acknowledged,
    repeat: 'safe',
    link: docs('authorization-management/setAuthorizerOptionInfo'),
  }),
}
