import { defineTexts } from './language.ts'

export const eventsTexts = defineTexts({
  zh: {
    title: '消息与投递',
    about: '微信推来的每条消息，和转发给你的系统的每次投递。',
    views: '消息与投递',
    pushes: '收到的推送',
    deliveries: '投递',
    type: '类型',
    allTypes: '全部类型',
    merchant: '商户',
    platformItself: '平台',
    state: '状态',
    received: '收到时间',
    sent: '微信发出',
    attempts: (count: number) => `处理过 ${count} 次`,
    details: '详情',
    detailsOf: (what: string) => `详情：${what}`,
    contents: '内容（密钥已隐去）',
    copy: '复制内容',
    actions: '操作',
    noPushes: '还没有收到推送',
    noPushesHint: '微信每 10 分钟推送一次 ticket。如果一直没有，请检查开放平台里填写的「授权事件接收 URL」。',
    toDoctor: '去诊断',
    pushId: '推送编号',
    all: '全部',
    filterByState: '按状态筛选投递',
    subscription: '订阅',
    allSubscriptions: '全部订阅',
    created: '产生时间',
    result: '结果',
    tried: (count: number) => `试了 ${count} 次`,
    nextTry: '下次重试',
    ended: '结束',
    redeliver: '再投递一次',
    redeliverTitle: '再投递一次？',
    redeliverWords: (type: string) =>
      `「${type}」马上再发送一次。webhook-id 和第一次相同，对方应当据此去重，不会重复处理。`,
    redelivered: (status: number | undefined) => (status === undefined ? '已送达' : `已送达（HTTP ${status}）`),
    notDelivered: (why: string) => `仍然没有送达：${why}`,
    noDeliveries: '还没有投递',
    noDeliveriesHint: '建立订阅后，授权、审核、上线等事件会签名投递到你的系统，失败会自动重试 3 天。',
    toSubscriptions: '设置订阅',
  },
  en: {
    title: 'Events',
    about: 'Every message that WeChat pushed, and every delivery to your own systems.',
    views: 'Events',
    pushes: 'Received',
    deliveries: 'Deliveries',
    type: 'Type',
    allTypes: 'All types',
    merchant: 'Merchant',
    platformItself: 'Platform',
    state: 'State',
    received: 'Received',
    sent: 'Sent by WeChat',
    attempts: (count: number) => `Handled ${count === 1 ? 'once' : `${count} times`}`,
    details: 'Details',
    detailsOf: (what: string) => `Details: ${what}`,
    contents: 'Contents, secrets removed',
    copy: 'Copy the contents',
    actions: 'Actions',
    noPushes: 'No push has arrived yet',
    noPushesHint:
      'WeChat pushes a ticket every 10 minutes. If none comes, look at the URL for authorization events that is set on the open platform.',
    toDoctor: 'Diagnose',
    pushId: 'Push id',
    all: 'All',
    filterByState: 'Filter the deliveries by state',
    subscription: 'Subscription',
    allSubscriptions: 'All subscriptions',
    created: 'Happened',
    result: 'Outcome',
    tried: (count: number) => `tried ${count === 1 ? 'once' : `${count} times`}`,
    nextTry: 'next try',
    ended: 'ended',
    redeliver: 'Deliver again',
    redeliverTitle: 'Deliver it once more?',
    redeliverWords: (type: string) =>
      `"${type}" is sent once more, now. Its webhook-id is the same as before, by which a receiver knows that it has it already.`,
    redelivered: (status: number | undefined) => (status === undefined ? 'Delivered' : `Delivered (HTTP ${status})`),
    notDelivered: (why: string) => `Still not delivered: ${why}`,
    noDeliveries: 'No delivery yet',
    noDeliveriesHint:
      'With a subscription, authorizations, review results and releases are delivered to your system, signed, and tried again for 3 days.',
    toSubscriptions: 'Set up a subscription',
  },
})

/** Our own events, beside WeChat's. */
export const ownEventTexts = defineTexts({
  zh: {
    'binding.bound': '商户已绑定',
    'binding.revoked': '绑定已解除',
    'release.approved': '版本过审',
    'release.rejected': '版本被驳回',
    'release.released': '版本上线',
    'rollout.completed': '批量发布完成',
    'rollout.paused': '批量发布暂停',
    'rollout.stopped': '批量发布被守护停止',
    'problem.opened': '出现问题',
    'problem.closed': '问题解除',
    'account.punished': '账号被处罚或警告',
    'account.expiring': '账号认证到期',
    'filing.changed': '备案状态变化',
    'subscription.test': '测试事件',
  },
  en: {
    'binding.bound': 'Merchant bound',
    'binding.revoked': 'Binding ended',
    'release.approved': 'Version approved',
    'release.rejected': 'Version rejected',
    'release.released': 'Version live',
    'rollout.completed': 'Rollout completed',
    'rollout.paused': 'Rollout paused',
    'rollout.stopped': 'Rollout stopped by its guard',
    'problem.opened': 'Problem opened',
    'problem.closed': 'Problem closed',
    'account.punished': 'Account punished or warned',
    'account.expiring': 'Verification of an account ending',
    'filing.changed': 'State of a filing changed',
    'subscription.test': 'Test event',
  },
})

type Own = keyof (typeof ownEventTexts)['zh']

export const isOwnEvent = (type: string): type is Own => type in ownEventTexts.zh

/** What WeChat's pushes are about, by `InfoType`, event or message type. */
export const eventTypeTexts = defineTexts({
  zh: {
    component_verify_ticket: '收到 ticket',
    authorized: '商户完成授权',
    updateauthorized: '商户更新授权',
    unauthorized: '商户取消授权',
    weapp_audit_success: '代码审核通过',
    weapp_audit_fail: '代码审核被驳回',
    weapp_audit_delay: '代码审核延期',
    notify_third_fasteregister: '快速注册结果',
    wxa_nickname_audit: '名称审核结果',
    wxa_privacy_apply: '隐私接口审核结果',
    other: '推送',
  },
  en: {
    component_verify_ticket: 'Ticket received',
    authorized: 'Merchant authorized',
    updateauthorized: 'Authorization changed',
    unauthorized: 'Merchant withdrew',
    weapp_audit_success: 'Review passed',
    weapp_audit_fail: 'Review rejected',
    weapp_audit_delay: 'Review delayed',
    notify_third_fasteregister: 'Quick registration',
    wxa_nickname_audit: 'Name review',
    wxa_privacy_apply: 'Privacy interface review',
    other: 'Push',
  },
})

type Known = keyof (typeof eventTypeTexts)['zh']

const isKnown = (type: string): type is Known => type in eventTypeTexts.zh

/** The key of the words for a push's type. */
export const eventTypeKey = (type: string): Known => {
  const name = type.replace(/^wechat\./, '')
  return isKnown(name) ? name : 'other'
}
