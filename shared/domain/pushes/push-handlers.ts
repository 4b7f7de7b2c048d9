import { errcodeOf, Failure } from '../../errors.ts'
import { after, MINUTE, SECOND } from '../../time.ts'
import { isTestAccount } from '../../wechat/test-accounts.ts'
import { refreshProfile } from '../authorizers/authorization.ts'
import { handleAuthorized, handleUnauthorized } from '../authorizers/authorization-events.ts'
import { noteAppeal, noteFiling, notePunishment, noteVerificationEnd, noteVerified } from './account-events.ts'
import { isHandledType, isOfTestAccount, type HandledType } from './handled-pushes.ts'
import { reportLostAuthorization } from '../authorizers/lost-authorizations.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { hintOfAudit } from '../releases/submissions.ts'
import { sendFromApi } from './release-check.ts'
import type { Push } from '../stores/pushes.ts'

const MAX_ATTEMPTS = 12

/** As long as the breaker lets nobody ask. */
const PAUSE_MS = 5 * SECOND

/** Handles a stored push and notes how it went. Never throws. */
export async function handle(platform: Platform, push: Push): Promise<void> {
  try {
    await act(platform, push)
    await platform.stores.pushes.finish(push, 'done')
  } catch (error) {
    platform.log.warn('a push could not be handled yet', {
      type: push.type,
      appid: push.appid,
      attempts: push.attempts,
      reason: error,
    })
    await putOff(platform, push, error).catch((reason: unknown) => {
      platform.log.error('a push could not be put off; its time comes all the same', { reason })
    })
  }
}

async function putOff(platform: Platform, push: Push, error: unknown): Promise<void> {
  const final =
    error instanceof Failure && !error.retryable && error.code !== 'INTERNAL' && error.code !== 'CONFIG_INVALID'
  if (!final && push.attempts < MAX_ATTEMPTS) {
    const delay = retryDelay(push.attempts, error instanceof Failure && error.paused)
    return platform.stores.pushes.postpone(push, after(databaseTime(platform), delay))
  }
  // The push comes last: once it has failed, nobody comes back to it.
  if (push.appid !== undefined && isAuthorization(push.type) && !isTestAccount(push.appid))
    await reportLostAuthorization(platform, push.appid, {
      errcode: errcodeOf(error),
      eventTime: push.createTime,
      preAuthCode: push.secrets['PreAuthCode'],
    })
  await platform.stores.pushes.finish(push, 'failed')
}

/** The next run of processQueue, within a minute, repeats it first; one that found WeChat paused cost nothing and waits for the end of that. */
function retryDelay(attempts: number, isPaused: boolean): number {
  if (attempts === 0) return 0
  if (isPaused && attempts < 3) return PAUSE_MS
  return Math.min(MINUTE * 2 ** (attempts - 1), 60 * MINUTE)
}

const isAuthorization = (type: string): boolean =>
  ['wechat.authorized', 'wechat.updateauthorized', 'wechat.notify_third_fasteregister'].includes(type)

/** The effect of a push. Each may run twice. */
async function act(platform: Platform, push: Push): Promise<void> {
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
