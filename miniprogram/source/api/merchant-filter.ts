export type MerchantStatus = 'active' | 'reauthorize' | 'revoked'

let wished: MerchantStatus | '' | undefined

/** What the list of merchants shows when it is next seen; pages of the tab bar take no parameters. */
export const wishMerchants = (status: MerchantStatus | ''): void => {
  wished = status
}

/** The wish, once. */
export function takeWish(): MerchantStatus | '' | undefined {
  const wish = wished
  wished = undefined
  return wish
}
