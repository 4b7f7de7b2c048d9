import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import type { HttpEventOptions } from '../../../local/host/http-event.ts'
import { startEchoHost, type EchoHost } from './fixture.ts'

const seenSchema = v.object({
  event: v.object({
    path: v.string(),
    httpMethod: v.string(),
    headers: v.record(v.string(), v.string()),
    multiValueHeaders: v.record(v.string(), v.array(v.string())),
    queryStringParameters: v.record(v.string(), v.string()),
    requestContext: v.object({ requestId: v.string(), envId: v.string() }),
    body: v.string(),
    isBase64Encoded: v.boolean(),
  }),
})

let echo: EchoHost
before(async () => {
  echo = await startEchoHost()
})
after(() => echo[Symbol.asyncDispose]())

const fetchEvent = async (path: string, init?: RequestInit, host = echo.host) => {
  const response = await fetch(`${host.url}${path}`, init)
  return v.parse(seenSchema, await response.json()).event
}

test('a request becomes the event of the HTTP access service', async () => {
  const event = await fetchEvent('/echo/it/wx1?timestamp=17&nonce=a%20b', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Forwarder-Nonce': 'N1' },
    body: '{"名":1}',
  })
  assert.equal(event.path, '/echo/it/wx1')
  assert.equal(event.httpMethod, 'PUT')
  assert.deepEqual(event.queryStringParameters, { timestamp: '17', nonce: 'a b' })
  assert.equal(event.headers['x-forwarder-nonce'], 'N1')
  assert.deepEqual(event.multiValueHeaders['x-forwarder-nonce'], ['N1'])
  assert.equal(event.requestContext.envId, 'minifleet-local')
  assert.deepEqual([event.body, event.isBase64Encoded], ['{"名":1}', false])
})

const bodies = [
  { type: 'text/xml', body: '<xml/>', sent: ['PHhtbC8+', true] },
  { type: 'application/xml; charset=utf-8', body: '<xml/>', sent: ['PHhtbC8+', true] },
  { type: 'application/json; charset=utf-8', body: '{}', sent: ['{}', false] },
  { type: 'text/plain', body: '{}', sent: ['{}', false] },
  { type: 'application/x-www-form-urlencoded', body: 'a=1', sent: ['a=1', false] },
  { type: 'application/octet-stream', body: 'x', sent: ['eA==', true] },
  { type: 'text/xml', body: '', sent: ['', false] },
]
for (const { type, body, sent } of bodies)
  test(`a body of ${type} (${body || 'empty'}) arrives ${sent[1] ? 'in base64' : 'as text'}`, async () => {
    const event = await fetchEvent('/echo/it', { method: 'POST', headers: { 'content-type': type }, body })
    assert.deepEqual([event.body, event.isBase64Encoded], sent)
  })

for (const method of ['GET', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])
  test(`${method} gets through`, async () => {
    assert.equal((await fetchEvent('/echo/it', { method })).httpMethod, method)
  })

test('HEAD gets through and has no body', async () => {
  const before = echo.host.stats().echo?.invocations ?? 0
  const response = await fetch(`${echo.host.url}/echo/it`, { method: 'HEAD' })
  assert.deepEqual([response.status, await response.text()], [200, ''])
  assert.equal(echo.host.stats().echo?.invocations, before + 1)
})

test("the route's prefix can be stripped, and encodings of bodies forced", async () => {
  const options: Partial<HttpEventOptions> = { pathTransmission: 'stripped', bodyEncoding: 'text' }
  await using stripped = await startEchoHost(options)
  const xml = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<xml/>' }
  const below = await fetchEvent('/echo/it/wx1', xml, stripped.host)
  assert.deepEqual([below.path, below.body, below.isBase64Encoded], ['/wx1', '<xml/>', false])
  assert.equal((await fetchEvent('/echo/it', {}, stripped.host)).path, '/')
})

const html = {
  statusCode: 404,
  headers: { 'content-type': 'text/html', 'set-cookie': ['a=1', 'b=2'] },
  body: '<p>否</p>',
}
/** Node's server adds it where a function gives none; what the cloud does is not known. */
const serverDefault = 'text/plain; charset=UTF-8'

const answers = [
  { returned: 'success', status: 200, type: 'text/plain; charset=utf-8', body: 'success' },
  { returned: 5, status: 200, type: 'text/plain; charset=utf-8', body: '5' },
  { returned: { ok: true }, status: 200, type: 'application/json', body: '{"ok":true}' },
  { returned: html, status: 404, type: 'text/html', body: '<p>否</p>' },
  { returned: { statusCode: 201, body: 'eA==', isBase64Encoded: true }, status: 201, type: serverDefault, body: 'x' },
  { returned: { statusCode: 204 }, status: 204, type: null, body: '' },
  {
    returned: { statusCode: 302, headers: { location: 'https://a.example/' } },
    status: 302,
    type: serverDefault,
    body: '',
  },
]
for (const { returned, status, type, body } of answers)
  test(`a function's ${JSON.stringify(returned)} is sent with status ${status}`, async () => {
    const response = await answered(returned)
    assert.deepEqual([response.status, response.headers.get('content-type')], [status, type])
    assert.equal(await response.text(), body)
  })

test('several cookies stay several', async () => {
  assert.deepEqual((await answered(html)).headers.getSetCookie(), ['a=1', 'b=2'])
})

const refusals = [
  { returned: { statusCode: 'x' }, status: 502, code: 'INVALID_RESPONSE' },
  { returned: { statusCode: 200, body: { a: 1 } }, status: 502, code: 'INVALID_RESPONSE' },
  { returned: { statusCode: 200, headers: { location: 'a\r\nset-cookie: b' } }, status: 502, code: 'INVALID_RESPONSE' },
]
for (const { returned, status, code } of refusals)
  test(`${JSON.stringify(returned)} is no answer that can be sent`, async () => {
    const response = await answered(returned)
    assert.equal(response.status, status)
    assert.equal(v.parse(errorSchema, await response.json()).code, code)
  })

const troubles = [
  { do: 'throw', status: 500, code: 'FUNCTION_INVOCATION_FAILED' },
  { do: 'hang', status: 504, code: 'FUNCTION_TIME_LIMIT_EXCEEDED' },
]
for (const { do: what, status, code } of troubles)
  test(`over HTTP a function told to ${what} answers ${status} ${code}`, async () => {
    const response = await answered(undefined, what)
    assert.equal(response.status, status)
    assert.equal(v.parse(errorSchema, await response.json()).code, code)
  })

test('a body over 6 MB is refused before the function', async () => {
  const body = Buffer.alloc(6 * 1024 * 1024 + 1)
  const response = await fetch(`${echo.host.url}/echo/it`, { method: 'POST', body })
  assert.equal(response.status, 413)
  assert.equal(v.parse(errorSchema, await response.json()).code, 'EXCEED_MAX_PAYLOAD_SIZE')
})

for (const path of ['/', '/echo', '/echo/item', '/__local/nothing'])
  test(`nothing is at ${path}`, async () => {
    const response = await fetch(`${echo.host.url}${path}`)
    assert.equal(response.status, 404)
    assert.equal(v.parse(errorSchema, await response.json()).code, 'INVALID_PATH')
  })

const errorSchema = v.object({ code: v.string(), message: v.string() })

/** What the gateway makes of an answer: the echo function's event cannot carry one over HTTP, so it is given through a header. */
const answered = (answer: unknown, what = 'answer'): Promise<Response> =>
  fetch(`${echo.host.url}/echo/it`, {
    headers: { 'x-event': encodeURIComponent(JSON.stringify({ do: what, answer })) },
    redirect: 'manual',
  })
