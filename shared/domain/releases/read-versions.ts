import { fromUnixSeconds, type EpochMs } from '../../time.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { CLOCK_TOLERANCE_MS, type Platform } from '../platform.ts'
import { readGrayPlan, type GrayPlan } from './gray-plans.ts'
import { APPROVED, latestAudit } from './latest-audit.ts'
import { isAuditStatus } from './audit-verdicts.ts'

/* What WeChat says of a mini program's code, whoever put it there. */

export interface Version {
  readonly version: string
  readonly description: string
  readonly at?: EpochMs
}

/** The newest submission. */
export interface LatestAudit {
  readonly auditId: number
  readonly status: number
  readonly reason?: string | null | undefined
  readonly screenshot?: string | null | undefined
  /** Absent where WeChat does not tell what was submitted. */
  readonly submitted?: Version
}

export interface CodeSays {
  /** Absent where nothing is, or WeChat does not say. */
  readonly online?: Version
  readonly trial?: Version
  readonly audit?: LatestAudit
  /** Asked for where the newest submission is approved and not online. */
  readonly plan?: GrayPlan | undefined
}

/** Two questions, and one more where a version waits for its users. */
export async function readCode(platform: Platform, appid: string): Promise<CodeSays> {
  const [versions, audit] = await Promise.all([readVersions(platform, appid), readAudit(platform, appid)])
  const says: CodeSays = { ...versions, ...(audit && { audit }) }
  const isWaiting = audit?.status === APPROVED && !isAuditOnline(says)
  return isWaiting ? { ...says, plan: await readGrayPlan(platform, appid) } : says
}

export async function readVersions(platform: Platform, appid: string): Promise<Pick<CodeSays, 'online' | 'trial'>> {
  const { exp_info: trial, release_info: online } = await callForAuthorizer(platform, appid, code.versions, {})
  return {
    ...namedAs('online', online?.release_version, online?.release_desc, online?.release_time),
    ...namedAs('trial', trial?.exp_version, trial?.exp_desc, trial?.exp_time),
  }
}

async function readAudit(platform: Platform, appid: string): Promise<LatestAudit | undefined> {
  const latest = await latestAudit(platform, appid)
  if (!latest || !isAuditStatus(latest.status)) return undefined
  const { auditid: auditId, status, reason, screenshot } = latest
  const submitted = namedAs('submitted', latest.user_version, latest.user_desc, latest.submit_audit_time)
  return { auditId, status, reason, screenshot, ...submitted }
}

type Told<T> = T | null | undefined

function namedAs<N extends string>(
  name: N,
  version: Told<string>,
  description: Told<string>,
  seconds: Told<number>,
): { readonly [K in N]?: Version } {
  const at = seconds ? { at: fromUnixSeconds(seconds) } : {}
  const named: { [K in N]?: Version } = {}
  if (version) named[name] = { version, description: description ?? '', ...at }
  return named
}

/** The newest submission is what is online: it has its version, and nothing can have gone online before it was submitted. */
export const isAuditOnline = ({ online, audit }: CodeSays): boolean =>
  audit?.status === APPROVED &&
  online !== undefined &&
  online.version === audit.submitted?.version &&
  isNotBefore(online, audit.submitted.at)

/** As far as the times are known. */
export const isNotBefore = ({ at }: Version, since: EpochMs | undefined): boolean =>
  at === undefined || since === undefined || at >= since - CLOCK_TOLERANCE_MS
