/** Reference 4.3 to 4.7: pre-auth codes, the exchange, refreshing, what is known of authorizers. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { issuePreAuthCode } from '../grants.ts'
import type { Grant, Merchant } from '../merchants.ts'
import { nameOfSet } from '../permission-sets.ts'
import type { WechatState } from '../state.ts'
import { isRefreshTokenGood, issueAuthorizerToken, rotateRefreshToken } from '../tokens.ts'
import { describeAuthorizer } from './authorizer-info.ts'
import { checkComponentAppid } from './component-tokens.ts'
import { numeric, withComponentToken } from './operation.ts'

const funcInfoOf = (grant: Grant) =>
  grant.funcInfo.map((id) => ({
    funcscope_category: { id, type: 0, name: nameOfSet(id), desc: '' },
    confirm_info: { need_confirm: 0, already_confirm: 0, can_confirm: 0 },
  }))

const grantedMerchant = (state: WechatState, appid: string): { merchant: Merchant; grant: Grant } => {
  const merchant = state.merchants.get(appid)
  if (merchant?.grant === undefined) return refuse(61003)
  return { merchant, grant: merchant.grant }
}

/** 61009 also for a pre-auth code sent by mistake and for a code of an authorization that was withdrawn. */
const exchange = (state: WechatState, value: string, now: number): { merchant: Merchant; grant: Grant } => {
  const code = state.codes.get(value)
  if (code === undefined) return refuse(61009)
  refuseUnless(now < code.expiresAt, 61010)
  refuseUnless(!code.used || state.settings.codes === 'reusable', 61009)
  const { merchant, grant } = grantedMerchant(state, code.appid)
  refuseUnless(grant.grantId === code.grantId, 61009)
  code.used = true
  return { merchant, grant }
}

const component = { component_appid: v.optional(v.string()) }

export const authorizationOperations = [
  withComponentToken('POST', '/cgi-bin/component/api_create_preauthcode', v.object(component), (state, input) => {
    checkComponentAppid(state, input.component_appid)
    return { pre_auth_code: issuePreAuthCode(state).value, expires_in: state.settings.preAuthCodeSeconds }
  }),

  withComponentToken(
    'POST',
    '/cgi-bin/component/api_query_auth',
    v.object({ ...component, authorization_code: v.optional(v.string(), '') }),
    (state, input, { now }) => {
      checkComponentAppid(state, input.component_appid)
      const { merchant, grant } = exchange(state, input.authorization_code, now)
      const keeps = state.settings.refreshTokens === 'stay' && grant.refreshToken !== undefined
      return {
        authorization_info: {
          authorizer_appid: merchant.appid,
          authorizer_access_token: issueAuthorizerToken(state, merchant).value,
          expires_in: state.settings.accessTokenSeconds,
          authorizer_refresh_token: keeps ? grant.refreshToken : rotateRefreshToken(state, grant),
          func_info: funcInfoOf(grant),
        },
      }
    },
  ),

  withComponentToken(
    'POST',
    '/cgi-bin/component/api_authorizer_token',
    v.object({ ...component, authorizer_appid: v.string(), authorizer_refresh_token: v.optional(v.string(), '') }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      const { merchant, grant } = grantedMerchant(state, input.authorizer_appid)
      refuseUnless(isRefreshTokenGood(state, grant, input.authorizer_refresh_token), 61023)
      const stays = state.settings.refreshTokens === 'stay'
      return {
        authorizer_access_token: issueAuthorizerToken(state, merchant).value,
        expires_in: state.settings.accessTokenSeconds,
        authorizer_refresh_token: stays ? grant.refreshToken : rotateRefreshToken(state, grant),
      }
    },
  ),

  withComponentToken(
    'POST',
    '/cgi-bin/component/api_get_authorizer_info',
    v.object({ ...component, authorizer_appid: v.string() }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      const { merchant, grant } = grantedMerchant(state, input.authorizer_appid)
      return {
        authorizer_info: describeAuthorizer(merchant),
        authorization_info: {
          authorizer_appid: merchant.appid,
          authorizer_refresh_token: grant.listedRefreshToken ?? grant.refreshToken ?? '',
          func_info: funcInfoOf(grant),
        },
      }
    },
  ),

  withComponentToken(
    'POST',
    '/cgi-bin/component/api_get_authorizer_list',
    v.object({ ...component, offset: numeric, count: numeric }),
    (state, input) => {
      checkComponentAppid(state, input.component_appid)
      refuseUnless(input.count <= 500, 40170)
      const granted = [...state.merchants.values()].flatMap(({ appid, grant }) =>
        grant === undefined ? [] : [{ appid, grant }],
      )
      return {
        total_count: granted.length,
        list: granted.slice(input.offset, input.offset + input.count).map(({ appid, grant }) => ({
          authorizer_appid: appid,
          refresh_token: grant.listedRefreshToken ?? grant.refreshToken ?? '',
          auth_time: toUnixSeconds(grant.authorizedAt),
        })),
      }
    },
  ),
]
