import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { isValiError } from 'valibot'
import { answerCall, isBinary } from './api-call.ts'
import type { Incoming, Outgoing } from './api-call.ts'
import { createControl } from './control/control.ts'
import type { WechatControl } from './control/control.ts'
import type { Doors } from './control/doors.ts'
import { WechatRefusal } from './errors.ts'
import type { UploadedFile } from './operations/operation.ts'
import { findOperation } from './operations/table.ts'
import type { Env } from './http.ts'
import { addPages } from './pages/routes.ts'
import type { WechatSettings } from './settings.ts'
import { createState } from './state.ts'
import type { WechatState } from './state.ts'
import { runTicketClock } from './ticket-clock.ts'

/** Fills the state before anything is served: drafts, a template, merchants. */
export type SeedFunction = (world: { state: WechatState; control: WechatControl }) => void | Promise<void>

export interface RunningWechat {
  readonly url: string
  readonly state: WechatState
  readonly control: WechatControl
  close(): Promise<void>
}

/** Starts a simulated open platform on the loopback interface. `port` 0 or none: a free one. */
export const startWechat = async (options: {
  port?: number
  settings: WechatSettings
  seed?: SeedFunction
}): Promise<RunningWechat> => {
  const state = createState(options.settings)
  const tickets = runTicketClock(state)
  const { control, doors } = createControl(state, tickets.restart)
  await options.seed?.({ state, control })
  const app = createApp(state, doors)
  const { server, port } = await listen(app, options.port ?? 0)
  tickets.restart()
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    control,
    close: async () => {
      tickets.stop()
      state.closing.abort()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

export const createApp = (state: WechatState, doors: Doors): Hono<Env> => {
  const app = new Hono<Env>()
  app.post('/__wechat/:name', (c) => serveControl(c, doors, c.req.param('name')))
  addPages(app, state)
  // Browsers ask for it beside every page.
  app.get('/favicon.ico', (c) => c.body(null, 204))
  app.all('*', async (c) => {
    const operation = findOperation(c.req.path)
    if (operation === undefined) return serveUnknown(c)
    return toResponse(c, await answerCall(state, operation, await readIncoming(c, operation.multipart)))
  })
  app.onError((error, c) =>
    c.json({ errcode: -1, errmsg: `((simulator failed: ${error.stack ?? error.message}))` }, 500),
  )
  return app
}

const listen = async (app: Hono<Env>, port: number): Promise<{ server: Server; port: number }> => {
  const answer = getRequestListener(app.fetch)
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return { server, port: address.port }
}

const serveUnknown = (c: Context<Env>): Response =>
  c.json({ errcode: -1, errmsg: `((${c.req.method} ${c.req.path} is not simulated, see local/wechat/README.md))` }, 501)

const serveControl = async (c: Context<Env>, doors: Doors, name: string): Promise<Response> => {
  const run = doors.find(name)
  if (run === undefined) return c.json({ error: `no control operation ${name}`, known: doors.names() }, 404)
  try {
    const text = await c.req.text()
    const input: unknown = text === '' ? undefined : JSON.parse(text)
    return c.json({ result: (await run(input)) ?? null })
  } catch (error) {
    if (error instanceof WechatRefusal) return c.json({ error: error.message, errcode: error.errcode }, 409)
    if (isValiError(error) || error instanceof SyntaxError) return c.json({ error: error.message }, 400)
    throw error
  }
}

const readIncoming = async (c: Context<Env>, multipart: boolean): Promise<Incoming> => {
  const files = new Map<string, UploadedFile>()
  const form: Record<string, string> = {}
  let body = ''
  if (multipart && (c.req.header('content-type') ?? '').startsWith('multipart/form-data')) {
    for (const [part, value] of await c.req.formData()) {
      if (typeof value === 'string') {
        form[part] = value
        continue
      }
      files.set(part, { name: value.name, contentType: value.type, bytes: new Uint8Array(await value.arrayBuffer()) })
    }
  } else {
    body = await c.req.text()
  }
  const remoteAddress = c.env.incoming.socket.remoteAddress ?? ''
  return { method: c.req.method, path: c.req.path, query: c.req.query(), body, files, form, remoteAddress }
}

const toResponse = (c: Context<Env>, outgoing: Outgoing): Response => {
  if (outgoing.kind === 'cut') {
    c.env.incoming.socket.destroy()
    return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  }
  if (outgoing.kind === 'text') {
    return new Response(outgoing.text, { status: outgoing.status, headers: { 'content-type': outgoing.contentType } })
  }
  const { reply, status } = outgoing
  return isBinary(reply)
    ? new Response(reply.bytes, { headers: { 'content-type': reply.contentType } })
    : new Response(JSON.stringify(reply), { status, headers: { 'content-type': 'application/json; encoding=utf-8' } })
}
