import { refreshProfile } from '../authorizers/authorization.ts'
import { handleAuthorized, handleUnauthorized } from '../authorizers/authorization-events.ts'
import { noteAppeal, noteFiling, notePunishment, noteVerificationEnd, noteVerified } from './account-events.ts'
import { isHandledType, isOfTestAccount, type HandledType } from './handled-pushes.ts'
import type { Platform } from '../platform.ts'
import { hintOfAudit } from '../releases/submissions.ts'
import { sendFromApi } from './release-check.ts'
import type { Push } from '../stores/pushes.ts'

/** The effect of a push. Each may run twice. */
export async function act(platform: Platform, push: Push): Promise<void> {
  if (isOfTestAccount(push)) return sendFromApi(platform, push)
  if (isHandledType(push.type)) await handlers[push.type](platform, push)
}

type Handler = (platform: Platform, push: Push) => Promise<void>

const exchange: Handler = (platform, push) =>
  handleAuthorized(platform, push, {
    code: push.secrets['AuthorizationCode'],
    preAuthCode: push.secrets['PreAuthCode'],
  })

const readAudit: Handler = async (platform, push) => {
  if (push.appid !== undefined) await hintOfAudit(platform, push.appid)
}

const handlers: Readonly<Record<HandledType, Handler>> = {
  'wechat.authorized': exchange,
  'wechat.updateauthorized': exchange,
  'wechat.notify_third_fasteregister': async (platform, push) => {
    if (registered(push)) await handleAuthorized(platform, push, { code: push.secrets['auth_code'] })
  },
  'wechat.unauthorized': handleUnauthorized,
  'wechat.weapp_audit_success': readAudit,
  'wechat.weapp_audit_fail': readAudit,
  'wechat.weapp_audit_delay': readAudit,
  'wechat.wxa_nickname_audit': readNewName,
  'wechat.wxa_punish_event': notePunishment,
  'wechat.wxa_illegal_record': notePunishment,
  'wechat.wxa_appeal_record': noteAppeal,
  'wechat.notify_3rd_wxa_wxverify': noteVerificationEnd,
  'wechat.annual_renew': noteVerificationEnd,
  'wechat.verify_expired': noteVerificationEnd,
  'wechat.notify_3rd_wxa_auth': noteVerified,
  'wechat.qualification_verify_success': noteVerified,
  'wechat.notify_apply_icpfiling_result': noteFiling,
}

const fieldOf = ({ fields }: Push, name: string): unknown =>
  typeof fields === 'object' && fields !== null ? new Map(Object.entries(fields)).get(name) : undefined

const registered = (push: Push): boolean => fieldOf(push, 'status') === '0'

const NICKNAME_PASSED = '3'

async function readNewName(platform: Platform, push: Push): Promise<void> {
  if (push.appid === undefined || fieldOf(push, 'ret') !== NICKNAME_PASSED) return
  const authorizer = await platform.stores.authorizers.find(push.appid)
  if (authorizer?.status === 'active') await refreshProfile(platform, push.appid)
}
