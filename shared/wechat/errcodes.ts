/** The errcodes that more than one part of the code decides by. */
export const errcodes = {
  accountNotAuthorized: 61003,
  addressNotAllowed: 61004,
  scanRunning: 61039,
  underReview: 85009,
  reviewQuotaUsedUp: 85085,
} as const
