import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from '../../relay/listen.ts'
import { startPages, type Pages, type PagesOptions } from '../../relay/pages.ts'
import { startTarget, type Target } from './target.ts'

/* The platform on one side, the provider's own service on the other, the pages' port between. */

const log: string[] = []
let target: Target
let business: Target
let pages: Pages
let alone: Pages
/** Gives the platform little time. */
let hasty: Pages
let options: PagesOptions
before(async () => {
  target = await startTarget()
  business = await startTarget()
  options = { target: new URL(`${target.url}/base/`), pagesPort: 0, log: (line) => log.push(line) }
  pages = await startPages({ ...options, businessPort: portOf(business.url) })
  alone = await startPages(options)
  hasty = await startPages({ ...options, pageMs: 300 })
})
after(async () => {
  await Promise.all([pages.close(), alone.close(), hasty.close()])
  target.close()
  business.close()
})
beforeEach(() => {
  for (const side of [target, business]) {
    side.received.length = 0
    side.requests.length = 0
    side.reply = (response) => response.end('fine')
  }
})

const portOf = (url: string): number => Number(new URL(url).port)

const ask = (path: string, init: RequestInit = {}, port = pages.port) =>
  fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })

const places: readonly (readonly [string, string, 'platform' | 'business'])[] = [
  ['GET', '/auth/start', 'platform'],
  ['GET', '/auth/start?invite=a.b&x=%2F..%2Fwechat', 'platform'],
  ['HEAD', '/auth/start?invite=a.b', 'platform'],
  ['POST', '/auth/start?onboarding=a.b', 'platform'],
  ['GET', '/auth/callback/0a1b.c-d_e?auth_code=queryauthcode@@@x&expires_in=600', 'platform'],
  ['GET', '/auth/callback/0a1b.c-d_e%3Fauth_code=queryauthcode%40%40%40x', 'platform'],
  ['HEAD', '/auth/callback/0a1b.cd', 'platform'],
  ['GET', '/auth/callback/', 'platform'],
  ['PUT', '/auth/start', 'business'],
  ['DELETE', '/auth/start', 'business'],
  ['POST', '/auth/callback/0a1b.cd', 'business'],
  ['POST', '/auth/other', 'business'],
  ['GET', '/auth/start/', 'business'],
  ['GET', '/auth/started', 'business'],
  ['GET', '/auth/callback', 'business'],
  ['GET', '/auth/callback/a/b', 'business'],
  ['GET', '/Auth/Start', 'business'],
  ['POST', '/wechat/component', 'business'],
  ['POST', '/wechat/message/wx01', 'business'],
  ['POST', '/api/v1/platform.status', 'business'],
  ['POST', '/component', 'business'],
  ['POST', '/biz/wx01', 'business'],
  ['GET', '/health', 'business'],
  ['GET', '/', 'business'],
  ['OPTIONS', '/count', 'business'],
  ['PATCH', '/count?a=1&a=2', 'business'],
]
for (const [method, path, place] of places)
  test(`${method} ${path} is the ${place}'s`, async () => {
    const answer = await ask(path, { method })
    assert.equal(answer.status, 200)
    assert.equal(await answer.text(), method === 'HEAD' ? '' : 'fine')
    const [side, other] = place === 'platform' ? [target, business] : [business, target]
    assert.deepEqual(
      side.received.map((one) => [one.method, one.url]),
      [[method, place === 'platform' ? `/base${path}` : path]],
    )
    assert.deepEqual(other.received, [])
    const withoutBusiness = await ask(path, { method }, alone.port)
    assert.equal(withoutBusiness.status, place === 'platform' ? 200 : 404)
    assert.equal(business.received.length, place === 'business' ? 1 : 0)
  })

/** What it answers, byte for byte, until it closes the connection. */
function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

