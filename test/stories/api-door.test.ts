import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { request as send } from 'node:http'
import { databaseCalls } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'

/* What a stranger, a careless caller and a holder of a narrow key meet at POST /api/v1/{operation}. */

let platform: LocalPlatform
let key = ''
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
  key = await newKey({ role: 'owner' })
})
after(() => platform.close())

async function newKey(given: object): Promise<string> {
  return String((await platform.tell('apiKeys.create', { name: 'test', role: 'viewer', ...given }))['key'])
}

interface Request {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  readonly ok?: boolean
  readonly error?: { readonly code: string; readonly field?: string; readonly requestId: string }
}

/** As it stands on the wire: nothing is added that a library would add. */
function call(operation: string, { method = 'POST', headers, body = '{}' }: Request = {}): Promise<Answer> {
  const given = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers }
  return new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '-')) }
    const outgoing = send(`${platform.host.url}/api/v1/${operation}`, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const isJson = String(response.headers['content-type']).startsWith('application/json')
        const read: object = isJson && text !== '' ? JSON.parse(text) : {}
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, ...read })
      })
    })
    outgoing.on('error', reject).end(method === 'POST' || method === 'PUT' ? body : undefined)
  })
}

const dataOf = ({ text }: Answer): unknown => JSON.parse(text)

const outcome = ({ status, error }: Answer): string =>
  [status, error?.code ?? 'ok', error?.field].filter(Boolean).join(' ')

