/** Reference 8: the privacy guideline and the location-type interfaces. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { liveOf, withoutWx } from '../merchants.ts'
import { storeMedia } from '../media.ts'
import { nextNumber } from '../state.ts'
import { ok, withAuthorizerToken, withUpload, nothing } from './operation.ts'
import { labelOfPrivacyKey } from './privacy-keys.ts'

const CODE = [18]
const CONTACTS = ['contact_email', 'contact_phone', 'contact_qq', 'contact_weixin'] as const

const optionalText = v.optional(v.string())
const ownerSetting = v.looseObject({
  contact_email: optionalText,
  contact_phone: optionalText,
  contact_qq: optionalText,
  contact_weixin: optionalText,
  notice_method: optionalText,
  store_expire_timestamp: optionalText,
  ext_file_media_id: optionalText,
  store_region: optionalText,
})

const settingInput = v.object({
  privacy_ver: v.optional(v.number(), 2),
  setting_list: v.optional(v.array(v.object({ privacy_key: v.string(), privacy_text: v.string() }))),
  owner_setting: v.optional(ownerSetting),
  sdk_privacy_info_list: v.optional(v.array(v.unknown()), []),
})

const versionOf = (value: number): 1 | 2 => (value === 1 || value === 2 ? value : refuse(86071))

const checkOwner = (owner: v.InferOutput<typeof ownerSetting>, overseas: boolean): void => {
  refuseUnless(
    CONTACTS.some((name) => (owner[name] ?? '') !== ''),
    86069,
    'one contact is needed',
  )
  refuseUnless((owner.notice_method ?? '') !== '', 86069, 'notice_method')
  refuseUnless(!overseas || (owner.store_region ?? '') !== '', 86069, 'store_region')
  const expires = owner.store_expire_timestamp
  refuseUnless(expires === undefined || expires === '' || /^\d+天$/.test(expires), 86072)
}

const setPrivacy = withAuthorizerToken(
  'POST',
  '/cgi-bin/component/setprivacysetting',
  CODE,
  settingInput,
  (_state, input, { merchant, now }) => {
    const version = versionOf(input.privacy_ver)
    const owner = input.owner_setting
    if (owner === undefined) return refuse(86069, 'owner_setting')
    checkOwner(owner, merchant.overseas)
    const former = merchant.privacy.get(version)
    if (version === 1) {
      refuseUnless(liveOf(merchant) !== undefined, 86074)
      refuseUnless(input.setting_list === undefined, 47001, 'setting_list is not for privacy_ver 1')
      refuseUnless(owner.ext_file_media_id === undefined, 47001, 'ext_file_media_id is not for privacy_ver 1')
    } else {
      refuseUnless(input.setting_list !== undefined || owner.ext_file_media_id !== undefined, 47001, 'setting_list')
    }
    merchant.privacy.set(version, {
      settings: input.setting_list ?? former?.settings ?? [],
      ownerSetting: owner,
      sdks: input.sdk_privacy_info_list,
      updatedAt: now,
    })
    return ok()
  },
)

const getPrivacy = withAuthorizerToken(
  'POST',
  '/cgi-bin/component/getprivacysetting',
  CODE,
  v.object({ privacy_ver: v.optional(v.number(), 2) }),
  (_state, input, { merchant }) => {
    const version = versionOf(input.privacy_ver)
    const setting = merchant.privacy.get(version)
    const code = version === 1 ? liveOf(merchant)?.version : merchant.trial
    const keys = code?.code.privacyKeys ?? []
    return ok({
      code_exist: code === undefined ? 0 : 1,
      privacy_list: keys,
      setting_list: (setting?.settings ?? []).map((entry) => ({
        ...entry,
        privacy_label: labelOfPrivacyKey(entry.privacy_key),
      })),
      update_time: setting === undefined ? 0 : toUnixSeconds(setting.updatedAt),
      owner_setting: setting?.ownerSetting ?? {},
      privacy_desc: {
        privacy_desc_list: keys.map((key) => ({ privacy_key: key, privacy_desc: labelOfPrivacyKey(key) })),
      },
      sdk_privacy_info_list: setting?.sdks ?? [],
    })
  },
)

const applicationInput = v.object({
  api_name: optionalText,
  content: optionalText,
  url_list: v.optional(v.array(v.string()), []),
  pic_list: v.optional(v.array(v.string()), []),
  video_list: v.optional(v.array(v.string()), []),
})

const apply = withAuthorizerToken(
  'POST',
  '/wxa/security/apply_privacy_interface',
  CODE,
  applicationInput,
  (state, input, { merchant, now }) => {
    const { api_name: apiName = '', content = '' } = input
    refuseUnless(apiName !== '' && content !== '' && content.length <= 300, 61034)
    refuseUnless(input.url_list.length + input.pic_list.length + input.video_list.length > 0, 61034, 'evidence')
    refuseUnless(input.pic_list.length <= 10 && input.video_list.length <= 1, 61034)
    refuseUnless(
      input.video_list.every((url) => url.endsWith('.mp4')),
      61032,
    )
    const known = apiName.startsWith('wx.') ? merchant.privacyInterfaces.get(withoutWx(apiName)) : undefined
    if (known === undefined || known.status === 5) return refuse(61035)
    refuseUnless(known.status !== 3, 61031)
    known.status = 3
    known.auditId = nextNumber(state)
    known.appliedAt = now
    delete known.failReason
    return ok({ audit_id: known.auditId })
  },
)

const list = withAuthorizerToken(
  'GET',
  '/wxa/security/get_privacy_interface',
  CODE,
  nothing,
  (_state, _input, { merchant }) =>
    ok({
      interface_list: [...merchant.privacyInterfaces.values()].map((known) => ({
        api_name: `wx.${known.apiName}`,
        api_ch_name: known.apiName,
        api_desc: '',
        api_link: '',
        group_name: '地理位置',
        status: known.status,
        ...(known.auditId === undefined ? {} : { audit_id: known.auditId }),
        ...(known.appliedAt === undefined ? {} : { apply_time: toUnixSeconds(known.appliedAt) }),
        ...(known.failReason === undefined ? {} : { fail_reason: known.failReason }),
      })),
    }),
)

const upload = withUpload('/cgi-bin/component/uploadprivacyextfile', CODE, 'file', (state, file) => {
  refuseUnless(file.name.endsWith('.txt'), 40005)
  return ok({ ext_file_media_id: storeMedia(state, 'file', 'text/plain', new Uint8Array(file.bytes), 'permanent') })
})

export const privacyOperations = [setPrivacy, getPrivacy, apply, list, upload]
