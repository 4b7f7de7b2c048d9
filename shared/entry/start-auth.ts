import { randomBytes } from 'node:crypto'
import { openInvite } from '../domain/authorizers/open-invite.ts'
import type { HttpRequest } from '../http-message.ts'
import { renderPage } from '../pages/page.ts'
import { merchantPages } from '../words/merchant-pages.ts'
import { browserOf, cookieLine } from './browser-cookie.ts'
import { merchantPage } from './merchant-page.ts'

/** The merchant's authorization page. */
export const startFunction = () =>
  merchantPage(async ({ app: { config, platform }, request, requestId }) => {
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
  }, 'origin')

/** Chat programs append parameters with a second `?`, and the full stop of the sentence a link stood in. */
const inviteIn = ({ query }: HttpRequest): string => /^[\w.-]*[\w-]/.exec(query['invite'] ?? '')?.[0] ?? ''
