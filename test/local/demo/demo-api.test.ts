import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { startDemo, type Demo } from '../../../local/demo/demo.ts'
import { buildFunctions } from '../../../scripts/build/build.ts'
import { killInstances } from '../../fixtures/interference.ts'
import { tellDemo } from '../../fixtures/demo.ts'

let demo: Demo
before(async () => {
  await buildFunctions()
  demo = await startDemo({ port: 0, history: false })
})
after(() => demo.close())

interface Reply {
  readonly status: number
  readonly body: string
}

/** Host, Origin and Sec-Fetch-Site as a foreign page would cause them. */
const send = async (method: string, path: string, headers: Record<string, string> = {}): Promise<Reply> => {
  const port = Number(new URL(demo.url).port)
  const call = request({ port, host: '127.0.0.1', path, method, headers })
  call.end(method === 'POST' ? '{}' : undefined)
  const [response] = await once(call, 'response')
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) body += chunk
  return { status: response.statusCode, body }
}

const json = { 'content-type': 'application/json' }

test('only pages of this very address get the key, the state, and the buttons', async () => {
  const own = new URL(demo.url).origin
  const foreign: readonly Record<string, string>[] = [
    { host: 'evil.example' },
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1:1' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ]
  for (const headers of foreign) {
    assert.equal((await send('GET', '/demo/session', headers)).status, 403, JSON.stringify(headers))
    assert.equal((await send('GET', '/demo/state', headers)).status, 403, JSON.stringify(headers))
    assert.equal((await send('POST', '/demo/actions/runTimers', { ...json, ...headers })).status, 403)
  }
  assert.equal((await send('GET', '/demo/session', { origin: own, 'sec-fetch-site': 'same-origin' })).status, 200)
})

test('a button takes JSON that fits, and nothing else', async () => {
  const cases: readonly (readonly [path: string, headers: Record<string, string>, status: number])[] = [
    ['/demo/actions/runTimers', { 'content-type': 'text/plain' }, 400],
    ['/demo/actions/runTimers', {}, 400],
    ['/demo/actions/nothing', json, 404],
    ['/demo/actions/toString', json, 404],
    ['/demo/actions/scan', json, 400],
    ['/demo/actions/runTimers', json, 200],
  ]
  for (const [path, headers, status] of cases)
    assert.equal((await send('POST', path, headers)).status, status, `${path} ${JSON.stringify(headers)}`)
})

const sessionToken = async (): Promise<string> => {
  const { token }: { token: string } = JSON.parse((await send('GET', '/demo/session')).body)
  return token
}

const isAccepted = async (token: string): Promise<boolean> =>
  (
    await fetch(`${demo.url}api/v1/platform.status`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${token}` },
      body: '{}',
    })
  ).ok

test("the session is the owner's, the same for every tab, and a new one after it was ended", async () => {
  const first = await sessionToken()
  assert.equal(await sessionToken(), first)
  assert.equal(await isAccepted(first), true)
  const { items } = await tellDemo<{ items: { sessionId: string; person: string; name: string }[] }>(
    demo,
    'sessions.list',
  )
  assert.deepEqual(
    items.map(({ person, name }) => [person, name]),
    [['demo-owner', '演示 · Demo']],
  )
  await tellDemo(demo, 'sessions.revoke', { sessionId: items[0]?.sessionId })
  await killInstances(demo)
  const second = await sessionToken()
  assert.notEqual(second, first)
  assert.equal(await isAccepted(second), true)
})
