import type { Config } from '../config.ts'
import { textOf } from '../domain/pushes/received.ts'
import { jsonResponse, type HttpRequest, type HttpResponse } from '../http-message.ts'
import {
  EnvelopeRefused,
  openEnvelope,
  renderEncryptedReply,
  sealEnvelope,
  type EnvelopeKeys,
  type SignedEnvelope,
} from '../wechat/envelope.ts'
import { readEnvelopeXml } from '../wechat/envelope-xml.ts'
import { MessageRefused } from '../wechat/message-refused.ts'
import type { PushFields } from '../wechat/messages.ts'
import { proofOf, type RelayProof } from './relay-proof.ts'

export interface OpenedPush {
  readonly fields: PushFields
  /** The message, where it could not be read. */
  readonly unreadable?: string
  readonly form: 'xml' | 'json'
  /** Seals a passive reply in the form the push came in. */
  readonly reply: (fields: PushFields) => HttpResponse
  /** Names the nonce and the body of a signed JSON push. */
  readonly once?: RelayProof
}

/** Undefined for everything that WeChat, or the relay, did not send. */
export async function openPush(
  config: Config,
  request: HttpRequest,
  appid: string | undefined,
): Promise<OpenedPush | undefined> {
  try {
    const body = request.body.toString('utf8')
    const opened = isJson(body)
      ? await openJson(config, request, body, appid)
      : await openXml(config, request.query, body)
    return opened && isOurs(config, appid, opened) ? opened : undefined
  } catch (error) {
    if (error instanceof EnvelopeRefused || error instanceof MessageRefused) return undefined
    throw error
  }
}

const isJson = (body: string): boolean => /^\s*\{/.test(body)

/** An authorization event names the platform; a message may name nobody, or the account it is for. */
function isOurs(
  { componentAppid }: Config,
  appid: string | undefined,
  { form, fields, unreadable }: OpenedPush,
): boolean {
  // It was sealed by WeChat, and that is all that can be known.
  if (unreadable !== undefined) return true
  const named = textOf(fields, 'AppId')
  if (form === 'json' && isForwarderTest(fields)) return named === undefined || named === componentAppid
  if (appid === undefined || textOf(fields, 'InfoType') !== undefined) return named === componentAppid
  return named === undefined || named === componentAppid || named === appid
}

async function openXml(config: Config, query: HttpRequest['query'], body: string): Promise<OpenedPush | undefined> {
  const { encrypt, appId } = readEnvelopeXml(body)
  const { timestamp = '', nonce = '', msg_signature: msgSignature = '', encrypt_type: encryptType = 'aes' } = query
  if (encryptType !== 'aes') return undefined
  if (appId !== undefined && appId !== config.componentAppid) return undefined
  const keys = {
    token: config.componentToken,
    encodingAesKey: config.aesKey,
    appid: config.componentAppid,
    ...(config.previousAesKey !== undefined && { previousEncodingAesKey: config.previousAesKey }),
  }
  const { message, encodingAesKey, isWhole } = openWhatIsGenuine(keys, { encrypt, timestamp, nonce, msgSignature })
  // The reader of XML is for what is genuine only.
  const { readContent, renderPushXml } = await import('../wechat/messages.ts')
  return {
    ...readContent(message, isWhole),
    form: 'xml',
    reply: (fields) => {
      const sealed = sealEnvelope(
        { token: config.componentToken, encodingAesKey, appid: config.componentAppid },
        { message: renderPushXml(fields), timestamp, nonce },
      )
      return {
        status: 200,
        headers: { 'content-type': 'application/xml; charset=utf-8' },
        body: renderEncryptedReply(sealed),
      }
    },
  }
}

function openWhatIsGenuine(keys: EnvelopeKeys, envelope: SignedEnvelope) {
  try {
    return { ...openEnvelope(keys, envelope), isWhole: true }
  } catch (error) {
    if (!(error instanceof EnvelopeRefused) || error.remains === undefined) throw error
    return { message: error.remains, encodingAesKey: keys.encodingAesKey, isWhole: false }
  }
}

async function openJson(
  config: Config,
  { headers, body }: HttpRequest,
  text: string,
  appid = '',
): Promise<OpenedPush | undefined> {
  // The address is not signed, so it counts as part of the body.
  const once = proofOf(config.forwarderSecrets, headers, body, `${appid}\n${text}`)
  if (!once) return undefined
  const { readPushJson } = await import('../wechat/push-json.ts')
  return { fields: readPushJson(text), form: 'json', reply: (fields) => jsonResponse(200, fields), once }
}

/** What the test button of 微管家's forwarder sends. */
export const isForwarderTest = (fields: PushFields): boolean => textOf(fields, 'Data') === 'TestData'
