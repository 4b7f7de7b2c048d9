import type { PushFields, PushValue } from '../../wechat/messages.ts'
import type { Push } from '../stores/pushes.ts'

/** A genuine message as the reader left it. */
export interface Received {
  /** The same for every copy of one push, XML and JSON alike. */
  readonly id: string
  readonly road: Push['road']
  /** From the path of the message URL. */
  readonly appid?: string
  /** Of the message URL that an authorization event came to; it counts where the event names nobody. */
  readonly address?: string
  readonly fields: PushFields
  /** The message itself, where it could not be read; `fields` then has what stood out of it. */
  readonly unreadable?: string
}

export const textOf = (fields: PushFields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Of a push whose sender may have been any user. It is kept, and nothing else comes of it. */
export const unreadableType = 'unreadable'

/** Fields that are credentials, by name; and any value that carries WeChat's mark of one. */
const secretNames = new Set(['ComponentVerifyTicket', 'AuthorizationCode', 'PreAuthCode', 'auth_code', 'ticket'])
const secretValue = /@@@|QUERY_AUTH_CODE:/

/** The push as it is kept: what is secret in it apart from what may be shown. */
export function toPush({ id, road, appid, address, fields, unreadable }: Received): Push {
  // Nobody knows what is secret in it.
  const secrets: Record<string, string> = unreadable === undefined ? {} : { message: unreadable }
  const kept: Record<string, PushValue> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' && isSecret(name, value)) secrets[name] = value
    else kept[name] = withoutSecrets(value)
  }
  const named = appid ?? accountOf(fields) ?? address
  return {
    id,
    road,
    type: unreadable === undefined ? typeOf(fields) : unreadableType,
    ...(named !== undefined && { appid: named }),
    createTime: secondsOf(textOf(fields, 'CreateTime')),
    fields: kept,
    secrets,
    attempts: 0,
  }
}

/** A blank text is no ticket and no code. */
const isSecret = (name: string, value: string): boolean =>
  value.trim() !== '' && (secretNames.has(name) || secretValue.test(value))

/** WeChat's names for the account that an event is about; `AppId` is the platform itself. */
const accountNames = ['AuthorizerAppid', 'authorizer_appid', 'verify_appid', 'appid', 'Appid']

/** Said at the top, or by every row of its list. */
function accountOf(fields: PushFields): string | undefined {
  const own = accountNames.map((name) => textOf(fields, name)).find((name) => name !== undefined)
  if (own !== undefined) return own
  const rows = [fields['list'] ?? fields['List'] ?? []].flat()
  const listed = new Set(
    rows.map((row) => (typeof row === 'object' && !Array.isArray(row) ? accountOf(row) : undefined)),
  )
  const [only] = listed
  return listed.size === 1 ? only : undefined
}

/** WeChat's own name of a type stands for ours. */
export const pushType = (name: string): string =>
  name === unreadableType || name.startsWith('wechat.') ? name : `wechat.${name}`

const typeOf = (fields: PushFields): string =>
  `wechat.${textOf(fields, 'InfoType') ?? textOf(fields, 'Event') ?? textOf(fields, 'MsgType') ?? 'unknown'}`

const secondsOf = (text: string | undefined): number =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : 0

function withoutSecrets(value: PushValue): PushValue {
  if (typeof value === 'string') return secretValue.test(value) ? '[hidden]' : value
  if (Array.isArray(value)) return value.map(withoutSecrets)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, secretNames.has(name) ? '[hidden]' : withoutSecrets(member)]),
  )
}
