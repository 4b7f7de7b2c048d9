import { errcodeOf, Failure } from '../../errors.ts'
import { toUnixSeconds } from '../../time.ts'
import { messages } from '../../wechat/endpoints/messages.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import type { PushFields } from '../../wechat/messages.ts'
import {
  authorizationCodeIn,
  customerServiceTextFor,
  PASSIVE_REPLY_TEXT,
  passiveReplyTo,
} from '../../wechat/test-accounts.ts'
import { callAsPlatform } from '../tokens/platform-calls.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { textOf } from './received.ts'
import type { Push } from '../stores/pushes.ts'

/**
 * What WeChat's robot waits for in the check before going live (全网发布检测): a passive reply, or the empty answer to the
 * message for which `sendFromApi` does the work. Undefined for its other messages.
 */
export function replyToRobot(platform: Platform, fields: PushFields): PushFields | '' | undefined {
  if (textOf(fields, 'MsgType') !== 'text') return undefined
  const content = textOf(fields, 'Content') ?? ''
  if (content === PASSIVE_REPLY_TEXT)
    return {
      ToUserName: textOf(fields, 'FromUserName') ?? '',
      FromUserName: textOf(fields, 'ToUserName') ?? '',
      CreateTime: String(toUnixSeconds(databaseTime(platform))),
      MsgType: 'text',
      Content: passiveReplyTo(content),
    }
  return authorizationCodeIn(content) === undefined ? undefined : ''
}

/**
 * Exchanges the code in the robot's message and sends the customer-service text. Test accounts are kept out of the stores:
 * the token is used once, here.
 */
export async function sendFromApi(platform: Platform, { appid = '', fields, secrets }: Push): Promise<void> {
  const code = authorizationCodeIn(secrets['Content'] ?? '')
  if (code === undefined) return
  const accessToken = await exchange(platform, code).catch(async (error: unknown) => {
    // One report says that the code of the `authorized` event had to be used instead.
    const pushed = errcodeOf(error) === 61009 ? await platform.stores.pushes.latestCode(appid) : undefined
    if (pushed === undefined || pushed === code) throw error
    return exchange(platform, pushed)
  })
  await platform.wechat.send(
    messages.sendText,
    { body: { touser: senderOf(fields), msgtype: 'text', text: { content: customerServiceTextFor(code) } } },
    accessToken,
  )
  platform.log.info('the release check was answered', { appid })
}

const senderOf = (fields: unknown): string =>
  typeof fields === 'object' && fields !== null && 'FromUserName' in fields ? String(fields.FromUserName) : ''

async function exchange(platform: Platform, code: string): Promise<string> {
  const { authorization_info: info } = await callAsPlatform(platform, tokens.queryAuth, {
    body: { component_appid: platform.settings.componentAppid, authorization_code: code },
  })
  if (info.authorizer_access_token === undefined) throw new Failure('NO_API_PERMISSION')
  return info.authorizer_access_token
}
