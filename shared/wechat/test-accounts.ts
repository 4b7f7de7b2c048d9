/** WeChat's robot accounts and texts of the check before going live (全网发布检测). */

/** appid → original id */
const testAccounts: Readonly<Record<string, string>> = {
  wx570bc396a51b8ff8: 'gh_3c884a361561',
  wx9252c5e0bb1836fc: 'gh_c0f28a78b318',
  wx8e1097c5bc82cde9: 'gh_3f222ed8d140',
  wx14550af28c71a144: 'gh_26128078e9ab',
  wxa35b9c23cfe664eb: 'gh_2b3713f184a6',
  wxd101a85aa106f53e: 'gh_8dad206e9538',
  wxc39235c15087f6f3: 'gh_905ae9d01059',
  wx7720d01d4b2a4500: 'gh_393666f1fdf4',
  wx05d483572dcd5d8b: 'gh_39abb5d4e1b7',
  wx5910277cae6fd970: 'gh_7818dcb60240',
}

export const isTestAccount = (appid: string): boolean => Object.hasOwn(testAccounts, appid)

export const testAccountAppids: readonly string[] = Object.keys(testAccounts)

export const isTestOriginalId = (userName: string): boolean => Object.values(testAccounts).includes(userName)

/** Answered at once with an encrypted passive reply of this text and `_callback`. */
export const PASSIVE_REPLY_TEXT = 'TESTCOMPONENT_MSG_TYPE_TEXT'

export const passiveReplyTo = (content: string): string => `${content}_callback`

const AUTHORIZATION_CODE_PREFIX = 'QUERY_AUTH_CODE:'

/** The code to exchange before the customer-service text is sent, or undefined for any other content. */
export const authorizationCodeIn = (content: string): string | undefined =>
  content.startsWith(AUTHORIZATION_CODE_PREFIX) ? content.slice(AUTHORIZATION_CODE_PREFIX.length) : undefined

export const customerServiceTextFor = (authorizationCode: string): string => `${authorizationCode}_from_api`
