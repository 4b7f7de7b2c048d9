import * as v from 'valibot'
import { attributesOf } from '../history/shops.ts'
import { scanInvite } from '../scan.ts'
import { tell, type World } from '../world.ts'
import { action, fields, merchantInput, nameOf, type Action, type Outcome } from './action.ts'

/** The permission set that code needs. */
const DEVELOPMENT = 18

const scanInput = v.strictObject({
  appid: fields.appid,
  businessId: fields.businessId,
  withoutDevelopment: v.optional(v.boolean(), false),
})

/** Of a business that was invited before its link said the attributes; the new link must not lose them. */
const attributesFor = async ({ host, wechat }: World, businessId: string, appid: string) => {
  const schema = v.object({ status: v.string(), attributes: v.record(v.string(), v.string()) })
  const { status, attributes } = await tell(host, 'bindings.get', { businessId }, schema)
  return status === 'none' ? attributesOf(wechat.state.merchants.get(appid)?.nickName ?? '') : attributes
}

const scan = action(scanInput, async (world, { appid, businessId, withoutDevelopment }): Promise<Outcome> => {
  const { host, wechat } = world
  const merchant = wechat.state.merchants.get(appid)
  const { inviteUrl } = await tell(
    host,
    'bindings.createLink',
    {
      businessId,
      accountType: merchant?.accountType === 'officialAccount' ? 'official' : 'miniprogram',
      returnUrl: `${host.url}/demo/return`,
      attributes: await attributesFor(world, businessId, appid),
    },
    v.object({ inviteUrl: v.string() }),
  )
  const sets = withoutDevelopment ? merchant?.defaultSets.filter((set) => set !== DEVELOPMENT) : undefined
  const { status, code } = await scanInvite(wechat, inviteUrl, { appid, sets })
  await wechat.control.settle()
  const name = nameOf(world, appid)
  return status === 'bound'
    ? { zh: `「${name}」已授权，绑定为 ${businessId}。`, en: `${name} has authorized and is bound as ${businessId}.` }
    : {
        zh: `「${name}」同意了授权，但平台没有绑定到 ${businessId}：${code ?? ''}。`,
        en: `${name} agreed, but the platform did not bind it to ${businessId}: ${code ?? ''}.`,
      }
})

const notAuthorized = (name: string): Outcome => ({
  zh: `「${name}」现在没有授权，没有可取消的。`,
  en: `${name} has not authorized at present; there is nothing to take back.`,
})

const withdraw = action(merchantInput, async (world, { appid }): Promise<Outcome> => {
  const { push } = await world.wechat.control.unauthorize({ appid })
  const name = nameOf(world, appid)
  if (!push) return notAuthorized(name)
  return {
    zh: `「${name}」取消了授权，微信推送了 unauthorized（${push.state}）。`,
    en: `${name} took its authorization back; WeChat pushed "unauthorized" (${push.state}).`,
  }
})

const withholdDevelopment = action(merchantInput, async (world, { appid }): Promise<Outcome> => {
  const { control, state } = world.wechat
  const name = nameOf(world, appid)
  const granted = state.merchants.get(appid)?.grant?.funcInfo
  if (!granted) return notAuthorized(name)
  await control.updateAuthorization({ appid, funcInfo: granted.filter((set) => set !== DEVELOPMENT) })
  return {
    zh: `「${name}」在微信公众平台去掉了权限集 18（开发与数据分析），微信推送了 updateauthorized。`,
    en: `${name} unticked permission set 18 (development) on mp.weixin.qq.com; WeChat pushed "updateauthorized".`,
  }
})

const uploadDraft = action(
  v.strictObject({ version: fields.short, description: fields.reason }),
  async ({ wechat }, { version, description }): Promise<Outcome> => {
    const { draftId } = await wechat.control.createDraft({
      userVersion: version,
      userDesc: description,
      sourceName: '门店模板',
      sourceAppid: 'wx00000000000de001',
      developer: '小陈',
      pages: ['pages/index/index', 'pages/order/order', 'pages/member/member', 'pages/mine/mine'],
    })
    return {
      zh: `草稿 ${draftId}（${version}）已在草稿箱，取代了同一开发小程序之前的草稿。`,
      en: `Draft ${draftId} (${version}) is in the draft box; it replaced the former draft of the same mini program.`,
    }
  },
)

export const merchantActions: Readonly<Record<string, Action>> = { scan, withdraw, withholdDevelopment, uploadDraft }
