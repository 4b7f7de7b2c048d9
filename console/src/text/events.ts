import { defineTexts } from './language.ts'

export const eventsTexts = defineTexts({
  title: { zh: '消息与投递', en: 'Events' },
  about: {
    zh: '微信推来的每条消息，和转发给你的系统的每次投递。',
    en: 'Every message that WeChat pushed, and every delivery to your own systems.',
  },
  views: { zh: '消息与投递', en: 'Events' },
  pushes: { zh: '收到的推送', en: 'Received' },
  deliveries: { zh: '投递', en: 'Deliveries' },
  type: { zh: '类型', en: 'Type' },
  allTypes: { zh: '全部类型', en: 'All types' },
  merchant: { zh: '商户', en: 'Merchant' },
  platformItself: { zh: '平台', en: 'Platform' },
  state: { zh: '状态', en: 'State' },
  received: { zh: '收到时间', en: 'Received' },
  sent: { zh: '微信发出', en: 'Sent by WeChat' },
  attempts: {
    zh: (count: number) => `处理过 ${count} 次`,
    en: (count: number) => `Handled ${count === 1 ? 'once' : `${count} times`}`,
  },
  details: { zh: '详情', en: 'Details' },
  detailsOf: { zh: (what: string) => `详情：${what}`, en: (what: string) => `Details: ${what}` },
  contents: { zh: '内容（密钥已隐去）', en: 'Contents, secrets removed' },
  copy: { zh: '复制内容', en: 'Copy the contents' },
  noPushes: { zh: '还没有收到推送', en: 'No push has arrived yet' },
  noPushesHint: {
    zh: '微信每 10 分钟推送一次 ticket。如果一直没有，请检查开放平台里填写的「授权事件接收 URL」。',
    en: 'WeChat pushes a ticket every 10 minutes. If none comes, look at the URL for authorization events that is set on the open platform.',
  },
  toDoctor: { zh: '去诊断', en: 'Diagnose' },
  pushId: { zh: '推送编号', en: 'Push id' },
  all: { zh: '全部', en: 'All' },
  filterByState: { zh: '按状态筛选投递', en: 'Filter the deliveries by state' },
  subscription: { zh: '订阅', en: 'Subscription' },
  allSubscriptions: { zh: '全部订阅', en: 'All subscriptions' },
  created: { zh: '产生时间', en: 'Happened' },
  result: { zh: '结果', en: 'Outcome' },
  tried: {
    zh: (count: number) => `试了 ${count} 次`,
    en: (count: number) => `tried ${count === 1 ? 'once' : `${count} times`}`,
  },
  nextTry: { zh: '下次重试', en: 'next try' },
  ended: { zh: '结束', en: 'ended' },
  why: { zh: '原因', en: 'Why' },
  address: { zh: '投递到', en: 'Sent to' },
  status: { zh: '应答状态', en: 'Status of the answer' },
  duration: { zh: '耗时', en: 'Took' },
  milliseconds: { zh: (count: number) => `${count} 毫秒`, en: (count: number) => `${count} ms` },
  deliveryId: { zh: '投递编号（webhook-id）', en: 'Delivery id (webhook-id)' },
  answer: { zh: '应答的开头', en: 'How the answer begins' },
  body: { zh: '发送的内容', en: 'What is sent' },
  redeliver: { zh: '再投递一次', en: 'Deliver again' },
  redeliverTitle: { zh: '再投递一次？', en: 'Deliver it once more?' },
  redeliverWords: {
    zh: (type: string) => `「${type}」马上再发送一次。webhook-id 和第一次相同，对方应当据此去重，不会重复处理。`,
    en: (type: string) =>
      `"${type}" is sent once more, now. Its webhook-id is the same as before, by which a receiver knows that it has it already.`,
  },
  redelivered: {
    zh: (status: number | undefined) => (status === undefined ? '已送达' : `已送达（HTTP ${status}）`),
    en: (status: number | undefined) => (status === undefined ? 'Delivered' : `Delivered (HTTP ${status})`),
  },
  notDelivered: { zh: (why: string) => `仍然没有送达：${why}`, en: (why: string) => `Still not delivered: ${why}` },
  noDeliveries: { zh: '还没有投递', en: 'No delivery yet' },
  noDeliveriesHint: {
    zh: '建立订阅后，授权、审核、上线等事件会签名投递到你的系统，失败会自动重试 3 天。',
    en: 'With a subscription, authorizations, review results and releases are delivered to your system, signed, and tried again for 3 days.',
  },
  toSubscriptions: { zh: '设置订阅', en: 'Set up a subscription' },
})

/** Our own events, beside WeChat's. */
export const ownEventTexts = defineTexts({
  'binding.bound': { zh: '商户已绑定', en: 'Merchant bound' },
  'binding.revoked': { zh: '绑定已解除', en: 'Binding ended' },
  'release.approved': { zh: '版本过审', en: 'Version approved' },
  'release.rejected': { zh: '版本被驳回', en: 'Version rejected' },
  'release.released': { zh: '版本上线', en: 'Version live' },
  'rollout.completed': { zh: '批量发布完成', en: 'Rollout completed' },
  'rollout.paused': { zh: '批量发布暂停', en: 'Rollout paused' },
  'rollout.stopped': { zh: '批量发布被守护停止', en: 'Rollout stopped by its guard' },
  'problem.opened': { zh: '出现问题', en: 'Problem opened' },
  'problem.closed': { zh: '问题解除', en: 'Problem closed' },
  'account.punished': { zh: '账号被处罚或警告', en: 'Account punished or warned' },
  'account.expiring': { zh: '账号认证到期', en: 'Verification of an account ending' },
  'filing.changed': { zh: '备案状态变化', en: 'State of a filing changed' },
  'subscription.test': { zh: '测试事件', en: 'Test event' },
})

type Own = keyof typeof ownEventTexts

export const isOwnEvent = (type: string): type is Own => type in ownEventTexts

/** What WeChat's pushes are about, by `InfoType`, event or message type. */
export const eventTypeTexts = defineTexts({
  component_verify_ticket: { zh: '收到 ticket', en: 'Ticket received' },
  authorized: { zh: '商户完成授权', en: 'Merchant authorized' },
  updateauthorized: { zh: '商户更新授权', en: 'Authorization changed' },
  unauthorized: { zh: '商户取消授权', en: 'Merchant withdrew' },
  weapp_audit_success: { zh: '代码审核通过', en: 'Review passed' },
  weapp_audit_fail: { zh: '代码审核被驳回', en: 'Review rejected' },
  weapp_audit_delay: { zh: '代码审核延期', en: 'Review delayed' },
  notify_third_fasteregister: { zh: '快速注册结果', en: 'Quick registration' },
  wxa_nickname_audit: { zh: '名称审核结果', en: 'Name review' },
  wxa_privacy_apply: { zh: '隐私接口审核结果', en: 'Privacy interface review' },
  other: { zh: '推送', en: 'Push' },
})

type Known = keyof typeof eventTypeTexts

const isKnown = (type: string): type is Known => type in eventTypeTexts

/** The key of the words for a push's type. */
export const eventTypeKey = (type: string): Known => {
  const name = type.replace(/^wechat\./, '')
  return isKnown(name) ? name : 'other'
}
