/** Reference 3.2: the customer-service message that the 全网发布 check waits for. */
import * as v from 'valibot'
import { refuseUnless } from '../errors.ts'
import { ok, withAuthorizerToken } from './operation.ts'

export const customerMessageOperations = [
  withAuthorizerToken(
    'POST',
    '/cgi-bin/message/custom/send',
    [],
    v.object({ touser: v.string(), msgtype: v.string(), text: v.optional(v.object({ content: v.string() })) }),
    (state, { touser, msgtype, text }, { merchant, now }) => {
      refuseUnless(touser !== '', 40003)
      const content = text === undefined ? {} : { content: text.content }
      state.customerMessages.push({ appid: merchant.appid, at: now, touser, msgtype, ...content })
      return ok()
    },
  ),
]
