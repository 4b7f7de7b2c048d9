import { Validator } from '@seriousme/openapi-schema-validator'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { createClient, MinifleetError, type ListName, type Minifleet } from '../../client/src/client.ts'
import { ownOperations } from '../../shared/domain/operations/table.ts'
import { renderDocs } from '../../scripts/docs/render-docs.ts'
import { startBusinessServer } from '../fixtures/business-server.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { preloading } from '../fixtures/preloading.ts'

let platform: LocalPlatform
let owner: Minifleet
let ownerKey = ''

before(async () => {
  const preload = fileURLToPath(new URL('../fixtures/misleading-names.cjs', import.meta.url))
  process.env['NODE_OPTIONS'] = preloading(preload)
  platform = await startPlatform({
    env: { API_CORS_ORIGINS: 'https://console.example' },
    host: { maxInstances: 1 },
  })
  const { key } = await platform.tell('apiKeys.create', { name: 'owner', role: 'owner' })
  ownerKey = String(key)
  owner = createClient({ baseUrl: platform.host.url, apiKey: ownerKey })
})
after(() => platform.close())

interface Called {
  readonly status: number
  readonly headers: Headers
  readonly body: { readonly ok?: boolean; readonly data?: unknown; readonly error?: { readonly code: string } }
}

