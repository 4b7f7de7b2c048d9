import { Failure } from '../../errors.ts'
import type { TokenState } from '../stores/tokens.ts'
import { failureOfErrcode } from '../wechat-failures.ts'

const PATH = '/cgi-bin/component/api_authorizer_token'

const hint =
  'Send the merchant a new invite link (bindings.createLink); until then nothing is sent to WeChat for this account. 请让商户通过新的授权链接重新授权。'

/** The authorizer withdrew, or its refresh token is no longer accepted even after repair. */
export function refusedForGood(state: TokenState): Failure {
  if (state.status === 'revoked')
    return new Failure('REAUTHORIZATION_REQUIRED', 'The merchant withdrew the authorization', { hint })
  return new Failure('REAUTHORIZATION_REQUIRED', 'The authorization is no longer accepted by WeChat', {
    hint,
    ...(state.refusal && { wechat: { ...state.refusal, path: PATH } }),
  })
}

/** Why the last attempt failed, for callers who come before the next one is due. */
export async function whyNot({ refusal, failedFor }: TokenState): Promise<Failure> {
  if (failedFor === 'TICKET_MISSING')
    return ticketMissing(refusal && (await failureOfErrcode({ ...refusal, path: PATH })))
  if (refusal && refusal.errcode !== -1) return failureOfErrcode({ ...refusal, path: PATH })
  return new Failure('WECHAT_UNAVAILABLE', 'WeChat could not be reached a moment ago', {
    hint: 'Try again in a few seconds. 微信接口刚才无法访问，请稍后重试。',
    ...(refusal && { wechat: { ...refusal, path: PATH } }),
  })
}

/** @param refusal WeChat's, if it was asked at all */
export const ticketMissing = (refusal: Failure | undefined): Failure =>
  new Failure(
    'TICKET_MISSING',
    refusal ? 'WeChat accepts none of the stored tickets' : 'No component_verify_ticket under 12 hours old is stored',
    {
      hint: 'WeChat pushes a ticket every 10 minutes. Check the address of 授权事件接收URL, the message token and the EncodingAESKey in the console, then run npm run doctor; pressing 全网发布 or api_start_push_ticket brings one at once.',
      ...(refusal && { cause: refusal, wechat: refusal.wechat }),
    },
  )
