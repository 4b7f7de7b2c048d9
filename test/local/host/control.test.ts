import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { startEchoHost, type EchoHost } from './fixture.ts'

let echo: EchoHost
before(async () => {
  echo = await startEchoHost()
})
after(() => echo[Symbol.asyncDispose]())

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Through node:http, because fetch sets `Host` and `Origin` itself. */
const ask = async (path: string, { method = 'POST', headers = {}, body = '' }: Asked) => {
  const sent = request(`${echo.host.url}${path}`, { method, headers }).end(body)
  const [response]: IncomingMessage[] = await once(sent, 'response')
  assert.ok(response)
  return { status: response.statusCode, body: await json(response) }
}

const input = (event: object): Asked => ({ body: JSON.stringify({ event }) })

const exchanges = [
  {
    title: 'a result comes under `result`',
    path: '/__local/invoke/echo',
    asked: input({ do: 'answer', answer: { ok: true } }),
    status: 200,
    body: { result: { ok: true } },
  },
  {
    title: 'a result of nothing is null',
    path: '/__local/invoke/echo',
    asked: input({ do: 'answer' }),
    status: 200,
    body: { result: null },
  },
  {
    title: 'a failed call comes under `error`',
    path: '/__local/invoke/echo',
    asked: input({ do: 'hang' }),
    status: 200,
    body: { error: { code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED', message: 'Invoking task timed out after 1 seconds' } },
  },
  {
    title: 'an unknown function is not found',
    path: '/__local/invoke/nowhere',
    asked: input({}),
    status: 404,
    body: { error: { code: 'FUNCTION_NOT_FOUND', message: 'no function nowhere' } },
  },
  {
    title: 'a function without timer has none to fire',
    path: '/__local/timer/store',
    asked: {},
    status: 404,
    body: { error: { code: 'FUNCTION_NOT_FOUND', message: 'store has no timer' } },
  },
  {
    title: 'what is not JSON is refused',
    path: '/__local/invoke/echo',
    asked: { body: '{' },
    status: 400,
    body: { error: { code: 'INVALID_PARAM', message: '× Invalid type: Expected Object but received undefined' } },
  },
]
for (const { title, path, asked, status, body } of exchanges)
  test(title, async () => {
    assert.deepEqual(await ask(path, asked), { status, body })
  })

test('the identity of a call is given beside the event', async () => {
  const body = JSON.stringify({ event: { do: 'variable', name: 'WX_OPENID' }, identity: { openid: 'o1' } })
  assert.deepEqual(await ask('/__local/invoke/echo', { body }), { status: 200, body: { result: 'o1' } })
})

test("a timer's result is the whole answer", async () => {
  const { status, body } = await ask('/__local/timer/echo', {})
  assert.equal(status, 200)
  assert.ok(typeof body === 'object' && body !== null && 'event' in body)
})

test('the statistics have every function', async () => {
  const { body } = await ask('/__local/stats', { method: 'GET' })
  assert.ok(typeof body === 'object' && body !== null && 'missing' in body)
  assert.deepEqual(Object.keys(body), ['echo', 'patient', 'store', 'missing'])
  assert.deepEqual(body.missing, { invocations: 0, coldStarts: 0, errors: 0, instances: 0, pids: [] })
})

const sides = [
  { title: 'the host by its name', headers: { host: 'localhost:3000' }, status: 200 },
  { title: 'the host by IPv6', headers: { host: '[::1]:3000' }, status: 200 },
  { title: 'a page of the host itself', headers: { origin: 'http://127.0.0.1:3000' }, status: 200 },
  { title: 'a name that was bent to this machine', headers: { host: 'evil.example' }, status: 403 },
  { title: 'a name that begins like this machine', headers: { host: '127.0.0.1.evil.example' }, status: 403 },
  { title: 'a foreign page', headers: { origin: 'https://evil.example' }, status: 403 },
  { title: 'a page without origin', headers: { origin: 'null' }, status: 403 },
]
for (const { title, headers, status } of sides)
  test(`${title} gets ${status} from the side door and the database`, async () => {
    assert.equal((await ask('/__local/stats', { method: 'GET', headers })).status, status)
    assert.equal((await ask('/admin', { headers, body: '{}' })).status, status)
  })
