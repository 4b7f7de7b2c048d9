import * as v from 'valibot'
import { delivery, deliveryOutcome, nothing, pageOf, redelivered, subscription, words } from '../answers.ts'
import { listDeliveries } from '../subscriptions/delivery-list.ts'
import { flaw } from '../input-flaws.ts'
import { accountsAsked } from '../callers/reach.ts'
import { appid, choice, flag, page, subscriptionId, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import {
  deleteSubscription,
  listSubscriptions,
  putSubscription,
  redeliver,
  redeliverFailed,
  testSubscription,
} from '../subscriptions/subscriptions.ts'
import { keptState, shownDeliveryStates } from '../stores/deliveries.ts'
import { lazily, told } from '../described-fields.ts'

const matching = (en: string, zh: string, example: string) => v.optional(told(en, zh, text(128), example))

/** Without what a browser would strip or read differently; whether it is public is seen later. */
const absoluteUrl = v.pipe(
  text(2048),
  v.regex(
    /^[Hh][Tt]{2}[Pp][Ss]?:\/\/[^/\s\\\p{Cc}][^\s\\\p{Cc}]*$/u,
    flaw('ADDRESS_NOT_PUBLIC', { objection: 'notAbsolute' }),
  ),
)

const match = told(
  'Which events; `*` stands for any text, a member left out allows everything',
  '匹配哪些事件；* 代表任意文字，不填的成员不作限制',
  v.strictObject({
    type: matching('Type of the event', '事件类型', 'release.*'),
    infoType: matching('InfoType of a push', '推送的 InfoType', 'authorized'),
    event: matching('Event of a push', '推送的 Event', 'weapp_audit_success'),
    appid: matching('appid of the account', '账号的 appid', 'wx1234567890abcdef'),
  }),
)

export const subscriptionOperations = {
  'subscriptions.put': changing({
    role: 'owner',
    summary: {
      en: 'Have events delivered to a URL; the signing secret is answered once, when it is new',
      zh: '把事件投递到一个地址；签名密钥只在新生成时返回一次',
    },
    input: {
      subscriptionId: v.optional(subscriptionId),
      url: told('Where events are posted, https', '接收事件的 https 地址', absoluteUrl, 'https://shop.example/events'),
      match,
      enabled: v.optional(told('Whether anything is sent', '是否启用', flag)),
      rotateSecret: v.optional(told('Make a new secret; for a day both sign', '更换密钥；一天内新旧同时签名', flag)),
    },
    example: { match: { type: 'release.*' } },
    output: lazily(() =>
      v.strictObject({
        subscriptionId: words('Id of the subscription', '订阅编号', 'sub_a1b2c3'),
        secret: v.optional(words('Verifies deliveries; shown this once', '校验签名用；仅此一次', 'whsec_a1b2c3')),
      }),
    ),
    run: (platform, input, run) => putSubscription(platform, input, run),
  }),
  'subscriptions.list': reading({
    role: 'owner',
    summary: { en: 'Subscriptions with their newest deliveries, without secrets', zh: '订阅及其最近的投递，不含密钥' },
    input: page,
    output: lazily(() => pageOf(subscription())),
    run: (platform, input) => listSubscriptions(platform, input),
  }),
  'subscriptions.deliveries': reading({
    role: 'viewer',
    summary: {
      en: 'Deliveries with their state, newest first; for owners also what was sent and answered',
      zh: '投递记录及状态，新的在前；所有者还能看到发送与应答的内容',
    },
    reach: 'list',
    input: {
      ...page,
      subscriptionId: v.optional(subscriptionId),
      type: v.optional(told('Only of this type', '只看该类型', text(128), 'release.approved')),
      appid: v.optional(appid),
      state: v.optional(told('Only these', '只看该状态', choice(shownDeliveryStates))),
    },
    output: lazily(() => pageOf(delivery())),
    run: (platform, { subscriptionId: id, state, type, appid: account, ...request }, { caller }) => {
      const filter = {
        subscriptionId: id,
        state: state && keptState(state),
        type,
        appids: accountsAsked(caller, account),
      }
      return listDeliveries(platform, caller, filter, request)
    },
  }),
  'subscriptions.delete': changing({
    role: 'owner',
    destructive: true,
    summary: { en: 'End a subscription and what waits for it', zh: '删除订阅及其待投递的事件' },
    input: { subscriptionId },
    output: nothing,
    run: (platform, input, run) => deleteSubscription(platform, input.subscriptionId, run),
  }),
  'subscriptions.test': changing({
    role: 'owner',
    summary: { en: 'Send a test event now and tell how it went', zh: '立即发送测试事件并告知结果' },
    input: { subscriptionId },
    output: deliveryOutcome,
    run: (platform, input, { activityId }) => testSubscription(platform, input.subscriptionId, activityId),
  }),
  'subscriptions.redeliver': changing({
    role: 'owner',
    summary: {
      en: 'Send a stored event once more, now; or all events of a subscription that were given up',
      zh: '立即重新投递一个事件，或一个订阅所有投递失败的事件',
    },
    input: {
      deliveryId: v.optional(told('Also the webhook-id', '投递编号，即 webhook-id', text(64), 'msg_a1b2c3')),
      subscriptionId: v.optional(subscriptionId),
      state: v.optional(told('With subscriptionId', '与 subscriptionId 一起填写', v.literal('failed'))),
    },
    example: { deliveryId: 'msg_a1b2c3' },
    output: lazily(() => v.union([deliveryOutcome(), redelivered()])),
    check: ({ deliveryId, subscriptionId: id, state }) => {
      if ((deliveryId === undefined) === (id === undefined))
        return ['deliveryId', 'GIVE_ONE_OF', { choices: ['deliveryId', 'subscriptionId'] }]
      if (id !== undefined && state === undefined) return ['state', 'REQUIRED']
      return id === undefined && state !== undefined ? ['state', 'NOT_KNOWN_HERE'] : undefined
    },
    run: (platform, { deliveryId = '', subscriptionId: id }, run) =>
      id === undefined ? redeliver(platform, deliveryId, run.begunBefore) : redeliverFailed(platform, id, run),
  }),
}
