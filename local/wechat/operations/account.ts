/** Reference 9.1: nickname, avatar, introduction, search switch, data prefetching. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { nextNumber } from '../state.ts'
import { countUse, usedIn } from '../usage.ts'
import { nothing, numeric, ok, withAuthorizerToken } from './operation.ts'

const NAME = [30, 61]
const PICTURE = [3, 30, 61]
const CODE = [18]
const CHANGES_PER_MONTH = 5
/** Words that the simulator's nickname and introduction checks take offence at. */
const BANNED = ['微信官方', '赌博']

const isBanned = (text: string): boolean => BANNED.some((word) => text.includes(word))

const quota = (used: number) => ({ modify_used_count: used, modify_quota: CHANGES_PER_MONTH })

export const accountOperations = [
  withAuthorizerToken(
    'GET or POST',
    '/cgi-bin/account/getaccountbasicinfo',
    [3, 30],
    nothing,
    (state, _input, { merchant }) =>
      ok({
        appid: merchant.appid,
        account_type: merchant.accountType === 'miniProgram' ? 3 : 2,
        principal_type: merchant.principalType,
        principal_name: merchant.principalName,
        credential: '91440300000000000X',
        realname_status: 1,
        nickname: merchant.nickName,
        nickname_info: { nickname: merchant.nickName, ...quota(usedIn(state, `nickname ${merchant.appid}`, 'month')) },
        head_image_info: {
          head_image_url: merchant.headImage,
          ...quota(usedIn(state, `head image ${merchant.appid}`, 'month')),
        },
        signature_info: {
          signature: merchant.signature,
          ...quota(usedIn(state, `signature ${merchant.appid}`, 'month')),
        },
        wx_verify_info: {
          qualification_verify: true,
          naming_verify: true,
          ...(merchant.life.annualReview && {
            annual_review: true,
            annual_review_begin_time: merchant.life.annualReview.begin,
            annual_review_end_time: merchant.life.annualReview.end,
          }),
        },
      }),
  ),

  withAuthorizerToken(
    'POST',
    '/wxa/setnickname',
    NAME,
    v.looseObject({ nick_name: v.string() }),
    (state, input, { merchant, now }) => {
      const nickname = input.nick_name
      refuseUnless(nickname.length >= 2 && nickname.length <= 30 && !isBanned(nickname), 91004)
      refuseUnless(![...state.merchants.values()].some(({ nickName }) => nickName === nickname), 91007)
      countUse(state, `nickname ${merchant.appid}`, 'month')
      const auditId = nextNumber(state)
      merchant.nicknameAudits.set(auditId, { nickname, stat: 1, reason: '', createdAt: now })
      return ok({ wording: '', audit_id: auditId })
    },
  ),

  withAuthorizerToken(
    'POST',
    '/wxa/api_wxa_querynickname',
    NAME,
    v.object({ audit_id: v.optional(numeric) }),
    (_state, input, { merchant }) => {
      const audits = merchant.nicknameAudits
      const audit = input.audit_id === undefined ? [...audits.values()].at(-1) : audits.get(input.audit_id)
      if (audit === undefined) return refuse(91012)
      return ok({
        nickname: audit.nickname,
        audit_stat: audit.stat,
        fail_reason: audit.reason,
        create_time: toUnixSeconds(audit.createdAt),
        audit_time: audit.auditedAt === undefined ? 0 : toUnixSeconds(audit.auditedAt),
      })
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxverify/checkwxverifynickname',
    [3, 31, 62],
    v.object({ nick_name: v.string() }),
    (_state, input) => {
      refuseUnless(input.nick_name.length >= 2 && input.nick_name.length <= 30, 53010)
      const hit = isBanned(input.nick_name)
      return ok({ hit_condition: hit, wording: hit ? '名称命中关键字，需提供材料' : '' })
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/account/modifyheadimage',
    PICTURE,
    v.looseObject({ head_img_media_id: v.string() }),
    (state, input, { merchant }) => {
      refuseUnless(state.media.has(input.head_img_media_id), 40007)
      const what = `head image ${merchant.appid}`
      refuseUnless(usedIn(state, what, 'month') < CHANGES_PER_MONTH, 53202)
      countUse(state, what, 'month')
      merchant.headImage = `https://wx.qlogo.cn/mmopen/${input.head_img_media_id}/0`
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/account/modifysignature',
    PICTURE,
    v.object({ signature: v.pipe(v.string(), v.minLength(4), v.maxLength(120)) }),
    (state, input, { merchant }) => {
      refuseUnless(!isBanned(input.signature), 53201)
      const what = `signature ${merchant.appid}`
      refuseUnless(usedIn(state, what, 'month') < CHANGES_PER_MONTH, 53200)
      countUse(state, what, 'month')
      merchant.signature = input.signature
      return ok()
    },
  ),

  withAuthorizerToken('GET', '/wxa/getwxasearchstatus', CODE, nothing, (_state, _input, { merchant }) =>
    ok({ status: merchant.searchOff ? 1 : 0 }),
  ),

  withAuthorizerToken(
    'POST',
    '/wxa/changewxasearchstatus',
    CODE,
    v.object({ status: v.number() }),
    (_state, input, { merchant }) => {
      refuseUnless(input.status === 0 || input.status === 1, 85084)
      merchant.searchOff = input.status === 1
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/wxa/fetchdatasetting',
    CODE,
    v.looseObject({ action: v.string() }),
    (_state, { action, ...fields }, { merchant }) => {
      if (action === 'get') return ok(merchant.dataSetting)
      if (action !== 'set_pre_fetch' && action !== 'set_period_fetch') return refuse(9410013)
      merchant.dataSetting = { ...merchant.dataSetting, ...fields }
      return ok()
    },
  ),
]
