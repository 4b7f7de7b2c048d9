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
  confirmations: async () => (await import('./confirmations.ts')).confirmationOperations,
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

const merged = async (all: Readonly<Record<string, () => Promise<OperationTable>>>): Promise<OperationTable> =>
  Object.assign({}, ...(await Promise.all(Object.values(all).map((load) => load()))))

/** Those that stand for no single endpoint of WeChat's. */
export const ownOperations = (): Promise<OperationTable> => merged(nouns)

export const directoryOperations = async (): Promise<OperationTable> =>
  merged((await import('./directory.ts')).directoryNouns)

/** All of them: for descriptions. */
export const allOperations = async (): Promise<OperationTable> => ({
  ...(await ownOperations()),
  ...(await directoryOperations()),
})
