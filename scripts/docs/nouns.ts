import type { Language, Told } from '../../shared/words/language.ts'

interface Chapter {
  readonly title: Told
  readonly nouns: Readonly<Record<string, Told>>
}

/** Nouns of operations by what they are about, in the order in which they are told. */
export const chapters: readonly Chapter[] = [
  {
    title: { en: 'Merchants and releases', zh: '商户与发布' },
    nouns: {
      bindings: { en: 'Bindings', zh: '绑定' },
      invites: { en: 'Authorization links', zh: '授权链接' },
      authorizers: { en: 'Authorizers', zh: '授权方' },
      tokens: { en: 'Tokens', zh: '令牌' },
      templates: { en: 'Templates', zh: '模板' },
      miniprograms: { en: 'Mini programs', zh: '小程序' },
      releases: { en: 'Releases', zh: '代码管理' },
      rollouts: { en: 'Rollouts', zh: '批量发布' },
    },
  },
  {
    title: { en: 'The platform', zh: '平台' },
    nouns: {
      platform: { en: 'Platform', zh: '平台状态与域名' },
      problems: { en: 'Problems', zh: '问题' },
      events: { en: 'Events', zh: '推送记录' },
      subscriptions: { en: 'Subscriptions', zh: '订阅' },
      admins: { en: 'Admins', zh: '管理员' },
      sessions: { en: 'Sessions', zh: '登录会话' },
      confirmations: { en: 'Plans of agents', zh: '智能体的计划' },
      apiKeys: { en: 'API keys', zh: 'API 密钥' },
      activity: { en: 'Activity', zh: '操作记录' },
      wechat: { en: 'Any API of WeChat’s', zh: '任意微信接口' },
    },
  },
  {
    title: { en: 'WeChat: the account', zh: '微信：账号' },
    nouns: {
      names: { en: 'Names', zh: '名称' },
      pictures: { en: 'Pictures', zh: '头像' },
      introductions: { en: 'Introductions', zh: '介绍' },
      categories: { en: 'Categories', zh: '类目' },
      materials: { en: 'Uploaded files', zh: '素材上传' },
      searches: { en: 'Being found by search', zh: '搜索' },
      dataPrefetches: { en: 'Prefetched data', zh: '数据预拉取' },
      orderPaths: { en: 'Order pages', zh: '订单页' },
      options: { en: 'Options of authorizers', zh: '授权方选项' },
      privacyInterfaces: { en: 'Location interfaces', zh: '地理位置接口' },
      privacyTexts: { en: 'Own privacy texts', zh: '自定义隐私文本' },
      codePrivacy: { en: 'Privacy found in the code', zh: '代码隐私检测' },
      baseLibraries: { en: 'Base libraries', zh: '基础库' },
    },
  },
  {
    title: { en: 'WeChat: domains', zh: '微信：域名' },
    nouns: {
      effectiveDomains: { en: 'Domains in force', zh: '生效的域名' },
      developmentDomains: { en: 'Domains in the development settings', zh: '开发设置中的域名' },
      prefetchDomains: { en: 'Prefetched domains', zh: '预解析域名' },
      confirmFiles: { en: 'Confirm files', zh: '校验文件' },
      platformDomains: { en: 'Confirm file of the platform', zh: '平台的校验文件' },
    },
  },
  {
    title: { en: 'WeChat: registration, filing, violations', zh: '微信：注册、备案、违规' },
    nouns: {
      registrations: { en: 'Registrations', zh: '注册' },
      filings: { en: 'ICP filings', zh: '备案' },
      verifications: { en: 'WeChat verification', zh: '微信认证' },
      violations: { en: 'Violations', zh: '违规记录' },
      appeals: { en: 'Appeals', zh: '申诉' },
    },
  },
  {
    title: { en: 'WeChat: connections', zh: '微信：关联' },
    nouns: {
      plugins: { en: 'Plugins', zh: '插件' },
      followedAccounts: { en: 'Follow component', zh: '关注组件' },
      linkedAccounts: { en: 'Links with official accounts', zh: '公众号关联' },
      openAccounts: { en: 'Open-platform accounts', zh: '开放平台账号' },
      halfScreens: { en: 'Half-screen mini programs', zh: '半屏小程序' },
      qrRules: { en: 'Ordinary QR codes', zh: '普通链接二维码' },
    },
  },
  {
    title: { en: 'WeChat: how it runs', zh: '微信：运维' },
    nouns: {
      diagnostics: { en: 'Errors, logs, speed', zh: '错误、日志与性能' },
      quotas: { en: 'Quotas', zh: '额度' },
      addresses: { en: 'Addresses of WeChat', zh: '微信地址' },
      callbackChecks: { en: 'Checks of the own address', zh: '回调地址检测' },
    },
  },
  {
    title: { en: 'WeChat: selling', zh: '微信：经营' },
    nouns: {
      shoppingOrders: { en: 'Shopping orders', zh: '购物订单' },
      logistics: { en: 'Logistics', zh: '物流' },
      liveStreams: { en: 'Live streams', zh: '直播' },
      market: { en: 'Service market', zh: '服务市场' },
      ads: { en: 'Ads', zh: '流量主' },
      analytics: { en: 'We分析', zh: 'We 分析' },
    },
  },
  {
    title: { en: 'WeChat: cloud', zh: '微信：云' },
    nouns: {
      cloud: { en: 'Cloud development of one mini program', zh: '小程序的云开发' },
      sharedCloud: { en: 'Cloud development for many', zh: '批量云开发' },
      hosting: { en: 'Cloud hosting', zh: '云托管' },
    },
  },
]

export const nounOf = (operation: string): string => operation.split('.')[0] ?? ''

export const titleOf = (noun: string, language: Language): string =>
  chapters.find(({ nouns }) => Object.hasOwn(nouns, noun))?.nouns[noun]?.[language] ?? noun
