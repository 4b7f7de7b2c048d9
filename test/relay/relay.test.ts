import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { after, before, beforeEach, test } from 'node:test'
import { readRelayConfig } from '../../relay/config.ts'
import { startRelay, type Relay, type RelayOptions } from '../../relay/relay.ts'
import { SECRET, startTarget, type Target } from './target.ts'

const log: string[] = []
let target: Target
let relay: Relay
/** With all the time that pushes have. */
let patient: Relay
let options: RelayOptions
before(async () => {
  target = await startTarget()
  options = {
    target: new URL(`${target.url}/base/`),
    secret: SECRET,
    port: 0,
    deliveryMs: 300,
    log: (line) => log.push(line),
  }
  relay = await startRelay(options)
  patient = await startRelay({ ...options, deliveryMs: 4000 })
})
after(async () => {
  await relay.close()
  await patient.close()
  target.close()
})
beforeEach(() => {
  target.received.length = 0
  target.reply = (response) => {
    response.end('success')
  }
})

const push = (path: string, init: RequestInit = {}, port = relay.port) =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: '{"InfoType":"authorized"}', ...init })

const answerOf = async (response: Response) => [response.status, await response.text()]

test('an event arrives signed, its body byte for byte, and each with a nonce of its own', async () => {
  const body = '{"AppId":"wx1","CreateTime":1413192605,  "Name":"老王\\u003c", "n":1.0}\n'
  assert.deepEqual(await answerOf(await push('/component', { body })), [200, 'success'])
  await push('/component', { body })
  const [first, second] = target.received
  assert.deepEqual(
    { ...first, nonce: '' },
    { method: 'POST', url: '/base/wechat/component', body, nonce: '', isSigned: true, connection: 1 },
  )
  assert.notEqual(first?.nonce, second?.nonce)
  assert.equal(second?.connection, 1)
})

const addresses: readonly (readonly [string, string])[] = [
  ['/component', '/base/wechat/component'],
  ['/component/', '/base/wechat/component'],
  ['/component?signature=x&timestamp=1', '/base/wechat/component'],
  ['/biz/wx0123456789abcdef', '/base/wechat/message/wx0123456789abcdef'],
  ['/biz/wxtestappid?x=1', '/base/wechat/message/wxtestappid'],
]
for (const [path, url] of addresses)
  test(`${path} goes to ${url}`, async () => {
    await push(path)
    assert.equal(target.received[0]?.url, url)
  })

const answers: readonly (readonly [number, string | undefined, string])[] = [
  [200, 'text/plain; charset=utf-8', 'success'],
  [200, 'application/json', '{"MsgType":"text","Content":"你好"}'],
  [200, 'text/plain', ''],
  [403, 'text/plain', 'forbidden'],
  [503, 'text/plain', 'retry'],
  [500, undefined, 'x'],
  [302, 'text/html', 'elsewhere'],
]
for (const [status, type, body] of answers)
  test(`an answer of ${status} ${type} ${body} goes back as it is`, async () => {
    target.reply = (response) =>
      response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(body)
    const answer = await push('/biz/wx01', { redirect: 'manual' })
    assert.equal(answer.headers.get('content-type'), type ?? null)
    assert.deepEqual(await answerOf(answer), [status, body])
  })

const undelivered: readonly (readonly [string, Target['reply']])[] = [
  ['an answer that does not come', () => undefined],
  ['an answer that never ends', (response) => response.writeHead(200).write('succ')],
  ['a connection that breaks', (response) => response.socket?.destroy()],
  [
    'an answer cut off',
    (response) => response.writeHead(200, { 'content-length': 7 }).write('su', () => response.destroy()),
  ],
  ['an answer without end', (response) => response.end(Buffer.alloc(2 * 1024 * 1024))],
]
for (const [name, reply] of undelivered)
  test(`${name} is answered with retry, and nothing is kept`, async () => {
    target.reply = reply
    assert.deepEqual(await answerOf(await push('/component')), [503, 'retry'])
    target.reply = (response) => response.end('success')
    const before = target.received.length
    assert.deepEqual(await answerOf(await push('/component')), [200, 'success'])
    assert.equal(target.received.length, before + 1)
  })

