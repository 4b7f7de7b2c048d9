import { Failure } from '../../errors.ts'
import type { TokenState } from '../stores/tokens.ts'
import { failureOfErrcode } from '../wechat-failures.ts'

const PATH = '/cgi-bin/component/api_authorizer_token'

/** The authorizer withdrew, or its refresh token is no longer accepted even after repair. */
export function refusedForGood(state: TokenState): Failure {
  if (state.status === 'revoked') return new Failure('AUTHORIZATION_WITHDRAWN')
  return new Failure('AUTHORIZATION_NOT_ACCEPTED', {
    ...(state.refusal && { wechat: { ...state.refusal, path: PATH } }),
  })
}

/** Why the last attempt failed, for callers who come before the next one is due. */
export async function whyNot({ refusal, failedFor }: TokenState): Promise<Failure> {
  if (failedFor === 'TICKET_MISSING')
    return ticketMissing(refusal && (await failureOfErrcode({ ...refusal, path: PATH })))
  if (refusal && refusal.errcode !== -1) return failureOfErrcode({ ...refusal, path: PATH })
  return new Failure('WECHAT_UNREACHABLE', {
    ...(refusal && { wechat: { ...refusal, path: PATH } }),
  })
}

/** @param refusal WeChat's, if it was asked at all */
export const ticketMissing = (refusal: Failure | undefined): Failure =>
  refusal ? new Failure('TICKETS_REFUSED', { cause: refusal, wechat: refusal.wechat }) : new Failure('NO_TICKET')
