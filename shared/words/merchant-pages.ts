import type { Told } from './language.ts'

const miniprogram = { zh: '小程序', en: 'mini program' }
const official = { zh: '公众号', en: 'official account' }

const versions = {
  zh: '上传版本、提交审核、发布和回退，设置域名、用户隐私保护指引和体验者',
  en: 'Upload versions, submit them for review, release and roll back; set domains, the privacy guideline and testers',
}

const calls = {
  zh: '在您授予的权限范围内代为调用公众号接口',
  en: 'Call the official account’s interfaces within the permissions you grant',
}

/** What merchants read on the pages around an authorization; what went wrong: `merchant-explanations.ts`. */
export const merchantPages = {
  title: { zh: '微信授权', en: 'Authorization' },
  doneTitle: { zh: '授权成功', en: 'Authorized' },
  failedTitle: { zh: '授权未完成', en: 'Not completed' },
  requestId: { zh: '请求编号', en: 'Request ID' },
  business: { zh: '业务', en: 'Business' },
  account: { zh: '账号', en: 'Account' },
  done: { zh: '授权成功', en: 'Authorized' },
  almostDone: { zh: '还差一步', en: 'Almost done' },
  lacks: {
    zh: '账号已绑定，但下列权限没有勾选，服务商还不能开始工作：',
    en: 'The account is connected, but these permissions were not granted, and your service provider cannot work without them:',
  },
  howToGrant: {
    zh: '请重新授权，在微信页面上保留全部权限的勾选。',
    en: 'Please authorize again and leave all permissions ticked on WeChat’s page.',
  },
  authorizeAgain: { zh: '重新授权', en: 'Authorize again' },
  contact: { zh: '联系服务商', en: 'Contact your service provider' },
  mayClose: {
    zh: '您可以关闭此页面，后续由服务商完成。',
    en: 'You may close this page; your service provider does the rest.',
  },
  cause: { zh: '原因', en: 'Cause' },
  whatToDo: { zh: '怎么办', en: 'What to do' },
  forProvider: { zh: '供服务商参考', en: 'For the service provider' },
  reload: { zh: '刷新本页', en: 'Reload this page' },
  waiting: { zh: '微信授权', en: 'Authorization with WeChat' },
  goOn: { zh: '继续', en: 'Continue' },
  heading: { zh: '授权服务商管理您的{kind}', en: 'Let your service provider manage your {kind}' },
  grantedTo: { zh: '授权给', en: 'Granted to' },
  platform: { zh: '第三方平台', en: 'Platform' },
  kindOfAccount: { zh: '账号类型', en: 'Kind of account' },
  chosenAccount: { zh: '指定账号', en: 'Account' },
  validUntil: { zh: '链接有效期至', en: 'Valid until' },
  beijing: { zh: '北京时间', en: 'UTC+8' },
  whatYouAllow: { zh: '授权后服务商可以', en: 'What you allow' },
  onPhone: { zh: '在手机微信中授权', en: 'On this phone, inside WeChat' },
  onComputer: { zh: '在电脑上扫码授权', en: 'On a computer, by QR code' },
  byAdministrator: {
    zh: '请由账号管理员操作，并保留微信页面上已勾选的权限。',
    en: 'To be done by the account’s administrator. Please leave the permissions ticked on WeChat’s page.',
  },
  safe: {
    zh: '授权不会透露您的登录密码，之后可随时在微信公众平台取消。',
    en: 'Your password stays with you, and you can withdraw the authorization at any time on mp.weixin.qq.com.',
  },
  profile: {
    zh: '读取账号的基本资料和已授予的权限',
    en: 'Read the account’s profile and the permissions you granted',
  },
  messages: {
    zh: '接收微信就该账号推送的消息和事件',
    en: 'Receive the messages and events that WeChat sends about the account',
  },
} as const satisfies Readonly<Record<string, Told>>

/** What is asked of a merchant, by the kind of account. */
export const accountKinds: Readonly<
  Record<'miniprogram' | 'official' | 'any', { readonly name: Told; readonly grants: readonly Told[] }>
> = {
  miniprogram: { name: miniprogram, grants: [versions, merchantPages.profile, merchantPages.messages] },
  official: { name: official, grants: [calls, merchantPages.profile, merchantPages.messages] },
  any: {
    name: { zh: '小程序或公众号', en: 'mini program or official account' },
    grants: [
      { zh: `小程序：${versions.zh}`, en: `Mini program: ${versions.en}` },
      { zh: `公众号：${calls.zh}`, en: `Official account: ${calls.en}` },
      merchantPages.profile,
      merchantPages.messages,
    ],
  },
}
