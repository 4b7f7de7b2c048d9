import type { DemoMerchant, DemoState } from './demo-api.ts'

export type BrokenThing = 'tickets' | 'quota' | 'wechat' | 'whitelist' | 'business'

/** What a visitor broke and has not cured. */
export const brokenThings = ({ tickets, quota, wechat, business }: DemoState): readonly BrokenThing[] => [
  ...(tickets.running ? [] : (['tickets'] as const)),
  ...(quota.left <= 0 ? (['quota'] as const) : []),
  ...(wechat.down ? (['wechat'] as const) : []),
  ...(wechat.whitelistClosed ? (['whitelist'] as const) : []),
  ...(business.down ? (['business'] as const) : []),
]

/** Bound to a business, and of no use until its merchant authorizes again. */
export const isLost = ({ businessId, standing, can, accountType }: DemoMerchant): boolean =>
  businessId !== undefined &&
  (standing === 'reauthorize' ||
    standing === 'revoked' ||
    (standing === 'active' && accountType === 'miniprogram' && !can.includes('withholdDevelopment')))

/** A business number that nobody has: `shop-` and the next number after those in use. */
export const nextBusiness = ({ merchants, invited }: DemoState): string => {
  const used = [...invited, ...merchants].flatMap(({ businessId }) => (businessId === undefined ? [] : [businessId]))
  const numbers = used.map((business) => Number(/^shop-(\d+)$/.exec(business)?.[1] ?? 0))
  return `shop-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
}

/** Which business an account would be scanned for: its own, the one that invited it by name, else a new one. */
export const likelyBusiness = (state: DemoState, { businessId, nickName }: DemoMerchant): string =>
  businessId ?? state.invited.find(({ shopName }) => shopName === nickName)?.businessId ?? nextBusiness(state)

/** Those who have an open invitation come first, then those who never authorized: they are what a visitor looks for. */
export const byExpectation = ({ merchants, invited }: DemoState): readonly DemoMerchant[] => {
  const rank = ({ authorized, businessId, nickName }: DemoMerchant): number => {
    if (authorized) return 3
    if (businessId !== undefined) return 2
    return invited.some(({ shopName }) => shopName === nickName) ? 0 : 1
  }
  return merchants.toSorted((one, other) => rank(one) - rank(other))
}
