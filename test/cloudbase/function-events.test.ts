import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { httpResponse, identityOf, isClientCall, isHttpEvent } from '../../shared/cloudbase/function-events.ts'
import { readContext, readHttpRequest } from '../../shared/cloudbase/function-events.ts'
import { isFailure } from '../../shared/errors.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/events/${name}.json`, import.meta.url), 'utf8'))

const limit = 64 * 1024
const post = { httpMethod: 'POST', path: '/wechat/component' }

test("the call's own context, in both forms", () => {
  const { environment, ...call } = readContext(fixture('context-mini-program'))
  assert.deepEqual(call, { requestId: '4f1c-9a', functionName: 'manage', timeLimitMs: 60_000 })
  assert.deepEqual([environment['WX_OPENID'], environment['WX_UNIONID']], ['o1', undefined])

  const legacy = readContext(fixture('context-legacy'))
  assert.deepEqual([legacy.requestId, legacy.timeLimitMs], ['4f1c-9b', 20_000])
  assert.deepEqual([legacy.environment['TCB_UUID'], legacy.environment['TCB_TRACELOG']], ['u1', 'a=b'])
})

test('a context of garbage has a request id and nobody in it', () => {
  const fresh = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
  const contexts = [
    undefined,
    null,
    'x',
    [],
    {},
    { request_id: 5 },
    { request_id: 'a\nb' },
    { environment: '{' },
    { environment: '[{"WX_OPENID":"o1"}]' },
    { environment: { WX_OPENID: 'o1' } },
    { environment: '{"WX_OPENID":{"$ne":null},"TCB_UUID":["u1"]}' },
    { environment: 'null', environ: 'WX_OPENID=o1' },
    { environ: 'WX_OPENID=o1;WX_OPENID=o2' },
    { environ: ';=;WX_OPENID' },
    { WX_OPENID: 'o1', userInfo: { openId: 'o1' } },
  ]
  process.env['WX_OPENID'] = 'left-over'
  for (const context of contexts) {
    const { requestId, environment } = readContext(context)
    assert.match(requestId, fresh)
    assert.deepEqual(identityOf(environment), {}, JSON.stringify(context))
  }
  delete process.env['WX_OPENID']
})

test('who calls', () => {
  const cases: [environment: Record<string, string>, identity: object, isClient: boolean][] = [
    [{ WX_OPENID: 'o1' }, { openid: 'o1' }, true],
    [{ WX_OPENID: 'o1', TCB_UUID: 'u1' }, { openid: 'o1', uid: 'u1' }, true],
    [{ TCB_UUID: 'u1', TCB_ISANONYMOUS_USER: 'false', LOGINTYPE: 'USERNAME' }, { uid: 'u1' }, true],
    [{ TCB_UUID: 'u1', TCB_ISANONYMOUS_USER: 'true' }, {}, true],
    [{ TCB_UUID: 'u1', LOGINTYPE: 'anonymous' }, {}, true],
    [{ WX_FROM_OPENID: 'o1' }, {}, true],
    [{ TRIGGER_SRC: 'timer', TCB_ISANONYMOUS_USER: 'false' }, {}, false],
    [{ TCB_SOURCE: 'wx_http', TCB_SOURCE_IP: '1.2.3.4' }, {}, false],
    [{}, {}, false],
  ]
  for (const [environment, identity, isClient] of cases) {
    assert.deepEqual(identityOf(environment), identity, JSON.stringify(environment))
    assert.equal(isClientCall(environment), isClient, JSON.stringify(environment))
  }
})

test('which events have the shape of an HTTP request', () => {
  const cases: [event: unknown, expected: boolean][] = [
    [fixture('http-push-base64'), true],
    [fixture('http-page'), true],
    [{ httpMethod: undefined }, true],
    [{ requestContext: null }, true],
    [{ headers: {}, path: '/' }, true],
    [fixture('timer'), false],
    [fixture('mini-program-call'), false],
    [null, false],
    ['httpMethod', false],
    [[], false],
  ]
  for (const [event, expected] of cases) assert.equal(isHttpEvent(event), expected, JSON.stringify(event))
})

test('a push with a base64 body, its prefix stripped', () => {
  const request = readHttpRequest(fixture('http-push-base64'), limit)
  assert.ok(request !== 'tooLarge')
  assert.deepEqual(
    [request.method, request.path, request.body.toString()],
    ['POST', '/wx570bc396a51b8ff8', '<xml>茶</xml>'],
  )
  assert.deepEqual(
    [request.headers['host'], request.headers['x-forwarded-for'], request.query['nonce']],
    ['fleet.example.com', '101.226.103.0', '1320562132'],
  )
})