/** A stranger's bytes need not have an answer: what there is within a second, and a moment after the last of it. */
async function sendStrange(port: number, bytes: string | Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  let late = setTimeout(() => socket.destroy(), 1000)
  socket.on('data', () => {
    clearTimeout(late)
    late = setTimeout(() => socket.destroy(), 100)
  })
  socket.on('error', () => undefined)
  socket.write(bytes)
  await once(socket, 'close')
  clearTimeout(late)
}

const pushBody = '{"AppId":"wx1","InfoType":"authorized"}'
const head = (line: string, ...headers: string[]): string =>
  [line, 'host: fleet.example', ...headers, '', ''].join('\r\n')
const length = `content-length: ${pushBody.length}`
const json = 'content-type: application/json'
const push = (address: string, ...headers: string[]): string =>
  head(`POST ${address} HTTP/1.1`, json, length, ...headers) + pushBody
const smuggled = push('/wechat/component')
const chunk = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`

const paths: readonly string[] = [
  '/wechat/component',
  '/wechat/message/wx01',
  '//wechat/component',
  '/./wechat/component',
  '/auth/../wechat/component',
  '/auth/start/../../wechat/component',
  '/auth/start/..%2f..%2fwechat/component',
  '/auth/start/%2e%2e/%2e%2e/wechat/component',
  '/auth/start%2f..%2f..%2fwechat%2fcomponent',
  '/auth/start%252f..%252f..%252fwechat%252fcomponent',
  '/auth/start;/../../wechat/component',
  '/auth/start;x=/../wechat/component',
  '/auth/start\\..\\..\\wechat\\component',
  '/auth/start%5c..%5c..%5cwechat%5ccomponent',
  '/auth/start%00/../../wechat/component',
  '/auth/start%0d%0aHost:%20x/wechat/component',
  '/auth/start%3f/../../wechat/component',
  '/auth/start#/../../wechat/component',
  '/auth/callback/../../wechat/component',
  '/auth/callback/..%2f..%2fwechat%2fcomponent',
  '/auth/callback/%2e%2e%2f%2e%2e%2fwechat%2fcomponent',
  '/auth/callback/%252e%252e%252f%252e%252e%252fwechat',
  '/auth/callback/..%5c..%5cwechat%5ccomponent',
  '/auth/callback/..',
  '/auth/callback/%2e%2e',
  '/auth/callback/.%2e',
  '/auth/callback/..;/wechat/component',
  '/auth/callback/x/../../../wechat/component',
  '/auth/callback/%c0%ae%c0%ae%c0%afwechat',
  '/auth/callback/%e0%80%af..%e0%80%afwechat',
  '/auth/callback/%ef%bc%8f%ef%bc%8e%ef%bc%8e%ef%bc%8fwechat',
  '/auth/callback/%uff0e%uff0e/wechat',
  '/auth/callback/x%00wechat',
  '/auth/callback/%',
  '/%61uth/start/%2e%2e/%2e%2e/wechat/component',
  '/%77echat/component',
  '/WECHAT/component',
  '/WeChat/Component/',
  '/auth//start/../../wechat/component',
  'http://fleet.example/wechat/component',
  'http://127.0.0.1:8090/component',
  'http://fleet.example/auth/start/../../wechat/component',
  'https://fleet.example@platform.example/wechat/component',
  'http:/auth/start',
  '//fleet.example/auth/start',
  '*',
  '/wxcallback/component',
  '/component',
  '/biz/wx01',
]

/** Each is the whole of what a stranger sends. */
const disguises: readonly (readonly [string, string | Buffer])[] = [
  ...['POST', 'GET', 'HEAD', 'PUT'].flatMap((method) =>
    paths.map((path) => [`${method} ${path}`, head(`${method} ${path} HTTP/1.1`, json, length) + pushBody] as const),
  ),
  ['another method named', push('/auth/start', 'x-http-method-override: PUT', 'x-original-url: /wechat/component')],
  ['another method in the query', push('/auth/start?_method=POST&path=/wechat/component')],
  ['another address named', push('/auth/start', 'x-rewrite-url: /wechat/component', 'x-forwarded-prefix: /wechat')],
  ['names with underscores', push('/auth/start', 'x_forwarder_signature: v1=00', 'X_WX_SOURCE: wx')],
  [
    'proofs of its own',
    push('/auth/start', 'X-Forwarder-Signature: v1=00', 'x-forwarder-timestamp: 1', 'X-FORWARDER-NONCE: n'),
  ],
  ['a mark of the cloud', push('/wechat/component', 'x-wx-source: wx', 'X-WX-OPENID: o-owner')],
  ['a connection header that names the proof', push('/auth/start', 'connection: close, x-forwarder-nonce')],
  ['two lengths', head('POST /auth/start HTTP/1.1', 'content-length: 0', length) + smuggled],
  ['two lengths in one', head('POST /auth/start HTTP/1.1', `content-length: 0, ${pushBody.length}`) + smuggled],
  [
    'length and chunks',
    head('POST /auth/start HTTP/1.1', length, 'transfer-encoding: chunked') + `0\r\n\r\n${smuggled}`,
  ],
  [
    'chunks and length',
    head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked', 'content-length: 4') + `0\r\n\r\n${smuggled}`,
  ],
  ['chunks spelled oddly', head('POST /auth/start HTTP/1.1', 'transfer-encoding: xchunked') + smuggled],
  [
    'chunks behind a tab',
    head('POST /auth/start HTTP/1.1', 'transfer-encoding:\tchunked', length) + `0\r\n\r\n${smuggled}`,
  ],
  ['chunks before a space', head('POST /auth/start HTTP/1.1', 'transfer-encoding : chunked') + `0\r\n\r\n${smuggled}`],
  [
    'chunks not last',
    head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked, identity') + `0\r\n\r\n${smuggled}`,
  ],
  [
    'chunks twice',
    head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked', 'transfer-encoding: chunked') + chunk(smuggled),
  ],
  ['a push inside chunks', head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked') + chunk(smuggled)],
  ['a chunk extension', head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked') + `3;a="\r\n${smuggled}`],
  ['a bare line feed in chunks', head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked') + `0\n\n${smuggled}`],
  ['a negative length', head('POST /auth/start HTTP/1.1', 'content-length: -1') + smuggled],
  ['a signed length', head('POST /auth/start HTTP/1.1', 'content-length: +0') + smuggled],
  ['a length in hex', head('POST /auth/start HTTP/1.1', 'content-length: 0x0') + smuggled],
  ['a length that overflows', head('POST /auth/start HTTP/1.1', 'content-length: 18446744073709551616') + smuggled],
  ['a read with a body', head('GET /auth/start HTTP/1.1', `content-length: ${smuggled.length}`) + smuggled],
  ['a read with chunks', head('GET /auth/start HTTP/1.1', 'transfer-encoding: chunked') + chunk(smuggled)],
  ['a look with a body', head('HEAD /auth/start HTTP/1.1', `content-length: ${smuggled.length}`) + smuggled],
  ['a push in the body of a page', head('POST /auth/start HTTP/1.1', `content-length: ${smuggled.length}`) + smuggled],
  ['a push behind a read', head('GET /auth/start HTTP/1.1') + smuggled],
  ['a push behind a read of HTTP/1.0', head('GET /auth/start HTTP/1.0', 'connection: keep-alive') + smuggled],
  ['HTTP/1.0', head('POST /wechat/component HTTP/1.0', length) + pushBody],
  ['HTTP/1.0 without host', `POST /auth/../wechat/component HTTP/1.0\r\n${length}\r\n\r\n${pushBody}`],
  ['HTTP/0.9', 'POST /wechat/component\r\n\r\n'],
  ['HTTP/2 in the clear', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/9.9', head('POST /wechat/component HTTP/9.9', length) + pushBody],
  [
    'an upgrade to a WebSocket',
    head('GET /wechat/component HTTP/1.1', 'connection: Upgrade', 'upgrade: websocket') + smuggled,
  ],
  ['an upgrade of a page', head('GET /auth/start HTTP/1.1', 'connection: Upgrade', 'upgrade: websocket') + smuggled],
  [
    'an upgrade to HTTP/2',
    push('/auth/start', 'connection: Upgrade, HTTP2-Settings', 'upgrade: h2c', 'http2-settings: AAMAAABk'),
  ],
  ['an upgrade that is a push', push('/wechat/component', 'connection: upgrade', 'upgrade: websocket')],
  ['a tunnel', head('CONNECT 127.0.0.1:8090 HTTP/1.1') + smuggled],
  ['a tunnel to a page', head('CONNECT /auth/start HTTP/1.1') + smuggled],
  ['another host', push('/wechat/component', 'host: platform.example')],
  ['two hosts', push('/auth/start', 'host: platform.example', 'x-forwarded-host: platform.example')],
  ['a line folded', push('/auth/start', 'x-a: b', ' x-forwarder-nonce: n')],
  ['a line end of its own', head('GET /auth/start\r\nPOST /wechat/component HTTP/1.1')],
  ['a bare carriage return', head('GET /auth/start HTTP/1.1', 'x-a: b\rPOST /wechat/component HTTP/1.1')],
  ['a bare line feed', `GET /auth/start HTTP/1.1\nhost: x\nx-a: b\n\n${smuggled}`],
  ['a null byte in the address', head('POST /wechat/component\0 HTTP/1.1', length) + pushBody],
  ['a null byte in a header', push('/auth/start', 'x-a: b\0c')],
  ['a space in the address', head('GET /auth/start /wechat/component HTTP/1.1')],
  ['a tab in the address', head('GET /auth/start\t/wechat/component HTTP/1.1')],
  [
    'bytes that are no text',
    Buffer.concat([Buffer.from('POST /auth/callback/\xc0\xae\xc0\xaf HTTP/1.1\r\nhost: x\r\n\r\n', 'latin1')]),
  ],
  [
    'bytes in a read',
    Buffer.from('GET /auth/callback/\xef\xbc\x8f..\xef\xbc\x8fwechat HTTP/1.1\r\nhost: x\r\n\r\n', 'latin1'),
  ],
  ['a method in small letters', head('post /wechat/component HTTP/1.1', length) + pushBody],
  ['a method of nobody', head('PUSH /wechat/component HTTP/1.1', length) + pushBody],
  ['a wait for the go-ahead', head('POST /auth/start HTTP/1.1', 'expect: 100-continue', length) + pushBody + smuggled],
  [
    'a trailer',
    head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked', 'trailer: x-forwarder-nonce') +
      `1\r\nx\r\n0\r\nx-forwarder-nonce: n\r\n\r\n`,
  ],
  ['an empty line before', `\r\n\r\n${smuggled}`],
  ['a name of a proxy', push('http://platform.example/auth/start', 'proxy-connection: keep-alive')],
]

const AT_ONCE = 32
const honest = /^(?:(?:GET|HEAD|POST) \/base\/auth\/start(?:$|\?)|(?:GET|HEAD) \/base\/auth\/callback\/)/
const neverPassed = /forwarder|wx-|x_wx|override|original|rewrite|forwarded-host|prefix|upgrade|http2/i

test(`${disguises.length} disguises of a push: none gets to the platform as one, none is signed`, async () => {
  assert.ok(disguises.length >= 60)
  let reached = 0
  for (const { port } of [pages, alone])
    for (let from = 0; from < disguises.length; from += AT_ONCE) {
      const some = disguises.slice(from, from + AT_ONCE)
      target.received.length = 0
      target.requests.length = 0
      await Promise.all(some.map(([, bytes]) => sendStrange(port, bytes)))
      const sent = some.map(([name]) => name).join(' | ')
      for (const [index, { method, url, isSigned }] of target.received.entries()) {
        const names = Object.keys(target.requests[index]?.headers ?? {}).join(' ')
        assert.match(`${method} ${url}`, honest, sent)
        assert.doesNotMatch(url.replace(/\?.*/, ''), /wechat|\.\.|%25|%2f|%5c|\\|;|#/i, sent)
        assert.equal(isSigned, false, sent)
        assert.doesNotMatch(names, neverPassed, sent)
        reached++
      }
    }
  // Those that were cut off.
  await wait(500)
  for (const { method, url } of target.received) assert.match(`${method} ${url}`, honest)
  // What is an honest request beside its disguise is served.
  assert.ok(reached > 20, String(reached))
})

test('what the platform gets: cookie, language and kind of browser, its own host, no more and no less', async () => {
  await exchange(
    pages.port,
    head(
      'GET /auth/start?invite=%E5%BA%97 HTTP/1.1',
      'Cookie: mf_browser=00; other="a b"',
      'cookie: third=3',
      'Accept-Language: en;q=0.5',
      'Accept-Encoding: gzip',
      'User-Agent: 微信'.normalize(),
      'Sec-Purpose: prefetch',
      'X-Forwarded-For: 203.0.113.7',
      'X-Wx-Source: wx',
      'x-forwarder-timestamp: 1',
      'Connection: close, x-hop',
      'X-Hop: 1',
    ),
  )
  const { host, 'user-agent': agent, ...headers } = target.requests[0]?.headers ?? {}
  assert.equal(host, new URL(target.url).host)
  assert.equal(Buffer.from(agent ?? '', 'latin1').toString(), '微信')
  assert.deepEqual(headers, {
    cookie: 'mf_browser=00; other="a b"; third=3',
    'accept-language': 'en;q=0.5',
    'accept-encoding': 'gzip',
    'sec-purpose': 'prefetch',
    'x-forwarded-for': '203.0.113.7',
    connection: 'close',
  })
})

test('what the merchant gets: status, cookies, redirect and policy as the platform sent them', async () => {
  target.reply = (response) => {
    response.writeHead(
      302,
      'Found',
      [
        ['Set-Cookie', '__Host-a=1; Path=/; HttpOnly; Secure'],
        ['Set-Cookie', 'b=2; Path=/'],
        ['Location', 'https://shop.example/%E5%AE%8C?status=bound#x'],
        ['Content-Security-Policy', "default-src 'none'"],
        ['X-Frame-Options', 'DENY'],
        ['Referrer-Policy', 'strict-origin-when-cross-origin'],
        ['Cache-Control', 'no-store'],
        ['X-Request-Id', 'r-1'],
        ['Date', 'Sun, 29 Nov 2026 00:00:00 GMT'],
      ].flat(),
    )
    response.end()
  }
  const answer = await ask('/auth/callback/s?auth_code=c')
  assert.equal(answer.status, 302)
  assert.deepEqual(answer.headers.getSetCookie(), ['__Host-a=1; Path=/; HttpOnly; Secure', 'b=2; Path=/'])
  const {
    'set-cookie': _,
    connection,
    'keep-alive': __,
    'transfer-encoding': ___,
    ...rest
  } = Object.fromEntries(answer.headers)
  assert.equal(connection, 'keep-alive')
  assert.deepEqual(rest, {
    location: 'https://shop.example/%E5%AE%8C?status=bound#x',
    'content-security-policy': "default-src 'none'",
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cache-control': 'no-store',
    'x-request-id': 'r-1',
    date: 'Sun, 29 Nov 2026 00:00:00 GMT',
  })
})

test('a form is passed on byte for byte, chunked or not, up to 64 KiB', async () => {
  const form = `answer=${'店'.repeat(10_000)}`
  await ask('/auth/start?onboarding=x', { method: 'POST', body: form })
  await exchange(
    pages.port,
    head('POST /auth/start HTTP/1.1', 'transfer-encoding: chunked', 'connection: close') + chunk('a=1'),
  )
  assert.deepEqual(
    target.received.map(({ body }) => body),
    [form, 'a=1'],
  )
  assert.deepEqual(
    target.requests.map(({ headers }) => headers['content-length']),
    ['30007', '3'],
  )
  for (const init of [
    { body: 'x'.repeat(64 * 1024 + 1) },
    { body: Readable.toWeb(Readable.from(Array(200).fill('x'.repeat(1024)))), duplex: 'half' },
  ]) {
    const answer = await ask('/auth/start', { method: 'POST', ...init } as RequestInit)
    assert.equal(answer.status, 413)
    assert.match(await answer.text(), /提交的内容过大[^]*too large/)
  }
  assert.equal(target.received.length, 2)
})

test('a page arrives while it is still being written', async () => {
  const begun = new Promise<ServerResponse>((resolve) => {
    target.reply = (response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write('first')
      resolve(response)
    }
  })
  const answer = await ask('/auth/start')
  const reader = answer.body?.getReader()
  assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'first')
  const response = await begun
  response.end('second')
  assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'second')
})

