import { createHmac, timingSafeEqual, createHash } from 'node:crypto'
import type { Config } from '../config.ts'
import { takeIn, textOf } from '../domain/inbox.ts'
import type { Platform } from '../domain/platform.ts'
import { answerReleaseCheck } from '../domain/release-check.ts'
import { isFailure } from '../errors.ts'
import { jsonResponse, textResponse, type HttpRequest, type HttpResponse } from '../http.ts'
import { clock, log } from '../app.ts'
import { EnvelopeRefused, openEnvelope, renderEncryptedReply, sealEnvelope } from '../wechat/envelope.ts'
import { MessageRefused } from '../wechat/message-refused.ts'
import { readEnvelopeXml, readPush, renderPushXml, type PushFields } from '../wechat/messages.ts'
import { pushKey } from '../wechat/push-identity.ts'
import { isTestAccount } from '../wechat/test-accounts.ts'
import { httpFunction } from './http.ts'

const MAX_BODY_BYTES = 64 * 1024

/** WeChat waits 5 s; this leaves room for the way. */
const ANSWER_WITHIN_MS = 4200

/** Below the time for the answer, so that a database that hangs still gets WeChat its `retry`. */
const DATABASE_TIMEOUT_MS = 3200

const success = textResponse(200, 'success')

/** One answer for every refusal, so that a forger learns nothing. */
const forbidden = textResponse(403, 'forbidden')

type Road = 'component' | 'message'

interface Opened {
  readonly fields: PushFields
  readonly form: 'xml' | 'json'
  /** Seals a passive reply in the form the push came in. */
  readonly reply: (fields: PushFields) => HttpResponse
  /** Names the nonce and the body of a signed JSON push. */
  readonly once?: { readonly nonceId: string; readonly bodyId: string }
}

/** Receives what WeChat pushes on one of the platform's two URLs. */
export const pushFunction = (road: Road) =>
  httpFunction(
    { methods: ['POST'], maxBodyBytes: MAX_BODY_BYTES, databaseTimeout: DATABASE_TIMEOUT_MS },
    async ({ app: { config, platform }, request }) => {
      const begun = clock()
      const leftMs = (): number => ANSWER_WITHIN_MS - Math.abs(clock() - begun)
      const appid = road === 'message' ? lastSegment(request.path) : undefined
      const opened = await open(config, road, request)
      if (!opened || (road === 'message' && appid === undefined)) return forbidden
      if (opened.form === 'json' && textOf(opened.fields, 'Data') === 'TestData') return success
      try {
        if (opened.once && !(await platform.stores.pushes.useNonce(opened.once.nonceId, opened.once.bodyId)))
          return forbidden
        if (appid !== undefined && (await belongsToAnother(platform, appid, opened.fields))) return forbidden
        const push = {
          id: pushKey(opened.fields, appid),
          road,
          fields: opened.fields,
          ...(appid !== undefined && { appid }),
        }
        const isNew = await takeIn(platform, push, leftMs)
        const checked =
          appid !== undefined && isTestAccount(appid)
            ? await Promise.race([
                answerReleaseCheck(platform, appid, opened.fields, isNew),
                platform.sleep(Math.max(leftMs(), 0)).then(() => '' as const),
              ])
            : undefined
        if (checked === undefined) return success
        return checked === '' ? textResponse(200, '') : opened.reply(checked)
      } catch (error) {
        if (!isFailure(error)) throw error
        log.error('a push could not be stored', { reason: error })
        return textResponse(503, 'retry')
      }
    },
  )

const lastSegment = (path: string): string | undefined => {
  const segment = path.split('/').findLast((part) => part !== '') ?? ''
  return /^[A-Za-z0-9_-]{2,64}$/.test(segment) ? segment : undefined
}

/** Undefined for everything that WeChat, or the relay, did not send. */
async function open(config: Config, road: Road, request: HttpRequest): Promise<Opened | undefined> {
  try {
    const body = request.body.toString('utf8')
    const opened = isJson(body) ? await openJson(config, request, body) : openXml(config, request.query, body)
    return opened && isOurs(config, road, opened.fields) ? opened : undefined
  } catch (error) {
    if (error instanceof EnvelopeRefused || error instanceof MessageRefused) return undefined
    throw error
  }
}

const isJson = (body: string): boolean => /^\s*\{/.test(body)

/** On the component's road the message itself names the platform; nothing else is ours to take. */
const isOurs = (config: Config, road: Road, fields: PushFields): boolean => {
  const named = textOf(fields, 'AppId')
  return road === 'component' ? named === config.componentAppid : named === undefined || named === config.componentAppid
}

function openXml(config: Config, query: HttpRequest['query'], body: string): Opened | undefined {
  const { encrypt, appId } = readEnvelopeXml(body)
  const { timestamp = '', nonce = '', msg_signature: msgSignature = '', encrypt_type: encryptType = 'aes' } = query
  if (encryptType !== 'aes') return undefined
  const { message, encodingAesKey } = openEnvelope(
    {
      token: config.componentToken,
      encodingAesKey: config.aesKey,
      appid: config.componentAppid,
      ...(config.previousAesKey !== undefined && { previousEncodingAesKey: config.previousAesKey }),
    },
    { encrypt, timestamp, nonce, msgSignature },
  )
  if (appId !== undefined && appId !== config.componentAppid) return undefined
  return {
    fields: readPush(message),
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

/** The relay's clock and ours may differ by so much. */
const MAX_SKEW_SECONDS = 300

async function openJson(config: Config, { headers, body }: HttpRequest, text: string): Promise<Opened | undefined> {
  const timestamp = headers['x-forwarder-timestamp'] ?? ''
  const nonce = headers['x-forwarder-nonce'] ?? ''
  const signature = headers['x-forwarder-signature'] ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || nonce.length > 256) return undefined
  if (Math.abs(clock() / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) return undefined
  const signed = Buffer.concat([Buffer.from(`v1.${timestamp}.${nonce}.`), body])
  const isGenuine = config.forwarderSecrets.some((secret) =>
    isSame(signature, `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`),
  )
  if (!isGenuine) return undefined
  const { readPushJson } = await import('../wechat/push-json.ts')
  return {
    fields: readPushJson(text),
    form: 'json',
    reply: (fields) => jsonResponse(200, fields),
    once: { nonceId: hash(nonce), bodyId: hash(text) },
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A message that names another account than its address does was misdirected. */
async function belongsToAnother(platform: Platform, appid: string, fields: PushFields): Promise<boolean> {
  const userName = textOf(fields, 'ToUserName')
  if (userName === undefined || isTestAccount(appid)) return false
  const owner = await platform.stores.authorizers.findByUserName(userName)
  return owner !== undefined && owner.appid !== appid
}
