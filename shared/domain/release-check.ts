import { errcodeOf } from '../errors.ts'
import { toUnixSeconds } from '../time.ts'
import { messages } from '../wechat/endpoints/messages.ts'
import { tokens } from '../wechat/endpoints/tokens.ts'
import type { PushFields } from '../wechat/messages.ts'
import {
  authorizationCodeIn,
  customerServiceTextFor,
  PASSIVE_REPLY_TEXT,
  passiveReplyTo,
} from '../wechat/test-accounts.ts'
import { callAsPlatform } from './platform-calls.ts'
import { textOf } from './inbox.ts'
import { databaseTime, type Platform } from './platform.ts'

/**
 * What WeChat's robot waits for in the check before going live (全网发布检测): a passive reply, or the empty answer after a
 * customer-service message was sent. Undefined for its other messages.
 */
export async function answerReleaseCheck(
  platform: Platform,
  appid: string,
  fields: PushFields,
  isNew: boolean,
): Promise<PushFields | '' | undefined> {
  const content = textOf(fields, 'Content') ?? ''
  if (textOf(fields, 'MsgType') !== 'text') return undefined
  if (content === PASSIVE_REPLY_TEXT) return passiveReply(platform, fields, passiveReplyTo(content))
  const code = authorizationCodeIn(content)
  if (code === undefined) return undefined
  // A repetition was answered before; its code is spent.
  if (!isNew) return ''
  try {
    await sendFromApi(platform, appid, textOf(fields, 'FromUserName') ?? '', code)
  } catch (error) {
    platform.log.error('the release check could not be answered', { appid, reason: error })
  }
  return ''
}

const passiveReply = (platform: Platform, fields: PushFields, content: string): PushFields => ({
  ToUserName: textOf(fields, 'FromUserName') ?? '',
  FromUserName: textOf(fields, 'ToUserName') ?? '',
  CreateTime: String(toUnixSeconds(databaseTime(platform))),
  MsgType: 'text',
  Content: content,
})

/** Test accounts are kept out of the stores: the token is used once, here. */
async function sendFromApi(platform: Platform, appid: string, toUser: string, code: string): Promise<void> {
  const accessToken = await exchange(platform, code).catch(async (error: unknown) => {
    // One report says that the code of the `authorized` event had to be used instead.
    const pushed = errcodeOf(error) === 61009 ? await platform.stores.pushes.latestCode(appid) : undefined
    if (pushed === undefined || pushed === code) throw error
    return exchange(platform, pushed)
  })
  await platform.wechat.send(
    messages.sendText,
    { body: { touser: toUser, msgtype: 'text', text: { content: customerServiceTextFor(code) } } },
    accessToken,
  )
}

async function exchange(platform: Platform, code: string): Promise<string> {
  const { authorization_info: info } = await callAsPlatform(platform, tokens.queryAuth, {
    body: { component_appid: platform.settings.componentAppid, authorization_code: code },
  })
  return info.authorizer_access_token
}
