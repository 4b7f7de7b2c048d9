import { errcodeOf, isFailure, type Failure } from '../../errors.ts'
import { accounts } from '../../wechat/endpoints/accounts.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { domains } from '../../wechat/endpoints/domains.ts'
import { noCategory } from './audit-items.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { hostOf } from '../miniprograms/domain-names.ts'
import type { PlatformLists } from '../miniprograms/platform-domains.ts'
import type { Platform } from '../platform.ts'
import { missingPrivacyKeys, readPrivacy } from '../miniprograms/privacy.ts'
import { latestAudit } from './release-audits.ts'
import { underReview } from './release-states.ts'
import type { Authorizer } from '../stores/authorizers.ts'
import type { ReleaseRecord } from '../stores/releases.ts'

/** What would fail, and what to do first. */
export interface PreflightProblem {
  readonly code: string
  readonly message: string
  readonly hint: string
}

export interface Account {
  readonly platform: Platform
  readonly authorizer: Authorizer
  /** Newest first. */
  readonly releases: readonly ReleaseRecord[]
  readonly template: { readonly id: number; readonly version: string } | undefined
  /** Of the platform; read once for all accounts. */
  readonly serverDomains: () => Promise<PlatformLists>
}

type Check = (account: Account) => Promise<readonly PreflightProblem[]>

const none: readonly PreflightProblem[] = []

export const toProblem = ({ code: name, message, hint }: Failure): PreflightProblem => ({
  code: name,
  message,
  hint: hint ?? 'See the documentation of this code. 请查看该错误码的说明。',
})

const category: Check = async ({ platform, authorizer: { appid } }) => {
  const { category_list: list } = await callForAuthorizer(platform, appid, code.categories, {})
  return list.length > 0 ? none : [{ ...toProblem(noCategory()), code: 'CATEGORY_MISSING' }]
}

/** WeChat's own word: also submissions that were made elsewhere stand in the way. */
const audit: Check = async ({ platform, authorizer: { appid }, releases }) => {
  const waiting = releases.find((release) => release.state === 'submitting' || underReview.includes(release.state))
  const problem = underReviewProblem(await latestAudit(platform, appid), waiting)
  return problem ? [problem] : none
}

export function underReviewProblem(
  latest: Awaited<ReturnType<typeof latestAudit>>,
  waiting: ReleaseRecord | undefined,
): PreflightProblem | undefined {
  const UNDER_REVIEW: readonly number[] = [2, 4]
  const isUnderReview = latest ? UNDER_REVIEW.includes(latest.status) : false
  if (!isUnderReview && waiting?.state !== 'submitting') return undefined
  const version = latest?.user_version ?? waiting?.version
  return {
    code: 'CONFLICT',
    message: `${version ? `Version ${version}` : 'A version'} is under review`,
    hint: 'Wait for the result, or call releases.withdraw. 请等待审核结果，或先撤回。',
  }
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
): PreflightProblem[] {
  const problems: PreflightProblem[] = []
  if (keys.length > 0)
    problems.push({
      code: 'PRIVACY_INCOMPLETE',
      message: `The privacy guideline lacks ${keys.join(', ')}, which the code uses`,
      hint: `Add ${keys.join(', ')} to settingList with miniprograms.setPrivacy. 请在用户隐私保护指引中补充。`,
    })
  if (code.undeclared.length > 0)
    problems.push({
      code: 'PRIVATE_INFO_UNDECLARED',
      message: `The code uses ${code.undeclared.join(', ')} without declaring it`,
      hint: 'Name it in extJson.requiredPrivateInfos and commit again, or submit with privacyApiNotUse. 请在 requiredPrivateInfos 中声明。',
    })
  if (code.ungranted.length > 0)
    problems.push({
      code: 'PRIVATE_INFO_NOT_GRANTED',
      message: `WeChat has not granted ${code.ungranted.join(', ')} to this mini program`,
      hint: 'Apply for it (wechat.call /wxa/security/apply_privacy_interface), or submit with privacyApiNotUse. 请先申请接口权限。',
    })
  return problems
}

/** While WeChat scans (61039), or nothing is committed, there is nothing to say yet. */
const nothingToSay: readonly number[] = [61039, 86000, 86001]

