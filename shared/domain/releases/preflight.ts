import { forEachConcurrently } from '../../concurrency.ts'
import { Failure, isFailure } from '../../errors.ts'
import { noticeOf, problemOf, type KeptProblem, type Notice } from '../../notice.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { standingOf } from '../authorizers/account-status.ts'
import { assertCallable, callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { platformServerList, type PlatformLists } from '../miniprograms/platform-domains.ts'
import { runChecks } from './preflight-checks.ts'
import type { Platform } from '../platform.ts'
import { warningsBefore } from './comparison.ts'
import { findRead } from './daily-readings.ts'
import { recentReleases } from './release-records.ts'
import { groundOf, render, type CopyInput, type Ground } from './rendering.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

interface PreflightItem {
  readonly appid: string
  readonly ready: boolean
  readonly problems: readonly Notice[]
  readonly warnings: readonly Notice[]
}

export interface PreflightInput extends CopyInput {
  readonly appids: readonly string[]
  readonly templateId?: number | undefined
  /** Default: the template's. */
  readonly version?: string | undefined
}

interface Found {
  readonly problems: readonly KeptProblem[]
  readonly warnings?: readonly KeptProblem[]
}

/** Accounts at once; each is asked about in six ways. */
const WIDTH = 8

/** Whatever would fail on the way to the users, per account, asked before anything is sent. */
export async function preflight(
  platform: Platform,
  input: PreflightInput,
): Promise<{ items: readonly PreflightItem[] }> {
  const asked = [...new Set(input.appids)]
  const [authorizers, bindings, { ground, problems: shared }] = await Promise.all([
    findRead(platform, asked),
    platform.stores.bindings.ofAuthorizers(asked),
    findGround(platform, input),
  ])
  const known = new Map(authorizers.map((authorizer) => [authorizer.appid, authorizer]))
  const serverDomains = onceOnly(() => platformServerList.read(platform))
  const found = new Map<string, Found>()
  await forEachConcurrently(asked, WIDTH, async (appid) => {
    const authorizer = known.get(appid)
    const attributes = bindings.get(appid)?.attributes
    const look = authorizer && lookAt(platform, { authorizer, attributes, ground, input, serverDomains })
    found.set(appid, (await look) ?? { problems: [unknownAccount] })
  })
  const quota = await quotaLeft(platform, authorizers)
  let left = quota.left
  const items = asked.map((appid): PreflightItem => {
    const { problems: its = [], warnings = [] } = found.get(appid) ?? {}
    const own = [...its, ...shared]
    if (own.length === 0) left -= 1
    const problems = left < 0 || quota.left <= 0 ? [...own, quotaUsedUp(quota.left)] : own
    return {
      appid,
      ready: problems.length === 0,
      problems: problems.map((problem) => noticeOf(problem)),
      warnings: warnings.map((warning) => noticeOf(warning)),
    }
  })
  return { items }
}

interface Sight {
  readonly authorizer: Authorizer
  readonly attributes: Readonly<Record<string, string>> | undefined
  readonly ground: Ground | undefined
  readonly input: PreflightInput
  readonly serverDomains: () => Promise<PlatformLists>
}

async function lookAt(platform: Platform, sight: Sight): Promise<Found> {
  const { authorizer, ground, serverDomains } = sight
  const { appid, accountType } = authorizer
  if (accountType !== 'miniprogram') return { problems: [notMiniProgram] }
  const standing = standingOf(authorizer.accountStatus)
  if (standing) return { problems: [{ code: standing, params: {} }] }
  try {
    // Status, token and permission set; without these nothing else can be asked.
    await assertCallable(platform, appid, code.commit)
    const releases = await recentReleases(platform, appid)
    const template = ground && {
      id: ground.template.templateId,
      version: sight.input.version ?? ground.template.version,
      named: sight.input.version !== undefined,
    }
    const nothing: Found = { problems: [] }
    const [problems, compared] = await Promise.all([
      runChecks({ platform, authorizer, releases, template, serverDomains }),
      ground ? compareCopy(platform, sight, ground, releases) : nothing,
    ])
    return { problems: [...problems, ...compared.problems], warnings: compared.warnings ?? [] }
  } catch (error) {
    if (isFailure(error)) return { problems: [problemOf(error)] }
    platform.log.error('an account could not be looked at', { appid, reason: error })
    return { problems: [problemOf(new Failure('BUG', { cause: error }))] }
  }
}

/** What would be sent beside what is online. */
async function compareCopy(
  platform: Platform,
  { authorizer, attributes, input }: Sight,
  ground: Ground,
  releases: readonly ReleaseRecord[],
): Promise<Found> {
  const { templateId, version } = ground.template
  try {
    const rendering = render(ground, input, { appid: authorizer.appid, attributes, releases })
    const copy = { templateId, version: input.version ?? version, authorizer, releases, rendering }
    return { problems: [], warnings: await warningsBefore(platform, copy) }
  } catch (error) {
    if (!isFailure(error)) throw error
    return { problems: [problemOf(error)] }
  }
}

const unknownAccount: KeptProblem = { code: 'ACCOUNT_UNKNOWN', params: {} }

const notMiniProgram: KeptProblem = { code: 'NOT_A_MINI_PROGRAM', params: {} }

const quotaUsedUp = (left: number): KeptProblem =>
  left <= 0 ? { code: 'REVIEW_QUOTA_USED_UP', params: {} } : { code: 'REVIEW_QUOTA_TOO_SMALL', params: { left } }

async function findGround(
  platform: Platform,
  input: PreflightInput,
): Promise<{ ground?: Ground; problems: readonly KeptProblem[] }> {
  if (input.templateId === undefined) return { problems: [] }
  try {
    return { ground: await groundOf(platform, input.templateId, input), problems: [] }
  } catch (error) {
    if (!isFailure(error)) throw error
    return { problems: [problemOf(error)] }
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
