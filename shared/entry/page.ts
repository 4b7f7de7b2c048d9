import { randomBytes } from 'node:crypto'
import type { App } from '../app.ts'
import { isPlainLoopback, type Brand } from '../config.ts'
import { completeAuthorization, returnTo } from '../domain/authorizers/complete-authorization.ts'
import { openInvite } from '../domain/authorizers/open-invite.ts'
import { httpStatusOf } from '../error-codes.ts'
import type { Failure } from '../errors.ts'
import { tellKept } from '../notice.ts'
import { codeOfWord } from '../reasons.ts'
import type { HttpRequest, HttpResponse } from '../http-message.ts'
import { renderPage, waitingPage } from '../pages/page.ts'
import { readCallbackAddress } from './callback-address.ts'
import { merchantPages } from '../words/merchant-pages.ts'
import type { Language } from '../words/language.ts'
import type { Telling } from '../words/params.ts'
import { tellFailure } from './answer.ts'
import { httpFunction } from './http.ts'
import { isLinkPreview } from './link-previews.ts'

/** With the prefix, browsers take it from this very host only; that wants https and a page at any path. */
const cookieNameOf = (authBaseUrl: string): string => {
  const { protocol, pathname } = new URL(authBaseUrl)
  return protocol === 'https:' && pathname === '/' ? '__Host-mf_browser' : 'mf_browser'
}

/** One per browser; it ties an authorization to the browser that began it. */
const COOKIE_SECONDS = 24 * 60 * 60

/** Pages come with the first that is shown. */
const resultPages = () => import('../pages/result-page.ts')

const options = {
  methods: ['GET', 'HEAD'],
  kind: 'page' as const,
  databaseTimeout: 3200,
  async showError(failure: Failure, requestId: string, status: number, _language: Language, app: App | undefined) {
    const { problemPage } = await resultPages()
    const body = problemPage({ code: failure.code, telling: await tellTwice(failure) })
    return renderPage({ status, title: merchantPages.title, body, requestId, brand: app?.config.brand })
  },
}

/** The merchant's authorization page. */
export const startFunction = () =>
  httpFunction(options, async ({ app: { config, platform }, request, requestId }) => {
    if (isLinkPreview(request)) return untouched(request, requestId, config.brand, 'origin')
    const known = browserOf(request, config.authBaseUrl)
    const browser = known ?? randomBytes(16).toString('hex')
    const { startPage } = await import('../pages/start-page.ts')
    const opened = await openInvite(platform, inviteIn(request), { id: browser, isNew: known === undefined })
    return renderPage({
      status: 200,
      title: merchantPages.title,
      body: startPage(opened, platform.settings.componentAppid),
      requestId,
      brand: config.brand,
      referrer: 'origin',
      headers: { 'set-cookie': cookieLine(browser, config.authBaseUrl) },
    })
  })

/** WeChat's redirect. */
export const callbackFunction = () =>
  httpFunction(options, async ({ app: { config, platform }, request, requestId }) => {
    if (isLinkPreview(request)) return untouched(request, requestId, config.brand)
    const completed = await completeAuthorization(platform, {
      ...readCallbackAddress(request),
      browser: browserOf(request, config.authBaseUrl),
    })
    if (completed.returnUrl !== undefined) return redirect(requestId, returnTo(completed.returnUrl, completed))
    const { boundPage, problemPage } = await resultPages()
    const { businessId, outcome } = completed
    if (outcome.status === 'bound')
      return renderPage({
        status: 200,
        title: completed.lacks ? merchantPages.almostDone : merchantPages.doneTitle,
        body: boundPage(completed),
        requestId,
        brand: config.brand,
      })
    const { problem = { code: 'WECHAT_REFUSED', params: {} } } = outcome
    const code = codeOfWord(problem.code) ?? 'WECHAT_REJECTED'
    const telling = [await tellKept(problem, 'zh'), await tellKept(problem, 'en')]
    return renderPage({
      status: httpStatusOf(code),
      title: merchantPages.failedTitle,
      body: problemPage({ code, telling }, businessId),
      requestId,
      brand: config.brand,
    })
  })

/** Chat programs append parameters with a second `?`, and the full stop of the sentence a link stood in. */
const inviteIn = ({ query }: HttpRequest): string => /^[\w.-]*[\w-]/.exec(query['invite'] ?? '')?.[0] ?? ''

/** Merchants' pages show both languages. */
const tellTwice = async (failure: Failure): Promise<Telling[]> => [
  await tellFailure(failure, 'zh'),
  await tellFailure(failure, 'en'),
]

const browserOf = ({ cookies }: HttpRequest, authBaseUrl: string): string | undefined => {
  const id = cookies[cookieNameOf(authBaseUrl)] ?? ''
  return /^[0-9a-f]{32}$/.test(id) ? id : undefined
}

const cookieLine = (browser: string, authBaseUrl: string): string =>
  `${cookieNameOf(authBaseUrl)}=${browser}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${isPlainLoopback(authBaseUrl) ? '' : '; Secure'}`

/** A browser may show what it has prefetched, so that is a page from which a person can go on; HEAD has no body. */
const untouched = ({ method }: HttpRequest, requestId: string, brand: Brand, referrer?: 'origin'): HttpResponse => {
  const { title } = merchantPages
  const page = renderPage({ status: 200, title, body: waitingPage, requestId, brand, ...(referrer && { referrer }) })
  return method === 'HEAD' ? { ...page, body: '' } : page
}

const redirect = (requestId: string, address: string): HttpResponse => {
  const page = renderPage({ status: 302, title: undefined, body: { html: '' }, requestId })
  return { ...page, headers: { ...page.headers, location: toAscii(address) }, body: '' }
}

/** Headers are sent in Latin-1; an address with other characters in it is spelled as browsers do. */
const toAscii = (address: string): string => (/[^\x21-\x7e]/.test(address) ? new URL(address).href : address)
