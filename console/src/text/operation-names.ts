import type { OperationName } from '../../../client/src/client.ts'
import type { Language } from '../../../shared/words/language.ts'

/* What operations do, in a few words. Those that are not named here go by their own name. */

/** These only read, and leave no entry in the log. */
const readingNames = {
  'bindings.get': ['查看绑定', 'Look at a binding'],
  'bindings.list': ['列出绑定', 'List bindings'],
  'invites.list': ['查看授权链接', 'List authorization links'],
  'authorizers.list': ['列出商户', 'List merchants'],
  'authorizers.get': ['查看商户', 'Look at a merchant'],
  'authorizers.timeline': ['查看商户经过', 'Look at what happened to a merchant'],
  'templates.listDrafts': ['列出草稿', 'List drafts'],
  'templates.list': ['列出模板', 'List templates'],
  'templates.getSettings': ['查看模板设置', "Read a template's settings"],
  'platform.status': ['查看平台状态', 'Look at the platform’s health'],
  'problems.list': ['查看问题', 'List problems'],
  'events.list': ['列出微信推送', 'List pushes'],
  'activity.list': ['查看操作记录', 'Look at the activity log'],
  'miniprograms.getPrivacy': ['查看隐私保护指引', 'Look at a privacy guideline'],
  'miniprograms.listTesters': ['列出体验者', 'List testers'],
  'miniprograms.info': ['查看小程序资料', 'Look at a mini program'],
  'miniprograms.login': ['小程序登录', 'Log a user in'],
  'releases.render': ['预览 ext 配置', 'Preview the ext settings'],
  'releases.compare': ['对比线上版本', 'Compare with what is online'],
  'releases.preview': ['获取体验版二维码', 'Get a trial QR code'],
  'releases.pages': ['列出页面', 'List pages'],
  'releases.categories': ['列出类目', 'List categories'],
  'releases.preflight': ['发布前检查', 'Check before shipping'],
  'releases.status': ['查看版本状态', 'Look at a version'],
  'releases.quota': ['查看提审额度', 'Look at the review quota'],
  'releases.screenshot': ['查看驳回截图', 'Look at a rejection’s picture'],
  'releases.history': ['列出可回退的版本', 'List versions to return to'],
  'releases.getGray': ['查看灰度进度', 'Look at a gray release'],
  'releases.list': ['列出版本', 'List releases'],
  'rollouts.get': ['查看批量发布', 'Look at a rollout'],
  'rollouts.list': ['列出批量发布', 'List rollouts'],
  'rollouts.items': ['列出批量发布的商户', 'List a rollout’s merchants'],
  'rollouts.rejections': ['查看驳回原因', 'Look at rejections'],
  'subscriptions.list': ['列出订阅', 'List subscriptions'],
  'subscriptions.deliveries': ['列出投递', 'List deliveries'],
  'admins.me': ['查看自己的角色', 'Look at one’s own role'],
  'admins.list': ['列出成员', 'List people'],
  'apiKeys.list': ['列出 API 密钥', 'List API keys'],
  'sessions.get': ['查看登录请求', 'Look at a sign-in'],
  'confirmations.list': ['列出智能体的计划', 'List plans of agents'],
  'sessions.list': ['列出登录会话', 'List sessions'],
} as const satisfies Partial<Record<OperationName, readonly [zh: string, en: string]>>

