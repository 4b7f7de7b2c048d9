/** Name, picture, introduction and search of one mini program. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, auditNames, integer, maybeInteger, maybeText, renamed, text } from './shapes.ts'

const permissionSets = [30]
const page = (name: string): string => docs(`miniprogram-management/basic-info-management/${name}`)

export const accounts = {
  basicInfo: post('authorizer', '/cgi-bin/account/getaccountbasicinfo', {
    title: { en: 'Basic information of an account', zh: '账号基本信息' },
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
    title: { en: 'Set the name', zh: '设置名称' },
    changes: 'names.set',
    body: () =>
      v.strictObject({
        nick_name: v.string(),
        id_card: v.optional(v.string()),
        license: v.optional(v.string()),
        naming_other_stuff_1: v.optional(v.string()),
        naming_other_stuff_2: v.optional(v.string()),
        naming_other_stuff_3: v.optional(v.string()),
        naming_other_stuff_4: v.optional(v.string()),
        naming_other_stuff_5: v.optional(v.string()),
      }),
    reply: () => renamed(auditNames, { wording: maybeText, audit_id: maybeInteger }),
    repeat: 'readBack',
    permissionSets,
    link: page('setNickName'),
  }),
  nicknameAudit: post('authorizer', '/wxa/api_wxa_querynickname', {
    title: { en: 'State of a name under review', zh: '名称审核状态' },
    reads: 'names.audit',
    body: () => v.strictObject({ audit_id: v.number() }),
    reply: () => v.looseObject({ nickname: maybeText, audit_stat: integer, fail_reason: maybeText }),
    repeat: 'safe',
    permissionSets,
    link: page('getNickNameStatus'),
  }),
  checkNickname: post('authorizer', '/cgi-bin/wxverify/checkwxverifynickname', {
    title: { en: 'Whether a name may be taken', zh: '名称是否可用' },
    reads: 'names.check',
    body: () => v.strictObject({ nick_name: v.string() }),
    reply: () => v.looseObject({ hit_condition: v.nullish(v.boolean()), wording: maybeText }),
    repeat: 'safe',
    permissionSets,
    link: page('checkNickName'),
  }),
  setPicture: post('authorizer', '/cgi-bin/account/modifyheadimage', {
    title: { en: 'Set the picture; the crop box runs from 0 to 1', zh: '设置头像，裁剪框坐标为 0 到 1' },
    changes: 'pictures.set',
    body: () =>
      v.strictObject({ head_img_media_id: v.string(), x1: v.number(), y1: v.number(), x2: v.number(), y2: v.number() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setHeadImage'),
  }),
  setIntroduction: post('authorizer', '/cgi-bin/account/modifysignature', {
    title: { en: 'Set the introduction, 4 to 120 characters', zh: '设置介绍，4 到 120 个字符' },
    changes: 'introductions.set',
    body: () => v.strictObject({ signature: v.string() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setSignature'),
  }),
  searchable: get('authorizer', '/wxa/getwxasearchstatus', {
    title: { en: 'Whether search finds the mini program (0 yes, 1 no)', zh: '是否可被搜索（0 可以，1 不可以）' },
    reads: 'searches.get',
    reply: () => v.looseObject({ status: integer }),
    repeat: 'safe',
    permissionSets,
    link: page('getSearchStatus'),
  }),
  setSearchable: post('authorizer', '/wxa/changewxasearchstatus', {
    title: { en: 'Let search find the mini program (0) or not (1)', zh: '设置能否被搜索（0 可以，1 不可以）' },
    changes: 'searches.set',
    body: () => v.strictObject({ status: v.picklist([0, 1]) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: page('setSearchStatus'),
  }),
  dataFetching: post('authorizer', '/wxa/fetchdatasetting', {
    title: { en: 'Read or change the prefetching of data', zh: '读取或修改数据预拉取' },
    body: () => v.looseObject({ action: v.picklist(['get', 'set_pre_fetch', 'set_period_fetch']) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: page('getFetchdataSetting'),
  }),
}
