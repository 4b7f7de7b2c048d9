import { completeAuthorization, returnTo } from '../domain/authorizers/complete-authorization.ts'
import { httpStatusOf } from '../error-codes.ts'
import type { HttpResponse } from '../http-message.ts'
import { tellKept } from '../notice.ts'
import { renderPage } from '../pages/page.ts'
import { codeOfWord } from '../reasons.ts'
import { merchantPages } from '../words/merchant-pages.ts'
import { browserOf } from './browser-cookie.ts'
import { readCallbackAddress } from './callback-address.ts'
import { merchantPage, resultPages } from './merchant-page.ts'

/** WeChat's redirect. */
export const callbackFunction = () =>
  merchantPage(async ({ app: { config, platform }, request, requestId }) => {
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

const redirect = (requestId: string, address: string): HttpResponse => {
  const page = renderPage({ status: 302, title: undefined, body: { html: '' }, requestId })
  return { ...page, headers: { ...page.headers, location: toAscii(address) }, body: '' }
}

/** Headers are sent in Latin-1; an address with other characters in it is spelled as browsers do. */
const toAscii = (address: string): string => (/[^\x21-\x7e]/.test(address) ? new URL(address).href : address)
