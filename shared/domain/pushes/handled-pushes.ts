import { isTestAccount } from '../../wechat/test-accounts.ts'
import type { Push } from '../stores/pushes.ts'

/** What a push is handled for; all others are only kept and delivered. */
const handledTypes = [
  'wechat.authorized',
  'wechat.updateauthorized',
  'wechat.notify_third_fasteregister',
  'wechat.unauthorized',
  'wechat.weapp_audit_success',
  'wechat.weapp_audit_fail',
  'wechat.weapp_audit_delay',
  'wechat.wxa_nickname_audit',
  'wechat.wxa_punish_event',
  'wechat.wxa_illegal_record',
  'wechat.wxa_appeal_record',
  'wechat.notify_3rd_wxa_wxverify',
  'wechat.annual_renew',
  'wechat.verify_expired',
  'wechat.notify_3rd_wxa_auth',
  'wechat.qualification_verify_success',
  'wechat.notify_apply_icpfiling_result',
] as const
export type HandledType = (typeof handledTypes)[number]

export const isHandledType = (type: string): type is HandledType => handledTypes.some((handled) => handled === type)

export const isOfTestAccount = ({ appid }: Push): boolean => appid !== undefined && isTestAccount(appid)

export const needsHandling = (push: Push): boolean => isHandledType(push.type) || isOfTestAccount(push)
