import type { ErrorCode } from '../error-codes.ts'
import type { Told } from './language.ts'

/** What a code means where nothing more is known than it. */
export const codeWords = {
  INVALID_ARGUMENT: { zh: '填写有误', en: 'Something is filled in wrongly' },
  UNAUTHENTICATED: { zh: '没有有效的登录身份', en: 'Not signed in' },
  PERMISSION_DENIED: { zh: '没有这项权限', en: 'Not allowed' },
  NOT_FOUND: { zh: '没有找到', en: 'Not found' },
  CONFLICT: { zh: '当前状态不允许', en: 'Not possible in the present state' },
  TICKET_MISSING: { zh: '缺少可用的 ticket', en: 'No usable ticket' },
  REAUTHORIZATION_REQUIRED: { zh: '需要商户重新授权', en: 'The merchant has to authorize again' },
  QUOTA_EXCEEDED: { zh: '额度已用完', en: 'A quota is used up' },
  WECHAT_REJECTED: { zh: '微信拒绝了请求', en: 'WeChat refused the request' },
  WECHAT_UNAVAILABLE: { zh: '微信暂时没有应答', en: 'WeChat did not answer' },
  STORAGE_UNAVAILABLE: { zh: '数据库暂时不可用', en: 'The database was not available' },
  CONFIG_INVALID: { zh: '平台配置有误', en: 'The platform is misconfigured' },
  INTERNAL: { zh: '平台内部出错', en: 'The platform failed' },
} as const satisfies Readonly<Record<ErrorCode, Told>>
