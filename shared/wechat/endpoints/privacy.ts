/** The privacy guideline (用户隐私保护指引) and the interfaces that need an application of their own. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, maybeInteger, maybeText, maybeTexts, rowsOf, text } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/${name}`)

/** 1 the live version, 2 the development version. */
const version = v.picklist([1, 2])

const keyed = () => v.object({ privacy_key: v.string(), privacy_text: v.string() })

export const privacy = {
  set: post('authorizer', '/cgi-bin/component/setprivacysetting', {
    title: { en: 'Set the privacy guideline', zh: '设置用户隐私保护指引' },
    body: () =>
      v.object({
        privacy_ver: v.optional(version),
        setting_list: v.optional(v.array(keyed())),
        owner_setting: v.object({
          contact_email: v.optional(v.string()),
          contact_phone: v.optional(v.string()),
          contact_qq: v.optional(v.string()),
          contact_weixin: v.optional(v.string()),
          notice_method: v.string(),
          store_expire_timestamp: v.optional(v.string()),
          ext_file_media_id: v.optional(v.string()),
          store_region: v.optional(v.union([v.number(), v.string()])),
        }),
        sdk_privacy_info_list: v.optional(
          v.array(v.object({ sdk_name: v.string(), sdk_biz_name: v.optional(v.string()), sdk_list: v.array(keyed()) })),
        ),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('privacy-management/setPrivacySetting'),
  }),
  get: post('authorizer', '/cgi-bin/component/getprivacysetting', {
    title: {
      en: 'The privacy guideline, and what the committed code was found to use',
      zh: '用户隐私保护指引及代码检测结果',
    },
    body: () => v.object({ privacy_ver: v.optional(version) }),
    reply: () =>
      v.looseObject({
        code_exist: maybeInteger,
        privacy_list: maybeTexts,
        setting_list: v.nullish(
          rowsOf(v.looseObject({ privacy_key: text, privacy_text: maybeText, privacy_label: maybeText })),
          [],
        ),
        update_time: maybeInteger,
        owner_setting: v.nullish(
          v.looseObject({
            contact_email: maybeText,
            contact_phone: maybeText,
            contact_qq: maybeText,
            contact_weixin: maybeText,
            notice_method: maybeText,
            store_expire_timestamp: maybeText,
            ext_file_media_id: maybeText,
          }),
        ),
        privacy_desc: v.nullish(
          v.looseObject({
            privacy_desc_list: v.nullish(rowsOf(v.looseObject({ privacy_key: text, privacy_desc: maybeText })), []),
          }),
        ),
        sdk_privacy_info_list: v.nullish(rowsOf(v.looseObject({})), []),
      }),
    repeat: 'safe',
    permissionSets,
    link: page('privacy-management/getPrivacySetting'),
  }),
}
