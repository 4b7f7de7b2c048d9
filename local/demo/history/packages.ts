import * as v from 'valibot'
import { tell, type World } from '../world.ts'

/** Code packages that the provider's developers upload; each upload replaces the draft before from the same mini program. */
export const packages = {
  shop10: {
    userVersion: '1.0.0',
    userDesc: '门店小程序：首页、点单、我的',
    sourceName: '门店模板',
    sourceAppid: 'wx00000000000de001',
    developer: '小陈',
    pages: ['pages/index/index', 'pages/order/order', 'pages/mine/mine'],
  },
  shop11: {
    userVersion: '1.1.0',
    userDesc: '门店小程序：新增会员卡',
    sourceName: '门店模板',
    sourceAppid: 'wx00000000000de001',
    developer: '小陈',
    pages: ['pages/index/index', 'pages/order/order', 'pages/member/member', 'pages/mine/mine'],
  },
  shop12: {
    userVersion: '1.2.0',
    userDesc: '门店小程序：会员卡支持储值',
    sourceName: '门店模板',
    sourceAppid: 'wx00000000000de001',
    developer: '小陈',
    pages: ['pages/index/index', 'pages/order/order', 'pages/member/member', 'pages/mine/mine'],
  },
  booking20: {
    userVersion: '2.0.0',
    userDesc: '预约小程序：选时间、选技师、到店提醒',
    sourceName: '预约模板',
    sourceAppid: 'wx00000000000de002',
    developer: '小林',
    pages: ['pages/home/home', 'pages/booking/booking', 'pages/mine/mine'],
  },
  booking21: {
    userVersion: '2.1.0',
    userDesc: '预约小程序：新增候补',
    sourceName: '预约模板',
    sourceAppid: 'wx00000000000de002',
    developer: '小林',
    pages: ['pages/home/home', 'pages/booking/booking', 'pages/waiting/waiting', 'pages/mine/mine'],
  },
} as const

type Package = (typeof packages)[keyof typeof packages]

export const uploadDraft = async ({ wechat }: World, code: Package): Promise<number> =>
  (await wechat.control.createDraft({ ...code, pages: [...code.pages] })).draftId

/** An upload that becomes a template. */
export const promote = async (world: World, code: Package): Promise<number> => {
  const draftId = await uploadDraft(world, code)
  const promoted = await tell(world.host, 'templates.promote', { draftId }, v.object({ templateId: v.number() }))
  return promoted.templateId
}

/** Template numbers in the order in which they are promoted. */
export const templates = { shop10: 1, shop11: 2, booking20: 3 } as const

/** What each shop's code is filled with: from the attributes that its invite carried. */
export const ext = { shopName: '{{shopName}}', theme: '{{theme}}' }
