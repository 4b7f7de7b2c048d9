import type { OperationTable } from '../operation.ts'
import { adminOperations } from './admins.ts'
import { authorizerOperations } from './authorizers.ts'
import { bindingOperations } from './bindings.ts'
import { platformOperations } from './platform.ts'
import { releaseOperations } from './releases.ts'
import { templateOperations } from './templates.ts'

/** Everything that can be asked for: functions, API and documentation come from this table. */
export const operations: OperationTable = {
  ...bindingOperations,
  ...authorizerOperations,
  ...templateOperations,
  ...platformOperations,
  ...releaseOperations,
  ...adminOperations,
}