const writtenNames = {
  'confirmations.approve': ['同意智能体的计划', 'Approve a plan of an agent'],
  'confirmations.deny': ['拒绝智能体的计划', 'Refuse a plan of an agent'],
  'sessions.approve': ['允许登录控制台', 'Let a browser in'],
  'sessions.deny': ['拒绝登录控制台', 'Refuse a browser'],
  'sessions.revoke': ['结束登录会话', 'End a session'],
  'bindings.createLink': ['生成授权链接', 'Make an authorization link'],
  'bindings.bind': ['绑定商户', 'Bind a merchant'],
  'bindings.update': ['修改商户属性', 'Change a merchant’s attributes'],
  'bindings.import': ['批量绑定商户', 'Bind many merchants'],
  'bindings.unbind': ['解除绑定', 'Unbind a merchant'],
  'invites.revoke': ['作废授权链接', 'End an authorization link'],
  'authorizers.sync': ['与微信核对授权列表', 'Compare merchants with WeChat'],
  'tokens.authorizer': ['借出商户令牌', 'Lend a merchant’s token'],
  'tokens.component': ['借出平台令牌', 'Lend the platform’s token'],
  'templates.promote': ['草稿加入模板库', 'Promote a draft'],
  'templates.setSettings': ['修改模板设置', "Change a template's settings"],
  'rollouts.skip': ['跳过批量发布的商户', 'Leave merchants out of a rollout'],
  'templates.delete': ['删除模板', 'Delete a template'],
  'problems.dismiss': ['关闭问题', 'Dismiss a problem'],
  'platform.setServerDomains': ['修改平台服务器域名', 'Change the platform’s server domains'],
  'platform.setWebviewDomains': ['修改平台业务域名', 'Change the platform’s web-view domains'],
  'miniprograms.setServerDomains': ['修改商户服务器域名', 'Change a merchant’s server domains'],
  'miniprograms.setWebviewDomains': ['修改商户业务域名', 'Change a merchant’s web-view domains'],
  'miniprograms.setPrivacy': ['修改隐私保护指引', 'Change a privacy guideline'],
  'miniprograms.bindTester': ['添加体验者', 'Add a tester'],
  'miniprograms.unbindTester': ['移除体验者', 'Remove a tester'],
  'miniprograms.setVisibility': ['修改可见状态', 'Change visibility'],
  'releases.commit': ['上传代码', 'Commit code'],
  'releases.submit': ['提交审核', 'Submit for review'],
  'releases.withdraw': ['撤回审核', 'Withdraw from review'],
  'releases.expedite': ['加急审核', 'Ask for a faster review'],
  'releases.uploadMedia': ['上传审核材料', 'Upload for the reviewer'],
  'releases.release': ['发布上线', 'Release'],
  'releases.rollback': ['回退版本', 'Roll back'],
  'releases.startGray': ['灰度发布', 'Start a gray release'],
  'releases.cancelGray': ['取消灰度', 'Cancel a gray release'],
  'rollouts.create': ['新建批量发布', 'Start a rollout'],
  'rollouts.pause': ['暂停批量发布', 'Pause a rollout'],
  'rollouts.resume': ['继续批量发布', 'Resume a rollout'],
  'rollouts.cancel': ['取消批量发布', 'Cancel a rollout'],
  'rollouts.retry': ['重试批量发布', 'Retry in a rollout'],
  'rollouts.release': ['批量上线', 'Release a rollout'],
  'rollouts.rollback': ['批量回退', 'Roll back a rollout'],
  'wechat.call': ['直接调用微信接口', 'Call WeChat’s API'],
  'subscriptions.put': ['新建或修改订阅', 'Make or change a subscription'],
  'subscriptions.delete': ['删除订阅', 'Delete a subscription'],
  'subscriptions.test': ['测试订阅', 'Test a subscription'],
  'subscriptions.redeliver': ['再投递一次', 'Deliver again'],
  'admins.put': ['添加成员或改角色', 'Give a person a role'],
  'admins.delete': ['移除成员', 'Remove a person'],
  'apiKeys.create': ['新建 API 密钥', 'Make an API key'],
  'apiKeys.revoke': ['吊销 API 密钥', 'Revoke an API key'],
} as const satisfies Partial<Record<OperationName, readonly [zh: string, en: string]>>

const names = { ...readingNames, ...writtenNames }

const isOperation = (name: string): name is keyof typeof names => Object.hasOwn(names, name)

/** Those of the platform itself. */
export const operationNames: readonly OperationName[] = Object.keys(names).filter(isOperation)
export const writtenOperations: readonly OperationName[] = Object.keys(writtenNames).filter(isOperation)

const indexOf = (language: Language): 0 | 1 => (language === 'zh' ? 0 : 1)

/** The operation's own name where it has no words, as one of a newer platform. */
export const operationWords = (name: string, language: Language): string =>
  isOperation(name) ? names[name][indexOf(language)] : name

const nouns: ReadonlyMap<string, readonly [zh: string, en: string]> = new Map([
  ['bindings', ['授权与绑定', 'Bindings']],
  ['authorizers', ['商户', 'Merchants']],
  ['tokens', ['令牌', 'Tokens']],
  ['templates', ['模板', 'Templates']],
  ['platform', ['平台', 'Platform']],
  ['events', ['微信推送', 'Pushes']],
  ['activity', ['操作记录', 'Activity']],
  ['miniprograms', ['小程序设置', 'Mini programs']],
  ['releases', ['发布', 'Releases']],
  ['rollouts', ['批量发布', 'Rollouts']],
  ['wechat', ['微信接口', 'WeChat']],
  ['subscriptions', ['订阅', 'Subscriptions']],
  ['admins', ['成员', 'People']],
  ['apiKeys', ['API 密钥', 'API keys']],
])

/** What the operations of one noun are about. */
export const nounWords = (noun: string, language: Language): string => nouns.get(noun)?.[indexOf(language)] ?? noun