async function readCodePrivacy(platform: Platform, appid: string) {
  try {
    return await readScan(platform, appid)
  } catch (error) {
    if (nothingToSay.includes(errcodeOf(error) ?? 0)) return { ungranted: [], undeclared: [] }
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
  const [levels, { published, testing }] = await Promise.all([
    callForAuthorizer(platform, appid, domains.effectiveServer, {}),
    serverDomains(),
  ])
  const listOf = (level: typeof levels.mp_domain): string[] => [
    ...new Set(serverKinds.flatMap((kind) => level?.[kind] ?? [])),
  ]
  const third = listOf(levels.third_domain)
  const listed = new Set([...published, ...testing])
  const unlisted = [...new Set(third.map(hostOf))].filter((host) => !listed.has(host))
  const kept = new Set([...third, ...listOf(levels.direct_domain)])
  const lost = currentRelease ? [] : listOf(levels.mp_domain).filter((domain) => !kept.has(domain))
  const problems: PreflightProblem[] = []
  if (unlisted.length > 0)
    problems.push({
      code: 'DOMAIN_NOT_ON_PLATFORM',
      message: `Not on the platform's own list of domains: ${unlisted.join(', ')}`,
      hint: 'An owner adds them with platform.setServerDomains. 请先把域名加入第三方平台。',
    })
  if (lost.length > 0)
    problems.push({
      code: 'DOMAIN_LOST_AT_RELEASE',
      message: `Set on mp.weixin.qq.com only, where the first release ends it: ${lost.join(', ')}`,
      hint: 'Add them with miniprograms.setServerDomains before the release. 首次发布后商户自行配置的域名会失效，请先用 miniprograms.setServerDomains 添加。',
    })
  return problems
}

/** Only where the merchant lets us see it. */
const profile: Check = async ({ platform, authorizer: { appid, funcInfo } }) => {
  if (!(accounts.basicInfo.permissionSets ?? []).some((set) => funcInfo.includes(set))) return none
  const info = await callForAuthorizer(platform, appid, accounts.basicInfo, {})
  const empty = [
    ...(info.nickname === '' || info.nickname_info?.nickname === '' ? ['name (名称)'] : []),
    ...(info.head_image_info?.head_image_url === '' ? ['picture (头像)'] : []),
    ...(info.signature_info?.signature === '' ? ['introduction (简介)'] : []),
  ]
  if (empty.length === 0) return none
  return [
    {
      code: 'PROFILE_INCOMPLETE',
      message: `The mini program has no ${empty.join(', ')}`,
      hint: 'The merchant sets it on mp.weixin.qq.com. 请商户在微信公众平台补全。',
    },
  ]
}

/** Nothing is sent twice: this very version is online, or only waits for its release. */
const version: Check = async ({ platform, authorizer: { appid, currentRelease }, releases, template }) => {
  if (!template) return none
  const approved = releases.find((release) => release.state === 'approved' && release.templateId === template.id)
  if (approved)
    return [
      {
        code: 'ALREADY_APPROVED',
        message: `Version ${approved.version} of this template is approved already`,
        hint: 'Call releases.release. 该版本已审核通过，可直接发布。',
      },
    ]
  const isLive = currentRelease
    ? currentRelease.templateId === template.id
    : template.version !== '' && (await onlineVersion(platform, appid)) === template.version
  if (!isLive) return none
  return [
    {
      code: 'ALREADY_LIVE',
      message: `Version ${currentRelease?.version ?? template.version} of this template is live already`,
      hint: 'Nothing to do. 无需操作。',
    },
  ]
}

const onlineVersion = async (platform: Platform, appid: string): Promise<string | undefined> =>
  (await callForAuthorizer(platform, appid, code.versions, {})).release_info?.release_version ?? undefined

const everything: readonly Check[] = [category, audit, privacy, domainLists, profile, version]

/** Everything at once; a question that WeChat does not answer is a problem of its own. */
export async function runChecks(account: Account): Promise<PreflightProblem[]> {
  const found = await Promise.all(
    everything.map(async (check) => {
      try {
        return await check(account)
      } catch (error) {
        if (!isFailure(error)) throw error
        return [toProblem(error)]
      }
    }),
  )
  const problems = found.flat()
  // Several checks may meet the same trouble.
  return problems.filter(({ message }, index) => problems.findIndex((other) => other.message === message) === index)
}
