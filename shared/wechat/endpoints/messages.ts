/** Customer-service messages. */
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
}
