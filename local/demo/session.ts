import { createHash, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { Host } from '../host/host.ts'
import { demoOwner } from './credentials.ts'
import { order } from './world.ts'

const asked = v.object({ data: v.object({ sessionId: v.string(), code: v.string(), check: v.string() }) })
const decided = v.object({ data: v.object({ token: v.string() }) })

/** The session that the console has here by itself: approved by the demo's owner when it is first asked for, and again when it ended. */
export const openSession = (host: () => Host) => {
  let known: Promise<string> | undefined

  const post = async (path: string, input: object, token?: string): Promise<Response> =>
    fetch(`${host().url}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(input),
    })

  const signIn = async (): Promise<string> => {
    await order(host(), 'admins.put', { id: demoOwner, role: 'owner', name: '演示 · Demo' })
    const secret = randomBytes(32)
    const secretHash = createHash('sha256').update(secret).digest('hex')
    const newSession = { secretHash, browser: '演示控制台 · Demo console' }
    const { sessionId, code, check } = v.parse(asked, await (await post('sessions', newSession)).json()).data
    await order(host(), 'sessions.approve', { code, check })
    const answer = await post(`sessions/${sessionId}`, { code, secret: secret.toString('hex') })
    return v.parse(decided, await answer.json()).data.token
  }

  const isGood = async (token: string): Promise<boolean> => (await post('admins.me', {}, token)).status !== 401

  return async (): Promise<string> => {
    known ??= signIn()
    const token = await known.catch(() => (known = signIn()))
    if (await isGood(token)) return token
    known = signIn()
    return known
  }
}
