import { SECOND, after } from '../../shared/time.ts'
import { refuse, refuseUnless } from './errors.ts'
import { newAccessToken, newRefreshToken, newTicket } from './identifiers.ts'
import type { Grant, Merchant } from './merchants.ts'
import { nowOf } from './state.ts'
import type { AccessToken, Ticket, WechatState } from './state.ts'

export const issueTicket = (state: WechatState): Ticket => {
  const ticket = { value: newTicket(), issuedAt: nowOf(state) }
  state.tickets.push(ticket)
  if (state.tickets.length > 1000) state.tickets.shift()
  return ticket
}

/** 61006 for a ticket that was never issued, 61005 for one of more than 12 hours ago. */
export const checkTicket = (state: WechatState, value: string): void => {
  const ticket = state.tickets.findLast((known) => known.value === value)
  if (ticket === undefined) refuse(61006)
  const endsAt = after(ticket.issuedAt, state.settings.ticketSeconds * SECOND)
  refuseUnless(nowOf(state) < endsAt, 61005)
}

/** A new token; the one before it works for some minutes more, those before that have had theirs. */
const issueToken = (state: WechatState, former: AccessToken | undefined, appid?: string): AccessToken => {
  const now = nowOf(state)
  if (former !== undefined) former.deadFrom ??= after(now, state.settings.graceSeconds * SECOND)
  const token: AccessToken = {
    value: newAccessToken(),
    expiresAt: after(now, state.settings.accessTokenSeconds * SECOND),
    ...(appid === undefined ? {} : { appid }),
  }
  state.accessTokens.set(token.value, token)
  return token
}

export const issueComponentToken = (state: WechatState): AccessToken => {
  state.componentToken = issueToken(state, state.componentToken)
  return state.componentToken
}

export const issueAuthorizerToken = (state: WechatState, merchant: Merchant): AccessToken => {
  merchant.accessToken = issueToken(state, merchant.accessToken, merchant.appid)
  return merchant.accessToken
}

/** Gives a grant a new refresh token; the former one ends at once or after its grace. */
export const rotateRefreshToken = (state: WechatState, grant: Grant): string => {
  const { refreshTokens, graceSeconds } = state.settings
  if (grant.refreshToken !== undefined && refreshTokens !== 'rotateAtOnce') {
    grant.formerRefreshTokens.set(grant.refreshToken, after(nowOf(state), graceSeconds * SECOND))
  }
  grant.refreshToken = newRefreshToken()
  delete grant.listedRefreshToken
  state.refreshTokensIssued.push(grant.refreshToken)
  return grant.refreshToken
}

export const isRefreshTokenGood = (state: WechatState, grant: Grant, value: string): boolean => {
  if (value === grant.refreshToken) return true
  const until = grant.formerRefreshTokens.get(value)
  return until !== undefined && nowOf(state) < until
}

/** 40014 for what never was a token, 40001 for a replaced or revoked one, 42001 for an expired one. */
export const findToken = (state: WechatState, value: string): AccessToken => {
  const token = state.accessTokens.get(value)
  if (token === undefined) refuse(40014)
  const now = nowOf(state)
  if (token.appid !== undefined) refuseUnless(state.merchants.get(token.appid)?.grant !== undefined, 61003)
  refuseUnless(token.deadFrom === undefined || now < token.deadFrom, 40001)
  refuseUnless(now < token.expiresAt, 42001)
  return token
}
