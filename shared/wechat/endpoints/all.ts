/** Every row, for documentation and the simulator. Use cases import the one subject they need. */
import * as account from '../directory/account.ts'
import * as advertising from '../directory/advertising.ts'
import * as analytics from '../directory/analytics.ts'
import * as categories from '../directory/categories.ts'
import * as cloud from '../directory/cloud.ts'
import * as baseLibraries from '../directory/code.ts'
import * as commerce from '../directory/commerce.ts'
import * as connections from '../directory/connections.ts'
import * as diagnostics from '../directory/diagnostics.ts'
import * as domainFiles from '../directory/domains.ts'
import * as filings from '../directory/filings.ts'
import * as hosting from '../directory/hosting.ts'
import * as materials from '../directory/materials.ts'
import * as privacyInterfaces from '../directory/privacy.ts'
import * as quotas from '../directory/quotas.ts'
import * as registrations from '../directory/registrations.ts'
import * as sharedCloud from '../directory/shared-cloud.ts'
import * as violations from '../directory/violations.ts'
import { accounts } from './accounts.ts'
import { audits } from './audits.ts'
import { authorizers } from './authorizers.ts'
import { code } from './code.ts'
import { domains } from './domains.ts'
import type { Endpoint } from './endpoint.ts'
import { messages } from './messages.ts'
import { platformDomains } from './platform-domains.ts'
import { privacy } from './privacy.ts'
import { releases } from './releases.ts'
import { templates } from './templates.ts'
import { testers } from './testers.ts'
import { tokens } from './tokens.ts'

export const allEndpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  tokens,
  authorizers,
  templates,
  code,
  audits,
  releases,
  platformDomains,
  domains,
  privacy,
  accounts,
  testers,
  messages,
  ...account,
  ...materials,
  ...categories,
  ...baseLibraries,
  ...domainFiles,
  ...privacyInterfaces,
  ...filings,
  ...violations,
  ...registrations,
  ...connections,
  ...diagnostics,
  ...quotas,
  ...commerce,
  ...advertising,
  ...analytics,
  ...cloud,
  ...sharedCloud,
  ...hosting,
}

/** `[subject.name, row]`, in the order of WeChat's directory. */
export const listEndpoints = (): [string, Endpoint][] =>
  Object.entries(allEndpoints).flatMap(([subject, rows]) =>
    Object.entries(rows).map(([name, row]): [string, Endpoint] => [`${subject}.${name}`, row]),
  )
