import { create as createHttp } from 'axios'
import { keepAlive } from './keep-alive.ts'
import { WechatUnavailable, type UnavailableReason } from './refusal.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly contentType?: string | undefined
  readonly bytes?: Buffer | undefined
  readonly timeoutMs: number
}

export interface HttpReply {
  readonly contentType: string
  readonly bytes: Buffer
}

export type Exchange = (request: HttpRequest) => Promise<HttpReply>

/** The host is fixed here: what follows can only be a path of plain segments, so that no input becomes a host. */
export const isApiPath = (path: string): boolean =>
  /^(?:\/[A-Za-z0-9_.-]+)+$/.test(path) && !path.split('/').some((segment) => segment === '.' || segment === '..')

/** Requests that certainly never left, whatever they would have changed. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
])

/**
 * One HTTP exchange with the one host: no redirect, no proxy, a limit on size and on the whole time.
 * @throws {WechatUnavailable} for everything but an answer with status 200
 */
export const createTransport = ({ apiBase, maxBytes }: { apiBase: string; maxBytes: number }): Exchange => {
  const base = baseOf(apiBase)
  const connections = keepAlive(base.protocol)
  const http = createHttp({
    adapter: 'http',
    httpAgent: connections.agent,
    httpsAgent: connections.agent,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maxBytes,
    maxBodyLength: Number.POSITIVE_INFINITY,
    responseType: 'arraybuffer',
    validateStatus: () => true,
  })

  return async ({ method, path, query, contentType, bytes, timeoutMs }) => {
    if (!isApiPath(path)) throw new TypeError('path must be a plain path such as /wxa/release')
    connections.dropIdle()
    const reply = await http
      .request<Buffer>({
        method,
        url: `${base.href}${path}${queryOf(query)}`,
        signal: AbortSignal.timeout(timeoutMs),
        ...(bytes && { data: bytes, headers: { 'content-type': contentType ?? 'application/json' } }),
      })
      // Nothing of the library's error is kept: it holds the URL with the token, and the body.
      .catch((error: unknown) => codeOf(error))
    if (typeof reply === 'string') throw unavailable(path, reply)
    if (reply.status !== 200)
      throw new WechatUnavailable(path, { reason: 'status', applied: 'unknown', detail: `${reply.status}` })
    return { contentType: String(reply.headers['content-type'] ?? ''), bytes: Buffer.from(reply.data) }
  }
}

const baseOf = (apiBase: string): { protocol: 'http:' | 'https:'; href: string } => {
  const { protocol, origin, pathname, username, password, search, hash } = new URL(apiBase)
  if ((protocol !== 'https:' && protocol !== 'http:') || username || password || search || hash)
    throw new TypeError('apiBase must be an http or https address without user, query and fragment')
  return { protocol, href: `${origin}${pathname.replace(/\/+$/, '')}` }
}

const queryOf = (query: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && /^[A-Z0-9_]{2,40}$/.test(String(error.code))
    ? String(error.code)
    : 'UNKNOWN'

const unavailable = (path: string, code: string): WechatUnavailable =>
  new WechatUnavailable(path, {
    reason: reasonOf(code),
    applied: neverSent.has(code) ? 'no' : 'unknown',
    detail: code,
  })

/** ERR_CANCELED is our own time limit; ERR_BAD_RESPONSE an answer beyond the size limit or cut off. */
const reasonOf = (code: string): UnavailableReason => {
  if (code === 'ERR_CANCELED' || code === 'ETIMEDOUT' || code === 'ECONNABORTED') return 'timeout'
  return code === 'ERR_BAD_RESPONSE' || /^(?:Z_|HPE_)/.test(code) ? 'nonsense' : 'network'
}
