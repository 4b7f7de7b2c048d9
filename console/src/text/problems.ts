import type { ProblemKind } from '../../../shared/domain/problems/problem-codes.ts'
import { type Language } from './language.ts'
import { inLanguage } from './sentences.ts'

interface Words {
  readonly title: string
  /** Default: the hint that came with the problem. */
  readonly cure?: string
}

/** What an operator may have to take care of; a problem that has no words here does not compile. */
const words: Readonly<Record<ProblemKind, Readonly<Record<Language, Words>>>> = {
  TICKET_OVERDUE: {
    zh: {
      title: '微信没有推送票据',
      cure: '请核对「设置 › 微信配置」里的授权事件接收 URL、Token 与 Key，再运行 npm run doctor 逐项排查。',
    },
    en: {
      title: 'WeChat pushes no ticket',
      cure: 'Compare the URL for authorization events, the token and the key with Settings › WeChat, then run npm run doctor.',
    },
  },
  TOKENS_OVERDUE: {
    zh: { title: '令牌刷新跟不上' },
    en: { title: 'Tokens are refreshed too late' },
  },
  COMPONENT_TOKEN_FAILING: {
    zh: { title: '平台令牌刷新失败' },
    en: { title: 'The platform’s own token cannot be renewed' },
  },
  TOKEN_FAILING: {
    zh: { title: '商户令牌刷新失败' },
    en: { title: 'A merchant’s token cannot be renewed' },
  },
  TOKEN_REPLACED_ELSEWHERE: {
    zh: { title: '另有系统在刷新令牌' },
    en: { title: 'Another system refreshes tokens' },
  },
  ACCOUNT_CLOSED: {
    zh: { title: '小程序帐号已注销' },
    en: { title: 'The account was closed' },
  },
  ACCOUNT_BANNED: {
    zh: { title: '小程序帐号被封禁' },
    en: { title: 'The account is banned' },
  },
  ACCOUNT_FROZEN: {
    zh: { title: '小程序帐号被冻结' },
    en: { title: 'The account is frozen' },
  },
  ACCOUNT_WARNED: {
    zh: { title: '小程序帐号被警告' },
    en: { title: 'The account was warned' },
  },
  ADDRESS_NOT_ALLOWED: {
    zh: { title: '出口 IP 不在微信白名单' },
    en: { title: 'The address is not on WeChat’s whitelist' },
  },
  REAUTHORIZATION_REQUIRED: {
    zh: { title: '需要商户重新授权', cure: '请把授权链接发给商户，由其管理员重新授权一次。' },
    en: {
      title: 'The merchant has to authorize again',
      cure: 'Send the merchant the invite link; its administrator authorizes once more.',
    },
  },
  AUTHORIZATION_LOST: {
    zh: { title: '授权没有完成', cure: '请把授权链接发给商户，由其管理员重新授权一次。' },
    en: {
      title: 'An authorization was lost',
      cure: 'Send the merchant the invite link; its administrator authorizes once more.',
    },
  },
  BINDING_CONFLICT: {
    zh: {
      title: '绑定冲突',
      cure: '如果确实要换绑，先在商户页解除原来的绑定，再重新邀请；或调用 bindings.bind 并设 replace: true。',
    },
    en: {
      title: 'Two bindings contradict each other',
      cure: 'If the move is wanted, end the former binding on the merchant’s page and invite again, or call bindings.bind with replace: true.',
    },
  },
  SUBSCRIPTION_FAILING: {
    zh: { title: '订阅投递失败', cure: '请检查业务服务器的回调地址。事件保留 3 天，恢复后按顺序补发。' },
    en: {
      title: 'A subscription is failing',
      cure: 'Look after the business server. Events are kept for 3 days and sent in order once it accepts again.',
    },
  },
  SUBSCRIPTION_SWITCHED_OFF: {
    zh: { title: '订阅已被停用', cure: '修好业务服务器后，在「设置 › 订阅」里发送测试并重新启用。' },
    en: {
      title: 'A subscription was switched off',
      cure: 'Repair the business server, then send a test and switch it on again at Settings › Subscriptions.',
    },
  },
  ROLLOUT_PAUSED: {
    zh: { title: '批量发布已自动暂停', cure: '查看失败明细，处理后重试。' },
    en: { title: 'A rollout paused by itself', cure: 'Look at what failed, mend the cause, then try again.' },
  },
}

const isKind = (kind: string): kind is ProblemKind => Object.hasOwn(words, kind)

const LINK = /https?:\/\/\S+\/auth\/start\?\S+/

interface Told {
  readonly title: string
  /** What was seen, and what to do. */
  readonly details: string
  /** For the merchant, where only the merchant can help. */
  readonly inviteUrl: string | undefined
}

/** Code, message and hint of `platform.status` for people to read. */
export const tellProblem = (
  { code, message, hint }: { readonly code: string; readonly message: string; readonly hint: string },
  language: Language,
): Told => {
  const [kind = ''] = code.split(':')
  const { title, cure } = isKind(kind) ? words[kind][language] : { title: kind }
  const inviteUrl = LINK.exec(hint)?.[0]
  const seen = inLanguage(language, message)
  const details = [seen, cure ?? inLanguage(language, hint)].filter(Boolean).join(language === 'zh' ? '' : ' ')
  return { title, details, inviteUrl }
}
