import type { OperationTable } from '../operation.ts'
import { adminOperations } from './admins.ts'
import { authorizerOperations } from './authorizers.ts'
import { bindingOperations } from './bindings.ts'
import { miniprogramOperations } from './miniprograms.ts'
import { platformOperations } from './platform.ts'
import { releaseOperations } from './releases.ts'
import { rolloutOperations } from './rollouts.ts'
import { subscriptionOperations } from './subscriptions.ts'
import { templateOperations } from './templates.ts'
import { wechatOperations } from './wechat.ts'

/** Everything that can be asked for: functions, API and documentation come from this table. */
export const operations: OperationTable = {
  ...bindingOperations,
  ...authorizerOperations,
  ...templateOperations,
  ...platformOperations,
  ...miniprogramOperations,
  ...releaseOperations,
  ...rolloutOperations,
  ...wechatOperations,
  ...subscriptionOperations,
  ...adminOperations,
}
