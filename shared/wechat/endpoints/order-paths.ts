/** The page that WeChat's order centre opens. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, maybeTexts, texts } from './shapes.ts'

const page = (name: string): string => docs(`miniprogram-management/basic-info-management/${name}`)

export const orderPaths = {
  /** The outcome comes as an event, order_path_audit_result_notify. */
  apply: post('component', '/wxa/security/applysetorderpathinfo', {
    title: { en: 'Apply for an order page of up to 100 mini programs', zh: '为最多 100 个小程序申请订单页' },
    changes: 'orderPaths.apply',
    body: () =>
      v.strictObject({
        batch_req: v.strictObject({
          path: v.string(),
          img_list: v.optional(texts),
          video: v.optional(v.string()),
          test_account: v.optional(v.string()),
          test_pwd: v.optional(v.string()),
          test_remark: v.optional(v.string()),
          appid_list: v.pipe(texts, v.maxLength(100)),
        }),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    link: page('applySetOrderPathInfo'),
  }),
  get: post('authorizer', '/wxa/security/getorderpathinfo', {
    title: { en: 'Order page of a mini program (0 live, 1 under review)', zh: '小程序的订单页（0 线上，1 审核中）' },
    reads: 'orderPaths.get',
    body: () => v.strictObject({ info_type: v.picklist([0, 1]) }),
    reply: () =>
      v.looseObject({
        msg: v.looseObject({
          path: maybeText,
          img_list: maybeTexts,
          video: maybeText,
          status: integer,
          apply_time: maybeInteger,
        }),
      }),
    repeat: 'safe',
    permissionSets: [30],
    link: page('getOrderPathInfo'),
  }),
}
