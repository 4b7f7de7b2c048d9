import { Failure } from '../errors.ts'
import type { TokenState } from './stores.ts'
import { failureOfErrcode } from './wechat-failures.ts'

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
export function whyNot(state: TokenState): Failure {
  if (!state.refusal)
    return new Failure('WECHAT_UNAVAILABLE', 'WeChat could not be reached a moment ago', {
      hint: 'Try again in a few seconds.',
    })
  return failureOfErrcode({ ...state.refusal, path: PATH })
}
