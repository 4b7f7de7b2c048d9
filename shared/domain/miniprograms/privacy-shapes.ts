import * as v from 'valibot'
import { text } from '../inputs.ts'

/** WeChat's own spelling inside. */
export const ownerSetting = v.pipe(
  v.strictObject({
    contact_email: v.optional(text(256, 0)),
    contact_phone: v.optional(text(64, 0)),
    contact_qq: v.optional(text(64, 0)),
    contact_weixin: v.optional(text(64, 0)),
    notice_method: text(256),
    store_expire_timestamp: v.optional(text(64, 0)),
    ext_file_media_id: v.optional(text(256)),
    store_region: v.optional(v.union([text(64), v.number()], 'must be a text or a number')),
  }),
  v.check(
    (owner) =>
      [owner.contact_email, owner.contact_phone, owner.contact_qq, owner.contact_weixin].some(
        (contact) => contact !== undefined && contact !== '',
      ),
    'must have contact_email, contact_phone, contact_qq or contact_weixin',
  ),
)

export const guidelineKeys = v.array(
  v.strictObject({ privacy_key: text(64), privacy_text: text(1024) }),
  'must be a list',
)
