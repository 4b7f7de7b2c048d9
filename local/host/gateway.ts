import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { randomUUID } from 'node:crypto'
import { failed } from './failures.ts'
import type { Fleet } from './fleet.ts'
import { httpAnswer } from './http-answer.ts'
import { httpEvent, type HttpEventOptions } from './http-event.ts'
import { maxPayloadBytes } from './instance.ts'
import type { FunctionSettings } from './settings.ts'

/** The HTTP access service: each function with a route gets every request below it, whatever its method. */
export const gatewayRoutes = (functions: readonly FunctionSettings[], fleet: Fleet, options: HttpEventOptions) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const limit = bodyLimit({
    maxSize: maxPayloadBytes,
    onError: () => httpAnswer(failed('payload', 'the body is over 6 MB'), randomUUID()),
  })
  for (const { name, path: prefix } of functions) {
    if (prefix === undefined) continue
    // `/*` in hono also matches the prefix alone.
    app.all(`${prefix}/*`, limit, async (c) => {
      const { incoming } = c.env
      const requestId = randomUUID()
      const body = Buffer.from(await c.req.arrayBuffer())
      const event = httpEvent(incoming, new URL(c.req.url), body, prefix, requestId, options)
      return httpAnswer(await fleet.request(name, event, incoming.socket.remoteAddress ?? '', requestId), requestId)
    })
  }
  return app
}
