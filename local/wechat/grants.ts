import { SECOND, after, toUnixSeconds } from '../../shared/time.ts'
import { WechatRefusal } from './errors.ts'
import { newAuthorizationCode, newPreAuthCode } from './identifiers.ts'
import type { Grant, Merchant } from './merchants.ts'
import { pushEvent } from './pushes.ts'
import type { PushRecord } from './pushes.ts'
import { nextNumber, nowOf } from './state.ts'
import type { AuthorizationCode, PreAuthCode, WechatState } from './state.ts'

export const issuePreAuthCode = (state: WechatState): PreAuthCode => {
  const code = {
    value: newPreAuthCode(),
    expiresAt: after(nowOf(state), state.settings.preAuthCodeSeconds * SECOND),
    used: false,
  }
  state.preAuthCodes.set(code.value, code)
  return code
}

/** Why the authorization page would refuse this code, in the words it shows; undefined: it would not. */
export const flawOfPreAuthCode = (state: WechatState, value: string): string | undefined => {
  const code = state.preAuthCodes.get(value)
  if (code === undefined) return 'pre_auth_code 无效'
  if (code.used) return 'pre_auth_code 已被使用，请重新发起授权'
  if (nowOf(state) >= code.expiresAt) return 'pre_auth_code 已过期，请重新发起授权'
  return undefined
}

const issueCode = (state: WechatState, merchant: Merchant, grant: Grant, seconds: number): AuthorizationCode => {
  const code = {
    value: newAuthorizationCode(),
    appid: merchant.appid,
    grantId: grant.grantId,
    expiresAt: after(nowOf(state), seconds * SECOND),
    used: false,
  }
  state.codes.set(code.value, code)
  return code
}

const isSameSets = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id))

/** Makes or changes a merchant's grant, without telling anyone. */
export const putGrant = (
  state: WechatState,
  merchant: Merchant,
  funcInfo: readonly number[],
): { grant: Grant; change: 'authorized' | 'updateauthorized' | 'none' } => {
  const sets = [...funcInfo]
  const former = merchant.grant
  if (former === undefined) {
    const grant = {
      grantId: nextNumber(state),
      authorizedAt: nowOf(state),
      funcInfo: sets,
      formerRefreshTokens: new Map(),
    }
    merchant.grant = grant
    return { grant, change: 'authorized' }
  }
  const change = isSameSets(former.funcInfo, sets) ? 'none' : 'updateauthorized'
  former.funcInfo = sets
  return { grant: former, change }
}

interface Announcement {
  readonly authCode: string
  readonly pushCode: string
  /** Missing where the granted sets did not change: WeChat sends no event then. */
  readonly push?: PushRecord
}

/** @param preAuthCode undefined: the merchant changed the grant on mp.weixin.qq.com, with a pre-auth code that is not ours */
export const grantAccess = (
  state: WechatState,
  merchant: Merchant,
  funcInfo: readonly number[],
  preAuthCode?: string,
): Announcement => {
  const { grant, change } = putGrant(state, merchant, funcInfo)
  const { samePushCode, authCodeSeconds, pushCodeSeconds } = state.settings
  const pushCode = issueCode(state, merchant, grant, pushCodeSeconds)
  const authCode = samePushCode ? pushCode : issueCode(state, merchant, grant, authCodeSeconds)
  const codes = { authCode: authCode.value, pushCode: pushCode.value }
  if (change === 'none') return codes
  const push = pushEvent(
    state,
    change,
    {
      AuthorizerAppid: merchant.appid,
      AuthorizationCode: pushCode.value,
      AuthorizationCodeExpiredTime: String(toUnixSeconds(pushCode.expiresAt)),
      PreAuthCode: preAuthCode ?? newPreAuthCode(),
    },
    merchant.appid,
  )
  return { ...codes, push }
}

export interface Confirmation {
  readonly preAuthCode: string
  readonly appid: string
  readonly funcInfo?: readonly number[] | undefined
  /** Where the browser goes; without it, it never comes back. */
  readonly redirectUri?: string | undefined
}

/** The person pressed 同意授权. */
export const confirmAuthorization = (
  state: WechatState,
  given: Confirmation,
): Announcement & { redirectUrl?: string } => {
  const flaw = flawOfPreAuthCode(state, given.preAuthCode)
  if (flaw !== undefined) throw new WechatRefusal(61009, flaw)
  const merchant = state.merchants.get(given.appid)
  if (merchant === undefined) throw new WechatRefusal(40013)
  const code = state.preAuthCodes.get(given.preAuthCode)
  if (code !== undefined) code.used = true
  const announced = grantAccess(state, merchant, given.funcInfo ?? merchant.defaultSets, given.preAuthCode)
  if (given.redirectUri === undefined) return announced
  return {
    ...announced,
    redirectUrl: appendToQuery(given.redirectUri, announced.authCode, state.settings.authCodeSeconds),
  }
}

/** With `&` where the address has a query already, before any fragment. */
const appendToQuery = (redirectUri: string, authCode: string, expiresIn: number): string => {
  const [address = '', fragment] = redirectUri.split('#', 2)
  const query = `auth_code=${encodeURIComponent(authCode)}&expires_in=${expiresIn}`
  return `${address}${address.includes('?') ? '&' : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`
}

/** The merchant took the authorization back: its tokens end at once. */
export const withdrawGrant = (state: WechatState, merchant: Merchant): PushRecord | undefined => {
  if (merchant.grant === undefined) return undefined
  delete merchant.grant
  if (merchant.accessToken !== undefined) merchant.accessToken.deadFrom = nowOf(state)
  delete merchant.accessToken
  return pushEvent(state, 'unauthorized', { AuthorizerAppid: merchant.appid }, merchant.appid)
}
