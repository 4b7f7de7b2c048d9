import { defineTexts } from './language.ts'

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
