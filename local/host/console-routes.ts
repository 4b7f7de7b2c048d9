import { Hono } from 'hono'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { loopbackOnly } from './loopback.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const security = {
  'content-security-policy': policy,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export interface ConsoleConfig {
  /** Whether `GET /demo/session` signs in as this machine's demo owner. */
  readonly demo?: boolean
}

/** The built console, to be mounted at `/console`. Every address that is no file is a page of it. */
export const consoleRoutes = (folder: string, config: ConsoleConfig = {}): Hono => {
  const asset = async (name: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    if (!/^[A-Za-z0-9._-]+$/.test(name) || name.startsWith('.')) return undefined
    return readIfThere(join(folder, 'assets', name))
  }
  return new Hono()
    .use(loopbackOnly)
    .use(async (c, next) => {
      await next()
      for (const [name, value] of Object.entries(security)) c.header(name, value)
    })
    .get('/config.json', (c) => c.json(config, 200, { 'cache-control': 'no-store' }))
    .get('/assets/:name', async (c) => {
      const name = c.req.param('name')
      const content = await asset(name)
      if (!content) return c.text('no such file', 404)
      return c.body(content, 200, {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        // Names carry a hash of the content.
        'cache-control': 'public, max-age=31536000, immutable',
      })
    })
    .get('/*', async (c) => {
      if (c.req.path === '/console') return c.redirect('/console/')
      const page = await readIfThere(join(folder, 'index.html'))
      if (!page) return c.text('The console is not built: npm run build', 404)
      return c.body(page, 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
    })
}

const readIfThere = async (file: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  try {
    return new Uint8Array(await readFile(file))
  } catch {
    return undefined
  }
}
