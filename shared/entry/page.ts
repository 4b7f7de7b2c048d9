import { randomBytes } from 'node:crypto'
import { isPlainLoopback } from '../config.ts'
import { completeAuthorization, openInvite, returnTo } from '../domain/invitations.ts'
import { httpStatusOf, isErrorCode, type Failure } from '../errors.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import { boundPage, failedPage, problemPage } from '../pages/result-page.ts'
import { renderPage } from '../pages/page.ts'
import { startPage } from '../pages/start-page.ts'
import { httpFunction, type HttpCall } from './http.ts'

const COOKIE = 'mf_browser'

/** One per browser; it ties an authorization to the browser that began it. */
const COOKIE_SECONDS = 24 * 60 * 60

const options = {
  methods: ['GET', 'HEAD'],
  maxBodyBytes: 64 * 1024,
  databaseTimeout: 3200,
  showError: (failure: Failure, requestId: string, status: number) =>
    renderPage({ status, title: '授权 Authorization', body: problemPage(failure), requestId }),
}

/** The merchant's authorization page. */
export const startFunction = () =>
  httpFunction(options, async ({ app: { config, platform }, request, requestId }) => {
    if (onlyLooks(request)) return empty(requestId, 'origin')
    const known = request.cookies[COOKIE]
    const browser = known !== undefined && isBrowserId(known) ? known : randomBytes(16).toString('hex')
    const opened = await openInvite(platform, request.query['invite'] ?? '', browser)
    return renderPage({
      status: 200,
      title: '授权服务商 Authorize',
      body: startPage(opened, platform.settings.componentAppid),
      requestId,
      referrer: 'origin',
      headers: { 'set-cookie': cookieLine(browser, config.publicBaseUrl) },
    })
  })

/** WeChat's redirect. */
export const callbackFunction = () =>
  httpFunction(options, async (call) => {
    if (onlyLooks(call.request)) return empty(call.requestId)
    const { app, request, requestId } = call
    const { state, query } = readCallback(request)
    const browser = request.cookies[COOKIE]
    const completed = await completeAuthorization(app.platform, {
      stateToken: state,
      browser: browser !== undefined && isBrowserId(browser) ? browser : undefined,
      code: query.get('auth_code') || undefined,
    })
    if (completed.returnUrl !== undefined) return redirect(call, returnTo(completed.returnUrl, completed))
    const { businessId, outcome } = completed
    if (outcome.status === 'bound')
      return renderPage({ status: 200, title: '授权成功 Authorized', body: boundPage(businessId, outcome), requestId })
    const code = outcome.code ?? ''
    return renderPage({
      status: isErrorCode(code) ? httpStatusOf(code) : 422,
      title: '授权未完成 Not completed',
      body: failedPage(businessId, { code, message: outcome.message ?? '', hint: outcome.hint }),
      requestId,
    })
  })

const isBrowserId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/** Link previews and prefetching must not use anything up. */
const onlyLooks = ({ method, headers }: HttpRequest): boolean =>
  method === 'HEAD' || /prefetch|preview/i.test(headers['sec-purpose'] ?? headers['purpose'] ?? '')

const empty = (requestId: string, referrer?: 'origin'): HttpResponse => ({
  ...renderPage({ status: 200, title: '', body: { html: '' }, requestId, ...(referrer && { referrer }) }),
  body: '',
})

const cookieLine = (browser: string, publicBaseUrl: string): string =>
  `${COOKIE}=${browser}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${isPlainLoopback(publicBaseUrl) ? '' : '; Secure'}`

const redirect = ({ requestId }: HttpCall, location: string): HttpResponse => ({
  ...empty(requestId),
  status: 302,
  headers: { ...empty(requestId).headers, location },
})

/** Somebody on the way may have appended a second `?`: what stands behind it counts as well. */
function readCallback({ path, query }: HttpRequest): { state: string; query: URLSearchParams } {
  const [state = '', ...behindPath] = lastSegment(path).split('?')
  const found = new URLSearchParams()
  const add = (name: string, value: string): void => {
    const [own = '', ...behind] = value.split('?')
    if (!found.has(name)) found.set(name, own)
    for (const part of behind)
      for (const [innerName, innerValue] of new URLSearchParams(part)) add(innerName, innerValue)
  }
  for (const part of behindPath) for (const [name, value] of new URLSearchParams(part)) add(name, value)
  for (const [name, value] of Object.entries(query)) add(name.replace(/^.*\?/, ''), value)
  return { state, query: found }
}

function lastSegment(path: string): string {
  const segment = path.split('/').findLast((part) => part !== '') ?? ''
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
