import { isPlainLoopback } from '../config.ts'
import type { HttpRequest } from '../http-message.ts'

/** With the prefix, browsers take it from this very host only; that wants https and a page at any path. */
const nameOf = (authBaseUrl: string): string => {
  const { protocol, pathname } = new URL(authBaseUrl)
  return protocol === 'https:' && pathname === '/' ? '__Host-mf_browser' : 'mf_browser'
}

/** One per browser; it ties an authorization to the browser that began it. */
const COOKIE_SECONDS = 24 * 60 * 60

export const browserOf = ({ cookies }: HttpRequest, authBaseUrl: string): string | undefined => {
  const id = cookies[nameOf(authBaseUrl)] ?? ''
  return /^[0-9a-f]{32}$/.test(id) ? id : undefined
}

export const cookieLine = (browser: string, authBaseUrl: string): string =>
  `${nameOf(authBaseUrl)}=${browser}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${isPlainLoopback(authBaseUrl) ? '' : '; Secure'}`
