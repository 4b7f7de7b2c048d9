import type { ErrorCode } from '../error-codes.ts'
import type { Told } from './language.ts'

export interface Explanation {
  readonly title: Told
  readonly cause: Told
  readonly cure: Told
}

const again: Told = {
  zh: '请重新打开服务商发来的授权链接，再试一次。',
  en: 'Open the link from your service provider again and retry.',
}

const later: Told = {
  zh: '请一分钟后刷新本页；如仍不成功，请联系服务商。',
  en: 'Reload this page in a minute. If it still fails, tell your service provider.',
}

const tell: Told = { zh: '请把本页截图发给服务商处理。', en: 'Send your service provider a screenshot of this page.' }

const notNow: Told = { zh: '暂时无法完成', en: 'Not possible just now' }

const provider: Told = { zh: '服务商的系统需要处理', en: 'Your service provider has to look into this' }

/** What a merchant reads for each code: what happened, and what to do. */
export const explanations: Readonly<Record<ErrorCode, Explanation>> = {
  INVALID_ARGUMENT: {
    title: { zh: '链接无效或已过期', en: 'This link is not valid, or has expired' },
    cause: {
      zh: '链接不完整、已过期，或不是在当初打开它的浏览器中继续的。',
      en: 'The link is incomplete, has expired, or was continued in a browser other than the one it was opened in.',
    },
    cure: {
      zh: '请向服务商索取新的授权链接，并在同一个浏览器中完成授权。',
      en: 'Ask your service provider for a new link, and finish the authorization in the same browser.',
    },
  },
  UNAUTHENTICATED: {
    title: notNow,
    cause: { zh: '无法确认您的身份。', en: 'It is not clear who you are.' },
    cure: again,
  },
  PERMISSION_DENIED: {
    title: { zh: '无法这样打开', en: 'This cannot be opened this way' },
    cause: { zh: '此页面只能在浏览器中打开。', en: 'This page opens in a browser only.' },
    cure: again,
  },
  NOT_FOUND: {
    title: { zh: '授权未完成', en: 'The authorization was not completed' },
    cause: { zh: '该账号尚未授权给服务商平台。', en: 'The account has not authorized the platform.' },
    cure: again,
  },
  CONFLICT: {
    title: { zh: '账号未绑定', en: 'The account was not bound' },
    cause: {
      zh: '该账号或该业务已有其他绑定，系统不会自动更改。',
      en: 'The account or the business is bound already, and a binding is never changed automatically.',
    },
    cure: {
      zh: '如果您授权的不是想要的账号，请重新打开授权链接；如确需更换绑定，请联系服务商。',
      en: 'If you chose the wrong account, open the link again. To change the binding, contact your service provider.',
    },
  },
  TICKET_MISSING: {
    title: notNow,
    cause: {
      zh: '服务商平台尚未收到微信的验证票据，通常十分钟内恢复。',
      en: 'The platform has not received WeChat’s ticket yet; this usually takes no more than ten minutes.',
    },
    cure: later,
  },
  REAUTHORIZATION_REQUIRED: {
    title: { zh: '需要重新授权', en: 'Please authorize once more' },
    cause: {
      zh: '授权已被取消，或没有勾选所需的权限。',
      en: 'The authorization was withdrawn, or a required permission was not ticked.',
    },
    cure: again,
  },
  QUOTA_EXCEEDED: {
    title: notNow,
    cause: { zh: '微信的调用次数暂时用完了。', en: 'WeChat’s quota is used up for the moment.' },
    cure: later,
  },
  WECHAT_REJECTED: {
    title: { zh: '授权未完成', en: 'The authorization was not completed' },
    cause: { zh: '微信没有接受此次授权。', en: 'WeChat did not accept this authorization.' },
    cure: again,
  },
  WECHAT_UNAVAILABLE: {
    title: { zh: '尚未完成，请稍候', en: 'Not finished yet' },
    cause: {
      zh: '授权仍在处理中，或微信暂时没有响应。',
      en: 'The authorization is still being completed, or WeChat does not answer just now.',
    },
    cure: {
      zh: '请稍后刷新本页，重复刷新不会造成重复授权。',
      en: 'Reload this page in a moment. Reloading does no harm.',
    },
  },
  STORAGE_UNAVAILABLE: {
    title: notNow,
    cause: { zh: '服务商平台的数据库暂时没有响应。', en: 'The platform’s database does not answer just now.' },
    cure: later,
  },
  CONFIG_INVALID: {
    title: provider,
    cause: { zh: '服务商平台的配置有误。', en: 'The platform is not configured correctly.' },
    cure: tell,
  },
  INTERNAL: {
    title: provider,
    cause: { zh: '服务商平台内部出错。', en: 'Something went wrong inside the platform.' },
    cure: tell,
  },
}