test('a platform that cannot be reached is answered with retry', async (t) => {
  const gone = await startTarget()
  const lost = await startRelay({ ...options, target: new URL(gone.url) })
  t.after(() => lost.close())
  gone.close()
  assert.deepEqual(await answerOf(await push('/component', {}, lost.port)), [503, 'retry'])
  assert.match(log.at(-1) ?? '', /"not delivered".*"ECONNREFUSED"/)
})

test('a kept connection that the platform has dropped meanwhile costs nothing', async (t) => {
  const restless = await startTarget()
  t.after(restless.close)
  let served = 0
  restless.reply = (response) => {
    if (++served === 2) response.socket?.destroy()
    else response.end('success')
  }
  const own = await startRelay({ ...options, target: new URL(restless.url) })
  t.after(() => own.close())
  for (let turn = 0; turn < 2; turn++)
    assert.deepEqual(await answerOf(await push('/component', {}, own.port)), [200, 'success'])
  assert.deepEqual(
    restless.received.map(({ connection, isSigned }) => [connection, isSigned]),
    [
      [1, true],
      [1, true],
      [2, true],
    ],
  )
})

const refused: readonly (readonly [string, string, RequestInit, number])[] = [
  ['another method', '/component', { method: 'PUT' }, 405],
  ['a page view', '/biz/wx01', { method: 'GET', body: null }, 405],
  ['another path', '/wxcallback/component', {}, 404],
  ['the root', '/', {}, 404],
  ['no appid', '/biz/', {}, 404],
  ['an appid that was not filled in', '/biz/$APPID$', {}, 404],
  ['a path that climbs', '/biz/..%2f..%2fapi', {}, 404],
  ['a longer path', '/component/x', {}, 404],
  ['a body one byte too large', '/component', { body: 'x'.repeat(64 * 1024 + 1) }, 413],
  ['a body that is much too large', '/component', { body: 'x'.repeat(8 * 1024 * 1024) }, 413],
  ['a push to the health check', '/health', {}, 405],
]
for (const [name, path, init, status] of refused)
  test(`${name} is answered ${status} and goes nowhere`, async () => {
    assert.equal((await push(path, init, patient.port)).status, status)
    assert.equal(target.received.length, 0)
  })

test('the largest body there may be goes through', async () => {
  const body = 'x'.repeat(64 * 1024)
  assert.equal((await push('/component', { body })).status, 200)
  assert.equal(target.received[0]?.body, body)
})

test('a body that does not arrive in time is answered with retry', async () => {
  const socket = connect(relay.port, '127.0.0.1')
  socket.write('POST /component HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await once(socket, 'close')
  assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 503 [^]*retry$/)
  assert.equal(target.received.length, 0)
})

test('health, for this machine only', async () => {
  assert.deepEqual(await answerOf(await push('/health', { method: 'GET', body: null })), [200, 'ok'])
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one !== undefined && !one.internal && one.family === 'IPv4')
  for (const { address } of others.filter((one) => one !== undefined))
    await assert.rejects(fetch(`http://${address}:${relay.port}/health`))
})

test('a push under way when the relay is stopped is still answered', async () => {
  const own = await startRelay(options)
  const arrived = new Promise<() => void>((resolve) => {
    target.reply = (response) => resolve(() => response.end('success'))
  })
  const pushed = push('/component', {}, own.port)
  const release = await arrived
  const closed = own.close()
  await assert.rejects(push('/component', {}, own.port))
  release()
  assert.deepEqual(await answerOf(await pushed), [200, 'success'])
  await closed
})

