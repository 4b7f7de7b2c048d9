/** Open-platform accounts, half screens, links, QR rules, the follow component, options. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import { newAppid } from '../identifiers.ts'
import type { Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { nothing, numeric, ok, withAuthorizerToken } from './operation.ts'

const OPEN = [24, 25, 60]
const CODE = [18]
const RULES = [3, 18]
const LINKS = [33]
const appid = v.object({ appid: v.string() })
const pair = v.object({ appid: v.string(), open_appid: v.string() })

const own = (merchant: Merchant, given: string): void => refuseUnless(given === merchant.appid, 40013)

const nameOf = (state: WechatState, account: string): string => state.merchants.get(account)?.nickName ?? ''

const page = v.looseObject({ start: v.optional(numeric, 0), num: v.optional(numeric, 10) })

/** Those who asked to open this one on half a screen. */
const callersOf = (state: WechatState, merchant: Merchant) =>
  [...state.merchants.values()].flatMap((other) => {
    const application = other.life.halfScreens.get(merchant.appid)
    return application === undefined ? [] : [{ account: other.appid, application }]
  })

interface Asked {
  readonly account: string
  readonly application: { readonly status: number; readonly reason: string; readonly createdAt: number }
}

const shown = (state: WechatState, rows: readonly Asked[]) =>
  rows.map(({ account, application }) => ({
    appid: account,
    nickname: nameOf(state, account),
    headimg: '',
    reason: application.reason,
    status: application.status,
    create_time: Math.floor(application.createdAt / 1000),
  }))

