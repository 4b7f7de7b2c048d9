import { errcodeOf } from '../errors.ts'
import { authorizerToken } from './tokens/authorizer-token.ts'
import { componentToken } from './tokens/component-token.ts'
import { withoutCredentials } from './free-paths.ts'
import { presentImage, type Image } from './releases/images.ts'
import { withLiveToken } from './tokens/platform-calls.ts'
import type { FreeReply, FreeRequest, Platform } from './platform.ts'

export interface FreeWish {
  readonly appid?: string | undefined
  readonly path: string
  /** Default: POST with a body, else GET, and POST where WeChat wants that. */
  readonly method?: 'GET' | 'POST' | undefined
  readonly query?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly body?: Readonly<Record<string, unknown>> | undefined
}

const NEEDS_POST = 43002

/** Any API on an authorizer's behalf, or in the platform's own name. Pictures come back as `{contentType, base64}`. */
export async function callFreely(platform: Platform, wish: FreeWish): Promise<Image | object> {
  const method = wish.method ?? (wish.body ? 'POST' : 'GET')
  try {
    return present(await send(platform, wish, method), wish.path)
  } catch (error) {
    // Nothing was done: WeChat looks at the method first.
    if (wish.method !== undefined || errcodeOf(error) !== NEEDS_POST) throw error
    return present(await send(platform, wish, 'POST'), wish.path)
  }
}

function send(platform: Platform, wish: FreeWish, method: 'GET' | 'POST'): Promise<FreeReply> {
  const { appid, path, query = {}, body } = wish
  const request: FreeRequest = {
    method,
    path,
    query,
    whose: appid === undefined ? 'component' : 'authorizer',
    ...(method === 'POST' && { body: body ?? {} }),
  }
  return withLiveToken(
    platform,
    (need) => (appid === undefined ? componentToken(platform, need) : authorizerToken(platform, appid, need)),
    (token) => platform.wechat.call(request, token.accessToken),
  )
}

function present(reply: FreeReply, path: string): Image | object {
  if ('binary' in reply) return presentImage(reply.binary)
  return withoutCredentials(reply.json, path)
}
