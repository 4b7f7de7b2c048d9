/** What the platform may know about the accounts that authorized it. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import {
  accountNames,
  integer,
  maybeInteger,
  maybePart,
  maybeRows,
  maybeText,
  maybeTexts,
  renamed,
  rowsOf,
  text,
} from './shapes.ts'

/** Granted permission sets; `id` is what counts. */
export const functionInfo = () =>
  v.nullish(rowsOf(v.looseObject({ funcscope_category: v.looseObject({ id: integer }) })), [])

const tokenNames = { authorizer_refresh_token: ['authorizer_refresh_token', 'refresh_token'] }

const named = maybePart(v.looseObject({ id: maybeInteger }))

export const authorizers = {
  info: post('component', '/cgi-bin/component/api_get_authorizer_info', {
    title: { en: 'Details of an authorizer', zh: '授权账号的详情' },
    body: () => v.object({ component_appid: v.string(), authorizer_appid: v.string() }),
    reply: () =>
      v.looseObject({
        authorizer_info: v.looseObject({
          nick_name: maybeText,
          head_img: maybeText,
          user_name: maybeText,
          qrcode_url: maybeText,
          principal_name: maybeText,
          signature: maybeText,
          service_type_info: named,
          verify_type_info: named,
          account_status: maybeInteger,
          register_type: maybeInteger,
          /** Present exactly for mini programs; service_type_info.id 0 is ambiguous. */
          MiniProgramInfo: v.nullish(
            v.looseObject({
              network: maybePart(
                v.looseObject({
                  RequestDomain: maybeTexts,
                  WsRequestDomain: maybeTexts,
                  UploadDomain: maybeTexts,
                  DownloadDomain: maybeTexts,
                  UDPDomain: maybeTexts,
                  TCPDomain: maybeTexts,
                  BizDomain: maybeTexts,
                }),
              ),
              categories: maybeRows(v.looseObject({ first: maybeText, second: maybeText })),
              visit_status: maybeInteger,
            }),
          ),
        }),
        authorization_info: renamed(
          { ...accountNames, ...tokenNames },
          { authorizer_appid: text, authorizer_refresh_token: maybeText, func_info: functionInfo() },
        ),
      }),
    repeat: 'safe',
    link: docs('authorization-management/getAuthorizerInfo'),
  }),
  list: post('component', '/cgi-bin/component/api_get_authorizer_list', {
    title: {
      en: 'All authorizers with their refresh tokens, at most 500 at once',
      zh: '全部授权账号及其刷新令牌，每次最多 500 个',
    },
    body: () => v.object({ component_appid: v.string(), offset: v.number(), count: v.number() }),
    reply: () =>
      v.looseObject({
        total_count: integer,
        list: rowsOf(
          renamed(
            { ...accountNames, refresh_token: ['refresh_token', 'authorizer_refresh_token'] },
            { authorizer_appid: text, refresh_token: maybeText, auth_time: maybeInteger },
          ),
        ),
      }),
    repeat: 'safe',
    link: docs('authorization-management/getAuthorizerList'),
  }),
  login: get('component', '/sns/component/jscode2session', {
    title: { en: 'Exchange a js_code of wx.login for the session of a user', zh: '用 wx.login 的 code 换取用户会话' },
    tokenParameter: 'component_access_token',
    query: () =>
      v.object({
        appid: v.string(),
        js_code: v.string(),
        grant_type: v.literal('authorization_code'),
        component_appid: v.string(),
      }),
    reply: () => v.looseObject({ openid: text, session_key: text, unionid: maybeText }),
    repeat: 'never',
    link: docs('miniprogram-management/login/thirdpartyCode2Session'),
  }),
}
