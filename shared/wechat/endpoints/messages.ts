/** Customer-service messages and the routing of messages to a cloud environment. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged } from './shapes.ts'

export const messages = {
  /** The check before going live (全网发布检测) expects one. */
  sendText: post('authorizer', '/cgi-bin/message/custom/send', {
    title: { en: 'Send a customer-service text', zh: '发送客服文本消息' },
    body: () => v.object({ touser: v.string(), msgtype: v.literal('text'), text: v.object({ content: v.string() }) }),
    reply: acknowledged,
    repeat: 'never',
    link: docs(),
  }),
  routeToCloud: post('authorizer', '/tcb/setcallbackconfig', {
    title: { en: 'Route messages of a mini program to its cloud environment', zh: '把小程序消息转发到其云环境' },
    changes: 'cloud.routeMessages',
    role: 'owner',
    body: () =>
      v.strictObject({
        container_config: v.optional(v.looseObject({})),
        function_config: v.optional(v.looseObject({})),
      }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [49],
    link: docs(),
  }),
}
