/** Bundles of APIs that a merchant ticks while authorizing; the ids come back in `func_info`. */
const permissionSets: ReadonlyMap<number, { readonly zh: string; readonly en: string }> = new Map([
  [1, { zh: '消息管理', en: 'messages of an official account' }],
  [3, { zh: '帐号服务', en: 'account information of an official account' }],
  [18, { zh: '小程序开发与数据分析', en: 'mini program development and analytics' }],
  [19, { zh: '小程序客服消息管理', en: 'mini program customer service' }],
  [25, { zh: '开放平台帐号管理', en: 'open-platform account' }],
  [27, { zh: '快速注册小程序', en: 'registration of mini programs' }],
  [30, { zh: '小程序基本信息管理', en: 'mini program name, picture and categories' }],
  [40, { zh: '小程序插件管理', en: 'mini program plugins' }],
  [49, { zh: '云开发管理', en: 'cloud push configuration' }],
  [81, { zh: '试用小程序快速认证', en: 'verification of trial mini programs' }],
  [86, { zh: '小程序体验版二维码', en: 'trial QR code of a mini program' }],
  [156, { zh: '小程序备案', en: 'ICP filing of a mini program' }],
])

/** Chinese, English and number, as the merchant finds it on WeChat's page. */
export const permissionSetName = (id: number): string => {
  const name = permissionSets.get(id)
  return name === undefined ? `${id}` : `${name.zh} (${name.en}, ${id})`
}
