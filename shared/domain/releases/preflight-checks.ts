import { isFailure, refusedWith } from '../../errors.ts'
import { problemOf, type KeptProblem } from '../../notice.ts'
import { accounts } from '../../wechat/endpoints/accounts.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { domains } from '../../wechat/endpoints/domains.ts'
import { errcodes, saying } from '../../wechat/errcodes.ts'
import { firstCategory } from './submission-items.ts'
import { filingProblem } from '../authorizers/notice-problems.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { hostOf } from '../miniprograms/domain-form.ts'
import { listedHosts, type PlatformLists } from '../miniprograms/platform-domains.ts'
import type { Platform } from '../platform.ts'
import { missingPrivacyKeys, readPrivacy } from '../miniprograms/privacy.ts'
import { latestAudit } from './latest-audit.ts'
import { underReview } from './release-states.ts'
import { liveVersionOf } from '../authorizers/live-versions.ts'
import type { Authorizer, LiveVersion } from '../stores/authorizers.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

export interface Account {
  readonly platform: Platform
  readonly authorizer: Authorizer
  /** Newest first. */
  readonly releases: readonly ReleaseRecord[]
  /** `named`: the version is the caller's, so that the same template under another name is another version. */
  readonly template: { readonly id: number; readonly version: string; readonly named: boolean } | undefined
  /** Of the platform; read once for all accounts. */
  readonly serverDomains: () => Promise<PlatformLists>
}

type Check = (account: Account) => Promise<readonly KeptProblem[]>

const none: readonly KeptProblem[] = []

const category: Check = async ({ platform, authorizer: { appid } }) => {
  await firstCategory(platform, appid)
  return none
}

/** WeChat's own word: also submissions that were made elsewhere stand in the way. */
const audit: Check = async ({ platform, authorizer: { appid }, releases }) => {
  const { problem } = await readAudit(platform, appid, waitingIn(releases))
  return problem ? [problem] : none
}

/** What is, or may be, under review. */
export const waitingIn = (releases: readonly ReleaseRecord[]): ReleaseRecord | undefined =>
  releases.find(({ state }) => state === 'submitting' || underReview.includes(state))

const UNDER_REVIEW: readonly number[] = [2, 4]

export interface Audit {
  /** Its number, 0 where there is none. */
  readonly latest: number
  readonly problem?: KeptProblem
}

/** The newest audit, and whether it stands in the way. */
export async function readAudit(platform: Platform, appid: string, waiting: ReleaseRecord | undefined): Promise<Audit> {
  const audit = await latestAudit(platform, appid)
  const latest = audit?.auditid ?? 0
  if (!(audit && UNDER_REVIEW.includes(audit.status)) && waiting?.state !== 'submitting') return { latest }
  const version = audit?.user_version ?? waiting?.version
  return { latest, problem: { code: 'VERSION_UNDER_REVIEW', params: version ? { version } : {} } }
}

/** What WeChat found in the code that is in trial now; of another template's code that would tell nothing. */
const privacy: Check = async ({ platform, authorizer: { appid }, releases, template }) => {
  const trial = releases.find((release) => release.state !== 'failed')
  if (template && trial && trial.templateId !== template.id) return none
  const [setting, code] = await Promise.all([readPrivacy(platform, appid, 2), readCodePrivacy(platform, appid)])
  return privacyProblems(missingPrivacyKeys(setting), code)
}

/** `keys` are missing in the guideline; `code` is what WeChat's scan found. */
export function privacyProblems(
  keys: readonly string[],
  code: { readonly undeclared: readonly string[]; readonly ungranted: readonly string[] },
): KeptProblem[] {
  const problems: KeptProblem[] = []
  if (keys.length > 0) problems.push({ code: 'PRIVACY_INCOMPLETE', params: { keys } })
  if (code.undeclared.length > 0) problems.push({ code: 'PRIVATE_INFO_UNDECLARED', params: { keys: code.undeclared } })
  if (code.ungranted.length > 0) problems.push({ code: 'PRIVATE_INFO_NOT_GRANTED', params: { keys: code.ungranted } })
  return problems
}

/** While WeChat scans, or nothing is committed, there is nothing to say yet. */
const nothingToSay = [errcodes.scanRunning, ...saying.noCode]

async function readCodePrivacy(platform: Platform, appid: string) {
  try {
    return await readScan(platform, appid)
  } catch (error) {
    if (refusedWith(error, nothingToSay)) return { ungranted: [], undeclared: [] }
    throw error
  }
}

