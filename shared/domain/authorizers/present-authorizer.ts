import { authorizer } from '../answers.ts'
import { present } from '../present.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { describeStatus } from './account-status.ts'
import { missingSets } from './authorizers.ts'
import { liveVersionOf } from './live-versions.ts'

/** An authorizer as callers see it: no secret. */
export const presentAuthorizer = (record: Authorizer) =>
  present(authorizer(), {
    ...record,
    missing: missingSets(record),
    accountStatus: describeStatus(record.accountStatus),
    live: liveVersionOf(record),
  })
