/** ICP filing and verification: face check, application, states, documents. */
import * as v from 'valibot'
import { DAY, after, toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { storeMedia } from '../media.ts'
import type { Procedure } from '../merchant-life.ts'
import type { Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { nextNumber, nowOf } from '../state.ts'
import { BinaryReply, nothing, ok, withAuthorizerToken, withUpload, type Reply } from './operation.ts'

const FILING = [18, 156]
const VERIFICATION = [18]

const UNDER_REVIEW = [2, 4]
const FILED = 6
const NOT_FILED = 1024
/** Added to `NOT_FILED` while it holds. */
const flags = { basicsMissing: 1, categoryMissing: 2, notVerified: 4 }

const isVerified = ({ life }: Merchant): boolean =>
  [...life.verifications.values(), ...life.procedures.values()].some(({ apply }) => apply === 4)

const filingStatus = (merchant: Merchant): number => {
  const { status } = merchant.life.filing
  if (status !== NOT_FILED) return status
  return (
    NOT_FILED +
    (merchant.signature === '' ? flags.basicsMissing : 0) +
    (merchant.categories.some((category) => category.status === 3) ? 0 : flags.categoryMissing) +
    (isVerified(merchant) ? 0 : flags.notVerified)
  )
}

const list = (type: number, ...names: readonly string[]) =>
  ok({ items: names.map((name, index) => ({ type: type + index, name, remark: '' })) })

const isAlong = v.optional(v.looseObject({ along_with_auth: v.optional(v.boolean(), false) }), {})

const application = v.looseObject({
  icp_subject: v.looseObject({}),
  icp_applets: v.looseObject({
    principal_info: v.looseObject({ verify_task_id: v.optional(v.string(), '') }),
  }),
})

/** 86202, with what is to be corrected. */
const refuseApplication = (errcode: number, field: string): never =>
  refuse(86202, undefined, { hints: [{ errcode, errmsg: 'refused', err_field: field }] })

const checkFace = (state: WechatState, { life }: Merchant, taskId: string): void => {
  const task = life.faceChecks.get(taskId)
  if (task === undefined || nowOf(state) >= task.expiresAt || task.status !== 3)
    refuseApplication(86328, 'icp_applets.principal_info.verify_task_id')
}

const running = (procedures: ReadonlyMap<string, Procedure>): boolean =>
  [...procedures.values()].some(({ apply, status }) => apply < 4 && ![1, 2, 5].includes(status))

const apply = (state: WechatState, { life }: Merchant, data: unknown): Reply => {
  refuseUnless(!running(life.verifications), 89249)
  const taskid = `auth${nextNumber(state)}`
  life.verifications.set(taskid, { data, createdAt: nowOf(state), status: 0, apply: 0, reason: '' })
  return ok({ taskid, auth_url: `https://mp.weixin.qq.com/verify/${taskid}` })
}

const authData = v.looseObject({ auth_data: v.looseObject({ customer_type: v.number(), account_name: v.string() }) })

export const filingOperations = [
  {
    ...withAuthorizerToken(
      'POST',
      '/wxa/icp/create_icp_verifytask',
      FILING,
      isAlong,
      (state, input, { merchant, now }) => {
        const taskId = `face${nextNumber(state)}`
        const alongWithAuth = input.along_with_auth ?? false
        merchant.life.faceChecks.set(taskId, {
          expiresAt: after(now, alongWithAuth ? DAY : 3 * DAY),
          alongWithAuth,
          status: 1,
        })
        return ok({ task_id: taskId, ...(alongWithAuth && { verify_url: `https://mp.weixin.qq.com/face/${taskId}` }) })
      },
    ),
    takesNoBody: true,
  },
  withAuthorizerToken(
    'POST',
    '/wxa/icp/query_icp_verifytask',
    FILING,
    v.object({ task_id: v.string() }),
    (state, { task_id: taskId }, { merchant }) => {
      const task = merchant.life.faceChecks.get(taskId)
      if (task === undefined || nowOf(state) >= task.expiresAt) return refuse(86328)
      const { status, alongWithAuth } = task
      return ok({
        is_finish: status > 1,
        face_status: status,
        ...(alongWithAuth && status === 3 && { along_with_auth_result: 9 }),
      })
    },
  ),
  withUpload('/wxa/icp/upload_icp_media', FILING, 'media', (state, file, { now, form }) => {
    const { type = '', icp_order_field: field = '' } = form
    refuseUnless((type === 'image' || type === 'video') && field !== '', 47001)
    const media_id = storeMedia(state, type, file.contentType, new Uint8Array(file.bytes), 'permanent')
    return ok({ type, media_id, create_at: toUnixSeconds(now) })
  }),
  withAuthorizerToken(
    'GET',
    '/wxa/icp/get_icp_media',
    FILING,
    v.looseObject({ media_id: v.string() }),
    (state, { media_id: mediaId }) => {
      const media = state.media.get(mediaId)
      return media === undefined ? refuse(40007) : new BinaryReply(media.contentType, media.bytes)
    },
  ),
  withAuthorizerToken('POST', '/wxa/icp/apply_icp_filing', FILING, application, (state, input, { merchant }) => {
    const { filing } = merchant.life
    refuseUnless(!UNDER_REVIEW.includes(filing.status) && filing.status !== FILED, 86358)
    checkFace(state, merchant, input.icp_applets.principal_info.verify_task_id)
    merchant.life.filing = { status: 2, canceling: false, remarks: [], order: input }
    return ok()
  }),
  withAuthorizerToken('POST', '/wxa/icp/cancel_apply_icp_filing', FILING, nothing, (_state, _input, { merchant }) => {
    refuseUnless(merchant.life.filing.status === 2, 86358)
    merchant.life.filing = { status: NOT_FILED, canceling: false, remarks: [] }
    return ok()
  }),
  withAuthorizerToken(
    'POST',
    '/wxa/icp/cancel_icp_filing',
    FILING,
    v.object({ cancel_type: v.number() }),
    (_state, _input, { merchant }) => {
      refuseUnless(merchant.life.filing.status === FILED, 86358)
      merchant.life.filing.canceling = true
      return ok()
    },
  ),
  withAuthorizerToken('GET', '/wxa/icp/get_icp_entrance_info', FILING, nothing, (_state, _input, { merchant }) => {
    const { canceling, remarks, status } = merchant.life.filing
    return ok({
      info: {
        status: filingStatus(merchant),
        is_canceling: canceling,
        available: 1,
        audit_data: remarks,
        ...(status === 4 && { sms_verify_status: 1 }),
      },
    })
  }),
  withAuthorizerToken('GET', '/wxa/icp/get_online_icp_order', FILING, nothing, (_state, _input, { merchant }) => {
    const { status, order } = merchant.life.filing
    refuseUnless(status === FILED, 86328)
    return ok({ ...Object(order) })
  }),
  withAuthorizerToken('GET', '/wxa/icp/query_icp_subject_types', FILING, nothing, () => list(4, '企业', '个人')),
  withAuthorizerToken('GET', '/wxa/icp/query_icp_certificate_types', FILING, nothing, () =>
    ok({ items: [{ type: 1, subject_type: 4, name: '营业执照', remark: '' }] }),
  ),
  withAuthorizerToken('GET', '/wxa/icp/query_icp_district_code', FILING, nothing, () =>
    ok({
      items: [{ type: 1, code: '440000', name: '广东省', sub_list: [{ type: 2, code: '440300', name: '深圳市' }] }],
    }),
  ),
  withAuthorizerToken('GET', '/wxa/icp/query_icp_nrlx_types', FILING, nothing, () =>
    ok({ items: [{ type: 1, name: '以上都不涉及' }] }),
  ),
  withAuthorizerToken('GET', '/wxa/icp/query_icp_service_content_types', FILING, nothing, () =>
    ok({ items: [{ type: 10, parent_type: 1, name: '餐饮服务', remark: '' }] }),
  ),

  withAuthorizerToken('POST', '/wxa/sec/authidentitytree', VERIFICATION, nothing, () =>
    ok({
      identity_tree_list: [
        { node_id: 1, name: '教师', leaf_info: { requirement: Buffer.from('<p>教师资格证</p>').toString('base64') } },
      ],
    }),
  ),
  withUpload('/wxa/sec/uploadauthmaterial', VERIFICATION, 'media', (state, file) =>
    ok({
      type: 'image',
      mediaid: storeMedia(state, 'image', file.contentType, new Uint8Array(file.bytes), 'temporary'),
    }),
  ),
  withAuthorizerToken('POST', '/wxa/sec/wxaauth', VERIFICATION, authData, (state, input, { merchant }) =>
    apply(state, merchant, input),
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/sec/reauth',
    VERIFICATION,
    v.looseObject({ auth_data: v.looseObject({ taskid: v.string() }) }),
    (state, input, { merchant }) => {
      const former = merchant.life.verifications.get(input.auth_data.taskid)
      if (former?.apply !== 3) return refuse(89249)
      former.apply = 5
      return apply(state, merchant, input)
    },
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/sec/queryauth',
    VERIFICATION,
    v.object({ taskid: v.string() }),
    (_state, { taskid }, { merchant }) => {
      const task = merchant.life.verifications.get(taskid)
      if (task === undefined) return refuse(86328)
      return ok({
        appid: merchant.appid,
        task_status: task.status,
        apply_status: task.apply,
        ...(task.apply === 3 && { refill_reason: task.reason }),
        ...(task.apply === 5 && { fail_reason: task.reason }),
      })
    },
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/sec/submit_auth_and_icp',
    VERIFICATION,
    v.looseObject({ ...authData.entries, ...application.entries }),
    (state, input, { merchant, now }) => {
      const { life } = merchant
      refuseUnless(!running(life.procedures) && !UNDER_REVIEW.includes(life.filing.status), 86358)
      checkFace(state, merchant, input.icp_applets.principal_info.verify_task_id)
      const id = `both${nextNumber(state)}`
      life.procedures.set(id, { data: input, createdAt: now, status: 15, apply: 1, reason: '' })
      return ok({ procedure_id: id, pay_url: `https://mp.weixin.qq.com/pay/${id}` })
    },
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/sec/query_auth_and_icp',
    VERIFICATION,
    v.object({ procedure_id: v.string() }),
    (_state, { procedure_id: id }, { merchant }) => {
      const procedure = merchant.life.procedures.get(id)
      if (procedure === undefined) return refuse(86328)
      const { status, reason } = procedure
      return ok({
        procedure_status: status,
        ...(status === 18 && { refill_reason: reason }),
        ...(status === 20 && { fail_reason: reason }),
      })
    },
  ),
]
