import { type Language } from './language.ts'
import { inLanguage } from './sentences.ts'

interface Words {
  readonly zh: readonly [title: string, cure?: string]
  readonly en: readonly [title: string, cure?: string]
}

/** What the codes of preflight and of a rollout mean, and what to do on these pages. Default cure: the hint that came with it. */
const known: Readonly<Record<string, Words>> = {
  NOT_FOUND: {
    zh: ['还没有授权平台', '把授权链接发给商户，授权后重试。'],
    en: ['Has not authorized the platform', 'Send the merchant an invite link, then retry.'],
  },
  REAUTHORIZATION_REQUIRED: {
    zh: ['需要商户重新授权', '在商户页生成授权链接发给商户，授权后重试。'],
    en: ['Has to authorize again', "Make an invite link on the merchant's page and send it, then retry."],
  },
  NOT_A_MINI_PROGRAM: {
    zh: ['公众号，不能发布代码', '不用处理，会自动跳过。'],
    en: ['An official account, takes no code', 'Nothing to do, it is left out.'],
  },
  ALREADY_LIVE: {
    zh: ['这个版本已经在线上', '不用处理。'],
    en: ['This version is live already', 'Nothing to do.'],
  },
  ALREADY_APPROVED: {
    zh: ['这个版本已过审，待发布', '到这家商户的发布页直接发布。'],
    en: ['This version is approved already', "Release it on the merchant's release page."],
  },
  CATEGORY_MISSING: {
    zh: ['没有服务类目', '请商户在微信公众平台添加服务类目。'],
    en: ['Has no category', 'The merchant adds one on mp.weixin.qq.com.'],
  },
  UNDER_REVIEW: {
    zh: ['有版本正在审核', '等审核结果，或到这家商户的发布页撤回。'],
    en: ['A version is under review', "Wait for the result, or withdraw it on the merchant's release page."],
  },
  SUPERSEDED: {
    zh: ['被另一次提交取代', '点「重试」重新上传这个版本。'],
    en: ['Another version was committed since', '"Retry" commits this one again.'],
  },
  PRIVACY_INCOMPLETE: {
    zh: ['隐私保护指引不完整', '在商户页的「隐私」里补充。'],
    en: ['Privacy guideline is incomplete', "Add it on the merchant's page, Privacy."],
  },
  PRIVATE_INFO_UNDECLARED: {
    zh: ['用到的地理位置接口没有声明'],
    en: ['Private interfaces are not declared'],
  },
  PRIVATE_INFO_NOT_GRANTED: {
    zh: ['地理位置接口没有开通'],
    en: ['Private interfaces are not granted'],
  },
  DOMAIN_NOT_ON_PLATFORM: {
    zh: ['域名不在平台的列表里', '在「设置」的平台域名里添加。'],
    en: ["A domain is not on the platform's list", 'Add it at Settings, platform domains.'],
  },
  DOMAIN_LOST_AT_RELEASE: {
    zh: ['首次发布会丢失商户自己的域名', '先在商户页的「域名」里添加。'],
    en: ['The first release would end a domain', "Add it on the merchant's page, Domains, first."],
  },
  PROFILE_INCOMPLETE: {
    zh: ['名称、头像或简介没有填'],
    en: ['Name, picture or introduction is empty'],
  },
  QUOTA_EXCEEDED: {
    zh: ['本月审核额度不够', '额度恢复后自动继续；也可以在微信第三方平台申请临时额度。'],
    en: [
      'Not enough review quota this month',
      'It goes on when quota returns; WeChat grants more for a while on request.',
    ],
  },
  REJECTED: {
    zh: ['审核被驳回', '按审核意见修改后重新提交。'],
    en: ['Rejected by the reviewer', 'Mend what the reviewer names, then submit again.'],
  },
  ROLLOUT_PAUSED: {
    zh: ['失败太多，已自动暂停', '看看下面失败和被驳回的商户，处理后点「重试」；不想处理就点「继续」。'],
    en: [
      'Paused by itself: too many failures',
      'Look at those below that failed or were rejected; "Retry" after a fix, or "Resume" as it is.',
    ],
  },
  WECHAT_REJECTED: { zh: ['微信拒绝了请求'], en: ['WeChat refused the request'] },
  WECHAT_UNAVAILABLE: { zh: ['微信暂时没有响应'], en: ['WeChat does not answer at the moment'] },
  INVALID_ARGUMENT: { zh: ['内容有误'], en: ['Something is wrong in it'] },
  INTERNAL: { zh: ['出错了'], en: ['Something broke'] },
  TICKET_MISSING: { zh: ['平台缺少票据'], en: ['The platform has no ticket'] },
}

/** A conflict is one of two things, which only its message tells apart. */
const kindOf = ({ code, message }: Problem): string => {
  if (code !== 'CONFLICT') return code
  return message.includes('under review') ? 'UNDER_REVIEW' : message.includes('committed') ? 'SUPERSEDED' : code
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
}

/** A problem of a merchant or of a rollout for people to read. Without a title the message has to do. */
export const explainProblem = (
  problem: Problem,
  language: Language,
): { readonly title: string | undefined; readonly seen: string; readonly cure: string | undefined } => {
  const { message, hint } = problem
  const [title, cure] = known[kindOf(problem)]?.[language] ?? []
  return {
    title,
    seen: inLanguage(language, message),
    cure: cure ?? (hint === undefined ? undefined : inLanguage(language, hint)),
  }
}
