import type { OperationTable } from '../operation.ts'
import type { directoryNouns } from './directory.ts'

/**
 * Everything that can be asked for, by noun: functions, API, clients and documentation come from this list, and from that of WeChat's
 * directory. A call loads the noun that it names and no other.
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
  sessions: async () => (await import('./sessions.ts')).sessionOperations,
  activity: async () => (await import('./platform.ts')).platformOperations,
}

type Tables = Awaited<ReturnType<(typeof nouns)[keyof typeof nouns]>>
type DirectoryTables = Awaited<ReturnType<(typeof directoryNouns)[keyof typeof directoryNouns]>>
type All<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer A) => void ? A : never

/** Every operation by its name, as a type. */
export type Operations = All<Tables> & All<DirectoryTables>

const isNoun = <N extends object>(table: N, word: string): word is Extract<keyof N, string> =>
  Object.hasOwn(table, word)

/** A table that holds this operation if there is one of this name. */
export async function tableOf(operation: unknown): Promise<OperationTable> {
  const [noun = ''] = typeof operation === 'string' ? operation.split('.') : []
  if (isNoun(nouns, noun)) return nouns[noun]()
  const { directoryNouns: others } = await import('./directory.ts')
  return isNoun(others, noun) ? others[noun]() : {}
}

/** All of them: for descriptions. */
export async function allOperations(): Promise<OperationTable> {
  const { directoryNouns: others } = await import('./directory.ts')
  const tables = [...Object.values(nouns), ...Object.values(others)].map((load): Promise<OperationTable> => load())
  return Object.assign({}, ...(await Promise.all(tables)))
}
