import { Hono } from 'hono'
import { MinifleetError, verifyWebhook, WebhookError, type Event, type Minifleet } from 'minifleet-client'
import { shopPage, signUpPage, troublePage } from './pages.ts'
import type { Shop, Shops } from './shops.ts'

interface Needs {
  readonly minifleet: Minifleet
  /** Of the subscription. */
  readonly secret: string
  readonly publicUrl: string
  readonly shops: Shops
}

/** A shop signs up, gets a link, connects its mini program; events of the platform say how it went. */
export function createApp({ minifleet, secret, publicUrl, shops }: Needs): Hono {
  const app = new Hono()

  async function invite(shop: Shop, idempotencyKey: string): Promise<void> {
    const { inviteUrl } = await minifleet.call(
      'bindings.createLink',
      { businessId: shop.id, attributes: { shopName: shop.name }, returnUrl: `${publicUrl}/shops/${shop.id}` },
      { idempotencyKey },
    )
    shops.change(shop.id, { inviteUrl })
  }

  app.get('/', (c) => c.html(signUpPage()))

  app.post('/shops', async (c) => {
    const { name } = await c.req.parseBody()
    if (typeof name !== 'string' || name.trim() === '' || name.length > 64) return c.redirect('/', 303)
    const shop = shops.add(name.trim())
    await invite(shop, `sign-up/${shop.id}`)
    return c.redirect(`/shops/${shop.id}`, 303)
  })

  app.post('/shops/:id/link', async (c) => {
    const shop = shops.find(c.req.param('id'))
    if (!shop) return c.notFound()
    await invite(shop, crypto.randomUUID())
    return c.redirect(`/shops/${shop.id}`, 303)
  })

  /** The merchant comes back to this page from WeChat too; what the address says then is not believed. */
  app.get('/shops/:id', async (c) => {
    const shop = shops.find(c.req.param('id'))
    if (!shop) return c.notFound()
    const { status, nickName } = await minifleet.call('bindings.get', { businessId: shop.id })
    return c.html(shopPage(shop, status, nickName))
  })

  /** Where the subscription delivers to. */
  app.post('/minifleet/events', async (c) => {
    // The signature covers the body as it came, byte for byte.
    const event = await verifyWebhook({ secret, headers: c.req.raw.headers, body: await c.req.arrayBuffer() })
    if (shops.isNews(event.id)) takeIn(shops, event)
    return c.body(null, 204)
  })

  app.onError((error, c) => {
    if (error instanceof WebhookError) return c.text(error.message, 401)
    if (!(error instanceof MinifleetError)) throw error
    console.error(error.code, error.message, error.requestId)
    return c.html(troublePage(error.hint ?? error.message), 503)
  })
  return app
}

function takeIn(shops: Shops, { type, businessId = '', appid }: Event): void {
  if (type === 'binding.bound')
    shops.change(businessId, { status: 'bound', inviteUrl: undefined, ...(appid !== undefined && { appid }) })
  if (type === 'binding.revoked') shops.change(businessId, { status: 'revoked' })
  const shop = shops.find(businessId)
  console.log(type, businessId, shop?.status ?? 'unknown', shop?.appid ?? '')
}