async function call(
  operation: string,
  given: { key?: string; input?: unknown; headers?: object; method?: string } = {},
) {
  const { key = ownerKey, input, headers, method = 'POST' } = given
  const response = await fetch(`${platform.host.url}/api/v1/${operation}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: typeof input === 'string' ? input : JSON.stringify(input ?? {}) }),
  })
  const text = await response.text()
  const called: Called = {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : JSON.parse(text),
  }
  return called
}

const outcome = ({ status, body }: Called): string => `${status} ${body.error?.code ?? 'ok'}`

async function newKey(given: object): Promise<{ keyId: string; key: string }> {
  const { keyId, key } = await platform.tell('apiKeys.create', { name: 'test', role: 'viewer', ...given })
  return { keyId: String(keyId), key: String(key) }
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof MinifleetError ? `${error.code} ${error.field ?? ''}`.trim() : String(error)),
  )

test('the description is valid OpenAPI, served without a key, and the written one is up to date', async () => {
  const response = await fetch(`${platform.host.url}/api/v1/openapi.json`)
  assert.equal(response.status, 200)
  const text = await response.text()
  // What HTTP access carries as text is 100 KB; this goes out compressed.
  assert.equal(response.headers.get('content-encoding'), 'gzip')
  const served: { servers: { url: string }[]; paths: Record<string, unknown> } = JSON.parse(text)
  assert.equal(served.servers[0]?.url, platform.host.url)
  const result = await new Validator().validate(JSON.parse(text))
  assert.deepEqual(result.errors, undefined)
  assert.equal(result.valid, true)

  for (const { path, text: expected } of await renderDocs())
    assert.equal(
      await readFile(new URL(`../../${path}`, import.meta.url), 'utf8'),
      expected,
      `${path}: run npm run docs`,
    )
})

test('an API key opens what it is meant for', async () => {
  const viewer = await newKey({})
  const narrow = await newKey({ role: 'operator', operations: ['authorizers.get'], appids: ['wxmine'] })
  const ended = await newKey({ expiresAt: new Date(Date.now() + 400).toISOString() })
  const revoked = await newKey({})
  await platform.tell('apiKeys.revoke', { keyId: revoked.keyId })
  const rows: [string, Called, string][] = [
    ['none', await call('bindings.list', { key: '' }), '401 UNAUTHENTICATED'],
    ['unknown', await call('bindings.list', { key: `mf_${'0'.repeat(16)}_${'0'.repeat(64)}` }), '401 UNAUTHENTICATED'],
    ['wrong secret', await call('bindings.list', { key: viewer.key.replace(/.$/, 'x') }), '401 UNAUTHENTICATED'],
    ['revoked', await call('bindings.list', { key: revoked.key }), '401 UNAUTHENTICATED'],
    ['in a query', await call(`bindings.list?apiKey=${viewer.key}`, { key: '' }), '401 UNAUTHENTICATED'],
    ['viewer reads', await call('bindings.list', { key: viewer.key }), '200 ok'],
    [
      'viewer changes',
      await call('bindings.createLink', { key: viewer.key, input: { businessId: 'b' } }),
      '403 PERMISSION_DENIED',
    ],
    ['other operation', await call('bindings.list', { key: narrow.key }), '403 PERMISSION_DENIED'],
    [
      'other appid',
      await call('authorizers.get', { key: narrow.key, input: { appid: 'wxother' } }),
      '403 PERMISSION_DENIED',
    ],
    ['its own appid', await call('authorizers.get', { key: narrow.key, input: { appid: 'wxmine' } }), '404 NOT_FOUND'],
    ['unknown operation', await call('no.such'), '404 NOT_FOUND'],
    ['from the prototype', await call('constructor'), '404 NOT_FOUND'],
    ['bad shape before role', await call('admins.put', { key: viewer.key, input: { id: {} } }), '400 INVALID_ARGUMENT'],
    [
      'an unknown member',
      await call('bindings.get', { input: { businessId: 'b', openid: 'o' } }),
      '400 INVALID_ARGUMENT',
    ],
    ['no JSON', await call('bindings.list', { input: '{' }), '400 INVALID_ARGUMENT'],
    ['GET', await call('bindings.list', { method: 'GET' }), '405 INVALID_ARGUMENT'],
  ]
  for (const [title, called, expected] of rows) {
    assert.equal(outcome(called), expected, title)
    assert.match(called.headers.get('x-request-id') ?? '', /./, title)
  }
  const { items } = await owner.call('apiKeys.list')
  assert.ok(items.find(({ keyId }) => keyId === viewer.keyId)?.lastUsedAt)
  assert.doesNotMatch(
    JSON.stringify([items, platform.host.database.dump(), platform.log]),
    new RegExp(viewer.key.slice(-64)),
  )
  await new Promise((resolve) => setTimeout(resolve, 401))
  assert.equal(outcome(await call('bindings.list', { key: ended.key })), '401 UNAUTHENTICATED')
})

test('the same Idempotency-Key repeats the answer', async () => {
  const once = { input: { businessId: 'twice' }, headers: { 'idempotency-key': 'k-1' } }
  const first = await call('bindings.createLink', once)
  assert.deepEqual((await call('bindings.createLink', once)).body, first.body)
  const other = await call('bindings.createLink', { ...once, input: { businessId: 'other' } })
  assert.equal(outcome(other), '409 CONFLICT')
  // Reading ones need none and do not mind it.
  assert.equal(outcome(await call('bindings.get', once)), '200 ok')
})

const from = (origin: string) => call('bindings.list', { method: 'OPTIONS', headers: { origin } })

test('browsers of other origins are not let in', async () => {
  const good = await from('https://console.example')
  assert.equal(good.headers.get('access-control-allow-origin'), 'https://console.example')
  assert.match(good.headers.get('access-control-allow-headers') ?? '', /idempotency-key/)
  for (const origin of ['https://evil.example', 'https://console.example.evil.example', 'null'])
    assert.equal((await from(origin)).headers.get('access-control-allow-origin'), null, origin)
})

test('the typed client tells errors with what to do, and repeats what may be repeated', async () => {
  const error = await owner.call('authorizers.get', { appid: 'wxnobody' }).catch((cause: unknown) => cause)
  assert.ok(error instanceof MinifleetError)
  assert.equal(error.code, 'NOT_FOUND')
  assert.equal(error.field, 'appid')
  assert.equal(error.retryable, false)
  assert.match(error.hint ?? '', /bindings\.createLink/)
  assert.match(error.requestId ?? '', /./)

  // The first answer is lost on its way; the second attempt carries the same key.
  const keys: (string | null)[] = []
  const flaky: typeof fetch = async (url, init) => {
    keys.push(new Headers(init?.headers).get('idempotency-key'))
    const response = await fetch(url, init)
    if (keys.length === 1) throw new TypeError('fetch failed')
    return response
  }
  const client = createClient({ baseUrl: `${platform.host.url}/`, apiKey: ownerKey, fetch: flaky })
  await client.call('admins.put', { id: 'o-new', role: 'viewer' })
  assert.equal(keys.length, 2)
  assert.ok(keys[0])
  assert.equal(keys[0], keys[1])
  const log = await owner.call('activity.list')
  assert.equal(log.items.filter(({ operation }) => operation === 'admins.put').length, 1)

  for (const id of ['o-1', 'o-2', 'o-3', 'o-4']) await owner.call('admins.put', { id, role: 'viewer' })
  const ids: string[] = []
  for await (const admin of owner.all('admins.list', { limit: 2 })) ids.push(admin.id)
  assert.deepEqual(ids.toSorted(), ['o-1', 'o-2', 'o-3', 'o-4', 'o-new', 'o-owner'])
  // Those of ADMIN_OPENIDS count as items of a page like the others.
  const single: string[] = []
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await owner.call('admins.list', { limit: 1, ...(cursor !== undefined && { cursor }) })
    assert.ok(items.length <= 1)
    single.push(...items.map(({ id }) => id))
    cursor = nextCursor
    if (cursor === undefined) break
  }
  assert.deepEqual(single, ids)
})

const putting = (url: string) => codeOf(owner.call('subscriptions.put', { url, match: {} }))

const answering = (...answers: (() => Response | Promise<Response>)[]) => {
  const sent: { url: string; key: string | null; body: unknown }[] = []
  const send: typeof fetch = async (url, init) => {
    const { body } = init ?? {}
    sent.push({
      url: typeof url === 'string' ? url : 'no text',
      key: new Headers(init?.headers).get('idempotency-key'),
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    })
    const answer = answers[Math.min(sent.length, answers.length) - 1]
    return answer ? answer() : Promise.reject(new TypeError('fetch failed'))
  }
  const client = createClient({ baseUrl: 'https://platform.example/base/', apiKey: 'mf_x', fetch: send, attempts: 2 })
  return { sent, client }
}

const failing = (code: string, retryable: boolean, after?: string) => () =>
  Response.json(
    { ok: false, error: { code, message: 'm', retryable, requestId: 'r' } },
    { status: 503, headers: { ...(after !== undefined && { 'retry-after': after }) } },
  )
const done = () => Response.json({ ok: true, data: { items: [] } })
const page = (status: number) => () => new Response('<html>gateway</html>', { status })

test('the typed client repeats what may succeed later, and nothing else', async () => {
  const rows: [title: string, answers: (() => Response)[], outcome: string, calls: number][] = [
    ['at once', [done], 'ok', 1],
    ['the second time', [failing('WECHAT_UNAVAILABLE', true), done], 'ok', 2],
    ['never', [failing('STORAGE_UNAVAILABLE', true)], 'STORAGE_UNAVAILABLE', 2],
    ['a quota', [failing('QUOTA_EXCEEDED', true)], 'QUOTA_EXCEEDED', 1],
    ['a quota that begins anew at once', [failing('QUOTA_EXCEEDED', true, '0'), done], 'ok', 2],
    ['a quota that began anew', [failing('QUOTA_EXCEEDED', true, 'Wed, 21 Oct 2015 07:28:00 GMT'), done], 'ok', 2],
    ['a quota that begins anew tomorrow', [failing('QUOTA_EXCEEDED', true, '86400'), done], 'QUOTA_EXCEEDED', 1],
    ['a header that says nothing', [failing('WECHAT_UNAVAILABLE', true, 'soon'), done], 'ok', 2],
    ['a refusal with a time', [failing('CONFLICT', false, '0'), done], 'CONFLICT', 1],
    ['a gateway that has enough', [page(429), done], 'ok', 2],
    ['a gateway that sends elsewhere', [page(302), done], 'UNREACHABLE', 1],
    ['a refusal', [failing('CONFLICT', false)], 'CONFLICT', 1],
    ['a gateway in trouble', [page(502), done], 'ok', 2],
    ['a gateway that refuses', [page(403)], 'UNREACHABLE', 1],
    ['nobody', [], 'UNREACHABLE', 2],
  ]
  for (const [title, answers, expected, calls] of rows) {
    const { client, sent } = answering(...answers)
    assert.equal(await codeOf(client.call('bindings.list')), expected, title)
    assert.equal(sent.length, calls, title)
    assert.equal(sent[0]?.url, 'https://platform.example/base/api/v1/bindings.list')
    assert.equal(new Set(sent.map(({ key }) => key)).size, 1, `${title}: every attempt under one key`)
  }
  const { client, sent } = answering(failing('WECHAT_UNAVAILABLE', true))
  await codeOf(client.call('bindings.unbind', { businessId: 'b' }, { idempotencyKey: 'mine' }))
  assert.deepEqual(
    sent.map(({ key, body }) => [key, body]),
    [
      ['mine', { businessId: 'b' }],
      ['mine', { businessId: 'b' }],
    ],
  )
  const stopped = answering(failing('WECHAT_UNAVAILABLE', true))
  const signal = AbortSignal.abort(new Error('stopped'))
  assert.equal(await codeOf(stopped.client.call('bindings.list', {}, { signal })), 'Error: stopped')
  assert.equal(stopped.sent.length, 1)

  // Ended in the middle of a pause.
  const pausing = answering(failing('QUOTA_EXCEEDED', true, '9'))
  const limit = new AbortController()
  const ended = codeOf(pausing.client.call('bindings.list', {}, { signal: limit.signal }))
  setImmediate(() => setImmediate(() => limit.abort(new Error('enough'))))
  assert.equal(await ended, 'Error: enough')
  assert.equal(pausing.sent.length, 1)

  const wrong = answering(done)
  for (const call of [
    wrong.client.call('bindings.list', {}, { idempotencyKey: '花店' }),
    createClient({ baseUrl: '', apiKey: 'mf_x' }).call('bindings.list'),
  ])
    assert.match(await codeOf(call), /^TypeError/)
  assert.equal(wrong.sent.length, 0)
})

test('every operation with pages is a list of the client', async () => {
  const lists: Readonly<Record<ListName, true>> = {
    'activity.list': true,
    'admins.list': true,
    'apiKeys.list': true,
    'authorizers.list': true,
    'authorizers.timeline': true,
    'bindings.list': true,
    'confirmations.list': true,
    'events.list': true,
    'invites.list': true,
    'problems.list': true,
    'releases.list': true,
    'rollouts.items': true,
    'rollouts.list': true,
    'sessions.list': true,
    'subscriptions.deliveries': true,
    'subscriptions.list': true,
    'templates.list': true,
    'templates.listDrafts': true,
  }
  const paged = Object.entries(await ownOperations()).filter(([, { input }]) => 'cursor' in input)
  assert.deepEqual(Object.keys(lists).toSorted(), paged.map(([name]) => name).toSorted())
})

test('events go to public https addresses only', async () => {
  const refused = [
    'http://shop.example.com/', // not https
    'ftp://shop.example.com/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://127。0。0。1/',
    'https://127.0.0.1./',
    'HTTPS://127.0.0.1:443/',
    'https://0x7f000001/',
    'https://017700000001/',
    'https://%31%32%37.0.0.1/',
    'https://①②⑦.0.0.1/',
    'https://0.0.0.0/',
    'https://0/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://9.0.0.1/', // inside Tencent's cloud
    'https://9.255.255.255/',
    'https://11.0.0.1/',
    'https://21.1.2.3/',
    'https://30.255.0.1/',
    'https://100.64.0.1/',
    'https://100.100.100.200/', // metadata
    'https://169.254.169.254/',
    'https://192.0.0.1/',
    'https://192.0.2.1/',
    'https://192.88.99.1/',
    'https://198.51.100.1/',
    'https://203.0.113.7/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[::ffff:10.0.0.1]:8443/',
    'https://[::ffff:0:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b::10.0.0.1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[100::1]/',
    'https://[2001::1]/',
    'https://[2001:db8::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2002:c0a8:101::1]/',
    'https://[3fff::1]/',
    'https://[fec0::1]/',
    'https://[febf::1]/',
    'https://[fe80::1]/',
    'https://[fc00::1]/',
    'https://[fd00:ec2::254]/',
    'https://[ff02::1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://user:pass@shop.example.com/',
    'https://user@shop.example.com/',
    'https://127.0.0.1%2f@shop.example.com/',
    'https://shop.example.com@127.0.0.1/',
    'https://shop.example.com\\@127.0.0.1/',
    'https://shop.example.com/#fragment',
    ' https://shop.example.com/',
    'https://shop.exa\tmple.com/',
    'https:///127.0.0.1/',
    'https:127.0.0.1/',
    '//127.0.0.1/',
    'https://shop.example.com:99999/',
    'https://',
    'https://.',
    'wss://shop.example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:alert(1)',
    '',
    `https://shop.example.com/${'x'.repeat(2048)}`,
  ]
  for (const url of refused) assert.equal(await putting(url), 'INVALID_ARGUMENT url', url)
  for (const url of [
    'https://shop.example.com/events?x=1',
    'https://shop.example.com:8443/',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])
    assert.equal(await putting(url), 'ok', url)
})

