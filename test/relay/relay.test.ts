import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { readRelayConfig } from '../../relay/config.ts'
import { startRelay, type Relay } from '../../relay/relay.ts'

const secret = 'relay-secret-relay-secret-relay-0'

interface Received {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let received: Received[] = []
let reply: (response: ServerResponse) => void = (response) => response.end('success')
const platform = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
    reply(response)
  })
})

const log: string[] = []
let relay: Relay
before(async () => {
  platform.listen(0, '127.0.0.1')
  await once(platform, 'listening')
  const address = platform.address()
  const port = typeof address === 'object' ? address?.port : 0
  const target = new URL(`http://127.0.0.1:${port}/base`)
  relay = await startRelay({ target, secret, port: 0, deliveryMs: 300, log: (line) => log.push(line) })
})
after(async () => {
  await relay.close()
  platform.closeAllConnections()
  platform.close()
})

const push = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${relay.port}${path}`, { method: 'POST', body: '{"InfoType":"authorized"}', ...init })

test('a forwarded event arrives signed, its body unchanged, and the answer goes back verbatim', async () => {
  received = []
  reply = (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('success')
  const body = '{"AppId":"wx1","CreateTime":1413192605,  "InfoType":"authorized"}'
  const answer = await push('/component', { body, headers: { 'x-wx-source': 'wx' } })
  assert.equal(answer.status, 200)
  assert.equal(await answer.text(), 'success')
  assert.equal(answer.headers.get('content-type'), 'text/plain')

  const [first] = received
  assert.equal(first?.url, '/base/wechat/component')
  assert.equal(first?.body, body)
  const signed = `v1.${String(first?.headers['x-forwarder-timestamp'])}.${String(first?.headers['x-forwarder-nonce'])}.${body}`
  const expected = `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`
  assert.equal(first?.headers['x-forwarder-signature'], expected)
})

test('messages keep the appid of their address', async () => {
  received = []
  await push('/biz/wx0123456789abcdef')
  assert.equal(received[0]?.url, '/base/wechat/message/wx0123456789abcdef')
})

test('a refusal of the platform reaches WeChat as it is', async () => {
  reply = (response) => response.writeHead(403, { 'content-type': 'text/plain' }).end('forbidden')
  const answer = await push('/component')
  assert.deepEqual([answer.status, await answer.text()], [403, 'forbidden'])
})

test('what is not delivered in time is answered with retry', async () => {
  reply = (response) => {
    setTimeout(() => response.end('success'), 600)
  }
  const answer = await push('/component')
  assert.deepEqual([answer.status, await answer.text()], [503, 'retry'])
})

const refused: readonly (readonly [string, string, RequestInit, number])[] = [
  ['another method', '/component', { method: 'PUT' }, 405],
  ['another path', '/wxcallback/component', {}, 404],
  ['a path that climbs', '/biz/..%2f..%2fapi', {}, 404],
  ['a body that is too large', '/component', { body: 'x'.repeat(65 * 1024) }, 413],
]
for (const [name, path, init, status] of refused)
  test(`${name} is answered ${status} and goes nowhere`, async () => {
    received = []
    assert.equal((await push(path, init)).status, status)
    assert.equal(received.length, 0)
  })

test('no body and no secret reaches the log', () => {
  assert.ok(log.length > 0)
  assert.doesNotMatch(log.join('\n'), /InfoType|relay-secret/)
})

const bad: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  ['no target', { RELAY_SECRET: secret }, /RELAY_TARGET/],
  ['plain http', { RELAY_TARGET: 'http://platform.example', RELAY_SECRET: secret }, /RELAY_TARGET/],
  ['a short secret', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: 'short' }, /RELAY_SECRET/],
  ['a port of 微管家', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PORT: '8081' }, /RELAY_PORT/],
]
for (const [name, env, message] of bad)
  test(`${name} is refused by name`, () => {
    assert.throws(() => readRelayConfig(env), message)
  })
