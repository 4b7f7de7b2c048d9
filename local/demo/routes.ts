import { Hono, type Context } from 'hono'
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import * as v from 'valibot'
import { loopbackOnly } from '../host/loopback.ts'
import type { Host } from '../host/host.ts'
import { demoActions, FieldProblem, formSchema, type Form, type Wish } from './actions.ts'
import { askManage, type Answer } from './answers.ts'
import { drawPage, drawView, type Address, type View } from './page.ts'
import { problemBox, type Done } from './panels.ts'
import { journeyOf } from './progress.ts'
import { drawReturnPage } from './return-page.ts'
import { takeSnapshot } from './snapshot.ts'

export interface DemoSite {
  readonly host: Host
  readonly wechatUrl: string
  readonly addresses: readonly Address[]
}

const callsShown = 12

const security = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
}

const asset = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8')

/** The demo page at `/` and what it needs below `/demo/`, for this machine only. `site` is known once the host listens. */
export const demoRoutes = (site: () => DemoSite): Hono => {
  const invites = new Map<string, string>()
  const calls: Done[] = []

  const look = async (businessId: string | undefined): Promise<View> => {
    const { host, wechatUrl } = site()
    const snapshot = await takeSnapshot(host, businessId ?? [...invites.keys()].at(-1))
    return drawView(
      {
        snapshot,
        journey: journeyOf(snapshot),
        inviteUrl: invites.get(snapshot.selected?.businessId ?? ''),
        wechatUrl,
        auditorUrl: `${wechatUrl}/__wechat/auditor`,
      },
      calls,
    )
  }

  const perform = async (wish: Wish): Promise<Answer> => {
    const start = performance.now()
    const answer = await askManage(site().host, wish.operation, wish.input)
    calls.unshift({ wish, answer, ms: performance.now() - start })
    calls.length = Math.min(calls.length, callsShown)
    if (wish.operation === 'bindings.createLink' && answer.ok) {
      const { inviteUrl } = v.parse(v.object({ inviteUrl: v.string() }), answer.data)
      invites.set(String(wish.input['businessId']), inviteUrl)
    }
    return answer
  }

  const act = async (action: string, form: Form): Promise<Answer | undefined> => {
    const wishOf = demoActions(`${site().host.url}/demo/return`).get(action)
    if (!wishOf) return undefined
    try {
      return await perform(wishOf(form))
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error
      return { ok: false, error: { code: 'INVALID_ARGUMENT', message: `${error.field}: ${error.message}` } }
    }
  }

  return new Hono()
    .use(loopbackOnly)
    .use(async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(security)) c.header(name, value)
    })
    .get('/', async (c) => c.html(drawPage(await look(c.req.query('business')), site().addresses)))
    .get('/demo/state', async (c) => c.json(await look(c.req.query('business'))))
    .get('/demo/page.css', async (c) =>
      c.body(await asset('page.css'), 200, { 'content-type': 'text/css; charset=utf-8' }),
    )
    .get('/demo/page.js', async (c) =>
      c.body(await asset('page.js'), 200, { 'content-type': 'text/javascript; charset=utf-8' }),
    )
    .get('/demo/return', async (c) => {
      const businessId = c.req.query('businessId') ?? ''
      const binding = await askManage(site().host, 'bindings.get', { businessId })
      return c.html(
        drawReturnPage({ businessId, status: c.req.query('status') ?? '', code: c.req.query('code'), binding }),
      )
    })
    .post('/demo/actions/:action', async (c) => {
      const form = v.safeParse(formSchema, await readJson(c))
      // A page elsewhere can send a form or text across origins, but not this type without being asked first.
      if (!form.success || !(c.req.header('content-type') ?? '').startsWith('application/json'))
        return c.json({ error: 'JSON of texts only' }, 400)
      const answer = await act(c.req.param('action'), form.output)
      if (!answer) return c.json({ error: 'no such button' }, 404)
      return c.json(answer.ok ? answer : { ...answer, html: String(await problemBox(answer.error)) })
    })
}

const readJson = async (c: Context): Promise<unknown> => {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}
