import { errcodeOf, Failure } from '../errors.ts'
import { after, DAY, MINUTE } from '../time.ts'
import { tokens } from '../wechat/endpoints/tokens.ts'
import { findListedRefreshToken } from './authorizer-list.ts'
import { callAsPlatform } from './platform-calls.ts'
import type { Platform } from './platform.ts'
import { openProblem } from './problems.ts'
import type { Claim } from './stores.ts'
import { retryDelay, saveTokens } from './token-saves.ts'
import { liveToken, type LiveToken, type TokenWish } from './tokens.ts'

/** The sweep renews authorizer tokens this long before their end. */
export const AUTHORIZER_HEADSTART_MS = 20 * MINUTE

/** The refresh token itself is what WeChat refuses. */
const refreshTokenRefused = new Set([61023, 42002])

/** Only the merchant can help. */
const reauthorizationNeeded = new Set([61003, 61023, 42002, 42007])

/** A token to act for this authorizer. */
export const authorizerToken = (platform: Platform, appid: string, wish: TokenWish = {}): Promise<LiveToken> =>
  liveToken(platform, { kind: 'authorizer', appid }, wish, renewAuthorizerToken)

/**
 * Refreshes one authorizer's token under a claim that this ends. A refused refresh token is looked up once in WeChat's own
 * list before the merchant is asked. Undefined: the claim was lost on the way.
 */
export async function renewAuthorizerToken(platform: Platform, claim: Claim): Promise<LiveToken | undefined> {
  const appid = claim.holder.kind === 'authorizer' ? claim.holder.appid : ''
  try {
    const reply = await refreshOrRepair(platform, claim, appid)
    return await saveTokens(platform, claim, {
      accessToken: reply.authorizer_access_token,
      refreshToken: reply.refreshToken,
      expiresInSeconds: reply.expires_in,
      headstartMs: AUTHORIZER_HEADSTART_MS,
    })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await giveUp(platform, claim, appid, error)
    throw error
  }
}

async function refreshOrRepair(platform: Platform, claim: Claim, appid: string) {
  const { current, former } = claim.openRefreshTokens()
  let refusal: unknown
  if (current !== undefined) {
    try {
      return await refresh(platform, appid, current)
    } catch (error) {
      if (!refreshTokenRefused.has(errcodeOf(error) ?? 0)) throw error
      refusal = error
    }
  }
  const listed = await findListedRefreshToken(platform, appid)
  for (const candidate of new Set([listed, former])) {
    if (candidate === undefined || candidate === current) continue
    try {
      const reply = await refresh(platform, appid, candidate)
      platform.log.info('a lost refresh token was repaired', { appid })
      return reply
    } catch (error) {
      if (!refreshTokenRefused.has(errcodeOf(error) ?? 0)) throw error
      refusal = error
    }
  }
  throw (
    refusal ??
    new Failure('REAUTHORIZATION_REQUIRED', 'WeChat lists no refresh token for this account', {
      wechat: { errcode: 61023, errmsg: 'no refresh token', path: tokens.authorizerToken.path },
    })
  )
}

async function refresh(platform: Platform, appid: string, refreshToken: string) {
  const reply = await callAsPlatform(platform, tokens.authorizerToken, {
    body: {
      component_appid: platform.settings.componentAppid,
      authorizer_appid: appid,
      authorizer_refresh_token: refreshToken,
    },
  })
  return { ...reply, refreshToken: reply.authorizer_refresh_token || refreshToken }
}

async function giveUp(platform: Platform, claim: Claim, appid: string, error: Failure): Promise<void> {
  const failures = claim.failures + 1
  const errcode = error.wechat?.errcode
  const forGood = errcode !== undefined && reauthorizationNeeded.has(errcode)
  // Without a component token nothing was asked for this account: it is not to blame.
  const blameless = error.code === 'TICKET_MISSING' || error.code === 'STORAGE_UNAVAILABLE'
  const delay = forGood ? DAY : blameless ? MINUTE : retryDelay(platform, error, failures)
  await platform.stores.tokens.giveUp(claim, {
    failures,
    dueAt: after(claim.now, delay),
    ...(!forGood && !blameless && { retryAt: after(claim.now, delay) }),
    ...(error.wechat && { refusal: { errcode: error.wechat.errcode, errmsg: error.wechat.errmsg } }),
    ...(forGood && { status: 'reauthorize' as const }),
    unresolved: error.outcomeUnknown,
  })
  platform.log.warn('authorizer token not renewed', { appid, reason: error.code, errcode, failures })
  if (forGood)
    await openProblem(platform, {
      code: 'REAUTHORIZATION_REQUIRED',
      appid,
      message: 'WeChat no longer accepts the authorization of this account',
      hint: 'Send the merchant a new invite link (bindings.createLink). 请让商户重新授权。',
    })
}
