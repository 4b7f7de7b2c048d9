/** WeChat's robot accounts and texts of the check before going live (全网发布检测). */

const testAccounts: ReadonlySet<string> = new Set([
  'wx570bc396a51b8ff8',
  'wx9252c5e0bb1836fc',
  'wx8e1097c5bc82cde9',
  'wx14550af28c71a144',
  'wxa35b9c23cfe664eb',
  'wxd101a85aa106f53e',
  'wxc39235c15087f6f3',
  'wx7720d01d4b2a4500',
  'wx05d483572dcd5d8b',
  'wx5910277cae6fd970',
])

export const isTestAccount = (appid: string): boolean => testAccounts.has(appid)

/** Answered at once with an encrypted passive reply of this text and `_callback`. */
export const PASSIVE_REPLY_TEXT = 'TESTCOMPONENT_MSG_TYPE_TEXT'

export const passiveReplyTo = (content: string): string => `${content}_callback`

const AUTHORIZATION_CODE_PREFIX = 'QUERY_AUTH_CODE:'

/** The code to exchange before the customer-service text is sent, or undefined for any other content. */
export const authorizationCodeIn = (content: string): string | undefined =>
  content.startsWith(AUTHORIZATION_CODE_PREFIX) ? content.slice(AUTHORIZATION_CODE_PREFIX.length) : undefined

export const customerServiceTextFor = (authorizationCode: string): string => `${authorizationCode}_from_api`
