import { Hono, type Context } from 'hono'
import * as v from 'valibot'
import { callError, type Outcome } from './failures.ts'
import type { Fleet } from './fleet.ts'

const identitySchema = v.object({
  openid: v.optional(v.string()),
  appid: v.optional(v.string()),
  unionid: v.optional(v.string()),
  uid: v.optional(v.string()),
})

const invokeSchema = v.object({ event: v.optional(v.unknown()), identity: v.optional(identitySchema) })

/** The side door: call a function as somebody, fire a timer now, look at the instances. */
export const controlRoutes = (fleet: Fleet): Hono =>
  new Hono()
    .get('/stats', (c) => c.json(fleet.stats()))
    .post('/invoke/:name', async (c) => {
      const request = v.safeParse(invokeSchema, await readJson(c))
      if (!request.success) return c.json({ error: invalid(v.summarize(request.issues)) }, 400)
      const { event, identity } = request.output
      const outcome = await fleet.invoke(c.req.param('name'), event, identity)
      return 'failure' in outcome ? refuse(c, outcome) : Response.json({ result: outcome.result })
    })
    .post('/timer/:name', async (c) => {
      const outcome = await fleet.fireTimer(c.req.param('name'))
      return 'failure' in outcome ? refuse(c, outcome, 500) : Response.json(outcome.result)
    })

/** callFunction answers 200 also where the function failed: the error is its answer. */
const refuse = (c: Context, { failure }: Extract<Outcome, { failure: unknown }>, status: 200 | 500 = 200) =>
  c.json({ error: callError(failure) }, failure.kind === 'unknown' ? 404 : status)

const invalid = (message: string) => ({ code: 'INVALID_PARAM', message })

const readJson = async (c: Context): Promise<unknown> => {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}
