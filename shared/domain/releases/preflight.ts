import { forEachConcurrently } from '../../concurrency.ts'
import { Failure, isFailure } from '../../errors.ts'
import { noticeOf, problemOf, type KeptProblem, type Notice } from '../../notice.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { standingOf } from '../authorizers/account-status.ts'
import { assertCallable, callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { platformServerList, type PlatformLists } from '../miniprograms/platform-domains.ts'
import { runChecks, type Account } from './preflight-checks.ts'
import type { Platform } from '../platform.ts'
import { recentReleases } from './release-records.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import { readTemplates, unknownTemplate } from './templates.ts'

interface PreflightItem {
  readonly appid: string
  readonly ready: boolean
  readonly problems: readonly Notice[]
}

/** Accounts at once; each is asked about in six ways. */
const WIDTH = 8

/** Whatever would fail on the way to the users, per account, asked before anything is sent. */
export async function preflight(
  platform: Platform,
  appids: readonly string[],
  templateId: number | undefined,
): Promise<{ items: readonly PreflightItem[] }> {
  const asked = [...new Set(appids)]
  const [authorizers, { template, problems: shared }] = await Promise.all([
    platform.stores.authorizers.findMany(asked),
    findTemplate(platform, templateId),
  ])
  const known = new Map(authorizers.map((authorizer) => [authorizer.appid, authorizer]))
  const serverDomains = onceOnly(() => platformServerList.read(platform))
  const found = new Map<string, readonly KeptProblem[]>()
  await forEachConcurrently(asked, WIDTH, async (appid) => {
    const authorizer = known.get(appid)
    found.set(appid, authorizer ? await look(platform, authorizer, template, serverDomains) : [unknownAccount])
  })
  const quota = await quotaLeft(platform, authorizers)
  let left = quota.left
  const items = asked.map((appid): PreflightItem => {
    const own = [...(found.get(appid) ?? []), ...shared]
    if (own.length === 0) left -= 1
    const problems = left < 0 || quota.left <= 0 ? [...own, quotaUsedUp(quota.left)] : own
    return { appid, ready: problems.length === 0, problems: problems.map((problem) => noticeOf(problem)) }
  })
  return { items }
}

async function look(
  platform: Platform,
  authorizer: Authorizer,
  template: Account['template'],
  serverDomains: () => Promise<PlatformLists>,
): Promise<readonly KeptProblem[]> {
  const { appid, accountType } = authorizer
  if (accountType !== 'miniprogram') return [notMiniProgram]
  const standing = standingOf(authorizer.accountStatus)
  if (standing) return [{ code: standing, params: {} }]
  try {
    // Status, token and permission set; without these nothing else can be asked.
    await assertCallable(platform, appid, code.commit)
    const releases = await recentReleases(platform, appid)
    return await runChecks({ platform, authorizer, releases, template, serverDomains })
  } catch (error) {
    if (isFailure(error)) return [problemOf(error)]
    platform.log.error('an account could not be looked at', { appid, reason: error })
    return [problemOf(new Failure('BUG', { cause: error }))]
  }
}

const unknownAccount: KeptProblem = { code: 'ACCOUNT_UNKNOWN', params: {} }

const notMiniProgram: KeptProblem = { code: 'NOT_A_MINI_PROGRAM', params: {} }

const quotaUsedUp = (left: number): KeptProblem =>
  left <= 0 ? { code: 'REVIEW_QUOTA_USED_UP', params: {} } : { code: 'REVIEW_QUOTA_TOO_SMALL', params: { left } }

async function findTemplate(
  platform: Platform,
  templateId: number | undefined,
): Promise<{ template: Account['template']; problems: readonly KeptProblem[] }> {
  if (templateId === undefined) return { template: undefined, problems: [] }
  try {
    const found = (await readTemplates(platform)).find((template) => template.template_id === templateId)
    if (!found) return { template: undefined, problems: [problemOf(unknownTemplate(templateId))] }
    return { template: { id: templateId, version: found.user_version ?? '' }, problems: [] }
  } catch (error) {
    if (!isFailure(error)) throw error
    return { template: undefined, problems: [problemOf(error)] }
  }
}

/** The quota is the whole platform's: the first account that can be asked answers for all. */
async function quotaLeft(platform: Platform, authorizers: readonly Authorizer[]): Promise<{ left: number }> {
  const unknown = { left: Number.MAX_SAFE_INTEGER }
  const [set] = audits.quota.permissionSets
  const asked = authorizers.find(
    ({ status, funcInfo }) => status === 'active' && set !== undefined && funcInfo.includes(set),
  )
  if (!asked) return unknown
  try {
    return { left: (await callForAuthorizer(platform, asked.appid, audits.quota, {})).rest }
  } catch (error) {
    platform.log.warn('the review quota could not be read', { appid: asked.appid, reason: error })
    return unknown
  }
}

/** A failure is remembered too: every account says the same then. */
const onceOnly = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let reading: Promise<T> | undefined
  return () => (reading ??= read())
}
