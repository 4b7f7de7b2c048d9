import { operationsOf, type DirectoryOperations } from '../directory.ts'

/** Named, so that declarations need not spell out what it answers. */
interface Loading<M> {
  (): Promise<DirectoryOperations<M>>
}

const rows =
  <M extends object>(load: () => Promise<M>): Loading<M> =>
  async () =>
    operationsOf(await load())

const account = rows(() => import('../../wechat/directory/account.ts'))
const domains = rows(() => import('../../wechat/directory/domains.ts'))
const filings = rows(() => import('../../wechat/directory/filings.ts'))
const violations = rows(() => import('../../wechat/directory/violations.ts'))
const privacy = rows(() => import('../../wechat/directory/privacy.ts'))
const connections = rows(() => import('../../wechat/directory/connections.ts'))
const quotas = rows(() => import('../../wechat/directory/quotas.ts'))
const commerce = rows(() => import('../../wechat/directory/commerce.ts'))

/** Nouns of WeChat's directory: rows of endpoints that are operations by themselves. */
export const directoryNouns = {
  names: account,
  pictures: account,
  introductions: account,
  searches: account,
  dataPrefetches: account,
  orderPaths: account,
  materials: rows(() => import('../../wechat/directory/materials.ts')),
  categories: rows(() => import('../../wechat/directory/categories.ts')),
  filings,
  verifications: filings,
  violations,
  appeals: violations,
  registrations: rows(() => import('../../wechat/directory/registrations.ts')),
  codePrivacy: rows(() => import('../../wechat/endpoints/code.ts')),
  baseLibraries: rows(() => import('../../wechat/directory/code.ts')),
  effectiveDomains: rows(() => import('../../wechat/endpoints/domains.ts')),
  platformDomains: rows(() => import('../../wechat/endpoints/platform-domains.ts')),
  developmentDomains: domains,
  prefetchDomains: domains,
  confirmFiles: domains,
  privacyInterfaces: privacy,
  privacyTexts: privacy,
  plugins: connections,
  followedAccounts: connections,
  linkedAccounts: connections,
  openAccounts: connections,
  halfScreens: connections,
  qrRules: connections,
  diagnostics: rows(() => import('../../wechat/directory/diagnostics.ts')),
  shoppingOrders: commerce,
  logistics: commerce,
  liveStreams: commerce,
  market: commerce,
  ads: rows(() => import('../../wechat/directory/advertising.ts')),
  analytics: rows(() => import('../../wechat/directory/analytics.ts')),
  cloud: rows(() => import('../../wechat/directory/cloud.ts')),
  sharedCloud: rows(() => import('../../wechat/directory/shared-cloud.ts')),
  hosting: rows(() => import('../../wechat/directory/hosting.ts')),
  options: quotas,
  quotas,
  addresses: quotas,
  callbackChecks: quotas,
}
