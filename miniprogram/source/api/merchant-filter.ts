export type MerchantStatus = 'active' | 'reauthorize' | 'revoked'

let next: MerchantStatus | '' | undefined

/** What the list of merchants shows when it is next seen; pages of the tab bar take no parameters. */
export const filterMerchants = (status: MerchantStatus | ''): void => {
  next = status
}

/** What was asked for, once. */
export function takeFilter(): MerchantStatus | '' | undefined {
  const wanted = next
  next = undefined
  return wanted
}
