import { errcodeOf, Failure } from '../../errors.ts'
import { after, DAY, HOUR, MINUTE } from '../../time.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { findListedRefreshToken } from './authorizer-list.ts'
import { componentToken } from './component-token.ts'
import { noteForeignRefresh } from './foreign-refresher.ts'
import { isIdle, PROBE_MS } from './idle-accounts.ts'
import { callAsPlatform } from './platform-calls.ts'
import type { Platform } from '../platform.ts'
import { closeProblem, openProblem } from '../problems/problems.ts'
import type { Claim } from '../stores/tokens.ts'
import {
  isEverybodysTrouble,
  noteRecovery,
  noteRefusedAddress,
  noteRepeatedFailure,
  retryDelay,
} from './token-failures.ts'
import { hasTimeForCall, saveTokens } from './token-saves.ts'
import { liveToken, type LiveToken, type Renewal, type TokenInput } from './tokens.ts'

/** The sweep renews authorizer tokens this long before their end. */
export const AUTHORIZER_HEADSTART_MS = 20 * MINUTE

/** The refresh token itself is what WeChat refuses. */
const refreshTokenRefused = new Set([61023, 42002])

/** Only the merchant can help. */
const reauthorizationNeeded = new Set([errcodes.accountNotAuthorized, 61023, 42002, 42007])

/** A token to act for this authorizer. */
export const authorizerToken = (platform: Platform, appid: string, input: TokenInput = {}): Promise<LiveToken> =>
  liveToken(platform, { kind: 'authorizer', appid }, input, authorizerRenewal)

const authorizerRenewal: Renewal = {
  prepare: (platform) => componentToken(platform),
  renew: renewAuthorizerToken,
}

/**
 * Refreshes one authorizer's token under a claim that this ends. A refused refresh token is looked up once in WeChat's own
 * list before the merchant is asked. Undefined: the claim was lost on the way.
 */
export async function renewAuthorizerToken(
  platform: Platform,
  claim: Claim,
  { lookedAt }: TokenInput = {},
): Promise<LiveToken | undefined> {
  const appid = claim.holder.kind === 'authorizer' ? claim.holder.appid : ''
  try {
    const reply = await refreshOrRepair(platform, claim, appid)
    if (!reply) return undefined
    const live = await saveTokens(platform, reply.claim, {
      accessToken: reply.authorizer_access_token,
      refreshToken: reply.refreshToken,
      usedRefreshToken: reply.usedRefreshToken,
      expiresInSeconds: reply.expires_in,
      headstartMs: AUTHORIZER_HEADSTART_MS,
      restMs: lookedAt && isIdle(platform, claim) ? PROBE_MS : undefined,
    })
    if (live) await noteRecovery(platform, claim)
    return live
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
    if (!hasTimeForCall(platform, claim)) return letGo(platform, claim)
    const answer = await refresh(platform, appid, current)
    if (!('refusal' in answer)) return { ...answer, claim }
    refusal = answer.refusal
  }
  // Whoever took over in the meantime has the better token; ours must not reach WeChat after theirs.
  if (!(await platform.stores.tokens.extend(claim))) return undefined
  const listed = await findListedRefreshToken(platform, appid)
  for (const candidate of new Set([listed, former])) {
    if (candidate === undefined || candidate === current) continue
    if (!(await platform.stores.tokens.extend(claim))) return undefined
    const answer = await refresh(platform, appid, candidate)
    if (!('refusal' in answer)) {
      platform.log.info('a lost refresh token was repaired', { appid })
      const isForeign = current !== undefined && candidate === listed
      return { ...answer, claim: isForeign ? await noteForeignRefresh(platform, claim) : claim }
    }
    refusal = answer.refusal
  }
  throw refusal ?? noneListed()
}

const noneListed = (): Failure =>
  new Failure('AUTHORIZATION_NOT_ACCEPTED', {
    wechat: { errcode: 61023, errmsg: 'no refresh token', path: tokens.authorizerToken.path },
  })

async function letGo(platform: Platform, claim: Claim): Promise<undefined> {
  await platform.stores.tokens.release(claim)
}

async function refresh(platform: Platform, appid: string, refreshToken: string) {
  try {
    const reply = await callAsPlatform(platform, tokens.authorizerToken, {
      body: {
        component_appid: platform.settings.componentAppid,
        authorizer_appid: appid,
        authorizer_refresh_token: refreshToken,
      },
    })
    if ((reply.authorizer_appid || appid) !== appid) throw new Failure('ANSWERED_FOR_ANOTHER')
    return {
      ...reply,
      refreshToken: reply.authorizer_refresh_token || refreshToken,
      usedRefreshToken: refreshToken,
    }
  } catch (error) {
    if (refreshTokenRefused.has(errcodeOf(error) ?? 0)) return { refusal: error }
    throw error
  }
}

async function giveUp(platform: Platform, claim: Claim, appid: string, error: Failure): Promise<void> {
  const errcode = error.wechat?.errcode
  // Nothing was asked for this account: it is not to blame. A refused address waits, or every caller would try it.
  if (isEverybodysTrouble(error) && errcode !== errcodes.addressNotAllowed) return platform.stores.tokens.release(claim)
  const failures = claim.failures + 1
  const forGood = errcode !== undefined && reauthorizationNeeded.has(errcode)
  // Our own trouble, such as a missing key, costs WeChat nothing: it shows at once that it is over.
  const isOurs = errcode === undefined && error.code !== 'WECHAT_UNAVAILABLE'
  const delay = forGood ? DAY : isOurs ? HOUR : retryDelay(platform, error, failures)
  await platform.stores.tokens.giveUp(claim, {
    failures,
    failedFor: error.code,
    dueAt: after(claim.now, delay),
    ...(!forGood && !isOurs && { retryAt: after(claim.now, delay) }),
    ...(error.wechat && { refusal: { errcode: error.wechat.errcode, errmsg: error.wechat.errmsg } }),
    ...(forGood && { status: 'reauthorize' as const }),
    unresolved: !forGood && (claim.unresolved || error.outcomeUnknown),
  })
  platform.log.warn('authorizer token not renewed', { appid, reason: error.code, errcode, failures })
  await noteRefusedAddress(platform, error)
  if (!forGood) return noteRepeatedFailure(platform, claim, error)
  await closeProblem(platform, 'AUTHORIZATION_LOST', appid)
  await openProblem(platform, {
    code: 'REAUTHORIZATION_REQUIRED',
    appid,
    params: { errcode },
  })
}
