/** Code of one mini program up to its trial version (体验版). */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, maybeInteger, maybeText, maybeTexts, rowsOf, text, texts, unlessEmpty } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/code-management/${name}`)

export const code = {
  commit: post('authorizer', '/wxa/commit', {
    title: { en: 'Commit a template as the trial version', zh: '把模板提交为体验版' },
    // ext_json is JSON inside a string; an object is refused (47001, 85048).
    body: () =>
      v.object({
        template_id: v.union([v.number(), v.string()]),
        ext_json: v.string(),
        user_version: v.pipe(v.string(), v.maxLength(64)),
        user_desc: v.string(),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('commit'),
  }),
  trialQrCode: get('authorizer', '/wxa/get_qrcode', {
    title: { en: 'QR code of the trial version', zh: '体验版二维码' },
    query: () => v.object({ path: v.optional(v.string()) }),
    reply: 'binary',
    repeat: 'safe',
    permissionSets: [18, 86],
    link: page('getTrialQRCode'),
  }),
  pages: get('authorizer', '/wxa/get_page', {
    title: { en: 'Pages of the trial version', zh: '体验版的页面' },
    reply: () => v.looseObject({ page_list: texts }),
    repeat: 'safe',
    permissionSets,
    link: page('getCodePage'),
  }),
  categories: get('authorizer', '/wxa/get_category', {
    title: { en: 'Categories that a submission may name', zh: '提审可选的类目' },
    reply: () =>
      v.looseObject({
        category_list: rowsOf(
          v.looseObject({
            first_id: maybeInteger,
            first_class: text,
            second_id: maybeInteger,
            second_class: text,
            third_id: maybeInteger,
            third_class: maybeText,
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/category-management/getAllCategoryName'),
  }),
  /** 61039 until the scan that each commit starts has finished, about a minute. */
  privacyInfo: get('authorizer', '/wxa/security/get_code_privacy_info', {
    title: { en: 'Privacy interfaces found in the committed code', zh: '已上传代码中检测到的隐私接口' },
    reads: 'codePrivacy.get',
    reply: () => v.looseObject({ without_auth_list: maybeTexts, without_conf_list: maybeTexts }),
    repeat: 'safe',
    permissionSets,
    link: page('getCodePrivacyInfo'),
  }),
  versions: post('authorizer', '/wxa/getversioninfo', {
    title: { en: 'Trial version and online version', zh: '体验版与线上版的版本' },
    reply: () =>
      v.looseObject({
        exp_info: unlessEmpty(v.looseObject({ exp_time: maybeInteger, exp_version: maybeText, exp_desc: maybeText })),
        release_info: unlessEmpty(
          v.looseObject({ release_time: maybeInteger, release_version: maybeText, release_desc: maybeText }),
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link: page('getVersionInfo'),
  }),
}
