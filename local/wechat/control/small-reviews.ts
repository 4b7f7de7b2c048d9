import { toUnixSeconds } from '../../../shared/time.ts'
import { WechatRefusal } from '../errors.ts'
import { newOpenid } from '../identifiers.ts'
import { withoutWx } from '../merchants.ts'
import type { Merchant } from '../merchants.ts'
import { pushMessage } from '../pushes.ts'
import type { PushFields, PushRecord } from '../pushes.ts'
import { nowOf } from '../state.ts'
import type { WechatState } from '../state.ts'
import { randomUUID } from 'node:crypto'

/** Reviews other than of code: their events all go to the message URL. */
const announce = (state: WechatState, merchant: Merchant, event: string, fields: PushFields): { push: PushRecord } => ({
  push: pushMessage(state, merchant, newOpenid(), { MsgType: 'event', Event: event, ...fields }),
})

interface Verdict {
  readonly reason: string
}

/** Numbers are strings, as in WeChat's sample. */
export const reviewPrivacyInterface = (
  state: WechatState,
  merchant: Merchant,
  { apiName, granted, reason }: Verdict & { apiName: string; granted: boolean },
): { push: PushRecord } => {
  const known = merchant.privacyInterfaces.get(withoutWx(apiName))
  if (known === undefined) throw new WechatRefusal(61035)
  known.status = granted ? 5 : 4
  if (!granted) known.failReason = reason
  const now = String(toUnixSeconds(nowOf(state)))
  return announce(state, merchant, 'wxa_privacy_apply', {
    result_info: {
      api_name: `wx.${known.apiName}`,
      apply_time: known.appliedAt === undefined ? now : String(toUnixSeconds(known.appliedAt)),
      audit_id: String(known.auditId ?? 0),
      audit_time: now,
      reason,
      status: granted ? '1' : '2',
    },
  })
}

export const reviewNickname = (
  state: WechatState,
  merchant: Merchant,
  { passed, reason }: Verdict & { passed: boolean },
): { push: PushRecord } => {
  const audit = [...merchant.nicknameAudits.values()].findLast(({ stat }) => stat === 1)
  if (audit === undefined) throw new WechatRefusal(91012)
  audit.stat = passed ? 3 : 2
  audit.reason = reason
  audit.auditedAt = nowOf(state)
  if (passed) merchant.nickName = audit.nickname
  return announce(state, merchant, 'wxa_nickname_audit', { ret: audit.stat, nickname: audit.nickname, reason })
}

export const reviewCategory = (
  state: WechatState,
  merchant: Merchant,
  { first, second, passed, reason }: Verdict & { first: number; second: number; passed: boolean },
): { push: PushRecord } => {
  const category = merchant.categories.find((known) => known.first === first && known.second === second)
  if (category === undefined) throw new WechatRefusal(53303)
  category.status = passed ? 3 : 2
  category.reason = reason
  return announce(state, merchant, 'wxa_category_audit', { ret: category.status, first, second, reason })
}

export const issueLoginCode = (
  state: WechatState,
  appid: string,
  openid = newOpenid(),
): { jsCode: string; openid: string } => {
  const jsCode = randomUUID().replaceAll('-', '')
  state.loginCodes.set(jsCode, { appid, openid, used: false })
  return { jsCode, openid }
}
