/** Every row, for documentation, the simulator and calls by path. Use cases import the one subject they need. */
import { accounts } from './accounts.ts'
import { audits } from './audits.ts'
import { authorizers } from './authorizers.ts'
import { categories } from './categories.ts'
import { code } from './code.ts'
import { domains } from './domains.ts'
import type { Endpoint } from './endpoint.ts'
import { filings } from './filings.ts'
import { follow } from './follow.ts'
import { messages } from './messages.ts'
import { openAccounts } from './open-accounts.ts'
import { orderPaths } from './order-paths.ts'
import { platformDomains } from './platform-domains.ts'
import { plugins } from './plugins.ts'
import { privacy } from './privacy.ts'
import { quotas } from './quotas.ts'
import { registrations } from './registrations.ts'
import { releases } from './releases.ts'
import { templates } from './templates.ts'
import { testers } from './testers.ts'
import { tokens } from './tokens.ts'

export const allEndpoints = {
  tokens,
  authorizers,
  quotas,
  templates,
  code,
  audits,
  releases,
  platformDomains,
  domains,
  privacy,
  accounts,
  categories,
  testers,
  plugins,
  follow,
  orderPaths,
  openAccounts,
  registrations,
  filings,
  messages,
} satisfies Record<string, Record<string, Endpoint>>

/** `[subject.name, row]`, in the order of the reference. */
export const listEndpoints = (): [string, Endpoint][] =>
  Object.entries(allEndpoints).flatMap(([subject, rows]) =>
    Object.entries(rows).map(([name, row]): [string, Endpoint] => [`${subject}.${name}`, row]),
  )

/** Some paths have several rows, one for each action. */
export const endpointsAt = (method: string, path: string): Endpoint[] =>
  listEndpoints()
    .map(([, row]) => row)
    .filter((row) => row.method === method && row.path === path)