const troubles: readonly (readonly [string, Target['reply'], number])[] = [
  ['does not answer', () => undefined, 504],
  ['breaks the connection', (response) => response.socket?.destroy(), 502],
  ['answers nonsense', (response) => response.socket?.end('SUCCESS\r\n\r\n'), 502],
  [
    'switches protocols unasked',
    (response) => response.socket?.end('HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    502,
  ],
]
for (const [name, reply, status] of troubles)
  test(`a platform that ${name}: a page in both languages, ${status}, its id in the log`, async () => {
    target.reply = reply
    const answer = await ask('/auth/start?invite=secret-invite', {}, status === 504 ? hasty.port : pages.port)
    assert.equal(answer.status, status)
    const page = await answer.text()
    assert.match(page, /页面暂时打不开[^]*cannot be shown right now/)
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.equal(answer.headers.get('x-frame-options'), 'DENY')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const { event, requestId } = JSON.parse(log.at(-1) ?? '')
    assert.equal(event, 'page not shown')
    assert.ok(page.includes(requestId))
    assert.doesNotMatch(log.join('\n'), /secret-invite/)
    target.reply = (response) => response.end('fine')
    assert.equal((await ask('/auth/start')).status, 200)
  })

test('a platform that is not there, for a page and for its look', async (t) => {
  const gone = await startTarget()
  const lost = await startPages({ ...options, target: new URL(gone.url) })
  t.after(() => lost.close())
  gone.close()
  assert.equal((await ask('/auth/start', {}, lost.port)).status, 502)
  const look = await ask('/auth/start', { method: 'HEAD' }, lost.port)
  assert.deepEqual([look.status, await look.text()], [502, ''])
})

const cut: readonly (readonly [string, Target['reply']])[] = [
  ['stops in the middle', (response) => response.writeHead(200).write('half')],
  ['breaks off in the middle', (response) => response.writeHead(200).write('half', () => response.destroy())],
  ['has no end', (response) => response.end(Buffer.alloc(7 * 1024 * 1024))],
]
for (const [name, reply] of cut)
  test(`a page that ${name} is cut off, and never looks whole`, async () => {
    target.reply = reply
    await assert.rejects(async () => (await ask('/auth/start', {}, hasty.port)).text())
    target.reply = (response) => response.end('fine')
    assert.equal((await ask('/auth/start')).status, 200)
  })

test('a merchant who goes away takes the request to the platform with him', async () => {
  const arrived = new Promise<ServerResponse>((resolve) => {
    target.reply = resolve
  })
  const leaving = new AbortController()
  const asked = ask('/auth/start', { signal: leaving.signal }).catch(() => 'left')
  const closed = once(await arrived, 'close')
  const lines = log.length
  leaving.abort()
  assert.equal(await asked, 'left')
  await closed
  assert.equal(log.length, lines)
})

test('a form that never arrives is given up', async () => {
  assert.match(
    await exchange(hasty.port, head('POST /auth/start HTTP/1.1', 'content-length: 10') + 'x'),
    /^HTTP\/1\.1 504 /,
  )
  assert.equal(target.received.length, 0)
})

test('many at once do not starve each other', async () => {
  target.reply = (response) => setTimeout(() => response.end('fine'), 5)
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(`/auth/start?n=${n}`)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
})

/* The provider's own service. */

test('business: the head of a request arrives as it was sent, the answer goes back likewise', async () => {
  business.reply = (response) => {
    response.writeHead(201, 'Made', [
      'Set-Cookie',
      'a=1',
      'set-cookie',
      'b=2',
      'Location',
      '//x/%2e%2e/y',
      'X-Own',
      'ä',
    ])
    response.end('made')
  }
  const said = await exchange(
    pages.port,
    head(
      'DELETE //a/%2e%2e/b%2Fc/./d?x=1&x=2&=? HTTP/1.1',
      'X-Wx-Source: wx',
      'x-forwarder-nonce: n',
      'X-Forwarded-For: 203.0.113.7',
      'Cookie: a=1; b=2',
      'Authorization: Bearer t',
      'Connection: close',
    ),
  )
  const [request] = business.requests
  assert.equal(request?.url, '//a/%2e%2e/b%2Fc/./d?x=1&x=2&=?')
  const {
    host,
    cookie,
    authorization,
    'x-wx-source': source,
    'x-forwarder-nonce': nonce,
    'x-forwarded-for': from,
  } = request?.headers ?? {}
  assert.deepEqual(
    [host, cookie, authorization, source, nonce, from],
    ['fleet.example', 'a=1; b=2', 'Bearer t', 'wx', 'n', '203.0.113.7'],
  )
  assert.match(said, /^HTTP\/1\.1 201 Made\r\n/)
  assert.match(said, /set-cookie: a=1\r\nset-cookie: b=2\r\n/i)
  assert.match(said, /location: \/\/x\/%2e%2e\/y\r\n/i)
})

function* parts() {
  for (let n = 0; n < 40; n++) yield Buffer.alloc(1024 * 1024, n)
}

test('business: 40 MB up and down stream through', async (t) => {
  const server = createServer((request, response) => {
    const hash = createHash('sha256')
    request.on('data', (part: Buffer) => hash.update(part))
    request.on('end', () => {
      response.setHeader('x-hash', hash.digest('hex'))
      Readable.from(parts()).pipe(response)
    })
  })
  const port = await listen(server, 0)
  const own = await startPages({ ...options, businessPort: port })
  t.after(async () => {
    await own.close()
    server.close()
  })
  const expected = createHash('sha256')
  for (const part of parts()) expected.update(part)
  const upload = requestHttp({
    port: own.port,
    method: 'PUT',
    path: '/upload',
    headers: { 'transfer-encoding': 'chunked' },
  })
  Readable.from(parts()).pipe(upload)
  const [answer]: [IncomingMessage] = (await once(upload, 'response')) as [IncomingMessage]
  const digest = expected.digest('hex')
  assert.equal(answer.headers['x-hash'], digest)
  assert.equal(
    createHash('sha256')
      .update(await buffer(answer))
      .digest('hex'),
    digest,
  )
})

test('business: events arrive as they are sent, and longer than a page may take', async (t) => {
  business.reply = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    setTimeout(() => response.end('data: 2\n\n'), 700)
  }
  const own = await startPages({ ...options, pageMs: 300, businessPort: portOf(business.url) })
  t.after(() => own.close())
  const reader = (await ask('/events', {}, own.port)).body?.getReader()
  assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'data: 1\n\n')
  assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'data: 2\n\n')
})