test('no body, no secret and no proof reached the log, which is JSON line by line', () => {
  assert.ok(log.length > 5)
  for (const line of log) assert.deepEqual(Object.keys(JSON.parse(line)).slice(0, 2), ['event', 'path'])
  assert.doesNotMatch(log.join('\n'), /InfoType|xxx|relay-secret|v1=/)
})

const secret = SECRET
const bad: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  ['no target', { RELAY_SECRET: secret }, /^RELAY_TARGET/],
  ['plain http', { RELAY_TARGET: 'http://platform.example', RELAY_SECRET: secret }, /^RELAY_TARGET/],
  ['a target with a password', { RELAY_TARGET: 'https://a:b@p.example', RELAY_SECRET: secret }, /^RELAY_TARGET/],
  ['a target with a query', { RELAY_TARGET: 'https://p.example/?a', RELAY_SECRET: secret }, /^RELAY_TARGET/],
  ['no secret', { RELAY_TARGET: 'https://p.example' }, /^RELAY_SECRET/],
  ['a short secret', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: 'short' }, /^RELAY_SECRET/],
  ['several secrets', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: `${secret},${secret}` }, /^RELAY_SECRET/],
  ['a line end', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: `${secret}\n` }, /^RELAY_SECRET/],
  ['port 80', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PORT: '80' }, /^RELAY_PORT/],
  ['port 8081', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PORT: '8081' }, /^RELAY_PORT/],
  ['no number', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PORT: '8090x' }, /^RELAY_PORT/],
  [
    'pages at 8081',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PAGES_PORT: '8081' },
    /^RELAY_PAGES_PORT/,
  ],
  [
    'pages where pushes are signed',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PAGES_PORT: '8090' },
    /^RELAY_PAGES_PORT/,
  ],
  [
    'pages switched off oddly',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PAGES_PORT: 'OFF' },
    /^RELAY_PAGES_PORT .* or off/,
  ],
  [
    'business at 80',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_BUSINESS_PORT: '80' },
    /^RELAY_BUSINESS_PORT/,
  ],
  [
    'business where tokens are handed out',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_BUSINESS_PORT: '8081' },
    /^RELAY_BUSINESS_PORT/,
  ],
  [
    'business where pushes are signed',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_BUSINESS_PORT: '8090' },
    /^RELAY_BUSINESS_PORT/,
  ],
  [
    'business in a circle',
    { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_BUSINESS_PORT: '8082' },
    /^RELAY_BUSINESS_PORT/,
  ],
  ['a port too high', { RELAY_TARGET: 'https://p.example', RELAY_SECRET: secret, RELAY_PORT: '65536' }, /^RELAY_PORT/],
]
for (const [name, env, message] of bad)
  test(`${name} is refused by name, the secret not shown`, () => {
    assert.throws(
      () => readRelayConfig(env),
      (error: Error) => message.test(error.message) && !error.message.includes('relay-secret'),
    )
  })

test('8090 and 8082 are the ports unless others are named, and nothing stands behind them unless it is', () => {
  const env = { RELAY_TARGET: 'https://p.example/base', RELAY_SECRET: secret }
  const usual = {
    target: new URL('https://p.example/base'),
    secret,
    port: 8090,
    pagesPort: 8082,
    businessPort: undefined,
  }
  assert.deepEqual(readRelayConfig(env), usual)
  assert.deepEqual(readRelayConfig({ ...env, RELAY_PORT: '', RELAY_PAGES_PORT: '', RELAY_BUSINESS_PORT: '' }), usual)
  assert.deepEqual(
    readRelayConfig({ ...env, RELAY_PORT: '9000', RELAY_PAGES_PORT: '9001', RELAY_BUSINESS_PORT: '9002' }),
    { ...usual, port: 9000, pagesPort: 9001, businessPort: 9002 },
  )
  assert.equal(readRelayConfig({ ...env, RELAY_PAGES_PORT: 'off' }).pagesPort, undefined)
})
