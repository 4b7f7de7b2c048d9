/**
 * node --import tsx examples/sign-up-page/server.ts starts a page on which shops sign up and connect their mini program.
 *
 * Reads MINIFLEET_URL, MINIFLEET_KEY (role operator), MINIFLEET_WEBHOOK_SECRET (from subscribe.ts), PORT (default 8080) and
 * PUBLIC_URL, where merchants see this page (default http://127.0.0.1:PORT; its origin has to be in the platform's RETURN_URL_ORIGINS).
 */
import { serve } from '@hono/node-server'
import { createClient } from 'minifleet-client'
import { createApp } from './app.ts'
import { createShops } from './shops.ts'

function need(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} must be set`)
  return value
}

const port = Number(process.env['PORT'] ?? 8080)
const app = createApp({
  minifleet: createClient({ baseUrl: need('MINIFLEET_URL'), apiKey: need('MINIFLEET_KEY') }),
  secret: need('MINIFLEET_WEBHOOK_SECRET'),
  publicUrl: process.env['PUBLIC_URL'] ?? `http://127.0.0.1:${port}`,
  shops: createShops(),
})

serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, ({ port: listening }) => {
  console.log(`http://127.0.0.1:${listening}`)
})
