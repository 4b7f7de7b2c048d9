import type { OperationTable } from '../operation.ts'

/** Where the operations of each noun are defined: a call loads those it may ask for, and no others. */
const groups: Readonly<Record<string, () => Promise<OperationTable>>> = {
  activity: async () => (await import('./platform.ts')).platformOperations,
  apiKeys: async () => (await import('./admins.ts')).adminOperations,
  admins: async () => (await import('./admins.ts')).adminOperations,
  authorizers: async () => (await import('./authorizers.ts')).authorizerOperations,
  bindings: async () => (await import('./bindings.ts')).bindingOperations,
  events: async () => (await import('./platform.ts')).platformOperations,
  miniprograms: async () => (await import('./miniprograms.ts')).miniprogramOperations,
  platform: async () => (await import('./platform.ts')).platformOperations,
  releases: async () => (await import('./releases.ts')).releaseOperations,
  rollouts: async () => (await import('./rollouts.ts')).rolloutOperations,
  subscriptions: async () => (await import('./subscriptions.ts')).subscriptionOperations,
  templates: async () => (await import('./templates.ts')).templateOperations,
  tokens: async () => (await import('./authorizers.ts')).authorizerOperations,
  wechat: async () => (await import('./wechat.ts')).wechatOperations,
}

/** A table that holds this operation if there is one of this name. */
export async function tableOf(operation: unknown): Promise<OperationTable> {
  const [noun = ''] = typeof operation === 'string' ? operation.split('.') : []
  return Object.hasOwn(groups, noun) ? ((await groups[noun]?.()) ?? {}) : {}
}
