import { errcodeOf, Failure } from '../../errors.ts'
import type { Endpoint, ReplyOf, RequestOf } from '../../wechat/endpoints/endpoint.ts'
import { withFreshToken } from '../../wechat/stale-token-retry.ts'
import { componentToken } from './component-token.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { LiveToken, TokenInput } from './tokens.ts'

/** Calls WeChat in the platform's own name. */
export const callAsPlatform = <E extends Endpoint>(
  platform: Platform,
  endpoint: E,
  request: RequestOf<E>,
): Promise<ReplyOf<E>> =>
  withLiveToken(
    platform,
    (input) => componentToken(platform, input),
    (token) => platform.wechat.send(endpoint, request, token.accessToken),
  )

/** With a live token; once more with a new one where WeChat says that the token is invalid. */
export function withLiveToken<R>(
  platform: Platform,
  obtain: (input: TokenInput) => Promise<LiveToken>,
  send: (token: LiveToken) => Promise<R>,
): Promise<R> {
  const begunAt = databaseTime(platform)
  let used: LiveToken | undefined
  const keep = (token: LiveToken): string => {
    used = token
    return token.accessToken
  }
  return withFreshToken(
    {
      current: async () => keep(await obtain({})),
      replace: async () => {
        const next = await obtain(used ? { staleFence: used.tokenFence } : {})
        return { token: keep(next), wasThere: next.savedAt !== undefined && next.savedAt < begunAt }
      },
    },
    () => {
      if (!used) throw new Failure('BUG', { params: { missing: 'token' } })
      return send(used)
    },
    errcodeOf,
  )
}
