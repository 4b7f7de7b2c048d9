import type { SeedFunction } from '../wechat/server.ts'

/** Mini programs that could authorize the platform. */
const merchants = [
  { nickName: '王记面馆', principalName: '杭州王记餐饮有限公司' },
  { nickName: '青禾书店', principalName: '苏州青禾文化有限公司' },
  { nickName: '南山花坊', principalName: '深圳南山花卉有限公司' },
  { nickName: '小巷咖啡', principalName: '成都小巷咖啡有限公司' },
]

/** Uploads of two developers; a second upload from the same mini program would replace its first. */
const drafts = [
  {
    userVersion: '1.0.0',
    userDesc: '门店小程序：首页、点单、我的',
    sourceName: '门店模板',
    sourceAppid: 'wx00000000000de001',
    developer: '小陈',
    pages: ['pages/index/index', 'pages/order/order', 'pages/mine/mine'],
  },
  {
    userVersion: '1.1.0',
    userDesc: '门店小程序：新增会员卡',
    sourceName: '门店模板（会员版）',
    sourceAppid: 'wx00000000000de002',
    developer: '小林',
    pages: ['pages/index/index', 'pages/order/order', 'pages/member/member', 'pages/mine/mine'],
  },
]

export const seedDemo: SeedFunction = async ({ control }) => {
  for (const merchant of merchants) await control.createMerchant(merchant)
  for (const draft of drafts) await control.createDraft(draft)
}
