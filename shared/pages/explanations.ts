import type { ErrorCode } from '../error-codes.ts'

/** Chinese, English. */
export type Words = readonly [string, string]

export interface Explanation {
  readonly title: Words
  readonly cause: Words
  readonly cure: Words
}

const again: Words = [
  '请向服务商索取授权链接，重新打开后再试一次。',
  'Open the link from your service provider again and retry.',
]

const later: Words = [
  '请一分钟后刷新本页；如仍不成功，请联系服务商。',
  'Reload this page in a minute. If it still fails, tell your service provider.',
]

const tell: Words = ['请把本页截图发给服务商处理。', 'Send your service provider a picture of this page.']

const notNow: Words = ['暂时无法完成', 'Not possible just now']

const provider: Words = ['服务商的系统需要处理', 'Your service provider has to look into this']

/** What a merchant reads for each code: what happened, and what to do. */
export const explanations: Readonly<Record<ErrorCode, Explanation>> = {
  INVALID_ARGUMENT: {
    title: ['链接无效或已过期', 'This link is not valid, or has expired'],
    cause: [
      '链接不完整、已过期，或不是在当初打开它的浏览器中继续的。',
      'The link is incomplete, has expired, or was continued in another browser than the one it was opened in.',
    ],
    cure: [
      '请向服务商索取新的授权链接，并在同一个浏览器中完成授权。',
      'Ask your service provider for a new link, and finish in one and the same browser.',
    ],
  },
  UNAUTHENTICATED: { title: notNow, cause: ['无法确认您的身份。', 'It is not clear who you are.'], cure: again },
  PERMISSION_DENIED: {
    title: ['无法这样打开', 'This cannot be opened like this'],
    cause: ['此页面只能在浏览器中打开。', 'This page opens in a browser only.'],
    cure: again,
  },
  NOT_FOUND: {
    title: ['授权未完成', 'The authorization was not completed'],
    cause: ['该账号尚未授权给服务商平台。', 'The account has not authorized the platform.'],
    cure: again,
  },
  CONFLICT: {
    title: ['账号未绑定', 'The account was not bound'],
    cause: [
      '该账号或该业务已有其他绑定，系统不会自动更改。',
      'The account or the business is bound already, and nothing is moved by itself.',
    ],
    cure: [
      '如果您授权的不是想要的账号，请重新打开授权链接；如确需更换绑定，请联系服务商。',
      'If you chose another account than you meant to, open the link again. If the binding is to move, ask your service provider.',
    ],
  },
  TICKET_MISSING: {
    title: notNow,
    cause: [
      '服务商平台尚未收到微信的凭据，通常十分钟内恢复。',
      'The platform has not got WeChat’s ticket yet; this usually takes no more than ten minutes.',
    ],
    cure: later,
  },
  REAUTHORIZATION_REQUIRED: {
    title: ['需要重新授权', 'Please authorize once more'],
    cause: [
      '授权已被取消，或没有勾选所需的权限。',
      'The authorization was withdrawn, or a permission set was left out.',
    ],
    cure: again,
  },
  QUOTA_EXCEEDED: {
    title: notNow,
    cause: ['微信的调用次数暂时用完了。', 'WeChat’s quota is used up for the moment.'],
    cure: later,
  },
  WECHAT_REJECTED: {
    title: ['授权未完成', 'The authorization was not completed'],
    cause: ['微信没有接受此次授权。', 'WeChat did not accept this authorization.'],
    cure: again,
  },
  WECHAT_UNAVAILABLE: {
    title: ['尚未完成，请稍候', 'Not finished yet'],
    cause: [
      '授权仍在处理中，或微信暂时没有响应。',
      'The authorization is still being completed, or WeChat does not answer just now.',
    ],
    cure: ['请稍后刷新本页，重复刷新不会造成重复授权。', 'Reload this page in a moment. Reloading does no harm.'],
  },
  STORAGE_UNAVAILABLE: {
    title: notNow,
    cause: ['服务商平台的数据库暂时没有响应。', 'The platform’s database does not answer just now.'],
    cure: later,
  },
  CONFIG_INVALID: {
    title: provider,
    cause: ['服务商平台的配置有误。', 'The platform is not configured correctly.'],
    cure: tell,
  },
  INTERNAL: {
    title: provider,
    cause: ['服务商平台内部出错。', 'Something went wrong inside the platform.'],
    cure: tell,
  },
}
