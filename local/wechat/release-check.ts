/** Plays WeChat's robot of 全网发布检测 (reference 3.2) against the configured URLs. */
import { setTimeout as pause } from 'node:timers/promises'
import { openEnvelope } from '../../shared/wechat/envelope.ts'
import { grantAccess } from './grants.ts'
import { newOpenid } from './identifiers.ts'
import { createMerchant } from './merchants.ts'
import type { AccountType, Merchant } from './merchants.ts'
import { pushTicket } from './operations/component-tokens.ts'
import { pushMessage, settleDeliveries } from './pushes.ts'
import type { PushRecord } from './pushes.ts'
import type { WechatState } from './state.ts'

export interface CheckResult {
  readonly test: string
  readonly passed: boolean
  /** What came back, or why it does not do. */
  readonly got: string
}

const OFFICIAL_ACCOUNT = { appid: 'wx570bc396a51b8ff8', userName: 'gh_3c884a361561' }
const MINI_PROGRAM = { appid: 'wxd101a85aa106f53e', userName: 'gh_8dad206e9538' }
const TEXT = 'TESTCOMPONENT_MSG_TYPE_TEXT'
/** How long the robot waits for the customer-service message after the empty answer. */
const MESSAGE_WAIT_MS = 5000
const POLL_MS = 50

export const runReleaseCheck = async (state: WechatState): Promise<CheckResult[]> => {
  const results = [await checkTicketPush(state)]
  const officialAccount = await authorizeTestAccount(state, OFFICIAL_ACCOUNT, 'officialAccount')
  results.push(await checkTextReply(state, officialAccount))
  results.push(await checkApiReply(state, officialAccount, '公众号 QUERY_AUTH_CODE'))
  const miniProgram = await authorizeTestAccount(state, MINI_PROGRAM, 'miniProgram')
  results.push(await checkApiReply(state, miniProgram, '小程序 QUERY_AUTH_CODE'))
  // The robot's authorizations vanish without a word; platforms that keep them get 61003 later.
  delete officialAccount.grant
  delete miniProgram.grant
  return results
}

const checkTicketPush = async (state: WechatState): Promise<CheckResult> => {
  const answer = await answerTo(state, pushTicket(state))
  return { test: 'component_verify_ticket', passed: answer === 'success', got: answer }
}

const authorizeTestAccount = async (
  state: WechatState,
  account: { appid: string; userName: string },
  accountType: AccountType,
): Promise<Merchant> => {
  const merchant =
    state.merchants.get(account.appid) ?? createMerchant(state, { ...account, accountType, nickName: '全网发布检测' })
  grantAccess(state, merchant, merchant.defaultSets)
  await settleDeliveries(state)
  return merchant
}

const sendText = (state: WechatState, merchant: Merchant, openid: string, content: string): Promise<string> =>
  answerTo(
    state,
    pushMessage(state, merchant, openid, { MsgType: 'text', Content: content, MsgId: '7300000000000000001' }),
  )

const answerTo = async (state: WechatState, push: PushRecord): Promise<string> => {
  await settleDeliveries(state)
  const last = push.attempts.at(-1)
  if (last === undefined) return `((not sent: ${push.state}))`
  if (last.status !== 200) return `((${last.error ?? `HTTP ${last.status}`}))`
  return last.body ?? ''
}

const checkTextReply = async (state: WechatState, merchant: Merchant): Promise<CheckResult> => {
  const openid = newOpenid()
  const answer = await sendText(state, merchant, openid, TEXT)
  const test = `公众号 ${TEXT}`
  try {
    const message = openReply(state, answer)
    const passed =
      elementOf(message, 'Content') === `${TEXT}_callback` &&
      elementOf(message, 'MsgType') === 'text' &&
      elementOf(message, 'ToUserName') === openid &&
      elementOf(message, 'FromUserName') === merchant.userName
    return { test, passed, got: message }
  } catch (error) {
    return { test, passed: false, got: `${answer} ((${error instanceof Error ? error.message : String(error)}))` }
  }
}

const openReply = (state: WechatState, xml: string): string => {
  const { token, encodingAesKey, componentAppid } = state.settings
  return openEnvelope(
    { token, encodingAesKey, appid: componentAppid },
    {
      encrypt: elementOf(xml, 'Encrypt'),
      msgSignature: elementOf(xml, 'MsgSignature'),
      timestamp: elementOf(xml, 'TimeStamp'),
      nonce: elementOf(xml, 'Nonce'),
    },
  ).message
}

const elementOf = (xml: string, name: string): string => {
  const match = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml)
  return match?.[1] ?? ''
}

const checkApiReply = async (state: WechatState, merchant: Merchant, test: string): Promise<CheckResult> => {
  const openid = newOpenid()
  // The sets do not change, so this makes a code and no event.
  const { authCode } = grantAccess(state, merchant, merchant.defaultSets)
  const answer = await sendText(state, merchant, openid, `QUERY_AUTH_CODE:${authCode}`)
  if (answer !== '') return { test, passed: false, got: answer }
  const sent = await waitForMessage(state, openid)
  return { test, passed: sent === `${authCode}_from_api`, got: sent ?? '((no customer-service message came))' }
}

const waitForMessage = async (state: WechatState, openid: string): Promise<string | undefined> => {
  for (let waited = 0; waited <= MESSAGE_WAIT_MS; waited += POLL_MS) {
    const found = state.customerMessages.find(({ touser }) => touser === openid)
    if (found !== undefined) return found.content
    await pause(POLL_MS)
  }
  return undefined
}
