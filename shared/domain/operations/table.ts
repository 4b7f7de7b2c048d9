import type { OperationTable } from '../operation.ts'

/** Nouns of WeChat's directory: rows of endpoints that are operations by themselves. */
const directory =
  <M extends object>(load: () => Promise<M>) =>
  async () => {
    const [{ operationsOf }, rows] = await Promise.all([import('../directory.ts'), load()])
    return operationsOf(rows)
  }

/**
 * Everything that can be asked for, by noun: functions, API, clients and documentation come from this list. A call loads the noun that
 * it names and no other.
 */
const nouns = {
  bindings: async () => (await import('./bindings.ts')).bindingOperations,
  invites: async () => (await import('./bindings.ts')).bindingOperations,
  authorizers: async () => (await import('./authorizers.ts')).authorizerOperations,
  tokens: async () => (await import('./authorizers.ts')).authorizerOperations,
  templates: async () => (await import('./templates.ts')).templateOperations,
  platform: async () => (await import('./platform.ts')).platformOperations,
  problems: async () => (await import('./platform.ts')).platformOperations,
  miniprograms: async () => (await import('./miniprograms.ts')).miniprogramOperations,
  releases: async () => (await import('./releases.ts')).releaseOperations,
  rollouts: async () => (await import('./rollouts.ts')).rolloutOperations,
  wechat: async () => (await import('./wechat.ts')).wechatOperations,
  events: async () => (await import('./platform.ts')).platformOperations,
  subscriptions: async () => (await import('./subscriptions.ts')).subscriptionOperations,
  admins: async () => (await import('./admins.ts')).adminOperations,
  apiKeys: async () => (await import('./admins.ts')).adminOperations,
  activity: async () => (await import('./platform.ts')).platformOperations,
  names: directory(() => import('../../wechat/endpoints/accounts.ts')),
  pictures: directory(() => import('../../wechat/endpoints/accounts.ts')),
  introductions: directory(() => import('../../wechat/endpoints/accounts.ts')),
  searches: directory(() => import('../../wechat/endpoints/accounts.ts')),
  categories: directory(() => import('../../wechat/endpoints/categories.ts')),
  options: directory(() => import('../../wechat/endpoints/authorizers.ts')),
  filings: directory(() => import('../../wechat/endpoints/filings.ts')),
  verifications: directory(() => import('../../wechat/endpoints/filings.ts')),
  violations: directory(() => import('../../wechat/endpoints/filings.ts')),
  appeals: directory(() => import('../../wechat/endpoints/filings.ts')),
  plugins: directory(() => import('../../wechat/endpoints/plugins.ts')),
  followedAccounts: directory(() => import('../../wechat/endpoints/follow.ts')),
  openAccounts: directory(() => import('../../wechat/endpoints/open-accounts.ts')),
  orderPaths: directory(() => import('../../wechat/endpoints/order-paths.ts')),
  confirmFiles: directory(() => import('../../wechat/endpoints/domains.ts')),
  prefetchDomains: directory(() => import('../../wechat/endpoints/domains.ts')),
  baseLibraries: directory(() => import('../../wechat/endpoints/releases.ts')),
  privacyInterfaces: directory(() => import('../../wechat/endpoints/privacy.ts')),
  codePrivacy: directory(() => import('../../wechat/endpoints/code.ts')),
  registrations: directory(() => import('../../wechat/endpoints/registrations.ts')),
  cloud: directory(() => import('../../wechat/endpoints/messages.ts')),
  quotas: directory(() => import('../../wechat/endpoints/quotas.ts')),
  addresses: directory(() => import('../../wechat/endpoints/quotas.ts')),
}

type Tables = Awaited<ReturnType<(typeof nouns)[keyof typeof nouns]>>
type All<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer A) => void ? A : never

/** Every operation by its name, as a type. */
export type Operations = All<Tables>

const isNoun = (word: string): word is keyof typeof nouns => Object.hasOwn(nouns, word)

/** A table that holds this operation if there is one of this name. */
export async function tableOf(operation: unknown): Promise<OperationTable> {
  const [noun = ''] = typeof operation === 'string' ? operation.split('.') : []
  return isNoun(noun) ? nouns[noun]() : {}
}

/** All of them: for descriptions. */
export async function allOperations(): Promise<OperationTable> {
  const tables = await Promise.all(Object.values(nouns).map((load): Promise<OperationTable> => load()))
  return Object.assign({}, ...tables)
}
