import type { Language } from '../text/language.ts'

/** Without it no code can be shipped. */
export const DEVELOPMENT_SET = 18

/** Permission sets (权限集) that a third-party platform for mini programs meets. */
const names: ReadonlyMap<number, Readonly<Record<Language, string>>> = new Map([
  [1, { zh: '消息管理', en: 'Messages' }],
  [2, { zh: '用户管理', en: 'Users' }],
  [3, { zh: '帐号服务', en: 'Account service' }],
  [17, { zh: '帐号管理', en: 'Account' }],
  [18, { zh: '开发与数据分析', en: 'Development and analysis' }],
  [19, { zh: '客服消息', en: 'Customer-service messages' }],
  [25, { zh: '开放平台帐号', en: 'Open-platform account' }],
  [27, { zh: '快速注册小程序', en: 'Quick registration' }],
  [30, { zh: '基本信息设置', en: 'Basic information' }],
  [40, { zh: '插件管理', en: 'Plugins' }],
  [49, { zh: '云开发', en: 'Cloud development' }],
  [86, { zh: '体验版二维码', en: 'Trial QR code' }],
])

export const permissionSetName = (id: number, language: Language): string => {
  const name = names.get(id)?.[language]
  if (name === undefined) return language === 'zh' ? `权限集 ${id}` : `Set ${id}`
  return `${name} (${id})`
}