/** Says hello in the other protocol and then repeats what it hears. */
async function startSocketService() {
  const server = createServer((_, response) => response.writeHead(426).end('only sockets'))
  server.on('upgrade', (request, socket, first) => {
    if (request.url === '/refused') {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno')
      return
    }
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nx-url: ${request.url}\r\n\r\nhello `,
    )
    socket.write(first)
    socket.pipe(socket)
  })
  return { port: await listen(server, 0), server }
}

const upgradeTo = (path: string): string =>
  head(
    `GET ${path} HTTP/1.1`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    'Sec-WebSocket-Version: 13',
  )

/** Until the text has come. */
async function hear(socket: Socket, until: RegExp): Promise<string> {
  let heard = ''
  for await (const part of socket.iterator({ destroyOnReturn: false })) {
    heard += Buffer.from(part).toString('latin1')
    if (until.test(heard)) break
  }
  return heard
}

test('business: a WebSocket is a WebSocket, both ways, until the relay stops; one that is refused stays refused', async (t) => {
  const service = await startSocketService()
  const own = await startPages({ ...options, businessPort: service.port })
  t.after(() => service.server.closeAllConnections())
  t.after(() => service.server.close())
  const socket = connect(own.port, '127.0.0.1')
  socket.write(`${upgradeTo('/chat?room=1')}early `)
  const opened = await hear(socket, /early /)
  assert.match(opened, /^HTTP\/1\.1 101 Switching Protocols\r\n[^]*x-url: \/chat\?room=1\r\n\r\nhello early $/i)
  socket.write('later')
  assert.equal(await hear(socket, /later/), 'later')

  const refused = await exchange(own.port, upgradeTo('/refused'))
  assert.match(refused, /^HTTP\/1\.1 403 Forbidden\r\n[^]*no$/)
  const other = await exchange(own.port, head('GET /chat HTTP/1.1', 'Connection: Upgrade', 'Upgrade: h2c'))
  assert.match(other, /^HTTP\/1\.1 400 [^]*无法识别[^]*cannot be read/)

  const ended = once(socket, 'close')
  await own.close()
  await ended
})

test('business: not there, gone in the middle, refusing: told in both languages, cut off, or passed on', async (t) => {
  business.reply = (response) => response.writeHead(500).end('its own error')
  const failed = await ask('/count')
  assert.deepEqual([failed.status, await failed.text()], [500, 'its own error'])
  business.reply = (response) =>
    response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy())
  await assert.rejects(async () => (await ask('/count')).text())
  business.reply = (response) => response.socket?.destroy()
  assert.equal((await ask('/count')).status, 502)

  const gone = await startTarget()
  const own = await startPages({ ...options, businessPort: portOf(gone.url) })
  t.after(() => own.close())
  gone.close()
  const answer = await ask('/count', {}, own.port)
  assert.equal(answer.status, 502)
  assert.match(await answer.text(), /页面暂时打不开/)
  assert.match(log.at(-1) ?? '', /"business not reached".*"ECONNREFUSED"/)
  assert.match(await exchange(own.port, upgradeTo('/chat')), /^HTTP\/1\.1 502 [^]*页面暂时打不开/)
  assert.equal((await ask('/auth/start', {}, own.port)).status, 200)
})

test('a page under way when the relay is stopped is still shown', async () => {
  const own = await startPages(options)
  const arrived = new Promise<ServerResponse>((resolve) => {
    target.reply = resolve
  })
  const asked = ask('/auth/start', {}, own.port)
  const response = await arrived
  const closed = own.close()
  await assert.rejects(ask('/auth/start', {}, own.port))
  response.end('fine')
  assert.equal(await (await asked).text(), 'fine')
  await closed
})

test('the port is for this machine only', async () => {
  await assert.rejects(startPages({ ...options, pagesPort: pages.port }), /EADDRINUSE/)
})
