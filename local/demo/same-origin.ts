import { createMiddleware } from 'hono/factory'

/**
 * Lets through what the pages of this very address ask for, and programs. Another page of this machine, on another port, is a
 * stranger too.
 */
export const sameOriginOnly = createMiddleware(async (c, next) => {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const own = `http://${c.req.header('host') ?? ''}`
  if ((origin !== undefined && origin !== own) || (site !== undefined && site !== 'same-origin'))
    return c.json({ error: { code: 'FORBIDDEN', message: 'only for the pages of this address' } }, 403)
  return next()
})
