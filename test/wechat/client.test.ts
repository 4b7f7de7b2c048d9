import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { createWechatClient, type WechatClientOptions } from '../../shared/wechat/client.ts'
import { audits } from '../../shared/wechat/endpoints/audits.ts'
import { code } from '../../shared/wechat/endpoints/code.ts'
import { releases } from '../../shared/wechat/endpoints/releases.ts'
import { templates } from '../../shared/wechat/endpoints/templates.ts'
import { tokens } from '../../shared/wechat/endpoints/tokens.ts'
import { WechatRefusal, WechatUnavailable } from '../../shared/wechat/refusal.ts'

interface Heard {
  readonly method: string
  readonly url: string
  readonly contentType: string
  readonly body: Buffer
  readonly port: number
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

let heard: Heard[] = []
let answers: Answer[] = []
let base = ''

const json =
  (body: unknown, status = 200): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json; encoding=utf-8' }).end(JSON.stringify(body))
  }

const raw =
  (body: string | Buffer, contentType = 'text/plain'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': contentType }).end(body)
  }

const hangUp: Answer = (_, request) => {
  request.socket.destroy()
}

/** Answers in the given order, the last one for ever. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({
      method: request.method ?? '',
      url: request.url ?? '',
      contentType: request.headers['content-type'] ?? '',
      body: Buffer.concat(chunks),
      port: request.socket.remotePort ?? 0,
    })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(response, request)
  })
})

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

after(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  heard = []
  answers = []
})

const pauses: number[] = []

const client = (options: WechatClientOptions = {}) =>
  createWechatClient({
    apiBase: base,
    random: () => 0.5,
    sleep: (milliseconds) => {
      pauses.push(milliseconds)
      return Promise.resolve()
    },
    ...options,
  })

const failureOf = async (promise: Promise<unknown>): Promise<WechatRefusal | WechatUnavailable> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof WechatRefusal || error instanceof WechatUnavailable) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const commit = { template_id: 7, ext_json: '{"extAppid":"wx1"}', user_version: '1.0', user_desc: '首个版本 "引号"' }
const quota = { rest: 1, limit: 2, speedup_rest: 3, speedup_limit: 4 }

test('a component token: no token in the query, the answer checked', async () => {
  answers = [json({ component_access_token: 'ct', expires_in: 7200 })]
  const reply = await client().send(tokens.componentToken, {
    body: { component_appid: 'wx1', component_appsecret: 's', component_verify_ticket: 't' },
  })
  assert.equal(reply.component_access_token, 'ct')
  assert.deepEqual(
    heard.map(({ method, url, body }) => [method, url, body.toString()]),
    [
      [
        'POST',
        '/cgi-bin/component/api_component_token',
        '{"component_appid":"wx1","component_appsecret":"s","component_verify_ticket":"t"}',
      ],
    ],
  )
})

test('bodies have real characters, an empty one is {}', async () => {
  answers = [json({ errcode: 0, errmsg: 'ok' })]
  await client().send(code.commit, { token: 'a/b+c=', body: commit })
  await client().send(releases.release, { token: 'at' })
  assert.deepEqual(
    heard.map(({ url, body, contentType }) => [url, body.toString(), contentType]),
    [
      [
        '/wxa/commit?access_token=a%2Fb%2Bc%3D',
        '{"template_id":7,"ext_json":"{\\"extAppid\\":\\"wx1\\"}","user_version":"1.0","user_desc":"首个版本 \\"引号\\""}',
        'application/json',
      ],
      ['/wxa/release?access_token=at', '{}', 'application/json'],
    ],
  )
})

test('a GET carries its query and no body', async () => {
  answers = [json({ version_list: [] })]
  await client().send(releases.history, { token: 'at', query: { action: 'get_history_version' } })
  assert.deepEqual(
    heard.map(({ method, url, body }) => [method, url, body.length]),
    [['GET', '/wxa/revertcoderelease?action=get_history_version&access_token=at', 0]],
  )
})

test('a token where none belongs, and none where one does', async () => {
  await assert.rejects(client().send(releases.release, {}), TypeError)
  await assert.rejects(
    client().send(tokens.startPushTicket, { token: 't', body: { component_appid: 'a', component_secret: 's' } }),
    TypeError,
  )
  assert.deepEqual(heard, [])
})

test('one connection serves calls in a row', async () => {
  answers = [json(quota)]
  const wechat = client()
  for (let call = 0; call < 3; call += 1) await wechat.send(audits.quota, { token: 'at' })
  assert.equal(new Set(heard.map(({ port }) => port)).size, 1)
})

test('a compressed answer is read', async () => {
  answers = [
    (response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify(quota)))
    },
  ]
  assert.deepEqual(await client().send(audits.quota, { token: 'at' }), quota)
})

test('a picture, and the refusal of one under the content type of a picture', async () => {
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x7b])
  answers = [
    raw(picture, 'image/jpeg'),
    raw('{"errcode":86001,"errmsg":"no code"}', 'image/jpeg'),
    raw('', 'image/jpeg'),
  ]
  const wechat = client()
  const got = await wechat.send(code.trialQrCode, { token: 'at', query: { path: 'pages/a?x=1 2' } })
  assert.deepEqual(got, { contentType: 'image/jpeg', bytes: picture })
  assert.equal(heard[0]?.url, '/wxa/get_qrcode?path=pages%2Fa%3Fx%3D1%202&access_token=at')
  const refusal = await failureOf(wechat.send(code.trialQrCode, { token: 'at' }))
  assert.ok(refusal instanceof WechatRefusal && refusal.errcode === 86001)
  const empty = await failureOf(wechat.send(code.trialQrCode, { token: 'at', attempts: 1 }))
  assert.ok(empty instanceof WechatUnavailable && empty.reason === 'nonsense')
})

test('an upload is one part with its name and type', async () => {
  answers = [json({ type: 'image', mediaid: 'm1' })]
  const bytes = Buffer.from([1, 13, 10, 45, 45, 255])
  const reply = await client().send(audits.uploadMedia, {
    token: 'at',
    file: { filename: '截图 "1"\r\n.png', contentType: 'image/png', bytes },
  })
  assert.equal(reply.mediaid, 'm1')
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(heard[0]?.contentType ?? '')?.[1] ?? ''
  assert.deepEqual(
    heard[0]?.body,
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="截图 %221%22%0D%0A.png"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  )
})

test('a refusal has its errcode, its text, its rid and the path', async () => {
  answers = [json({ errcode: 85014, errmsg: 'invalid template id rid: 6617b0e2-5b5f0f9b-1a2b3c4d' })]
  const refusal = await failureOf(client().send(code.commit, { token: 'at', body: commit }))
  assert.ok(refusal instanceof WechatRefusal)
  assert.equal(refusal.errcode, 85014)
  assert.equal(refusal.errmsg, 'invalid template id rid: 6617b0e2-5b5f0f9b-1a2b3c4d')
  assert.equal(refusal.rid, '6617b0e2-5b5f0f9b-1a2b3c4d')
  assert.equal(refusal.path, '/wxa/commit')
  assert.equal(heard.length, 1)
})

test('a refusal of ads has names of its own, one of a filing says which fields are wrong', async () => {
  const refusals: [answer: object, errcode: number, errmsg: string][] = [
    [{ ret: 2009, err_msg: 'no publisher' }, 2009, 'no publisher'],
    [
      { errcode: 86202, errmsg: 'refused', hints: [{ errcode: 1, errmsg: 'blurred', err_field: 'a.photo' }, 7] },
      86202,
      'refused; a.photo: blurred',
    ],
    [{ errcode: 86202, errmsg: 'refused', procedure_id: 'p1' }, 86202, 'refused; procedure_id: p1'],
  ]
  for (const [answer, errcode, errmsg] of refusals) {
    answers = [json(answer)]
    const refusal = await failureOf(client().send(code.versions, { token: 'at' }))
    assert.ok(refusal instanceof WechatRefusal)
    assert.deepEqual([refusal.errcode, refusal.errmsg], [errcode, errmsg])
  }
  answers = [json({ ret: 0, err_msg: 'ok', status: 1 })]
  assert.deepEqual(await client().send(code.versions, { token: 'at' }), { ret: 0, err_msg: 'ok', status: 1 })
})

test('no answer that makes sense', async () => {
  const rows: [string, Answer, string][] = [
    ['HTML', raw('<html>502</html>', 'text/html'), 'nonsense'],
    ['nothing', raw(''), 'nonsense'],
    ['a list', raw('[]'), 'nonsense'],
    ['null', raw('null'), 'nonsense'],
    ['cut off', raw('{"rest": 1'), 'nonsense'],
    ['a field missing', json({ ...quota, rest: undefined }), 'nonsense'],
    ['errcode no number', json({ errcode: 'EBUSY', ...quota }), 'nonsense'],
    ['not gzip', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'), 'nonsense'],
    ['beyond the limit', raw(JSON.stringify({ ...quota, x: 'x'.repeat(4096) })), 'nonsense'],
    [
      'beyond the limit, unpacked',
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(1e6))),
      'nonsense',
    ],
    ['502', json(quota, 502), 'status'],
    ['404', json(quota, 404), 'status'],
    ['busy', json({ errcode: -1, errmsg: 'system error' }), 'busy'],
    ['hung up', hangUp, 'network'],
    [
      'hung up half-way',
      (response, request) => {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{', () => request.socket.destroy())
      },
      'nonsense',
    ],
  ]
  for (const [name, answer, reason] of rows) {
    answers = [answer]
    const failure = await failureOf(client({ maxBytes: 2048 }).send(audits.quota, { token: 'at', attempts: 1 }))
    assert.ok(failure instanceof WechatUnavailable, name)
    assert.equal(failure.reason, reason, name)
    assert.equal(failure.applied, 'unknown', name)
    assert.equal(failure.path, '/wxa/queryquota', name)
  }
})

test('an answer that is readable but for a byte is read', async () => {
  const rows: [string, string | Buffer, unknown][] = [
    [
      'control characters that nobody escaped',
      '{"nick_name": "Tea\u0014 House\u0007"}',
      { nick_name: 'Tea\u0014 House\u0007' },
    ],
    ['a line break and a tab within a text', '{"desc": "one\r\n\ttwo"}', { desc: 'one\r\n\ttwo' }],
    ['one after a backslash, and one between', '{"a": "x\\\\\u0001",\u0000"b": 1}\u0000', { a: 'x\\\u0001', b: 1 }],
    ['a byte order mark', '\uFEFF{"a": 1}', { a: 1 }],
    ['half of a surrogate pair', '{"a": "\\ud83d|\\ude00|\\ud83d\\ude00"}', { a: '\ufffd|\ufffd|😀' }],
    ['bytes that are no UTF-8', Buffer.from('7b2261223a22c328227d', 'hex'), { a: '\ufffd(' }],
  ]
  const wechat = client()
  for (const [name, body, expected] of rows) {
    answers = [raw(body, 'application/json')]
    assert.deepEqual(await wechat.call({ method: 'GET', path: '/wxa/x', token: 'at' }), { json: expected }, name)
    answers = [raw(body)]
    assert.deepEqual(await wechat.call({ method: 'GET', path: '/wxa/x', token: 'at' }), { json: expected }, name)
  }
})

test('an answer that WeChat gave, however broken, is no sign that the endpoint is down', async () => {
  const seen: string[] = []
  const breaker = {
    before: () => undefined,
    succeeded: () => void seen.push('succeeded'),
    failed: () => void seen.push('failed'),
  }
  const wechat = client({ breaker })
  const rows: [Answer, string][] = [
    [raw('{"nick_name": "a "quote""}'), 'succeeded'],
    [raw('\uFEFF{"rest": 1'), 'succeeded'],
    [raw('[1]', 'application/json'), 'succeeded'],
    [json({ errcode: 'EBUSY' }), 'succeeded'],
    [json({ rest: 'many' }), 'succeeded'],
    [raw('<html>sorry</html>', 'text/html'), 'failed'],
    [raw('', 'application/json'), 'failed'],
  ]
  for (const [answer, expected] of rows) {
    answers = [answer]
    seen.length = 0
    const failure = await failureOf(wechat.send(audits.quota, { token: 'at', attempts: 1 }))
    assert.ok(failure instanceof WechatUnavailable && failure.reason === 'nonsense')
    assert.deepEqual(seen, [expected])
  }
})

test('a slow answer and a dripping one run into the time limit', async () => {
  const rows: Answer[] = [
    () => {},
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(timer))
    },
  ]
  for (const answer of rows) {
    answers = [answer]
    const failure = await failureOf(client({ timeoutMs: 60 }).send(code.commit, { token: 'at', body: commit }))
    assert.ok(failure instanceof WechatUnavailable)
    assert.deepEqual([failure.reason, failure.applied], ['timeout', 'unknown'])
  }
  assert.equal(heard.length, 2)
})

test('a redirect is not followed', async () => {
  answers = [
    (response) => {
      response.writeHead(302, { location: `${base}/elsewhere` }).end()
    },
  ]
  const failure = await failureOf(client().send(code.commit, { token: 'at', body: commit }))
  assert.ok(failure instanceof WechatUnavailable && failure.reason === 'status' && failure.detail === '302')
  assert.deepEqual(
    heard.map(({ url }) => url),
    ['/wxa/commit?access_token=at'],
  )
})

test('a read is tried three times with growing pauses, a change once', async () => {
  pauses.length = 0
  answers = [json({}, 503), hangUp, json(quota)]
  assert.deepEqual(await client().send(audits.quota, { token: 'at' }), quota)
  assert.deepEqual(pauses, [150, 300])

  heard = []
  answers = [json({ errcode: -1, errmsg: 'busy' })]
  const busy = await failureOf(client().send(audits.quota, { token: 'at' }))
  assert.ok(busy instanceof WechatUnavailable && busy.reason === 'busy' && busy.says?.errcode === -1)
  assert.equal(heard.length, 3)

  for (const outcome of [json({}, 503), json({ errcode: -1, errmsg: 'busy' }), hangUp]) {
    heard = []
    answers = [outcome]
    await failureOf(client().send(code.commit, { token: 'at', body: commit }))
    assert.equal(heard.length, 1)
  }
})

test('a refusal is never repeated', async () => {
  answers = [json({ errcode: 45009, errmsg: 'reach max api daily quota limit' })]
  await failureOf(client().send(templates.list, { token: 'ct' }))
  assert.equal(heard.length, 1)
})

test('what certainly never left is tried again, whatever it changes', async () => {
  pauses.length = 0
  const nobody = createServer()
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
  const { port } = nobody.address() as AddressInfo
  await new Promise((resolve) => nobody.close(resolve))
  const failure = await failureOf(
    client({ apiBase: `http://127.0.0.1:${port}` }).send(code.commit, { token: 'at', body: commit }),
  )
  assert.ok(failure instanceof WechatUnavailable)
  assert.deepEqual([failure.reason, failure.applied, failure.detail], ['network', 'no', 'ECONNREFUSED'])
  assert.equal(pauses.length, 2)
})

test('the breaker sees every attempt and can stop them', async () => {
  const seen: string[] = []
  const breaker = {
    before: (path: string) => {
      seen.push(`before ${path}`)
      if (seen.length > 3) throw new WechatUnavailable(path, { reason: 'paused', applied: 'no' })
    },
    succeeded: (path: string) => void seen.push(`succeeded ${path}`),
    failed: (path: string) => void seen.push(`failed ${path}`),
  }
  answers = [json({ errcode: 85012, errmsg: 'no' }), json({}, 500)]
  const wechat = client({ breaker })
  await failureOf(wechat.send(audits.status, { token: 'at', body: { auditid: 1 } }))
  const failure = await failureOf(wechat.send(audits.quota, { token: 'at' }))
  // The attempt that was made says more than the one that was not.
  assert.ok(failure instanceof WechatUnavailable && failure.reason === 'status' && failure.applied === 'unknown')
  const paused = await failureOf(wechat.send(audits.quota, { token: 'at' }))
  assert.ok(paused instanceof WechatUnavailable && paused.reason === 'paused' && paused.applied === 'no')
  assert.deepEqual(seen, [
    'before /wxa/get_auditstatus',
    'succeeded /wxa/get_auditstatus',
    'before /wxa/queryquota',
    'failed /wxa/queryquota',
    'before /wxa/queryquota',
    'before /wxa/queryquota',
  ])
})

test('a call of any path, with JSON or a file as the answer', async () => {
  const wechat = client()
  answers = [
    json({ ok: 1 }),
    raw(Buffer.from('GIF8'), 'image/gif'),
    json({ errcode: 76003, errmsg: 'no' }),
    raw('<p>', 'text/html'),
  ]
  assert.deepEqual(await wechat.call({ method: 'GET', path: '/wxa/anything', query: { a: 1, b: true }, token: 'at' }), {
    json: { ok: 1 },
  })
  assert.deepEqual(await wechat.call({ method: 'POST', path: '/cgi-bin/component/x', body: { y: 1 }, token: 'ct' }), {
    binary: { contentType: 'image/gif', bytes: Buffer.from('GIF8') },
  })
  assert.ok((await failureOf(wechat.call({ method: 'GET', path: '/wxa/x' }))) instanceof WechatRefusal)
  assert.ok((await failureOf(wechat.call({ method: 'GET', path: '/wxa/x' }))) instanceof WechatUnavailable)
  assert.deepEqual(
    heard.map(({ url }) => url),
    ['/wxa/anything?a=1&b=true&access_token=at', '/cgi-bin/component/x?component_access_token=ct', '/wxa/x', '/wxa/x'],
  )
})

test('a path is a path, not a host', async () => {
  const wechat = client()
  const paths = [
    '',
    'wxa/x',
    '//evil.example/x',
    '/\\evil.example/x',
    '\\\\evil.example',
    '/@evil.example/x',
    '/wxa//x',
    '/wxa/../x',
    '/wxa/./x',
    '/wxa/%2e%2e/x',
    '/wxa/x?access_token=y',
    '/wxa/x#y',
    '/wxa/x y',
    '/wxa/x\r\nHost: evil',
    'http://evil.example/',
    '/wxa/x/',
    '/wxa/ｘ',
  ]
  for (const path of paths) await assert.rejects(wechat.call({ method: 'GET', path }), TypeError, path)
  assert.deepEqual(heard, [])
})

test('the address of WeChat has no surprises', () => {
  for (const apiBase of ['ftp://x', 'http://user:pass@x', 'http://x/?a=b', 'http://x/#a', 'x', ''])
    assert.throws(() => createWechatClient({ apiBase }), TypeError, apiBase)
})

test('a prefix of the address stays in front', async () => {
  answers = [json(quota)]
  await client({ apiBase: `${base}/proxy/` }).send(audits.quota, { token: 'at' })
  assert.equal(heard[0]?.url, '/proxy/wxa/queryquota?access_token=at')
})

test('no failure holds a secret, however deep one looks', async () => {
  const token = 'TOKEN-MARKER-1234567890'
  const secret = 'SECRET-MARKER-abc+/='
  const ticket = 'ticket@@@TICKET-MARKER'
  const echo: Answer = (response, request) => {
    const sent = `${request.url} ${heard.at(-1)?.body.toString()}`
    json({ errcode: 40001, errmsg: `bad ${sent} ${decodeURIComponent(sent)}\n` })(response, request)
  }
  const rows: [string, Answer][] = [
    ['quoted by WeChat', echo],
    ['garbage', raw(`${token} ${secret}`)],
    ['status', json({}, 500)],
    ['redirect', (response, request) => response.writeHead(302, { location: request.url ?? '' }).end()],
    ['hung up', hangUp],
    ['slow', () => {}],
    ['wrong field', json({ component_access_token: token })],
  ]
  for (const [name, answer] of rows) {
    answers = [answer]
    const wechat = client({ timeoutMs: 40 })
    const failures = [
      await failureOf(
        wechat.send(tokens.componentToken, {
          body: { component_appid: 'wx1', component_appsecret: secret, component_verify_ticket: ticket },
        }),
      ),
      await failureOf(wechat.send(code.commit, { token, body: commit })).catch((error: unknown) => error),
      await failureOf(wechat.call({ method: 'GET', path: '/wxa/x', query: { js_code: secret }, token })).catch(
        (error: unknown) => error,
      ),
    ]
    for (const failure of failures) {
      const shown = `${inspect(failure, { depth: null, showHidden: true, getters: true })} ${JSON.stringify(failure)} ${String(failure)}`
      assert.doesNotMatch(shown, /MARKER|access_token=[^*]/, name)
      if (failure instanceof Error) assert.equal(failure.cause, undefined)
    }
  }
})
