/** Tickets, tokens and codes: what everything else is called with. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { functionInfo } from './authorizers.ts'
import { accountNames, acknowledged, lifetime, maybeLifetime, maybeText, renamed, text } from './shapes.ts'

export const tokens = {
  startPushTicket: post('none', '/cgi-bin/component/api_start_push_ticket', {
    title: { en: 'Ask WeChat to push tickets (again)', zh: '请微信重新推送 ticket' },
    // The only endpoint that calls it component_secret.
    body: () => v.object({ component_appid: v.string(), component_secret: v.string() }),
    reply: acknowledged,
    repeat: 'safe',
    link: docs('ticket-token/startPushTicket'),
  }),
  componentToken: post('none', '/cgi-bin/component/api_component_token', {
    title: { en: 'Get a component token', zh: '获取第三方平台的令牌' },
    body: () =>
      v.object({ component_appid: v.string(), component_appsecret: v.string(), component_verify_ticket: v.string() }),
    reply: () => v.looseObject({ component_access_token: text, expires_in: lifetime }),
    repeat: 'readBack',
    link: docs('ticket-token/getComponentAccessToken'),
  }),
  preAuthCode: post('component', '/cgi-bin/component/api_create_preauthcode', {
    title: { en: 'Get a pre-authorization code', zh: '获取预授权码' },
    body: () => v.object({ component_appid: v.string() }),
    reply: () => v.looseObject({ pre_auth_code: text, expires_in: lifetime }),
    repeat: 'safe',
    link: docs('ticket-token/getPreAuthCode'),
  }),
  queryAuth: post('component', '/cgi-bin/component/api_query_auth', {
    title: { en: 'Exchange an authorization code for the tokens of an authorizer', zh: '用授权码换取授权账号的令牌' },
    body: () => v.object({ component_appid: v.string(), authorization_code: v.string() }),
    reply: () =>
      v.looseObject({
        authorization_info: renamed(accountNames, {
          authorizer_appid: text,
          // An account without permission to call APIs gets neither token.
          authorizer_access_token: maybeText,
          expires_in: maybeLifetime,
          authorizer_refresh_token: maybeText,
          func_info: functionInfo(),
        }),
      }),
    repeat: 'never',
    link: docs('ticket-token/getAuthorizerRefreshToken'),
  }),
  authorizerToken: post('component', '/cgi-bin/component/api_authorizer_token', {
    title: { en: 'Refresh the tokens of an authorizer', zh: '刷新授权账号的令牌' },
    body: () =>
      v.object({ component_appid: v.string(), authorizer_appid: v.string(), authorizer_refresh_token: v.string() }),
    reply: () =>
      v.looseObject({
        // Not documented here; where it is named, it must be the account that was asked for.
        authorizer_appid: maybeText,
        authorizer_access_token: text,
        expires_in: lifetime,
        authorizer_refresh_token: maybeText,
      }),
    repeat: 'readBack',
    link: docs('ticket-token/getAuthorizerAccessToken'),
  }),
}
