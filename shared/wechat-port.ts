import type { EndpointBreaker } from './domain/breaker.ts'
import type { Wechat } from './domain/platform.ts'
import { failureOfErrcode } from './domain/wechat-failures.ts'
import { Failure } from './errors.ts'
import { createWechatClient } from './wechat/client.ts'
import { tokenParameterOf } from './wechat/endpoints/endpoint.ts'
import { WechatRefusal, WechatUnavailable } from './wechat/refusal.ts'

/** WeChat's client as the use cases know it: every failure is one of ours. */
export function createWechatPort(apiBase: string | undefined, breaker: EndpointBreaker, onRequest: () => void): Wechat {
  const client = createWechatClient({
    apiBase,
    breaker: {
      ...breaker,
      async before(path) {
        if (!(await breaker.mayCall(path))) throw new WechatUnavailable(path, { reason: 'paused', applied: 'no' })
        onRequest()
      },
    },
  })
  return {
    async send(endpoint, request, token) {
      try {
        return await client.send(endpoint, { ...request, token })
      } catch (error) {
        throw await toFailure(error, endpoint.repeat !== 'safe')
      }
    },
    async call({ whose, ...request }, token) {
      try {
        return await client.call({ ...request, token, tokenParameter: tokenParameterOf(whose, request.path) })
      } catch (error) {
        throw await toFailure(error, true)
      }
    },
  }
}

/** `changes`: WeChat may have acted although it gave no answer that says so. */
async function toFailure(error: unknown, changes: boolean): Promise<unknown> {
  if (error instanceof WechatRefusal) {
    const { errcode, errmsg, path } = error
    return failureOfErrcode({ errcode, errmsg, path }, { cause: error, changes })
  }
  if (error instanceof WechatUnavailable) {
    const { path, says, applied, reason, member } = error
    const wechat = says && { errcode: says.errcode, errmsg: says.errmsg, path }
    const details = { cause: error, outcomeUnknown: applied === 'unknown', paused: reason === 'paused', wechat }
    if (member !== undefined) return new Failure('WECHAT_ANSWER_ODD', { ...details, params: { path, member } })
    const word = reason === 'paused' ? 'WECHAT_PAUSED' : reason === 'busy' ? 'WECHAT_BUSY' : 'WECHAT_UNREACHABLE'
    return new Failure(word, { ...details, ...(wechat && { params: { errcode: wechat.errcode } }) })
  }
  return error
}
