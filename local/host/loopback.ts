import { createMiddleware } from 'hono/factory'

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Lets only this machine's own pages and programs through: a foreign page can point its name at 127.0.0.1 (seen in `Host`) or post
 * across origins (seen in `Origin`).
 */
export const loopbackOnly = createMiddleware(async (c, next) => {
  const origin = c.req.header('origin')
  if (!isLoopback(`http://${c.req.header('host') ?? ''}`) || (origin !== undefined && !isLoopback(origin)))
    return c.json({ error: { code: 'FORBIDDEN', message: 'only for this machine' } }, 403)
  return next()
})

const isLoopback = (address: string): boolean => URL.canParse(address) && loopbackNames.has(new URL(address).hostname)