test('a page: the first of repeated values counts', () => {
  const request = readHttpRequest(fixture('http-page'), limit)
  assert.ok(request !== 'tooLarge')
  assert.deepEqual(
    [request.method, request.query, request.cookies, request.body.length],
    ['GET', { auth_code: 'queryauthcode@@@one two', expires_in: '600' }, { browser: 'a=b', other: '1' }, 0],
  )
})

test('the size of a body is judged exactly, whatever form it travels in', () => {
  const cases: [event: object, expected: number | 'tooLarge'][] = [
    [{ body: 'x'.repeat(9) }, 9],
    [{ body: 'x'.repeat(10) }, 10],
    [{ body: 'x'.repeat(11) }, 'tooLarge'],
    [{ body: '茶'.repeat(3) }, 9],
    [{ body: '茶'.repeat(4) }, 'tooLarge'],
    ...[8, 9, 10].map((size): [object, number] => [base64(size), size]),
    ...[11, 12, 1000].map((size): [object, 'tooLarge'] => [base64(size), 'tooLarge']),
    [{ ...base64(10), isBase64Encoded: 'true' }, 10],
    [{ body: '', isBase64Encoded: true }, 0],
    [{ body: null }, 0],
    [{}, 0],
  ]
  for (const [event, expected] of cases) {
    const request = readHttpRequest({ ...post, ...event }, 10)
    assert.equal(request === 'tooLarge' ? request : request.body.length, expected, JSON.stringify(event))
  }
})

const base64 = (size: number) => ({ body: Buffer.alloc(size, 1).toString('base64'), isBase64Encoded: true })

test('a path whose whole prefix was stripped, with or without its slash, is still a path', () => {
  for (const [path, expected] of [
    ['', '/'],
    ['/', '/'],
    ['?invite=x', '/'],
    ['wx570bc396a51b8ff8', '/wx570bc396a51b8ff8'],
    ['/wx570bc396a51b8ff8?a=1', '/wx570bc396a51b8ff8'],
  ] as const) {
    const request = readHttpRequest({ ...post, path }, limit)
    assert.equal(request === 'tooLarge' ? request : request.path, expected)
  }
})

test('a malformed event is refused and the bad field is named', () => {
  const cases: [event: unknown, field: string][] = [
    [undefined, 'httpMethod'],
    [[], 'httpMethod'],
    [{ ...post, httpMethod: ['POST'] }, 'httpMethod'],
    [{ ...post, httpMethod: 'PO ST' }, 'httpMethod'],
    [{ ...post, path: undefined }, 'path'],
    [{ ...post, path: ['/wechat'] }, 'path'],
    [{ ...post, body: { a: 1 } }, 'body'],
    [{ ...post, body: 5 }, 'body'],
    [{ ...post, headers: 'x' }, 'headers'],
    [{ ...post, headers: { host: { $ne: null } } }, 'headers'],
    [{ ...post, multiValueHeaders: [] }, 'multiValueHeaders'],
    [{ ...post, queryStringParameters: ['a'] }, 'queryStringParameters'],
    [{ ...post, queryStringParameters: { nonce: [{}] } }, 'queryStringParameters'],
  ]
  for (const [event, field] of cases)
    assert.throws(
      () => readHttpRequest(event, limit),
      (error) => isFailure(error, 'INVALID_ARGUMENT') && error.field === field,
      JSON.stringify(event),
    )
})

test('no event and no context makes the readers throw anything else', () => {
  const field = fc.anything({ maxDepth: 2 })
  const event = fc.record(
    {
      httpMethod: fc.oneof(fc.constant('POST'), field),
      path: fc.oneof(fc.constant('/x'), field),
      headers: fc.oneof(fc.dictionary(fc.string(), field), field),
      multiValueHeaders: field,
      queryStringParameters: fc.oneof(fc.dictionary(fc.string(), field), field),
      body: fc.oneof(fc.string(), field),
      isBase64Encoded: field,
    },
    { requiredKeys: [] },
  )
  const context = fc.record(
    { request_id: field, environment: fc.oneof(fc.json(), field), environ: fc.oneof(fc.string(), field) },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(event, field), fc.oneof(context, field), (event, context) => {
      isHttpEvent(event)
      isClientCall(readContext(context).environment)
      try {
        readHttpRequest(event, limit)
      } catch (error) {
        assert.ok(isFailure(error, 'INVALID_ARGUMENT'))
      }
    }),
    { seed: 20260301, numRuns: 1000 },
  )
})

test('an answer keeps to one line per header', () => {
  const headers = { location: 'https://shop.example/?a=1\r\nset-cookie: x=1', 'x-text': '茶\u0000\u007f' }
  assert.deepEqual(httpResponse({ status: 302, headers, body: '' }), {
    statusCode: 302,
    headers: { location: 'https://shop.example/?a=1set-cookie: x=1', 'x-text': '茶' },
    body: '',
    isBase64Encoded: false,
  })
})
