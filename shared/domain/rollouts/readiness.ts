import { isErrorCode, isRetryable } from '../../error-codes.ts'
import { errcodeOf, isFailure } from '../../errors.ts'
import { problemOf, type KeptProblem } from '../../notice.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { itemOf, noCategory, type Item } from '../releases/submission-items.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { standingOf } from '../authorizers/account-status.ts'
import { missingSets } from '../authorizers/authorizers.ts'
import { filingProblem } from '../authorizers/notice-problems.ts'
import { liveVersionOf } from '../authorizers/live-versions.ts'
import type { Platform } from '../platform.ts'
import { isSameVersion, privacyProblems, readScan, underReviewProblem } from '../releases/preflight-checks.ts'
import { missingPrivacyKeys, readPrivacy } from '../miniprograms/privacy.ts'
import { latestAudit } from '../releases/latest-audit.ts'
import { underReview } from '../releases/release-states.ts'
import type { Account } from './page.ts'
import type { RolloutRecord } from '../stores/rollouts.ts'

/** What WeChat said of an account that is ready; undefined where it gave no answer: the submission asks again. */
export interface Ready {
  readonly item: Item | undefined
  /** The newest audit before ours. */
  readonly auditBaseline: number | undefined
}

export type Readiness = { readonly problem: KeptProblem } | Ready

/** Whether an account is to be sent this version. Two questions to WeChat, one where an earlier audit is known. */
export async function readinessOf(platform: Platform, rollout: RolloutRecord, account: Account): Promise<Readiness> {
  const problem = storedProblem(rollout, account)
  if (problem) return { problem }
  const standing = standingOf(account.authorizer?.accountStatus)
  if (standing) return { problem: { code: standing, params: {} } }
  const { item, releases } = account
  const [category, audit] = await Promise.all([
    answerOf(() => readCategory(platform, item.appid)),
    answerOf(() => readAudits(platform, account)),
  ])
  for (const answer of [category, audit]) if (answer && 'problem' in answer) return answer
  const known = releases.flatMap(({ auditId, auditBaseline }) => auditId ?? auditBaseline ?? [])
  const latest = audit && 'latest' in audit ? audit.latest : undefined
  return {
    item: category && 'item' in category ? category.item : undefined,
    auditBaseline: latest ?? (known.length > 0 ? Math.max(...known) : undefined),
  }
}

/** What no call is needed for. Never spends quota on what is live already. */
function storedProblem(rollout: RolloutRecord, { authorizer }: Account): KeptProblem | undefined {
  if (!authorizer) return { code: 'ACCOUNT_UNKNOWN', params: {} }
  const { status } = authorizer
  const missing = missingSets(authorizer)
  const live = liveVersionOf(authorizer)
  if (status !== 'active')
    return { code: status === 'revoked' ? 'AUTHORIZATION_WITHDRAWN' : 'AUTHORIZATION_NOT_ACCEPTED', params: {} }
  if (authorizer.accountType !== 'miniprogram') return { code: 'NOT_A_MINI_PROGRAM', params: {} }
  if (missing.length > 0) return { code: 'PERMISSION_SET_MISSING', params: { sets: missing.map(String) } }
  const filing = filingProblem(authorizer)
  if (filing) return filing
  if (live?.version === rollout.version && isSameVersion(live, { id: rollout.templateId, version: rollout.version }))
    return { code: 'ALREADY_LIVE', params: { version: rollout.version } }
  return undefined
}

/** A question that WeChat does not answer stops nothing: the submission itself will tell. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T | { readonly problem: KeptProblem } | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (!isFailure(error)) throw error
    const { code: name } = error
    if (name === 'WECHAT_REJECTED' || (isErrorCode(name) && isRetryable(name))) return undefined
    return { problem: problemOf(error) }
  }
}

async function readCategory(platform: Platform, appid: string): Promise<Readiness | { readonly item: Item }> {
  const [category] = (await callForAuthorizer(platform, appid, code.categories, {})).category_list
  return category ? { item: itemOf(category) } : { problem: problemOf(noCategory()) }
}

/** WeChat's own word, where an earlier audit is not known or may still run. */
async function readAudits(
  platform: Platform,
  { item, releases }: Account,
): Promise<{ readonly latest: number | undefined } | { readonly problem: KeptProblem }> {
  const waiting = releases.find(({ state }) => state === 'submitting' || underReview.includes(state))
  const isKnown = releases.some(({ auditId, auditBaseline }) => auditId !== undefined || auditBaseline !== undefined)
  if (isKnown && !waiting) return { latest: undefined }
  const latest = await latestAudit(platform, item.appid)
  const problem = underReviewProblem(latest, waiting)
  return problem ? { problem } : { latest: latest?.auditid ?? 0 }
}

/** Templates whose code asks for no private information: seen with the first account, the same for all. */
export interface TemplateFacts {
  usesNoPrivateKeys: boolean
}

/** What WeChat's scan of the code in trial says: nothing while it runs, else what stands in the way of a submission. */
export async function scanOf(
  platform: Platform,
  appid: string,
  facts: TemplateFacts,
): Promise<'running' | KeptProblem | undefined> {
  try {
    const scan = await readScan(platform, appid)
    const setting = facts.usesNoPrivateKeys ? undefined : await readPrivacy(platform, appid, 2)
    if (setting?.code_exist === 1 && setting.privacy_list?.length === 0) facts.usesNoPrivateKeys = true
    return privacyProblems(setting ? missingPrivacyKeys(setting) : [], scan)[0]
  } catch (error) {
    if (errcodeOf(error) === errcodes.scanRunning) return 'running'
    if (!isFailure(error)) throw error
    return undefined
  }
}
