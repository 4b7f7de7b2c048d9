import { Failure, isFailure, refusedWith } from '../../errors.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { saying } from '../../wechat/errcodes.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import type { Platform } from '../platform.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** `status` of a submission. */
export const APPROVED = 0

/** The newest audit of the account, whoever submitted it. */
export async function latestAudit(platform: Platform, appid: string) {
  try {
    return await callForAuthorizer(platform, appid, audits.latest, {})
  } catch (error) {
    if (refusedWith(error, saying.noAudit)) return undefined
    throw error
  }
}

/** The number of the newest audit that is known without asking. */
export function knownAudit(releases: readonly ReleaseRecord[]): number | undefined {
  const known = releases.flatMap(({ auditId, auditBaseline }) => auditId ?? auditBaseline ?? [])
  return known.length > 0 ? Math.max(...known) : undefined
}

/** A question that fails tells nothing. */
export async function auditIfTold(platform: Platform, appid: string) {
  try {
    return await latestAudit(platform, appid)
  } catch (error) {
    if (isFailure(error)) return undefined
    throw error
  }
}

/** The newest submission, where it is another hand's; undefined: it is this release, or WeChat does not say. */
async function otherAudit(platform: Platform, { appid, auditId }: ReleaseRecord) {
  if (auditId === undefined) return undefined
  const latest = await auditIfTold(platform, appid)
  return latest && latest.auditid !== auditId
    ? { version: latest.user_version ?? '', status: latest.status }
    : undefined
}

/** The version that another hand submitted since. */
export const otherSubmission = async (platform: Platform, release: ReleaseRecord): Promise<string | undefined> =>
  (await otherAudit(platform, release))?.version

/**
 * WeChat publishes, and shows to a part of the users, what was submitted last, by whatever name we ask, once it is approved. The version of
 * another hand that this may have been.
 */
export async function otherShown(platform: Platform, release: ReleaseRecord): Promise<string | undefined> {
  const other = await otherAudit(platform, release)
  return other?.status === APPROVED ? other.version : undefined
}

export const otherReleased = ({ version }: ReleaseRecord, other: string): Failure =>
  new Failure('OTHER_VERSION_RELEASED', { params: { other, version } })
