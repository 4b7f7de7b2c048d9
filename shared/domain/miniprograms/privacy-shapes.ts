import * as v from 'valibot'
import { text } from '../inputs.ts'
import { flaw } from '../input-flaws.ts'
import { told } from '../described-fields.ts'

const contact = (en: string, zh: string, max: number, example: string) =>
  v.optional(told(en, zh, text(max, 0), example))

/** WeChat's own spelling inside. */
export const ownerSetting = told(
  'Who answers for it, with one contact at least',
  '开发者信息，至少填一种联系方式',
  v.pipe(
    v.strictObject({
      contact_email: contact('E-mail', '邮箱', 256, 'privacy@shop.example'),
      contact_phone: contact('Phone', '电话', 64, '13800000000'),
      contact_qq: contact('QQ', 'QQ', 64, '10000'),
      contact_weixin: contact('WeChat id', '微信号', 64, 'shop'),
      notice_method: told('How users are told of changes', '通知用户的方式', text(256), '弹窗'),
      store_expire_timestamp: contact('How long data is kept', '信息存储期限', 64, '180天'),
      ext_file_media_id: v.optional(told('A guideline text of your own', '自定义文本的 mediaid', text(256), 'abc')),
      store_region: v.optional(told('Where data is kept', '信息存储地区', v.union([text(64), v.number()]), '0')),
    }),
    v.check(
      (owner) =>
        [owner.contact_email, owner.contact_phone, owner.contact_qq, owner.contact_weixin].some(
          (given) => given !== undefined && given !== '',
        ),
      flaw('CONTACT_MISSING'),
    ),
  ),
)

export const guidelineKeys = told(
  'What is collected, and what for',
  '收集的信息及用途',
  v.array(
    v.strictObject({
      privacy_key: told("WeChat's word for the information", '信息类型', text(64), 'UserInfo'),
      privacy_text: told('What it is for', '用途', text(1024), '展示头像'),
    }),
  ),
)
