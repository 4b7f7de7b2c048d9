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
