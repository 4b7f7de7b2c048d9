import type { Language, Told } from './language.ts'
import { roles } from './roles.ts'
import { states } from './states.ts'

type Terms = Readonly<Record<string, Told>>

/** Bundles of APIs that a merchant ticks while authorizing; the ids come back in `func_info`. */
export const permissionSets = {
  1: { zh: '消息管理', en: 'Messages of an official account' },
  2: { zh: '用户管理', en: 'Users of an official account' },
  3: { zh: '账号服务', en: 'Account information of an official account' },
  17: { zh: '获取小程序码', en: 'Mini program account' },
  18: { zh: '小程序开发与数据分析', en: 'Mini program development and analytics' },
  19: { zh: '小程序客服管理', en: 'Mini program customer service' },
  25: { zh: '开放平台账号管理', en: 'Open platform account' },
  27: { zh: '快速注册小程序', en: 'Registration of mini programs' },
  30: { zh: '小程序基本信息管理', en: 'Mini program name, picture and categories' },
  40: { zh: '小程序插件管理', en: 'Mini program plugins' },
  49: { zh: '小程序云开发管理', en: 'Cloud development' },
  81: { zh: '试用小程序快速认证', en: 'Verification of trial mini programs' },
  86: { zh: '小程序体验版二维码', en: 'Trial QR code of a mini program' },
  156: { zh: '小程序备案', en: 'ICP filing of a mini program' },
} as const satisfies Terms

const profile = {
  name: { zh: '名称', en: 'name' },
  picture: { zh: '头像', en: 'picture' },
  introduction: { zh: '简介', en: 'introduction' },
} as const satisfies Terms

const media = {
  picture: { zh: '图片', en: 'picture' },
  video: { zh: '视频', en: 'video' },
  voice: { zh: '语音', en: 'voice recording' },
  text: { zh: '文本', en: 'text' },
} as const satisfies Terms

const addressFlaw = {
  tooLong: { zh: '太长', en: 'it is too long' },
  notAbsolute: { zh: '不是完整的 https 地址', en: 'it is not a complete https address' },
  notHttps: { zh: '不是 https 地址', en: 'it is not an https address' },
  credentials: { zh: '含有用户名或密码', en: 'it holds a user name or password' },
  fragment: { zh: '含有 # 片段', en: 'it has a fragment (#)' },
  notPublic: { zh: '指向内网、本机或保留地址', en: 'it leads to a private, local or reserved address' },
} as const satisfies Terms

/** Steps of `processQueue`. */
const step = {
  clock: { zh: '读取数据库时间', en: 'reading the time of the database' },
  look: { zh: '查看待办', en: 'looking for what is due' },
  pushes: { zh: '处理微信推送', en: "handling WeChat's pushes" },
  problems: { zh: '巡检问题', en: 'looking for problems' },
  tickets: { zh: '检查 ticket', en: 'watching the tickets' },
  releases: { zh: '推进版本', en: 'advancing releases' },
  rollouts: { zh: '推进批量发布', en: 'advancing rollouts' },
  deliveries: { zh: '投递事件', en: 'delivering events' },
  links: { zh: '生成重新授权链接', en: 'making re-authorization links' },
  alerts: { zh: '发送告警', en: 'sending alerts' },
  sync: { zh: '与微信核对商户', en: 'comparing merchants with WeChat' },
  cleanUp: { zh: '清理过期数据', en: 'cleaning up' },
} as const satisfies Terms

const notice = {
  warned: { zh: '限期整改', en: 'correction required by a deadline' },
  functionsBlocked: { zh: '部分功能被封禁', en: 'functions blocked' },
  takenDown: { zh: '小程序被下架', en: 'taken down' },
  blocked: { zh: '账号被封禁', en: 'account blocked' },
  pageBlocked: { zh: '页面被封禁', en: 'page blocked' },
  violation: { zh: '违规记录', en: 'violation recorded' },
  verification: { zh: '微信认证到期', en: 'verification expiring' },
} as const satisfies Terms

const filing = {
  notFiled: { zh: '未备案', en: 'not applied for' },
  underReview: { zh: '审核中', en: 'under review' },
  refused: { zh: '被驳回', en: 'refused' },
} as const satisfies Terms

const accountKind = {
  store: { zh: '微信小店', en: 'WeChat store' },
  channels: { zh: '视频号', en: 'Channels account' },
  talent: { zh: '带货助手', en: "promoter's account" },
  supplier: { zh: '供货商', en: "supplier's account" },
  other: { zh: '其他类型的账号', en: 'other' },
} as const satisfies Terms

/** The words of values that texts name as `{name:kind}`. */
const kinds: Readonly<Record<string, Terms>> = {
  role: roles,
  permissionSet: permissionSets,
  profile,
  state: states,
  media,
  addressFlaw,
  accountKind,
  step,
  notice,
  filing,
}

/** WeChat's days are China's. */
const CHINA_MS = 8 * 3_600_000

/** A value in words; one that has none stands for itself. */
export function termOf(kind: string, value: string, language: Language): string {
  if (kind === 'day') return new Date(Date.parse(value) + CHINA_MS).toISOString().slice(0, 10)
  const term = kinds[kind]?.[value]?.[language]
  if (term === undefined) return value
  // Merchants look for the number on WeChat's page.
  return kind === 'permissionSet' ? `${term} (${value})` : term
}
