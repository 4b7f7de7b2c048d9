import { defineTexts } from './language.ts'

export const shellTexts = defineTexts({
  skip: { zh: '跳到正文', en: 'Skip to the content' },
  navigation: { zh: '主导航', en: 'Main navigation' },
  overview: { zh: '概览', en: 'Overview' },
  merchants: { zh: '商户', en: 'Merchants' },
  templates: { zh: '模板', en: 'Templates' },
  rollouts: { zh: '批量发布', en: 'Rollouts' },
  events: { zh: '消息与投递', en: 'Events' },
  settings: { zh: '设置', en: 'Settings' },
  more: { zh: '更多', en: 'More' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  demo: { zh: '演示环境', en: 'Demo' },
  zone: {
    zh: (zone: string) => `时间按本机时区显示：${zone}`,
    en: (zone: string) => `Times are in this computer's zone: ${zone}`,
  },
  notFound: { zh: '没有这个页面', en: 'There is no such page' },
  notFoundHint: { zh: '地址可能写错了，或者页面已经移走。', en: 'The address may be wrong, or the page has moved.' },
  toOverview: { zh: '回到概览', en: 'To the overview' },
})