test('a name that leads inside is found out at the connection itself', async () => {
  const server = await startBusinessServer()
  const { port } = new URL(server.url)
  for (const name of ['loopback', 'private', 'metadata', 'mapped', 'local6', 'mixed']) {
    const { subscriptionId } = await owner.call('subscriptions.put', {
      url: `https://${name}.example.com:${port}/`,
      match: {},
    })
    const { delivered, error } = await owner.call('subscriptions.test', { subscriptionId })
    assert.equal(delivered, false, name)
    assert.deepEqual([error?.code, error?.params], ['ADDRESS_NOT_PUBLIC', { objection: 'notPublic' }], name)
  }
  assert.equal(server.connections, 0)
  await server.close()
})

test('one key is held to 600 calls a minute, others go on', async () => {
  const busy = await newKey({})
  // In two waves: the minute may end in between, and the count with it.
  const wave = () => Promise.all(Array.from({ length: 610 }, () => call('no.such', { key: busy.key })))
  const seen = new Set((await wave()).map(outcome))
  if (seen.size === 1) for (const called of await wave()) seen.add(outcome(called))
  assert.deepEqual([...seen].toSorted(), ['404 NOT_FOUND', '429 QUOTA_EXCEEDED'])
  assert.equal(outcome(await call('bindings.list')), '200 ok')
})
