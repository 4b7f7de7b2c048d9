import { newRefreshToken } from '../identifiers.ts'
import type { Merchant } from '../merchants.ts'
import { nowOf } from '../state.ts'
import type { AccessToken, WechatState } from '../state.ts'
import { rotateRefreshToken } from '../tokens.ts'

/** @param owner `component` or an appid */
const tokensOf = (state: WechatState, owner: string): AccessToken[] =>
  [...state.accessTokens.values()].filter(({ appid = 'component' }) => appid === owner)

export const revokeTokens = (state: WechatState, owner: string): void => {
  for (const token of tokensOf(state, owner)) token.deadFrom = nowOf(state)
}

export const expireTokens = (state: WechatState, owner: string): void => {
  for (const token of tokensOf(state, owner)) token.expiresAt = nowOf(state)
}

/** `fresh`: somebody else refreshed, the list has the good one. `dead`: it lists one that is refused. `empty`: none. */
export const breakRefreshToken = (state: WechatState, merchant: Merchant, listed: 'fresh' | 'dead' | 'empty'): void => {
  const { grant } = merchant
  if (grant === undefined) return
  const former = grant.refreshToken
  rotateRefreshToken(state, grant)
  grant.formerRefreshTokens.clear()
  if (listed === 'dead') grant.listedRefreshToken = former ?? newRefreshToken()
  if (listed === 'empty') grant.listedRefreshToken = ''
}

export const listSecrets = (state: WechatState): string[] => [
  state.settings.componentAppsecret,
  state.settings.token,
  state.settings.encodingAesKey,
  ...state.tickets.map(({ value }) => value),
  ...state.accessTokens.keys(),
  ...state.refreshTokensIssued,
  ...state.codes.keys(),
  ...state.sessionKeys,
]
