import * as v from 'valibot'
import { listDeliveries } from '../subscriptions/delivery-list.ts'
import { choice, page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import {
  deleteSubscription,
  listSubscriptions,
  putSubscription,
  redeliver,
  testSubscription,
} from '../subscriptions/subscriptions.ts'
import { deliveryStates } from '../stores/deliveries.ts'

const pattern = v.optional(text(128))
const subscriptionId = text(64)

export const subscriptionOperations = {
  'subscriptions.put': changing({
    role: 'owner',
    summary: 'Have events delivered to a URL; the signing secret is answered once, when it is new',
    input: {
      subscriptionId: v.optional(subscriptionId),
      url: text(2048),
      match: v.strictObject({ type: pattern, infoType: pattern, event: pattern, appid: pattern }, 'must be an object'),
      enabled: v.optional(v.boolean('must be true or false')),
      rotateSecret: v.optional(v.boolean('must be true or false')),
    },
    run: (platform, input, run) => putSubscription(platform, input, run),
  }),
  'subscriptions.list': reading({
    role: 'owner',
    summary: 'Subscriptions with their newest deliveries, without secrets',
    input: page,
    run: (platform, input) => listSubscriptions(platform, input),
  }),
  'subscriptions.deliveries': reading({
    role: 'viewer',
    summary: 'Deliveries with their state, newest first; the events themselves are in events.list',
    input: {
      ...page,
      subscriptionId: v.optional(subscriptionId),
      state: v.optional(choice(deliveryStates)),
    },
    run: (platform, { subscriptionId: id, state, ...request }) =>
      listDeliveries(platform, { subscriptionId: id, state }, request),
  }),
  'subscriptions.delete': changing({
    role: 'owner',
    summary: 'End a subscription and what waits for it',
    input: { subscriptionId },
    run: (platform, input, { begunBefore }) =>
      deleteSubscription(platform, input.subscriptionId, begunBefore !== undefined),
  }),
  'subscriptions.test': changing({
    role: 'owner',
    summary: 'Send a test event now and tell how it went',
    input: { subscriptionId },
    run: (platform, input, { activityId }) => testSubscription(platform, input.subscriptionId, activityId),
  }),
  'subscriptions.redeliver': changing({
    role: 'owner',
    summary: 'Send a stored event once more, now',
    input: { deliveryId: text(64) },
    run: (platform, input, { begunBefore }) => redeliver(platform, input.deliveryId, begunBefore),
  }),
}
