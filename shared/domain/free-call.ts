import { errcodeOf } from '../errors.ts'
import { presentFile } from './files/answered-file.ts'
import { readUpload, type GivenFile } from './files/given-file.ts'
import { authorizerToken } from './tokens/authorizer-token.ts'
import { componentToken } from './tokens/component-token.ts'
import { withoutCredentials } from './free-paths.ts'
import { withLiveToken } from './tokens/platform-calls.ts'
import type { FreeReply, FreeRequest, Platform } from './platform.ts'

export interface FreeInput {
  readonly appid?: string | undefined
  readonly path: string
  /** Default: POST with a body, else GET, and POST where WeChat wants that. */
  readonly method?: 'GET' | 'POST' | undefined
  readonly query?: Readonly<Record<string, string | number | boolean>> | undefined
  readonly body?: Readonly<Record<string, unknown>> | undefined
  readonly file?: (GivenFile & { readonly part: string }) | undefined
}

const NEEDS_POST = 43002

/** Any API on an authorizer's behalf, or in the platform's own name. */
export async function callFreely(platform: Platform, input: FreeInput): Promise<object> {
  const method = input.method ?? (input.body || input.file ? 'POST' : 'GET')
  try {
    return await present(platform, input, await send(platform, input, method))
  } catch (error) {
    // Nothing was done: WeChat looks at the method first.
    if (input.method !== undefined || errcodeOf(error) !== NEEDS_POST) throw error
    return present(platform, input, await send(platform, input, 'POST'))
  }
}

async function send(platform: Platform, input: FreeInput, method: 'GET' | 'POST'): Promise<FreeReply> {
  const { appid, path, query = {}, body, file } = input
  const request: FreeRequest = {
    method,
    path,
    query,
    whose: appid === undefined ? 'component' : 'authorizer',
    ...(method === 'POST' && { body: body ?? {} }),
    ...(file && { upload: { part: file.part, file: await readUpload(platform.files, file, undefined) } }),
  }
  return withLiveToken(
    platform,
    (need) => (appid === undefined ? componentToken(platform, need) : authorizerToken(platform, appid, need)),
    (token) => platform.wechat.call(request, token.accessToken),
  )
}

async function present(platform: Platform, { appid, path }: FreeInput, reply: FreeReply): Promise<object> {
  return 'binary' in reply ? presentFile(platform, reply.binary, appid) : withoutCredentials(reply.json, path)
}
