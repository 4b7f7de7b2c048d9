import { accountOperations } from './account.ts'
import { auditOperations } from './audits.ts'
import { authorizationOperations } from './authorization.ts'
import { categoryOperations } from './categories.ts'
import { codeOperations } from './code.ts'
import { componentTokenOperations } from './component-tokens.ts'
import { connectionOperations } from './connections.ts'
import { customerMessageOperations } from './customer-messages.ts'
import { diagnosticOperations } from './diagnostics.ts'
import { directoryOperations } from './directory-rows.ts'
import { filingOperations } from './filings.ts'
import { loginOperations } from './login.ts'
import { mediaOperations } from './media.ts'
import type { Operation } from './operation.ts'
import { platformDomainOperations } from './platform-domains.ts'
import { pluginOperations } from './plugins.ts'
import { privacyOperations } from './privacy.ts'
import { createQuotaOperations } from './quotas.ts'
import { registrationOperations } from './registrations.ts'
import { releaseOperations } from './releases.ts'
import { serverDomainOperations } from './server-domains.ts'
import { templateOperations } from './templates.ts'
import { testerOperations } from './testers.ts'
import { violationOperations } from './violations.ts'
import { webviewDomainOperations } from './webview-domains.ts'

/** Endpoints that remember something. */
export const ownOperations: readonly Operation[] = [
  ...componentTokenOperations,
  ...authorizationOperations,
  ...loginOperations,
  ...createQuotaOperations((path) => findOperation(path) !== undefined),
  ...templateOperations,
  ...codeOperations,
  ...mediaOperations,
  ...auditOperations,
  ...releaseOperations,
  ...platformDomainOperations,
  ...serverDomainOperations,
  ...webviewDomainOperations,
  ...privacyOperations,
  ...accountOperations,
  ...categoryOperations,
  ...testerOperations,
  ...pluginOperations,
  ...customerMessageOperations,
  ...registrationOperations,
  ...filingOperations,
  ...violationOperations,
  ...diagnosticOperations,
  ...connectionOperations,
]

/** Every endpoint that is simulated; all others answer 501. */
export const operations: readonly Operation[] = [
  ...ownOperations,
  ...directoryOperations(new Set(ownOperations.map(({ path }) => path))),
]

const byPath = new Map(operations.map((operation) => [operation.path, operation]))

export const findOperation = (path: string): Operation | undefined => byPath.get(path)
