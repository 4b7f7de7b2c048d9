import type { App } from '../app.ts'
import type { Brand } from '../config.ts'
import type { Failure } from '../errors.ts'
import type { HttpRequest, HttpResponse } from '../http-message.ts'
import { renderPage, waitingPage } from '../pages/page.ts'
import type { Language } from '../words/language.ts'
import { merchantPages } from '../words/merchant-pages.ts'
import type { Telling } from '../words/params.ts'
import { tellFailure } from './answer.ts'
import { httpFunction, type HttpCall } from './http.ts'
import { isLinkPreview } from './link-previews.ts'

/** Comes with the first that is shown. */
export const resultPages = () => import('../pages/result-page.ts')

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

/**
 * A function that shows merchants a page. Whoever loads it before a person asked for it gets one on which nothing has happened yet.
 *
 * @param referrer as `renderPage` has it
 */
export const merchantPage = (show: (call: HttpCall) => Promise<HttpResponse>, referrer?: 'origin') =>
  httpFunction(options, async (call) => {
    const { app, request, requestId } = call
    return isLinkPreview(request) ? untouched(request, requestId, app.config.brand, referrer) : show(call)
  })

/** Merchants' pages show both languages. */
const tellTwice = async (failure: Failure): Promise<Telling[]> => [
  await tellFailure(failure, 'zh'),
  await tellFailure(failure, 'en'),
]

/** A browser may show what it has prefetched, so that is a page from which a person can go on; HEAD has no body. */
const untouched = ({ method }: HttpRequest, requestId: string, brand: Brand, referrer?: 'origin'): HttpResponse => {
  const { title } = merchantPages
  const page = renderPage({ status: 200, title, body: waitingPage, requestId, brand, ...(referrer && { referrer }) })
  return method === 'HEAD' ? { ...page, body: '' } : page
}
