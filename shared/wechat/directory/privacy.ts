/** Location interfaces, and guideline texts of ones own. */
import { docs, get, post, shownBy } from '../endpoints/endpoint.ts'
import { plainText } from '../endpoints/files.ts'
import { list, may, says, takes, text, whole, words } from './fields.ts'

const permissionSets = [18]

const REVIEWING = 3

const interfaces = get('authorizer', '/wxa/security/get_privacy_interface', {
  title: { en: 'Location interfaces and whether they are granted', zh: '地理位置接口及其状态' },
  reads: 'privacyInterfaces.list',
  reply: () =>
    says({
      interface_list: list(
        says({
          api_name: text,
          api_ch_name: text,
          api_desc: text,
          api_link: text,
          group_name: text,
          audit_id: whole,
          status: whole,
          apply_time: whole,
          fail_reason: text,
        }),
      ),
    }),
  repeat: 'safe',
  permissionSets,
  link: docs('miniprogram-management/privacy-api-management/getPrivacyInterface'),
})

export const privacyInterfaces = {
  apply: post('authorizer', '/wxa/security/apply_privacy_interface', {
    title: { en: 'Apply for a location interface', zh: '申请地理位置接口' },
    changes: 'privacyInterfaces.apply',
    body: () =>
      takes({
        api_name: text,
        content: words(1, 300),
        pic_list: may(list(text)),
        video_list: may(list(text)),
        url_list: may(list(text)),
      }),
    reply: () => says({ audit_id: whole }),
    readBack: shownBy(
      interfaces,
      () => ({}),
      ({ interface_list: list = [] }, { api_name: name }) => {
        const asked = list.find((one) => one.api_name === name && one.status === REVIEWING)
        return asked && { ...(asked.audit_id !== undefined && { audit_id: asked.audit_id }) }
      },
    ),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/privacy-api-management/applyPrivacyInterface'),
  }),
  list: interfaces,
}

export const privacyTexts = {
  upload: post('authorizer', '/cgi-bin/component/uploadprivacyextfile', {
    title: { en: 'Upload a guideline text of ones own (.txt)', zh: '上传自定义隐私文本（.txt）' },
    changes: 'privacyTexts.upload',
    part: 'file',
    files: [plainText],
    reply: () => says({ ext_file_media_id: text }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/privacy-management/uploadPrivacySetting'),
  }),
}
