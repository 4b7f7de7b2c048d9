import { createHmac, timingSafeEqual, createHash } from 'node:crypto'
import type { Config } from '../config.ts'
import { store } from '../domain/pushes/inbox.ts'
import type { Platform } from '../domain/platform.ts'
import { textOf } from '../domain/pushes/received.ts'
import type { Push } from '../domain/stores/pushes.ts'
import { Failure, isFailure } from '../errors.ts'
import { jsonResponse, textResponse, type HttpRequest, type HttpResponse } from '../http-message.ts'
import { clock, log } from '../app.ts'
import {
  EnvelopeRefused,
  openEnvelope,
  renderEncryptedReply,
  sealEnvelope,
  type EnvelopeKeys,
  type SignedEnvelope,
} from '../wechat/envelope.ts'
import { MessageRefused } from '../wechat/message-refused.ts'
import { readEnvelopeXml } from '../wechat/envelope-xml.ts'
import type { PushFields } from '../wechat/messages.ts'
import { pushKey } from '../wechat/push-identity.ts'
import { isTestAccount } from '../wechat/test-accounts.ts'
import { within } from './deadline.ts'
import { httpFunction } from './http.ts'

/** WeChat waits 5 s. What is not stored by then is sent again; the rest is the way, and a cold start. */
const STORE_WITHIN_MS = 4300

/** A handler that needs longer goes on by itself, or in `processQueue`. */
const HANDLE_WITHIN_MS = 3500

/** Below the time for storing, so that a database that hangs still gets WeChat its `retry`. */
const DATABASE_TIMEOUT_MS = 3200

const success = textResponse(200, 'success')

/** One answer for every refusal, so that a forger learns nothing. */
const forbidden = textResponse(403, 'forbidden')

const retry = textResponse(503, 'retry')

type Road = 'component' | 'message'

interface Opened {
  readonly fields: PushFields
  /** The message, where it could not be read. */
  readonly unreadable?: string
  readonly form: 'xml' | 'json'
  /** Seals a passive reply in the form the push came in. */
  readonly reply: (fields: PushFields) => HttpResponse
  /** Names the nonce and the body of a signed JSON push. */
  readonly once?: { readonly nonceId: string; readonly bodyId: string }
}

/** Receives what WeChat pushes on one of the platform's two URLs. */
export const pushFunction = (road: Road) =>
  httpFunction(
    { methods: ['POST'], kind: 'push', databaseTimeout: DATABASE_TIMEOUT_MS },
    async ({ app: { config, platform }, request }) => {
      const begun = clock()
      const left = (limitMs: number): number => limitMs - Math.abs(clock() - begun)
      const appid = road === 'message' ? appidIn(request.path) : undefined
      if (road === 'message' && appid === undefined) return forbidden
      const opened = await open(config, request, appid)
      if (!opened) return forbidden
      try {
        const taken = await within(left(STORE_WITHIN_MS), take(platform, opened, appid))
        if (taken === 'refused') return forbidden
        if (taken === 'late') throw new Failure('DATABASE_SLOW')
        // Most are only kept; the others wait for this code.
        if (taken !== 'known') {
          const { handle } = await import('../domain/pushes/push-attempts.ts')
          await within(left(HANDLE_WITHIN_MS), handle(platform, taken))
        }
      } catch (error) {
        if (!isFailure(error)) throw error
        log.error('a push could not be stored', { reason: error })
        return retry
      }
      if (appid === undefined || opened.unreadable !== undefined || !isTestAccount(appid)) return success
      const { replyToRobot } = await import('../domain/pushes/release-check.ts')
      const reply = replyToRobot(platform, opened.fields)
      if (reply === undefined) return success
      return reply === '' ? textResponse(200, '') : opened.reply(reply)
    },
  )

/** Stores it. `known`: it was there already, or there is nothing left to do. */
async function take(
  platform: Platform,
  opened: Opened,
  appid: string | undefined,
): Promise<Push | 'known' | 'refused'> {
  const { fields, form, once, unreadable } = opened
  if (unreadable !== undefined) {
    const received = {
      id: pushKey({ unreadable }, appid),
      road: appid === undefined ? 'component' : 'message',
    } as const
    await store(platform, { ...received, ...(appid !== undefined && { appid }), fields, unreadable })
    return 'known'
  }
  const [isFresh, isMisdirected] = await Promise.all([
    once ? platform.stores.pushes.useNonce(once.nonceId, once.bodyId) : true,
    appid !== undefined && belongsToAnother(platform, appid, fields),
  ])
  if (!isFresh || isMisdirected) return 'refused'
  if (form === 'json' && isTest(fields)) return 'known'
  const push = await store(
    platform,
    // An authorization event names its account itself, whatever address it came to.
    appid === undefined || textOf(fields, 'InfoType') !== undefined
      ? { id: pushKey(fields), road: 'component', fields, ...(appid !== undefined && { address: appid }) }
      : { id: pushKey(fields, appid), road: 'message', appid, fields },
  )
  return push ?? 'known'
}

/** What the test button of 微管家's forwarder sends. */
const isTest = (fields: PushFields): boolean => textOf(fields, 'Data') === 'TestData'

/** The last part of `/wechat/message/{appid}`, or all of the path where the route's prefix was stripped. */
const appidIn = (path: string): string | undefined =>
  /^(?:.*\/wechat\/message)?\/([A-Za-z0-9_-]{2,64})\/?$/.exec(path)?.[1]

/** Undefined for everything that WeChat, or the relay, did not send. */
async function open(config: Config, request: HttpRequest, appid: string | undefined): Promise<Opened | undefined> {
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
function isOurs({ componentAppid }: Config, appid: string | undefined, { form, fields, unreadable }: Opened): boolean {
  // It was sealed by WeChat, and that is all that can be known.
  if (unreadable !== undefined) return true
  const named = textOf(fields, 'AppId')
  if (form === 'json' && isTest(fields)) return named === undefined || named === componentAppid
  if (appid === undefined || textOf(fields, 'InfoType') !== undefined) return named === componentAppid
  return named === undefined || named === componentAppid || named === appid
}

async function openXml(config: Config, query: HttpRequest['query'], body: string): Promise<Opened | undefined> {
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

/** The relay's clock and ours may differ by so much. */
const MAX_SKEW_SECONDS = 300

async function openJson(
  config: Config,
  { headers, body }: HttpRequest,
  text: string,
  appid = '',
): Promise<Opened | undefined> {
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
    // The address is not signed, so it counts as part of the body.
    once: { nonceId: hash(nonce), bodyId: hash(`${appid}\n${text}`) },
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** So many owners are remembered, 200 bytes each; then it starts anew. */
const MAX_OWNERS = 50_000

/** Asked for one, the database tells its neighbours too, so many on each side: messages of the fleet soon need no look-up each. 120 KB. */
const OWNERS_AT_ONCE = 1000

/** A message that names another account than its address does was misdirected. */
async function belongsToAnother(platform: Platform, appid: string, fields: PushFields): Promise<boolean> {
  const userName = textOf(fields, 'ToUserName')
  if (userName === undefined || isTestAccount(appid)) return false
  const { owners } = platform.memory
  if (!owners.has(userName)) {
    const found = await platform.stores.authorizers.ownersAround(userName, OWNERS_AT_ONCE)
    if (owners.size + found.size > MAX_OWNERS) owners.clear()
    for (const [name, owner] of found) owners.set(name, owner)
  }
  const owner = owners.get(userName)
  return owner !== undefined && owner !== appid
}
