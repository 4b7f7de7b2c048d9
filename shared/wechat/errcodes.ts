/** The errcodes that more than one part of the code decides by. */
export const errcodes = {
  accountNotAuthorized: 61003,
  addressNotAllowed: 61004,
  scanRunning: 61039,
  underReview: 85009,
  noOnlineVersion: 85079,
  reviewQuotaUsedUp: 85085,
} as const

/** One state, by all its errcodes: each page of the documentation has one of them, and another may be what comes. */
export const saying = {
  noAudit: [85058, 85019, 85012],
  noCode: [86000, 86001, 85086],
  noTemplate: [85064, 85014],
  noTester: [85001, 89034],
  /** A version, a gray release or a service is in another state than this step needs: it may have been done before. */
  otherState: [85019, 85020, 85021, 85052, 85079, 85080, 85082],
  /** Server domains have the first, web-view domains the others; to be deleted and not there counts too. */
  domainsUnchanged: [85017, 89019, 89022],
  domainsNotOnPlatform: [85018, 89020, 89021],
} as const satisfies Readonly<Record<string, readonly number[]>>
