import { errcodeOf, Failure } from '../errors.ts'
import { after, MINUTE, SECOND } from '../time.ts'
import type { PushFields, PushValue } from '../wechat/messages.ts'
import { isTestAccount } from '../wechat/test-accounts.ts'
import { handleAuthorized, handleUnauthorized } from './authorization-events.ts'
import { databaseTime, newestFirst, type Platform } from './platform.ts'
import { openProblem } from './problems.ts'
import { hintOfAudit } from './release-audits.ts'
import type { Push } from './stores.ts'

/** A genuine message as the reader left it. */
export interface Received {
  /** The same for every copy of one push, XML and JSON alike. */
  readonly id: string
  readonly road: Push['road']
  /** From the path of the message URL. */
  readonly appid?: string
  readonly fields: PushFields
}

/** If its handler has not finished by then, `processQueue` takes the push over. */
const HANDOVER_MS = 15 * SECOND

const MAX_ATTEMPTS = 12

/** Stores the push, then handles it within the time left. True when it is new; throws when it could not be stored. */
export async function takeIn(platform: Platform, received: Received, leftMs: () => number): Promise<boolean> {
  const push = toPush(received)
  const isTicket = push.type === TICKET
  const isNew = await platform.stores.pushes.insert(push, {
    done: isTicket,
    order: newestFirst(platform),
    dueAt: after(databaseTime(platform), HANDOVER_MS),
  })
  platform.log.info('push stored', { type: push.type, appid: push.appid, createTime: push.createTime, isNew })
  if (isNew && !isTicket) await withinTime(platform, handle(platform, push), leftMs())
  return isNew
}

export const TICKET = 'wechat.component_verify_ticket'

/** What is slower than the time WeChat gives goes on by itself, or in `processQueue` if this instance is frozen. */
async function withinTime(platform: Platform, work: Promise<void>, ms: number): Promise<void> {
  const settled = work.then(
    () => 'done',
    () => 'failed',
  )
  const outcome = await Promise.race([settled, platform.sleep(Math.max(ms, 0)).then(() => 'late')])
  if (outcome === 'late') platform.log.info('a push is finished later', {})
}

/** Handles a stored push and notes how it went. Never throws. */
export async function handle(platform: Platform, push: Push): Promise<void> {
  try {
    await act(platform, push)
    await platform.stores.pushes.finish(push.id, 'done')
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
  if (final || push.attempts >= MAX_ATTEMPTS) {
    await platform.stores.pushes.finish(push.id, 'failed')
    if (push.appid !== undefined && isAuthorization(push.type))
      await reportLostAuthorization(platform, push.appid, error)
    return
  }
  const delay = Math.min(MINUTE * 2 ** push.attempts, 60 * MINUTE)
  await platform.stores.pushes.postpone(push.id, after(databaseTime(platform), delay))
}

const isAuthorization = (type: string): boolean =>
  ['wechat.authorized', 'wechat.updateauthorized', 'wechat.notify_third_fasteregister'].includes(type)

async function reportLostAuthorization(platform: Platform, appid: string, error: unknown): Promise<void> {
  // A conflict of bindings has a problem of its own, and the tokens are safe.
  if (error instanceof Failure && error.code === 'CONFLICT') return
  const known = await platform.stores.authorizers.find(appid)
  await openProblem(platform, {
    code: 'AUTHORIZATION_LOST',
    appid,
    message: `${known?.nickName || appid} authorized the platform, but its code could not be exchanged (${errcodeOf(error) ?? 'no errcode'})`,
    hint: 'Send the merchant an invite link (bindings.createLink) to authorize once more. 请让商户重新授权一次。',
  })
}

/** The effect of a push. Every branch may run twice. */
async function act(platform: Platform, push: Push): Promise<void> {
  if (push.appid !== undefined && isTestAccount(push.appid)) return
  switch (push.type) {
    case 'wechat.authorized':
    case 'wechat.updateauthorized':
      return handleAuthorized(platform, push, {
        code: push.secrets['AuthorizationCode'],
        preAuthCode: push.secrets['PreAuthCode'],
      })
    case 'wechat.notify_third_fasteregister':
      return registered(push) ? handleAuthorized(platform, push, { code: push.secrets['auth_code'] }) : undefined
    case 'wechat.unauthorized':
      return handleUnauthorized(platform, push)
    case 'wechat.weapp_audit_success':
    case 'wechat.weapp_audit_fail':
    case 'wechat.weapp_audit_delay':
      return push.appid === undefined ? undefined : hintOfAudit(platform, push.appid)
    default:
      return undefined
  }
}

const registered = ({ fields }: Push): boolean =>
  typeof fields === 'object' && fields !== null && 'status' in fields && fields.status === '0'

/** Fields that are credentials, by name; and any value that carries WeChat's mark of one. */
const secretNames = new Set(['ComponentVerifyTicket', 'AuthorizationCode', 'PreAuthCode', 'auth_code', 'ticket'])
const secretValue = /@@@|QUERY_AUTH_CODE:/

function toPush({ id, road, appid, fields }: Received): Push {
  const secrets: Record<string, string> = {}
  const kept: Record<string, PushValue> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && (secretNames.has(name) || secretValue.test(value))) secrets[name] = value
    else kept[name] = withoutSecrets(value)
  }
  const named =
    appid ?? textOf(fields, 'AuthorizerAppid') ?? textOf(fields, 'appid') ?? textOf(fields, 'authorizer_appid')
  return {
    id,
    road,
    type: typeOf(fields),
    ...(named !== undefined && { appid: named }),
    createTime: secondsOf(textOf(fields, 'CreateTime')),
    fields: kept,
    secrets,
    attempts: 0,
  }
}

const typeOf = (fields: PushFields): string =>
  `wechat.${textOf(fields, 'InfoType') ?? textOf(fields, 'Event') ?? textOf(fields, 'MsgType') ?? 'unknown'}`

export const textOf = (fields: PushFields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const secondsOf = (text: string | undefined): number =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : 0

function withoutSecrets(value: PushValue): PushValue {
  if (typeof value === 'string') return secretValue.test(value) ? '[hidden]' : value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, secretNames.has(name) ? '[hidden]' : withoutSecrets(member)]),
  )
}
