import { Hono, type Context } from 'hono'
import { isValiError, summarize } from 'valibot'
import { WechatRefusal } from '../wechat/errors.ts'
import { actions } from './actions/all.ts'
import type { Action } from './actions/action.ts'
import type { Progress } from './history/seeding.ts'
import { sameOriginOnly } from './same-origin.ts'
import { DeadEnd } from './scan.ts'
import { openSession } from './session.ts'
import { describeState } from './state.ts'
import { Refused, type World } from './world.ts'

export interface Tour {
  readonly world: World
  readonly progress: () => Progress
}

/** What the console's drawer asks for: its session, the state of the simulation, and its buttons. `tour` is known once the host listens. */
export const demoApi = (tour: () => Tour, onReset?: () => void): Hono => {
  const signIn = openSession(() => tour().world.host)
  return new Hono()
    .use(sameOriginOnly)
    .get('/session', async (c) => c.json({ token: await signIn() }))
    .get('/state', async (c) => c.json(await describeState(tour().world, tour().progress())))
    .post('/reset', (c) => {
      if (!onReset) return refuse(c, 404, 'NOT_FOUND', 'this demo cannot begin anew')
      // After the answer: it ends this very server.
      setTimeout(onReset, 100)
      return c.json({ ok: true })
    })
    .post('/actions/:action', async (c) => {
      // A page elsewhere can send a form or text across origins, but not this type without being asked first.
      if (!(c.req.header('content-type') ?? '').startsWith('application/json'))
        return refuse(c, 400, 'INVALID_ARGUMENT', 'JSON only')
      const action = actions.get(c.req.param('action'))
      if (!action) return refuse(c, 404, 'NOT_FOUND', `there is no action ${c.req.param('action')}`)
      return perform(c, tour().world, action)
    })
}

const refuse = (c: Context, status: 400 | 404 | 409, code: string, message: string, hint?: string) =>
  c.json({ ok: false, error: { code, message, ...(hint !== undefined && { hint }) } }, status)

const perform = async (c: Context, world: World, action: Action) => {
  try {
    return c.json({ ok: true, outcome: await action(world, await c.req.json()) })
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(c, 400, 'INVALID_ARGUMENT', 'the body is no JSON')
    if (isValiError(error)) return refuse(c, 400, 'INVALID_ARGUMENT', summarize(error.issues))
    if (error instanceof Refused) return refuse(c, 409, error.problem.code, error.problem.message, error.problem.hint)
    if (error instanceof WechatRefusal || error instanceof DeadEnd)
      return refuse(c, 409, 'WECHAT_REJECTED', error.message)
    throw error
  }
}
