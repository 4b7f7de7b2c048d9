/** Name, picture, introduction and search of one mini program. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, text } from './shapes.ts'

const permissionSets = [30]
const page = (name: string): string => docs(`miniprogram-management/basic-info-management/${name}`)

export const accounts = {
  basicInfo: post('authorizer', '/cgi-bin/account/getaccountbasicinfo', {
    title: 'Basic information of an account',
    reply: () =>
      v.looseObject({
        appid: text,
        account_type: maybeInteger,
        principal_type: maybeInteger,
        principal_name: maybeText,
        realname_status: maybeInteger,
        nickname: maybeText,
        nickname_info: v.nullish(v.looseObject({ nickname: maybeText })),
        head_image_info: v.nullish(v.looseObject({ head_image_url: maybeText })),
        signature_info: v.nullish(v.looseObject({ signature: maybeText })),
        wx_verify_info: v.nullish(v.looseObject({})),
      }),
    repeat: 'safe',
    permissionSets: [3, 30],
    link: page('getAccountBasicInfo'),
  }),
  /** A non-zero audit_id means that a person will look at it. */
  setNickname: post('authorizer', '/wxa/setnickname', {
    title: 'Set the name',
    body: () =>
      v.object({
        nick_name: v.string(),
        id_card: v.optional(v.string()),
        license: v.optional(v.string()),
        naming_other_stuff_1: v.optional(v.string()),
        naming_other_stuff_2: v.optional(v.string()),
        naming_other_stuff_3: v.optional(v.string()),
        naming_other_stuff_4: v.optional(v.string()),
        naming_other_stuff_5: v.optional(v.string()),
      }),
    reply: () => v.looseObject({ wording: maybeText, audit_id: maybeInteger }),
    repeat: 'readBack',
    permissionSets,
    link: page('setNickName'),
  }),
  nicknameAudit: post('authorizer', '/wxa/api_wxa_querynickname', {
    title: 'State of a name under review',
    body: () => v.object({ audit_id: v.number() }),
    reply: () => v.looseObject({ nickname: maybeText, audit_stat: integer, fail_reason: maybeText }),
    repeat: 'safe',
    permissionSets,
    link: page('getNickNameStatus'),
  }),
  checkNickname: post('authorizer', '/cgi-bin/wxverify/checkwxverifynickname', {
    title: 'Whether a name may be taken',
    body: () => v.object({ nick_name: v.string() }),
    reply: () => v.looseObject({ hit_condition: v.nullish(v.boolean()), wording: maybeText }),
    repeat: 'safe',
    permissionSets,
    link: page('checkNickName'),
  }),
  setPicture: post('authorizer', '/cgi-bin/account/modifyheadimage', {
    title: 'Set the picture; the crop box runs from 0 to 1',
    body: () =>
      v.object({ head_img_media_id: v.string(), x1: v.number(), y1: v.number(), x2: v.number(), y2: v.number() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setHeadImage'),
  }),
  setIntroduction: post('authorizer', '/cgi-bin/account/modifysignature', {
    title: 'Set the introduction, 4 to 120 characters',
    body: () => v.object({ signature: v.string() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setSignature'),
  }),
  searchable: get('authorizer', '/wxa/getwxasearchstatus', {
    title: 'Whether search finds the mini program (0 yes, 1 no)',
    reply: () => v.looseObject({ status: integer }),
    repeat: 'safe',
    permissionSets,
    link: page('getSearchStatus'),
  }),
  setSearchable: post('authorizer', '/wxa/changewxasearchstatus', {
    title: 'Let search find the mini program (0) or not (1)',
    body: () => v.object({ status: v.picklist([0, 1]) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: page('setSearchStatus'),
  }),
  dataFetching: post('authorizer', '/wxa/fetchdatasetting', {
    title: 'Read or change the prefetching of data',
    body: () => v.looseObject({ action: v.picklist(['get', 'set_pre_fetch', 'set_period_fetch']) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: page('getFetchdataSetting'),
  }),
}
