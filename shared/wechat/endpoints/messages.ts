/** Customer-service messages and the routing of messages to a cloud environment. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged } from './shapes.ts'

export const messages = {
  /** The check before going live (全网发布检测) expects one. */
  sendText: post('authorizer', '/cgi-bin/message/custom/send', {
    title: 'Send a customer-service text',
    body: () => v.object({ touser: v.string(), msgtype: v.literal('text'), text: v.object({ content: v.string() }) }),
    reply: acknowledged,
    repeat: 'never',
    link: docs(),
  }),
  routeToCloud: post('authorizer', '/tcb/setcallbackconfig', {
    title: 'Route messages of a mini program to its cloud environment',
    body: () =>
      v.object({ container_config: v.optional(v.looseObject({})), function_config: v.optional(v.looseObject({})) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [49],
    link: docs(),
  }),
}
