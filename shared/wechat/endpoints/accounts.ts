/** Who a mini program is. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { maybeInteger, maybePart, maybeText } from './shapes.ts'

const page = (name: string): string => docs(`miniprogram-management/basic-info-management/${name}`)

export const accounts = {
  basicInfo: post('authorizer', '/cgi-bin/account/getaccountbasicinfo', {
    title: { en: 'Basic information of an account', zh: '账号基本信息' },
    reply: () =>
      v.looseObject({
        appid: maybeText,
        account_type: maybeInteger,
        principal_type: maybeInteger,
        principal_name: maybeText,
        realname_status: maybeInteger,
        nickname: maybeText,
        nickname_info: maybePart(v.looseObject({ nickname: maybeText })),
        head_image_info: maybePart(v.looseObject({ head_image_url: maybeText })),
        signature_info: maybePart(v.looseObject({ signature: maybeText })),
        wx_verify_info: maybePart(
          v.looseObject({
            annual_review: v.optional(v.unknown()),
            annual_review_begin_time: maybeInteger,
            annual_review_end_time: maybeInteger,
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets: [3, 30],
    link: page('getAccountBasicInfo'),
  }),
}
