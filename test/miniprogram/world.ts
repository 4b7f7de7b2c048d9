import type { LocalPlatform } from '../fixtures/platform.ts'
import { makeTemplate, openShop } from '../fixtures/shop.ts'

export interface World {
  readonly templateId: number
  /** Approved, not yet released. */
  readonly approved: string
  readonly rejected: string
  readonly auditing: string
  /** Nothing was shipped to it. */
  readonly fresh: string
  /** Took its authorization back. */
  readonly revoked: string
}

const VERSION = '2.4.0'

export const REASON = '1:小程序内容不符合规则:<br>(1):首页存在无法点击的按钮，请修改后重新提交。<br>(2):缺少联系方式。'

/** Merchants at every stage of a release, each bound to a business. */
export async function buildWorld(platform: LocalPlatform): Promise<World> {
  const { control } = platform.wechat
  const templateId = await makeTemplate(platform, { userVersion: VERSION, userDesc: '会员日活动、下单更快' })
  const open = async (nickName: string, principalName: string, businessId: string): Promise<string> => {
    const appid = await openShop(platform, { nickName, principalName })
    await control.settle()
    await platform.tell('bindings.bind', { businessId, appid })
    return appid
  }
  const submit = async (appid: string): Promise<void> => {
    await platform.tell('releases.commit', { appid, templateId, version: VERSION, description: '会员日活动' })
    await platform.tell('releases.submit', { appid })
  }
  const approved = await open('青禾花店', '杭州青禾花艺有限公司', 'shop-1001')
  const rejected = await open('山野咖啡', '成都山野餐饮管理有限公司', 'shop-1002')
  const auditing = await open('老街面馆', '西安老街餐饮有限公司', 'shop-1003')
  const fresh = await open('云朵童装', '广州云朵服饰有限公司', 'shop-1004')
  const revoked = await open('小巷书店', '苏州小巷文化有限公司', 'shop-1005')
  await Promise.all([approved, rejected, auditing].map(submit))
  await control.passAudit(approved)
  await control.rejectAudit({ appid: rejected, reason: REASON })
  await control.unauthorize(revoked)
  return { templateId, approved, rejected, auditing, fresh, revoked }
}
