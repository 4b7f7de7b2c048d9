import { putGrant } from '../grants.ts'
import { createMerchant } from '../merchants.ts'
import type { Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { rotateRefreshToken } from '../tokens.ts'

interface QuietGrant {
  readonly appid: string
  readonly refreshToken?: string
}

export const grantQuietly = (
  state: WechatState,
  merchant: Merchant,
  funcInfo: readonly number[] | undefined,
  exchanged: boolean,
): QuietGrant => {
  const { grant } = putGrant(state, merchant, funcInfo ?? merchant.defaultSets)
  return { appid: merchant.appid, ...(exchanged ? { refreshToken: rotateRefreshToken(state, grant) } : {}) }
}

export const createManyMerchants = (state: WechatState, count: number, granted: boolean): QuietGrant[] =>
  Array.from({ length: count }, () => {
    const merchant = createMerchant(state)
    return granted ? grantQuietly(state, merchant, undefined, true) : { appid: merchant.appid }
  })