test('the key stands in Authorization, and nowhere else', async () => {
  const rows: [title: string, headers: Record<string, string>, expected: string][] = [
    ['as documented', {}, '200 ok'],
    ['lower case', { authorization: `bearer ${key}` }, '200 ok'],
    ['upper case', { authorization: `BEARER ${key}` }, '200 ok'],
    ['more space', { authorization: `Bearer    ${key}  ` }, '200 ok'],
    ['missing', { authorization: '-' }, '401 UNAUTHENTICATED'],
    ['empty', { authorization: '' }, '401 UNAUTHENTICATED'],
    ['no key', { authorization: 'Bearer' }, '401 UNAUTHENTICATED'],
    ['no scheme', { authorization: key }, '401 UNAUTHENTICATED'],
    ['no space', { authorization: `Bearer${key}` }, '401 UNAUTHENTICATED'],
    ['another scheme', { authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` }, '401 UNAUTHENTICATED'],
    ['something behind it', { authorization: `Bearer ${key} x` }, '401 UNAUTHENTICATED'],
    ['two of them', { authorization: `Bearer ${key}, Bearer ${key}` }, '401 UNAUTHENTICATED'],
    ['upper-case key', { authorization: `Bearer ${key.toUpperCase()}` }, '401 UNAUTHENTICATED'],
    ['in another header', { authorization: '-', 'x-api-key': key }, '401 UNAUTHENTICATED'],
    ['an identity of the cloud', { authorization: '-', 'x-wx-openid': 'o-owner' }, '401 UNAUTHENTICATED'],
  ]
  for (const [title, headers, expected] of rows) {
    const answer = await call('bindings.list', { headers })
    assert.equal(outcome(answer), expected, title)
    assert.match(String(answer.headers['x-request-id']), /^[\w.:-]+$/, title)
    if (answer.error) assert.equal(answer.error.requestId, answer.headers['x-request-id'], title)
    assert.doesNotMatch(answer.text, /mf_[0-9a-f]/, title)
  }
  const inBody = await call('bindings.list', { headers: { authorization: '-' }, body: JSON.stringify({ apiKey: key }) })
  assert.equal(outcome(inBody), '401 UNAUTHENTICATED')
})

test('size and method are looked at first, then the key, the operation, the shape, the role', async () => {
  const viewer = { authorization: `Bearer ${await newKey({})}` }
  const none = { authorization: '-' }
  const big = JSON.stringify({ businessId: 'x'.repeat(100 * 1024) })
  const rows: [title: string, operation: string, given: Request, expected: string][] = [
    ['too large, no key', 'bindings.get', { headers: none, body: big }, '413 INVALID_ARGUMENT'],
    ['GET, no key', 'bindings.list', { headers: none, method: 'GET' }, '405 INVALID_ARGUMENT'],
    ['HEAD', 'bindings.list', { method: 'HEAD' }, '405 ok'],
    ['PUT', 'bindings.list', { method: 'PUT' }, '405 INVALID_ARGUMENT'],
    ['DELETE', 'bindings.list', { method: 'DELETE' }, '405 INVALID_ARGUMENT'],
    ['PATCH of nothing', 'no.such', { method: 'PATCH' }, '405 INVALID_ARGUMENT'],
    ['unknown operation, no key', 'no.such', { headers: none }, '401 UNAUTHENTICATED'],
    ['no JSON, no key', 'bindings.list', { headers: none, body: '{' }, '401 UNAUTHENTICATED'],
    ['unknown operation, no JSON', 'no.such', { body: '{' }, '404 NOT_FOUND operation'],
    ['a name of a prototype', 'toString', {}, '404 NOT_FOUND operation'],
    ['its noun only', 'bindings', {}, '404 NOT_FOUND operation'],
    ['other case', 'Bindings.list', {}, '404 NOT_FOUND operation'],
    ['bad shape, low role', 'admins.put', { headers: viewer, body: '{"id":1}' }, '400 INVALID_ARGUMENT id'],
    ['low role', 'admins.list', { headers: viewer }, '403 PERMISSION_DENIED'],
    [
      'low role, nothing there',
      'rollouts.pause',
      { headers: viewer, body: '{"rolloutId":"x"}' },
      '403 PERMISSION_DENIED',
    ],
  ]
  for (const [title, operation, given, expected] of rows) {
    const answer = await call(operation, given)
    assert.equal(outcome(answer), expected, title)
    assert.match(String(answer.headers['x-request-id']), /./, title)
  }
  assert.equal((await call('bindings.list', { method: 'PUT' })).headers['allow'], 'POST, GET, OPTIONS')
})

test('a body is one JSON object', async () => {
  const rows: [title: string, body: string | Buffer, expected: string, headers?: Record<string, string>][] = [
    ['empty', '', '200 ok'],
    ['an empty object', '{}', '200 ok'],
    ['space around it', '\r\n {"limit": 5} ', '200 ok'],
    ['a byte order mark', '\uFEFF{"limit":5}', '200 ok'],
    ['nothing but that', '\uFEFF\r\n', '200 ok'],
    ['text/plain', '{"limit":5}', '200 ok', { 'content-type': 'text/plain' }],
    ['with a charset', '{"limit":5}', '200 ok', { 'content-type': 'application/json; charset=UTF-8' }],
    ['no type', '{"limit":5}', '200 ok', { 'content-type': '-' }],
    ['a list', '[]', '400 INVALID_ARGUMENT'],
    ['a list of one', '[{"limit":5}]', '400 INVALID_ARGUMENT'],
    ['null', 'null', '400 INVALID_ARGUMENT'],
    ['a text', '"limit"', '400 INVALID_ARGUMENT'],
    ['a number', '5', '400 INVALID_ARGUMENT'],
    ['a form', 'limit=5', '400 INVALID_ARGUMENT', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['cut off', '{"limit":', '400 INVALID_ARGUMENT'],
    ['two', '{}{}', '400 INVALID_ARGUMENT'],
    ['XML', '<xml/>', '400 INVALID_ARGUMENT', { 'content-type': 'text/xml' }],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), '400 INVALID_ARGUMENT'],
    ['a text as limit', '{"limit":"5"}', '400 INVALID_ARGUMENT limit'],
    ['too many', '{"limit":101}', '400 INVALID_ARGUMENT limit'],
    ['unknown member', '{"limits":5}', '400 INVALID_ARGUMENT limits'],
    ['a prototype', '{"__proto__":{"limit":5}}', '400 INVALID_ARGUMENT __proto__'],
    ['very deep', `${'['.repeat(40_000)}${']'.repeat(40_000)}`, '400 INVALID_ARGUMENT'],
    ['very deep inside', `{"cursor":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, '400 INVALID_ARGUMENT'],
    ['a cursor of somebody', '{"cursor":"eA"}', '400 INVALID_ARGUMENT cursor'],
  ]
  for (const [title, body, expected, headers] of rows) {
    const answer = await call('bindings.list', { body, ...(headers && { headers }) })
    assert.ok(outcome(answer).startsWith(expected), `${title}: ${outcome(answer)}`)
  }
})

test('browsers are not let in where nothing is configured', async () => {
  for (const method of ['OPTIONS', 'POST', 'GET']) {
    const { headers } = await call('bindings.list', { method, headers: { origin: 'https://console.example' } })
    assert.deepEqual(
      Object.keys(headers).filter((name) => name.startsWith('access-control')),
      [],
      method,
    )
  }
})

test('an idempotency key comes as header or in the body', async () => {
  const link = (businessId: string, header: string | undefined, own?: string) =>
    call('bindings.createLink', {
      ...(header !== undefined && { headers: { 'idempotency-key': header } }),
      body: JSON.stringify({ businessId, ...(own !== undefined && { idempotencyKey: own }) }),
    })
  const first = await link('k', 'one')
  assert.equal(outcome(first), '200 ok')
  assert.deepEqual(dataOf(await link('k', 'one')), dataOf(first))
  assert.deepEqual(dataOf(await link('k', undefined, 'one')), dataOf(first))
  assert.deepEqual(dataOf(await link('k', 'another', 'one')), dataOf(first), 'the body goes before the header')
  assert.notDeepEqual(dataOf(await link('k', 'two')), dataOf(first))
  assert.equal(outcome(await link('other', 'one')), '409 CONFLICT idempotencyKey')
  assert.equal(outcome(await link('k', 'x'.repeat(128))), '200 ok')
  for (const [header, own] of [['x'.repeat(129)], [''], [undefined, ''], [undefined, 'x'.repeat(129)]] as const)
    assert.equal(outcome(await link('k', header, own)), '400 INVALID_ARGUMENT idempotencyKey', `${header} ${own}`)
  // The same key of somebody else, or of another operation, is another key.
  const other = { authorization: `Bearer ${await newKey({ role: 'operator' })}`, 'idempotency-key': 'one' }
  const theirs = await call('bindings.createLink', { headers: other, body: '{"businessId":"k"}' })
  assert.notDeepEqual(dataOf(theirs), dataOf(first))
})

test('a new key or secret is repeated under its idempotency key, and lies sealed until then', async () => {
  const headers = { 'idempotency-key': 'made-once' }
  for (const [operation, body] of [
    ['apiKeys.create', '{"name":"n","role":"viewer"}'],
    ['subscriptions.put', '{"url":"https://shop.example.com/","match":{"type":"none"}}'],
  ] as const) {
    const first = await call(operation, { headers, body })
    assert.equal(outcome(first), '200 ok')
    assert.equal((await call(operation, { headers, body })).text, first.text)
    const { data }: { data: { key?: string; secret?: string } } = JSON.parse(first.text)
    const made = data.key?.slice(-64) ?? data.secret?.slice(6) ?? ''
    assert.ok(made.length > 40)
    assert.ok(!JSON.stringify([platform.host.database.dump(), platform.log]).includes(made), operation)
  }
})

test('a key ends at once, also where it is in use', async () => {
  const made = await platform.tell('apiKeys.create', { name: 'short', role: 'viewer' })
  const headers = { authorization: `Bearer ${String(made['key'])}` }
  assert.equal(outcome(await call('bindings.list', { headers })), '200 ok')
  // Its use is noted once an hour.
  platform.host.database.faults.resetCounts()
  assert.equal(outcome(await call('bindings.list', { headers })), '200 ok')
  assert.deepEqual(databaseCalls(platform), { reads: 1, writes: 0 })
  await call('apiKeys.revoke', { body: JSON.stringify({ keyId: made['keyId'] }) })
  assert.equal(outcome(await call('bindings.list', { headers })), '401 UNAUTHENTICATED')
  assert.equal(outcome(await call('apiKeys.revoke', { body: '{"keyId":"nobody"}' })), '404 NOT_FOUND keyId')
  for (const expiresAt of ['2020-01-01T00:00:00Z', 'tomorrow', 1_900_000_000_000])
    assert.equal(
      outcome(await call('apiKeys.create', { body: JSON.stringify({ name: 'x', role: 'viewer', expiresAt }) })),
      '400 INVALID_ARGUMENT expiresAt',
    )
})

test('a narrow key reaches what it names, and cannot widen itself', async () => {
  const [mine, other] = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
  const narrow = await newKey({ role: 'owner', appids: [mine] })
  const rows: [operation: string, input: object, expected: string][] = [
    ['authorizers.get', { appid: mine }, '200 ok'],
    ['authorizers.get', { appid: other }, '403 PERMISSION_DENIED appid'],
    ['authorizers.list', {}, '200 ok'],
    ['bindings.list', {}, '200 ok'],
    ['platform.status', {}, '403 PERMISSION_DENIED appids'],
    ['bindings.get', { businessId: 'b' }, '403 PERMISSION_DENIED appids'],
    ['events.list', {}, '200 ok'],
    ['events.list', { appid: mine }, '200 ok'],
    ['releases.list', { appid: other }, '403 PERMISSION_DENIED appid'],
    ['releases.list', { appid: mine }, '200 ok'],
    ['releases.preflight', { appids: [mine] }, '200 ok'],
    ['releases.preflight', { appids: [mine, other] }, '403 PERMISSION_DENIED appids'],
    ['tokens.authorizer', { appid: mine }, '200 ok'],
    ['tokens.authorizer', { appid: other }, '403 PERMISSION_DENIED appid'],
    ['tokens.component', {}, '403 PERMISSION_DENIED appids'],
    ['wechat.call', { appid: mine, path: '/wxa/getversioninfo', body: {} }, '200 ok'],
    ['wechat.call', { path: '/wxa/gettemplatelist' }, '403 PERMISSION_DENIED appids'],
    [
      'rollouts.create',
      { name: 'x', templateId: 1, version: '1', description: 'x', all: true },
      '403 PERMISSION_DENIED appids',
    ],
    ['rollouts.get', { rolloutId: 'x' }, '403 PERMISSION_DENIED appids'],
    [
      'subscriptions.put',
      { url: 'https://example.com/', match: { appid: other } },
      '403 PERMISSION_DENIED match.appid',
    ],
    ['subscriptions.put', { url: 'https://example.com/', match: {} }, '403 PERMISSION_DENIED appids'],
    ['apiKeys.create', { name: 'x', role: 'owner' }, '403 PERMISSION_DENIED appids'],
    ['apiKeys.create', { name: 'x', role: 'owner', appids: [] }, '400 INVALID_ARGUMENT appids'],
    ['apiKeys.create', { name: 'x', role: 'owner', appids: [other] }, '403 PERMISSION_DENIED appids'],
    ['apiKeys.list', {}, '403 PERMISSION_DENIED appids'],
    ['admins.put', { id: 'o-x', role: 'owner' }, '403 PERMISSION_DENIED appids'],
  ]
  for (const [operation, input, expected] of rows) {
    const headers = { authorization: `Bearer ${narrow}` }
    const answer = await call(operation, { headers, body: JSON.stringify(input) })
    assert.equal(outcome(answer), expected, `${operation} ${JSON.stringify(input)}`)
  }

  const maker = {
    authorization: `Bearer ${await newKey({ role: 'owner', operations: ['apiKeys.create', 'bindings.list'] })}`,
  }
  const make = (given: object) =>
    call('apiKeys.create', { headers: maker, body: JSON.stringify({ name: 'x', role: 'owner', ...given }) })
  assert.equal(outcome(await make({})), '403 PERMISSION_DENIED operations')
  assert.equal(
    outcome(await make({ operations: ['bindings.list', 'wechat.call'] })),
    '403 PERMISSION_DENIED operations',
  )
  assert.equal(outcome(await make({ operations: ['bindings.list'] })), '200 ok')
  assert.equal(outcome(await make({ operations: [] })), '400 INVALID_ARGUMENT operations')
})

test('tokens are lent with the validity that was asked for; the refresh token stays', async () => {
  const appid = await authorizedMerchant(platform)
  const lend = async (input: object) => call('tokens.authorizer', { body: JSON.stringify(input) })
  const first = JSON.parse((await lend({ appid })).text).data
  assert.deepEqual(Object.keys(first).toSorted(), ['accessToken', 'expiresAt'])
  assert.ok(Date.parse(first.expiresAt) > Date.now())
  const long = JSON.parse((await lend({ appid, minValiditySeconds: 3600 })).text).data
  assert.ok(Date.parse(long.expiresAt) - Date.now() >= 3_600_000)
  for (const minValiditySeconds of [3601, -1, 1.5, '60', null])
    assert.equal(outcome(await lend({ appid, minValiditySeconds })), '400 INVALID_ARGUMENT minValiditySeconds')
  assert.equal(outcome(await lend({ appid: 'wxnobody' })), '404 NOT_FOUND appid')
  const component = await call('tokens.component')
  assert.equal(outcome(component), '200 ok')
  const operator = { authorization: `Bearer ${await newKey({ role: 'operator' })}` }
  assert.equal(outcome(await call('tokens.component', { headers: operator })), '403 PERMISSION_DENIED')
  await platform.wechat.control.unauthorize(appid)
  await platform.wechat.control.settle()
  assert.equal(outcome(await lend({ appid })), '409 REAUTHORIZATION_REQUIRED')

  const { items } = await platform.tell('activity.list', { limit: 100 })
  assert.ok(Array.isArray(items))
  const lendings = items.filter(({ operation }) => String(operation).startsWith('tokens.'))
  assert.ok(lendings.some(({ operation }) => operation === 'tokens.component'))
  assert.ok(lendings.filter((one) => one.operation === 'tokens.authorizer' && one.appid === appid).length >= 2)
  const seen = JSON.stringify([items, platform.log, platform.host.database.dump()])
  for (const { accessToken } of [first, long, JSON.parse(component.text).data]) assert.ok(!seen.includes(accessToken))
})