export const connectionOperations = [
  withAuthorizerToken('POST', '/cgi-bin/open/create', OPEN, appid, (_state, input, { merchant }) => {
    own(merchant, input.appid)
    refuseUnless(merchant.life.openAppid === '', 89000)
    merchant.life.openAppid = newAppid()
    return ok({ open_appid: merchant.life.openAppid })
  }),
  withAuthorizerToken('POST', '/cgi-bin/open/bind', OPEN, pair, (_state, input, { merchant }) => {
    own(merchant, input.appid)
    refuseUnless(merchant.life.openAppid === '', 89000)
    merchant.life.openAppid = input.open_appid
    return ok()
  }),
  withAuthorizerToken('POST', '/cgi-bin/open/unbind', OPEN, pair, (_state, input, { merchant }) => {
    own(merchant, input.appid)
    refuseUnless(merchant.life.openAppid !== '' && merchant.life.openAppid === input.open_appid, 89001)
    merchant.life.openAppid = ''
    return ok()
  }),
  withAuthorizerToken('POST', '/cgi-bin/open/get', OPEN, appid, (_state, input, { merchant }) => {
    own(merchant, input.appid)
    refuseUnless(merchant.life.openAppid !== '', 89002)
    return ok({ open_appid: merchant.life.openAppid })
  }),
  withAuthorizerToken('GET or POST', '/cgi-bin/open/have', [3, 30], nothing, (_state, _input, { merchant }) =>
    ok({ have_open: merchant.life.openAppid !== '' }),
  ),

  withAuthorizerToken(
    'POST',
    '/wxaapi/wxaembedded/add_embedded',
    CODE,
    v.object({ appid: v.string(), apply_reason: v.optional(v.string(), '') }),
    (state, input, { merchant, now }) => {
      refuseUnless(state.merchants.has(input.appid), 40097)
      refuseUnless(!merchant.life.halfScreens.has(input.appid), 40097)
      merchant.life.halfScreens.set(input.appid, { status: 1, reason: input.apply_reason, createdAt: now })
      return ok()
    },
  ),
  withAuthorizerToken('POST', '/wxaapi/wxaembedded/del_embedded', CODE, appid, (_state, input, { merchant }) => {
    refuseUnless(merchant.life.halfScreens.delete(input.appid), 40097)
    return ok()
  }),
  withAuthorizerToken('POST', '/wxaapi/wxaembedded/del_authorize', CODE, appid, (state, input, { merchant }) => {
    refuseUnless(state.merchants.get(input.appid)?.life.halfScreens.delete(merchant.appid) === true, 40097)
    return ok()
  }),
  withAuthorizerToken('GET', '/wxaapi/wxaembedded/get_list', CODE, page, (state, { start, num }, { merchant }) => {
    const asked = [...merchant.life.halfScreens].map(([account, application]) => ({ account, application }))
    return ok({ wxa_embedded_list: shown(state, asked.slice(start, start + num)) })
  }),
  withAuthorizerToken('GET', '/wxaapi/wxaembedded/get_own_list', CODE, page, (state, { start, num }, { merchant }) =>
    ok({
      wxa_embedded_list: shown(state, callersOf(state, merchant).slice(start, start + num)),
      embedded_flag: merchant.life.halfScreenConsent,
    }),
  ),
  withAuthorizerToken(
    'POST',
    '/wxaapi/wxaembedded/set_authorize',
    CODE,
    v.object({ flag: v.number() }),
    (_state, { flag }, { merchant }) => {
      merchant.life.halfScreenConsent = flag
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/wxamplink',
    LINKS,
    v.looseObject({ appid: v.string() }),
    (state, input, { merchant }) => {
      refuseUnless(state.merchants.get(input.appid)?.accountType === 'miniProgram', 40013)
      merchant.life.linked.add(input.appid)
      return ok()
    },
  ),
  withAuthorizerToken('POST', '/cgi-bin/wxopen/wxampunlink', LINKS, appid, (_state, input, { merchant }) => {
    refuseUnless(merchant.life.linked.delete(input.appid), 40097)
    return ok()
  }),
  withAuthorizerToken('POST', '/cgi-bin/wxopen/wxamplinkget', LINKS, nothing, (state, _input, { merchant }) =>
    ok({
      wxopens: {
        items: [...merchant.life.linked].map((account) => ({
          appid: account,
          username: state.merchants.get(account)?.userName ?? '',
          nickname: nameOf(state, account),
          source: 'NORMAL',
          status: 1,
        })),
      },
    }),
  ),

  withAuthorizerToken('GET', '/wxa/getshowwxaitem', CODE, nothing, (state, _input, { merchant }) => {
    const { followed } = merchant.life
    return ok({
      can_open: 1,
      is_open: followed === '' ? 0 : 1,
      ...(followed !== '' && { appid: followed, nickname: nameOf(state, followed), headimg: '' }),
    })
  }),
  withAuthorizerToken(
    'POST',
    '/wxa/updateshowwxaitem',
    CODE,
    v.object({ wxa_subscribe_biz_flag: v.picklist([0, 1]), appid: v.optional(v.string(), '') }),
    (_state, input, { merchant }) => {
      merchant.life.followed = input.wxa_subscribe_biz_flag === 1 ? input.appid : ''
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/qrcodejumpadd',
    RULES,
    v.looseObject({
      prefix: v.string(),
      path: v.string(),
      is_edit: v.picklist([0, 1]),
      permit_sub_rule: v.optional(v.number(), 2),
      open_version: v.optional(v.number(), 1),
      debug_url: v.optional(v.array(v.string()), []),
    }),
    (_state, { is_edit: isEdit, prefix, path, permit_sub_rule, open_version, debug_url }, { merchant }) => {
      const { qrRules } = merchant.life
      refuseUnless(URL.canParse(prefix), 85066)
      refuseUnless(qrRules.has(prefix) === (isEdit === 1), 85066)
      qrRules.set(prefix, { prefix, path, state: 1, permit_sub_rule, open_version, debug_url })
      return ok()
    },
  ),
  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/qrcodejumpget',
    RULES,
    v.looseObject({ page_num: v.optional(v.number(), 1), page_size: v.optional(v.number(), 200) }),
    (_state, { page_num: number, page_size: size }, { merchant }) => {
      const rules = [...merchant.life.qrRules.values()]
      return ok({
        rule_list: rules.slice((number - 1) * size, number * size),
        list_size: rules.length,
        qrcodejump_open: 1,
        qrcodejump_pub_quota: 100,
      })
    },
  ),
  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/qrcodejumpdelete',
    RULES,
    v.looseObject({ prefix: v.string() }),
    (_state, { prefix }, { merchant }) => {
      refuseUnless(merchant.life.qrRules.delete(prefix), 85072)
      return ok()
    },
  ),
  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/qrcodejumppublish',
    RULES,
    v.object({ prefix: v.string() }),
    (_state, { prefix }, { merchant }) => {
      const rule = merchant.life.qrRules.get(prefix)
      if (rule === undefined) return refuse(85072)
      rule.state = 2
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/component/get_authorizer_option',
    [],
    v.looseObject({ option_name: v.string() }),
    (_state, { option_name: name }, { merchant }) =>
      ok({
        authorizer_appid: merchant.appid,
        option_name: name,
        option_value: merchant.life.options.get(name) ?? '0',
      }),
  ),
  withAuthorizerToken(
    'POST',
    '/cgi-bin/component/set_authorizer_option',
    [],
    v.looseObject({ option_name: v.string(), option_value: v.string() }),
    (_state, input, { merchant }) => {
      merchant.life.options.set(input.option_name, input.option_value)
      return ok()
    },
  ),
  withAuthorizerToken('GET', '/wxa/getwxamplinkforshow', CODE, nothing, (state) => {
    const accounts = [...state.merchants.values()].filter(({ accountType }) => accountType === 'officialAccount')
    return ok({
      biz_info_list: accounts.map((account) => ({ appid: account.appid, nickname: account.nickName, headimg: '' })),
      total_num: accounts.length,
    })
  }),
]
