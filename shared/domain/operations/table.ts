import type { OperationTable } from '../operation.ts'

/**
 * Everything that can be asked for, by noun: functions, API, clients and documentation come from this list. A call loads the noun that
 * it names and no other.
 */
const nouns = {
  bindings: async () => (await import('./bindings.ts')).bindingOperations,
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
