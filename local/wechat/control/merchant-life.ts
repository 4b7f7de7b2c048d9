import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { WechatRefusal } from '../errors.ts'
import { grantAccess } from '../grants.ts'
import { newOpenid } from '../identifiers.ts'
import { createMerchant } from '../merchants.ts'
import type { Merchant } from '../merchants.ts'
import { pushEvent, pushMessage } from '../pushes.ts'
import type { PushFields, PushRecord } from '../pushes.ts'
import { nextNumber, nowOf } from '../state.ts'
import type { WechatState } from '../state.ts'
import type { Doors } from './doors.ts'
import { merchantOf } from './inputs.ts'

/** What the filing office, WeChat's reviewers and users do in a merchant's life. */
export const merchantLifeActs = (
  doors: Doors,
  state: WechatState,
  settled: <T extends { push?: PushRecord | undefined }>(outcome: T) => Promise<T>,
) => {
  const announce = (merchant: Merchant, event: string, fields: PushFields) => ({
    push: pushMessage(state, merchant, newOpenid(), { MsgType: 'event', Event: event, ...fields }),
  })

  return {
    /** The administrator looks into the camera. */
    checkFace: doors.open(
      'checkFace',
      v.object({ appid: v.string(), taskId: v.string(), passed: v.boolean() }),
      ({ appid, taskId, passed }) => {
        const task = merchantOf(state, appid).life.faceChecks.get(taskId)
        if (task === undefined) throw new WechatRefusal(86328)
        task.status = passed ? 3 : 2
        return settled({
          push: pushEvent(state, 'notify_icpfiling_verify_result', {
            task_id: taskId,
            verify_appid: appid,
            result: task.status,
            ...(task.alongWithAuth && passed && { along_with_auth_result: 9 }),
          }),
        })
      },
    ),
    /** The filing office: 2 WeChat looks, 3 refuses, 4 passes it on, 5 the authority refuses, 6 filed; 1024 it is no longer. */
    decideFiling: doors.open(
      'decideFiling',
      v.object({
        appid: v.string(),
        status: v.picklist([2, 3, 4, 5, 6, 1024]),
        remarks: v.optional(v.array(v.object({ key_name: v.string(), error: v.string(), suggest: v.string() })), []),
      }),
      ({ appid, status, remarks }) => {
        const { life } = merchantOf(state, appid)
        life.filing = { ...life.filing, status, remarks }
        const isOnTheWay = status === 2 || status === 4
        return settled({
          push: isOnTheWay
            ? undefined
            : pushEvent(state, 'notify_apply_icpfiling_result', { authorizer_appid: appid, beian_status: status }),
        })
      },
    ),
    /** The verification: `apply` 1 to be paid, 2 under review, 3 returned, 4 verified, 5 refused. */
    decideVerification: doors.open(
      'decideVerification',
      v.object({
        appid: v.string(),
        taskid: v.string(),
        status: v.optional(v.number(), 12),
        apply: v.picklist([1, 2, 3, 4, 5]),
        reason: v.optional(v.string(), ''),
      }),
      ({ appid, taskid, status, apply, reason }) => {
        const task = merchantOf(state, appid).life.verifications.get(taskid)
        if (task === undefined) throw new WechatRefusal(86328)
        Object.assign(task, { status, apply, reason })
        return settled({
          push: pushEvent(state, 'notify_3rd_wxa_auth', {
            appid,
            taskid,
            task_status: status,
            apply_status: apply,
            message: reason,
          }),
        })
      },
    ),
    /** Verification and filing in one: `status` as WeChat counts, 15 to 29. */
    decideProcedure: doors.open(
      'decideProcedure',
      v.object({ appid: v.string(), procedureId: v.string(), status: v.number(), reason: v.optional(v.string(), '') }),
      ({ appid, procedureId, status, reason }) => {
        const procedure = merchantOf(state, appid).life.procedures.get(procedureId)
        if (procedure === undefined) throw new WechatRefusal(86328)
        Object.assign(procedure, { status, reason, apply: status === 20 ? 5 : status === 18 ? 3 : status > 18 ? 4 : 2 })
        return settled({
          push: pushEvent(state, 'notify_3rd_wxa_auth_and_icp', {
            procedure_id: procedureId,
            procedure_status: status,
          }),
        })
      },
    ),
    /** The person confirms a registration, or does not: the account is there, and its code pushed. */
    decideRegistration: doors.open(
      'decideRegistration',
      v.object({ taskid: v.string(), done: v.boolean() }),
      async ({ taskid, done }) => {
        const registration = state.registrations.get(taskid)
        if (registration === undefined) throw new WechatRefusal(86328)
        registration.status = done ? 12 : 11
        const { kind, info } = registration
        const name = String(info['name'] ?? '')
        const merchant = done
          ? createMerchant(state, { createdByApi: true, ...(name !== '' && { nickName: name }), signature: '' })
          : undefined
        const result = { appid: merchant?.appid ?? '', status: done ? 0 : 89247, msg: done ? 'OK' : '超时', info }
        if (kind === 'trial' || !merchant)
          return settled({
            appid: merchant?.appid,
            push: pushEvent(
              state,
              kind === 'trial' ? 'notify_third_fastregisterbetaapp' : 'notify_third_fasteregister',
              result,
            ),
          })
        const { authCode } = grantAccess(state, merchant, merchant.defaultSets)
        return settled({
          appid: merchant.appid,
          push: pushEvent(state, 'notify_third_fasteregister', { ...result, auth_code: authCode }),
        })
      },
    ),
    addViolation: doors.open(
      'addViolation',
      v.object({
        appid: v.string(),
        reason: v.string(),
        content: v.optional(v.string(), ''),
        rule: v.optional(v.string(), '微信小程序平台运营规范'),
      }),
      ({ appid, reason, content, rule }) => {
        const merchant = merchantOf(state, appid)
        const record = {
          illegal_record_id: `2_${nextNumber(state)}`,
          illegal_reason: reason,
          illegal_content: content,
          rule_name: rule,
          rule_url: 'https://developers.weixin.qq.com/miniprogram/product/',
          create_time: toUnixSeconds(nowOf(state)),
        }
        merchant.life.violations.push({ ...record, appeals: [] })
        return settled({ record, ...announce(merchant, 'wxa_illegal_record', { appid, ...record }) })
      },
    ),
    /** WeChat announces a punishment, or carries one out: 1 warning, 2 functions, 3 taken down, 4 blocked, 10 a page. */
    punish: doors.open(
      'punish',
      v.object({
        appid: v.string(),
        eventType: v.picklist([1, 2, 3, 4, 10]),
        reason: v.string(),
        detail: v.optional(v.record(v.string(), v.unknown()), {}),
      }),
      ({ appid, eventType, reason, detail }) => {
        const punishId = `3_${nextNumber(state)}`
        const punishment = {
          event_type: eventType,
          punish_id: punishId,
          appid,
          punish_time: toUnixSeconds(nowOf(state)),
          illegal_reason: reason,
          illegal_content: '',
          rule_name: '微信小程序平台运营规范',
          rule_url: 'https://developers.weixin.qq.com/miniprogram/product/',
          adjust_guide_url: '',
          detail: JSON.stringify(detail),
        }
        return settled({ punishId, ...announce(merchantOf(state, appid), 'wxa_punish_event', punishment) })
      },
    ),
    /** The verification is to be renewed between these times, unix seconds; without: it is renewed. */
    askForRenewal: doors.open(
      'askForRenewal',
      v.object({ appid: v.string(), period: v.optional(v.object({ begin: v.number(), end: v.number() })) }),
      ({ appid, period }) => {
        const { life } = merchantOf(state, appid)
        if (period) life.annualReview = period
        else delete life.annualReview
      },
    ),
    decideAppeal: doors.open(
      'decideAppeal',
      v.object({ appid: v.string(), recordId: v.string(), granted: v.boolean(), reason: v.optional(v.string(), '') }),
      ({ appid, recordId, granted, reason }) => {
        const merchant = merchantOf(state, appid)
        const appeal = merchant.life.violations
          .find(({ illegal_record_id: id }) => id === recordId)
          ?.appeals.findLast(({ appeal_status: status }) => status === 1)
        if (appeal === undefined) throw new WechatRefusal(40097)
        const audit_time = toUnixSeconds(nowOf(state))
        Object.assign(appeal, { appeal_status: granted ? 2 : 3, audit_reason: reason, audit_time })
        return settled(
          announce(merchant, 'wxa_appeal_record', {
            appid,
            illegal_record_id: recordId,
            appeal_record_id: appeal.appeal_record_id,
            appeal_status: appeal.appeal_status,
            audit_reason: reason,
            audit_time,
          }),
        )
      },
    ),
    /** Errors that users of a version met on a day. */
    addErrors: doors.open(
      'addErrors',
      v.object({
        appid: v.string(),
        errors: v.array(
          v.object({
            appVersion: v.string(),
            date: v.string(),
            message: v.string(),
            stack: v.optional(v.string(), ''),
            errType: v.optional(v.picklist(['1', '2', '3']), '1'),
            uv: v.number(),
            pv: v.number(),
            users: v.optional(v.number(), 1000),
          }),
        ),
      }),
      ({ appid, errors }) => void merchantOf(state, appid).life.errors.push(...errors),
    ),
    addLog: doors.open(
      'addLog',
      v.object({
        appid: v.string(),
        level: v.picklist([2, 4, 8]),
        text: v.string(),
        url: v.optional(v.string(), 'pages/index/index'),
      }),
      ({ appid, ...row }) => {
        const timestamp = toUnixSeconds(nowOf(state))
        merchantOf(state, appid).life.logs.push({ ...row, timestamp, openid: newOpenid() })
      },
    ),
    addFeedback: doors.open(
      'addFeedback',
      v.object({ appid: v.string(), type: v.number(), content: v.string() }),
      ({ appid, ...given }) => {
        const create_time = toUnixSeconds(nowOf(state))
        const { feedback } = merchantOf(state, appid).life
        feedback.push({ ...given, record_id: nextNumber(state), openid: newOpenid(), create_time })
      },
    ),
  }
}