/** Private interfaces in the code in trial. Throws 61039 while WeChat still scans it. */
export async function readScan(platform: Platform, appid: string) {
  const { without_auth_list: ungranted, without_conf_list: undeclared } = await callForAuthorizer(
    platform,
    appid,
    code.privacyInfo,
    {},
  )
  return { ungranted: ungranted ?? [], undeclared: undeclared ?? [] }
}

const serverKinds = [
  'requestdomain',
  'wsrequestdomain',
  'uploaddomain',
  'downloaddomain',
  'udpdomain',
  'tcpdomain',
] as const

/** Domains that the platform no longer has, and those that the first release by the platform would end. */
const domainLists: Check = async ({ platform, authorizer: { appid, currentRelease }, serverDomains }) => {
  const [levels, lists] = await Promise.all([
    callForAuthorizer(platform, appid, domains.effectiveServer, {}),
    serverDomains(),
  ])
  const listOf = (level: typeof levels.mp_domain): string[] => [
    ...new Set(serverKinds.flatMap((kind) => level?.[kind] ?? [])),
  ]
  const third = listOf(levels.third_domain)
  const listed = new Set(listedHosts(lists))
  const isTold = lists.published !== undefined || lists.testing !== undefined
  const unlisted = isTold ? [...new Set(third.map(hostOf))].filter((host) => !listed.has(host)) : []
  const kept = new Set([...third, ...listOf(levels.direct_domain)])
  const lost = currentRelease ? [] : listOf(levels.mp_domain).filter((domain) => !kept.has(domain))
  const problems: KeptProblem[] = []
  if (unlisted.length > 0) problems.push({ code: 'DOMAIN_NOT_ON_PLATFORM', params: { domains: unlisted } })
  if (lost.length > 0) problems.push({ code: 'DOMAIN_LOST_AT_RELEASE', params: { domains: lost } })
  return problems
}

/** Only where the merchant lets us see it. */
const profile: Check = async ({ platform, authorizer: { appid, funcInfo } }) => {
  if (!(accounts.basicInfo.permissionSets ?? []).some((set) => funcInfo.includes(set))) return none
  const info = await callForAuthorizer(platform, appid, accounts.basicInfo, {})
  const empty = [
    ...(info.nickname === '' || info.nickname_info?.nickname === '' ? ['name'] : []),
    ...(info.head_image_info?.head_image_url === '' ? ['picture'] : []),
    ...(info.signature_info?.signature === '' ? ['introduction'] : []),
  ]
  return empty.length === 0 ? none : [{ code: 'PROFILE_INCOMPLETE', params: { lacks: empty } }]
}

/** Nothing is sent twice: this very version is online, or only waits for its release. */
const version: Check = ({ authorizer, releases, template }) =>
  Promise.resolve(liveProblems(authorizer, releases, template))

function liveProblems(
  authorizer: Authorizer,
  releases: readonly ReleaseRecord[],
  template: Account['template'],
): readonly KeptProblem[] {
  if (!template) return none
  const isAsked = ({ version }: { readonly version: string }): boolean =>
    !template.named || version === template.version
  const approved = releases.find(
    (release) => release.state === 'approved' && release.templateId === template.id && isAsked(release),
  )
  if (approved) return [{ code: 'ALREADY_APPROVED', params: { version: approved.version } }]
  const live = liveVersionOf(authorizer)
  return live && isAsked(live) && isSameVersion(live, template)
    ? [{ code: 'ALREADY_LIVE', params: { version: live.version } }]
    : none
}

/** What was released here is known by its template, what came from elsewhere by its name alone. */
export const isSameVersion = (
  { origin, templateId, version }: LiveVersion,
  target: { readonly id: number; readonly version: string },
): boolean => (origin === 'here' ? templateId === target.id : target.version !== '' && version === target.version)

/** By its events and the last weekly reading. */
const filing: Check = ({ authorizer }) => Promise.resolve([filingProblem(authorizer) ?? []].flat())

const everything: readonly Check[] = [filing, category, audit, privacy, domainLists, profile, version]

/** Everything at once; a question that WeChat does not answer is a problem of its own. */
export async function runChecks(account: Account): Promise<KeptProblem[]> {
  const found = await Promise.all(
    everything.map(async (check) => {
      try {
        return await check(account)
      } catch (error) {
        if (!isFailure(error)) throw error
        return [problemOf(error)]
      }
    }),
  )
  const problems = found.flat()
  // Several checks may meet the same trouble.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()]
}
