import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { cdata } from '../../shared/wechat/cdata.ts'
import { sealEnvelope } from '../../shared/wechat/envelope.ts'
import { toUnixSeconds } from '../../shared/time.ts'
import type { EpochMs } from '../../shared/time.ts'
import { newNonce } from './identifiers.ts'
import { nextNumber, nowOf } from './state.ts'
import type { WechatState } from './state.ts'

export interface PushAttempt {
  readonly at: EpochMs
  readonly tookMs: number
  readonly status?: number
  readonly body?: string
  readonly error?: string
}

export interface PushRecord {
  readonly pushId: number
  readonly target: 'event' | 'message'
  /** The authorizer it is about, if any. */
  readonly appid?: string
  /** InfoType, Event or MsgType. */
  readonly kind: string
  readonly createdAt: EpochMs
  readonly openid?: string
  readonly fields: PushFields
  /** The same as the XML inside the envelope. */
  readonly message: string
  state: 'held' | 'sending' | 'delivered' | 'failed' | 'undeliverable'
  readonly attempts: PushAttempt[]
}

type PushValue = string | number | { readonly [name: string]: PushValue } | readonly PushValue[]
/** Elements of a push by name; a list repeats its element. */
export type PushFields = Readonly<Record<string, PushValue>>

const toElements = (fields: PushFields): string =>
  Object.entries(fields)
    .flatMap(([name, value]) => listOf(value).map((one) => `<${name}>${toContent(one)}</${name}>`))
    .join('\n')

const listOf = (value: PushValue): readonly PushValue[] => (isList(value) ? value : [value])

const isList = (value: PushValue): value is readonly PushValue[] => Array.isArray(value)

const toContent = (value: PushValue): string => {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return cdata(value)
  return isList(value) ? value.map(toContent).join('') : toElements(value)
}

const toXml = (fields: PushFields): string => `<xml>${toElements(fields)}</xml>`

/** Each element's own time may be overridden by `CreateTime` in `fields`, so that tests can send the past. */
export const pushEvent = (state: WechatState, infoType: string, fields: PushFields, appid?: string): PushRecord =>
  send(state, {
    target: 'event',
    kind: infoType,
    fields: {
      AppId: state.settings.componentAppid,
      CreateTime: toUnixSeconds(nowOf(state)),
      InfoType: infoType,
      ...fields,
    },
    ...(appid === undefined ? {} : { appid }),
  })

export const pushMessage = (
  state: WechatState,
  to: { appid: string; userName: string },
  openid: string,
  fields: PushFields,
): PushRecord =>
  send(state, {
    target: 'message',
    kind: textOf(fields['Event']) ?? textOf(fields['MsgType']) ?? '',
    appid: to.appid,
    openid,
    fields: {
      ToUserName: to.userName,
      FromUserName: openid,
      CreateTime: toUnixSeconds(nowOf(state)),
      ...fields,
    },
  })

