import { databaseTime, newestFirst, type Platform } from '../platform.ts'
import { SECOND, type EpochMs } from '../../time.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import { auditChange } from './audit-verdicts.ts'
import { isAuditOnline, type CodeSays, type LatestAudit, type Version } from './read-versions.ts'

/* Versions that somebody else put there. WeChat tells when and what they are called: neither their template nor their ext_json. */

/** Between two releases that are counted there is room for so many others, and more where these are told late. */
const STEP = 2 ** -20

/** WeChat tells whole seconds: within one, what has been in review here is the older, and what has not may have been committed since. */
const isBefore = ({ createdAt, auditId }: ReleaseRecord, at: EpochMs): boolean =>
  createdAt <= at || (auditId !== undefined && createdAt < at + SECOND)

/** Where one of this time stands among the others, which are given newest first. */
function numberAt(releases: readonly ReleaseRecord[], at: EpochMs): number {
  const place = releases.findIndex((release) => isBefore(release, at))
  const below = place === -1 ? Math.max(0, (releases.at(-1)?.number ?? 1) - 1) : (releases[place]?.number ?? 0)
  const above = releases.at(place === -1 ? -1 : place - 1)
  const isTop = place === 0 || releases.length === 0
  return isTop || !above ? below + STEP : Math.min(below + STEP, (below + above.number) / 2)
}

/** What is online and stands in no record. Its name is what it is, so that whoever finds it too finds it there. */
export function newOnline(
  platform: Platform,
  appid: string,
  says: CodeSays & { readonly online: Version },
  releases: readonly ReleaseRecord[],
): ReleaseRecord {
  const { online, audit } = says
  const submittedAt = isAuditOnline(says) ? audit?.submitted?.at : undefined
  const releaseId =
    isAuditOnline(says) && audit
      ? idOfAudit(appid, audit)
      : `${appid}-online-${online.at ?? encodeURIComponent(online.version)}`
  return {
    ...newRecord(platform, appid, releaseId, online, submittedAt ?? online.at, releases),
    ...(isAuditOnline(says) && audit && { auditId: audit.auditId }),
    ...(submittedAt !== undefined && { submittedAt }),
    releasedAt: online.at ?? databaseTime(platform),
    state: 'released',
  }
}

/** What was submitted and stands in no record. */
export function newAudited(
  platform: Platform,
  appid: string,
  audit: LatestAudit & { readonly submitted: Version },
  releases: readonly ReleaseRecord[],
): ReleaseRecord {
  const { auditId, submitted } = audit
  const fresh: ReleaseRecord = {
    ...newRecord(platform, appid, idOfAudit(appid, audit), submitted, submitted.at, releases),
    auditId,
    submittedAt: submitted.at ?? databaseTime(platform),
    state: 'auditing',
  }
  const { state = fresh.state, reason, screenshots, auditedAt } = auditChange(fresh, audit, databaseTime(platform))
  return {
    ...fresh,
    state,
    ...(reason && { reason }),
    ...(screenshots && { screenshots }),
    ...(auditedAt && { auditedAt }),
  }
}

const idOfAudit = (appid: string, { auditId }: LatestAudit): string => `${appid}-audit-${auditId}`

function newRecord(
  platform: Platform,
  appid: string,
  releaseId: string,
  { version, description }: Version,
  at: EpochMs | undefined,
  releases: readonly ReleaseRecord[],
): Omit<ReleaseRecord, 'state'> {
  const now = databaseTime(platform)
  const createdAt = at ?? now
  const number = numberAt(releases, createdAt)
  return { releaseId, appid, number, version, description, revision: 1, createdAt, updatedAt: now }
}

/** False where somebody else found it first. */
export const insertElsewhere = (platform: Platform, release: ReleaseRecord): Promise<boolean> =>
  platform.stores.releases.insert(release, newestFirst(platform), null)
