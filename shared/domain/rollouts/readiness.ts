import { isErrorCode, isRetryable } from '../../error-codes.ts'
import { errcodeOf, isFailure } from '../../errors.ts'
import { problemOf, type KeptProblem } from '../../notice.ts'
import { errcodes } from '../../wechat/errcodes.ts'
import { firstCategory, type Item } from '../releases/submission-items.ts'
import { standingOf } from '../authorizers/account-status.ts'
import { missingSets } from '../authorizers/authorizers.ts'
import { filingProblem } from '../authorizers/notice-problems.ts'
import { liveVersionOf } from '../authorizers/live-versions.ts'
import type { Platform } from '../platform.ts'
import {
  isSameVersion,
  privacyProblems,
  readAudit,
  readScan,
  waitingIn,
  type Audit,
} from '../releases/preflight-checks.ts'
import { missingPrivacyKeys, readPrivacy } from '../miniprograms/privacy.ts'
import { knownAudit } from '../releases/latest-audit.ts'
import type { Account } from './item-page.ts'
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
  const waiting = waitingIn(releases)
  const known = knownAudit(releases)
  // WeChat's own word, where an earlier audit is not known or may still run.
  const isAsked = known === undefined || waiting !== undefined
  const [category, audit]: [Answer<Item>, Answer<Audit>] = await Promise.all([
    answerOf(() => firstCategory(platform, item.appid)),
    isAsked ? answerOf(() => readAudit(platform, item.appid, waiting)) : {},
  ])
  const reason = category.problem ?? audit.problem ?? audit.told?.problem
  return reason ? { problem: reason } : { item: category.told, auditBaseline: audit.told?.latest ?? known }
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

interface Answer<T> {
  readonly told?: T
  readonly problem?: KeptProblem
}

/** A question that WeChat does not answer stops nothing: the submission itself will tell. */
async function answerOf<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { told: await ask() }
  } catch (error) {
    if (!isFailure(error)) throw error
    const { code: name } = error
    if (name === 'WECHAT_REJECTED' || (isErrorCode(name) && isRetryable(name))) return {}
    return { problem: problemOf(error) }
  }
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