const textOf = (value: PushValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

const MAX_KEPT = 5000

const send = (
  state: WechatState,
  push: Omit<PushRecord, 'pushId' | 'createdAt' | 'state' | 'attempts' | 'message'>,
): PushRecord => {
  const record: PushRecord = {
    ...push,
    message: toXml(push.fields),
    pushId: nextNumber(state),
    createdAt: nowOf(state),
    state: 'held',
    attempts: [],
  }
  state.pushes.push(record)
  if (state.pushes.length > MAX_KEPT) state.pushes.shift()
  if (!state.settings.holdPushes) startDelivery(state, record)
  return record
}

/** Begins to deliver, also once more what was delivered before: WeChat does repeat itself. */
export const startDelivery = (state: WechatState, record: PushRecord): void => {
  const delivery = deliver(state, record).finally(() => state.deliveries.delete(delivery))
  state.deliveries.add(delivery)
}

/** Resolves when nothing is under way any more. */
export const settleDeliveries = async (state: WechatState): Promise<void> => {
  while (state.deliveries.size > 0) await Promise.all(state.deliveries)
}

const deliver = async (state: WechatState, record: PushRecord): Promise<void> => {
  const base = record.target === 'event' ? state.settings.eventUrl : state.settings.messageUrl
  if (base === undefined) {
    record.state = 'undeliverable'
    return
  }
  record.state = 'sending'
  const sent = state.settings.plainPushes ? write(record, base) : seal(state, record, base)
  for (let attempt = 0; attempt <= state.settings.pushRetries; attempt += 1) {
    if (state.closing.signal.aborted) break
    if (attempt > 0)
      await pause(state.settings.pushRetryDelayMs, undefined, { signal: state.closing.signal }).catch(() => {})
    const outcome = await post(state, sent)
    record.attempts.push(outcome)
    if (isTaken(record, outcome)) {
      record.state = 'delivered'
      return
    }
  }
  record.state = 'failed'
}

interface Sent {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Into a service of cloud hosting. */
const write = ({ fields, appid = '' }: PushRecord, base: string): Sent => ({
  url: base.replace('$APPID$', appid),
  headers: { 'content-type': 'application/json', 'x-wx-source': 'wx_server' },
  body: JSON.stringify(fields),
})

/** What is sent; a retry sends the same bytes with the same signature. */
export const seal = (
  state: WechatState,
  record: Pick<PushRecord, 'message' | 'target' | 'appid' | 'openid'>,
  base: string,
): Sent => {
  const { token, encodingAesKey, componentAppid } = state.settings
  const timestamp = String(toUnixSeconds(nowOf(state)))
  const nonce = newNonce()
  const { encrypt, msgSignature } = sealEnvelope(
    { token, encodingAesKey, appid: componentAppid },
    { message: record.message, timestamp, nonce },
  )
  const signature = createHash('sha1').update([token, timestamp, nonce].toSorted().join('')).digest('hex')
  const url = new URL(base.replace('$APPID$', record.appid ?? ''))
  const query = { signature, timestamp, nonce, ...(record.openid === undefined ? {} : { openid: record.openid }) }
  for (const [name, value] of Object.entries({ ...query, encrypt_type: 'aes', msg_signature: msgSignature })) {
    url.searchParams.set(name, value)
  }
  const outer =
    record.target === 'event'
      ? `<AppId>${cdata(componentAppid)}</AppId>`
      : `<ToUserName>${cdata(userNameOf(state, record.appid))}</ToUserName>`
  const headers = { 'content-type': 'text/xml' }
  return { url: url.href, headers, body: `<xml>\n${outer}\n<Encrypt>${cdata(encrypt)}</Encrypt>\n</xml>` }
}

const userNameOf = (state: WechatState, appid = ''): string => state.merchants.get(appid)?.userName ?? ''

const post = async (state: WechatState, { url, headers, body }: Sent): Promise<PushAttempt> => {
  const at = nowOf(state)
  const started = performance.now()
  const took = (): number => Math.round(performance.now() - started)
  // Its timer holds it: Node 20 collects an `AbortSignal.timeout` that only a combined signal knows, and it never comes.
  const deadline = new AbortController()
  const timer = setTimeout(
    () => deadline.abort(new DOMException('no answer in time', 'TimeoutError')),
    state.settings.pushTimeoutMs,
  )
  try {
    const signal = AbortSignal.any([deadline.signal, state.closing.signal])
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    })
    const text = await response.text()
    return { at, status: response.status, body: text, tookMs: took() }
  } catch (error) {
    return { at, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error), tookMs: took() }
  } finally {
    clearTimeout(timer)
  }
}

/** `success` alone on the event URL; on the message URL also nothing, or an encrypted passive reply. */
const isTaken = ({ target }: PushRecord, { status, body }: PushAttempt): boolean => {
  if (status !== 200 || body === undefined) return false
  if (body === 'success') return true
  return target === 'message' && (body === '' || /^<xml>[\s\S]*<Encrypt>/.test(body))
}
