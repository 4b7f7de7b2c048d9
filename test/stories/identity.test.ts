import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { groupBy } from '../../shared/grouping.ts'
import { openDirectCalls, type DirectCalls } from '../fixtures/direct-calls.ts'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { request } from '../fixtures/pushes.ts'
import { readSampleInputs } from '../fixtures/sample-inputs.ts'

let platform: LocalPlatform
let direct: DirectCalls
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 2 } })
  await platform.tell('admins.put', { id: 'o-viewer', role: 'viewer' })
  await platform.tell('admins.put', { id: 'o-operator', role: 'operator' })
  direct = await openDirectCalls(platform)
})
after(async () => {
  direct.close()
  await platform.close()
})
beforeEach(async () => {
  platform.host.database.faults.resetCounts()
  await platform.wechat.control.resetCalls()
})

/** Collections that were touched, with the kind of request. */
const touched = (): string[] => Object.keys(platform.host.database.faults.counts()).filter((name) => name.includes(' '))

async function assertUntouched(): Promise<void> {
  assert.deepEqual(touched(), [])
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
}

interface Refusal {
  readonly ok?: boolean
  readonly error?: { readonly code: string; readonly field?: string; readonly message: string }
}
const read = (answer: unknown): Refusal => JSON.parse(typeof answer === 'string' ? answer : JSON.stringify(answer))
const codeOf = (answer: unknown): string => {
  const { ok, error } = read(answer)
  return ok === true ? 'ok' : (error?.code ?? 'nothing')
}

const operations = await allOperations()
const sampleInputs = await readSampleInputs()
const inputs = Object.keys(operations).map((operation) => ({ operation, input: sampleInputs[operation] ?? {} }))
const environment = (variables: object) => ({ environment: JSON.stringify(variables) })

test('nobody can do anything, whatever the event claims', async () => {
  const claims = {
    openid: OWNER,
    userInfo: { openId: OWNER, appId: 'wx0' },
    WX_OPENID: OWNER,
    context: environment({ WX_OPENID: OWNER }),
    environment: JSON.stringify({ WX_OPENID: OWNER }),
  }
  const contexts = [
    {},
    null,
    'WX_OPENID=o-owner',
    environment({}),
    environment({ WX_OPENID: '' }),
    environment({ WX_OPENID: [OWNER] }),
    { environment: { WX_OPENID: OWNER } },
    { environment: 'WX_OPENID=o-owner' },
    { environment: '{"WX_OPENID":"o-owner"' },
    { WX_OPENID: OWNER },
    { environ: 'TCB_SOURCE=scf' },
    // Another value wrote the name a second time.
    { environ: `WX_APPID=wx0;WX_OPENID=x;WX_OPENID=${OWNER}` },
    environment({ WX_OPENID_: OWNER, WX_FROM_OPENID: OWNER, TCB_CUSTOM_USER_ID: OWNER }),
    environment({ TCB_UUID: OWNER, TCB_ISANONYMOUS_USER: 'true' }),
    environment({ TCB_UUID: OWNER, LOGINTYPE: 'ANONYMOUS' }),
  ]
  for (const { operation, input } of inputs)
    for (const event of [
      { operation, input },
      { operation, input, ...claims },
    ])
      assert.equal(codeOf(await direct.call('manage', { event })), 'UNAUTHENTICATED', operation)
  for (const context of contexts)
    for (const name of ['manage', 'bindAuthorizer', 'commitCode', 'submitAudit', 'release']) {
      const answer = await direct.call(name, { event: { operation: 'admins.list', ...claims }, context })
      assert.equal(codeOf(answer), 'UNAUTHENTICATED', JSON.stringify([name, context]))
    }
  await assertUntouched()
})

test('what a former call left in the process grants nothing', async () => {
  const owner = { WX_OPENID: OWNER, WX_CONTEXT_KEYS: 'WX_OPENID' }
  const event = { operation: 'admins.list' }
  assert.equal(codeOf(await direct.call('manage', { event, context: environment(owner), variables: owner })), 'ok')
  assert.equal(codeOf(await direct.call('manage', { event, context: environment({}) })), 'UNAUTHENTICATED')
  const stranger = environment({ WX_OPENID: 'o-stranger' })
  assert.equal(codeOf(await direct.call('manage', { event, context: stranger })), 'PERMISSION_DENIED')
  // The former form of the context counts, where it is all there is.
  assert.equal(codeOf(await direct.call('manage', { event, context: { environ: `WX_OPENID=${OWNER};A=b` } })), 'ok')
  assert.equal(
    codeOf(await direct.call('manage', { event, context: { ...environment({}), environ: `WX_OPENID=${OWNER}` } })),
    'UNAUTHENTICATED',
  )
  assert.equal(codeOf(await direct.call('refreshTokens', { event: {}, context: environment({}) })), 'nothing')
})

test('strangers and lesser roles are refused before anything but their role is read', async () => {
  const ranks = ['viewer', 'operator', 'owner']
  for (const [openid, rank] of [
    ['o-stranger', -1],
    ['o-viewer', 0],
    ['o-operator', 1],
  ] as const)
    for (const { operation, input } of inputs) {
      const { role = '', getRole = role } = operations[operation] ?? {}
      const needed = ranks.indexOf(Object(input).action === 'get' ? getRole : role)
      if (needed <= rank) continue
      const code = codeOf(await platform.host.invoke('manage', { operation, input }, { openid }))
      if (sampleInputs[operation]) assert.equal(code, 'PERMISSION_DENIED', `${openid} ${operation}`)
      else assert.match(code, /PERMISSION_DENIED|INVALID_ARGUMENT/, `${openid} ${operation}`)
    }
  const web = { uid: 'u-stranger' }
  assert.equal(codeOf(await platform.host.invoke('manage', { operation: 'bindings.list' }, web)), 'PERMISSION_DENIED')
  assert.ok(
    touched().every((name) => name.endsWith(' admins')),
    touched().join(),
  )
  assert.deepEqual(await platform.wechat.control.callCounts(), {})
})

test('an owner of ADMIN_OPENIDS is one by that openid only', async () => {
  const event = { operation: 'admins.list', input: {} }
  for (const identity of [
    { uid: OWNER },
    { openid: `${OWNER} ` },
    { openid: OWNER.toUpperCase() },
    { openid: `openid:${OWNER}` },
  ])
    assert.equal(
      codeOf(await platform.host.invoke('manage', event, identity)),
      'PERMISSION_DENIED',
      JSON.stringify(identity),
    )
})

const httpEvent = {
  path: '/',
  httpMethod: 'POST',
  headers: { 'content-type': 'application/json' },
  queryStringParameters: {},
  requestContext: { requestId: 'r' },
  body: JSON.stringify({ operation: 'admins.list', input: {} }),
  isBase64Encoded: false,
}

test('each kind of function refuses the calls of the others', async () => {
  const owner = environment({ WX_OPENID: OWNER })
  for (const name of ['manage', 'bindAuthorizer', 'commitCode', 'submitAudit', 'release'])
    for (const event of [httpEvent, { ...httpEvent, operation: 'admins.list', input: {} }])
      for (const context of [environment({}), owner])
        assert.match(codeOf(await direct.call(name, { event, context })), /^(UNAUTHENTICATED|PERMISSION_DENIED)$/, name)
  const clients = [
    owner,
    environment({ TCB_UUID: 'u1', TCB_ISANONYMOUS_USER: 'false' }),
    environment({ TCB_UUID: 'u1', TCB_ISANONYMOUS_USER: 'true', LOGINTYPE: 'ANONYMOUS' }),
    environment({ WX_FROM_OPENID: 'o1', TRIGGER_SRC: 'timer' }),
    { environ: 'WX_OPENID=o1' },
  ]
  const timerEvent = { Type: 'Timer', TriggerName: 'x', Time: '2026-01-01T00:00:00Z', Message: '' }
  for (const name of ['refreshTokens', 'processQueue']) {
    for (const context of clients)
      assert.equal(codeOf(await direct.call(name, { event: timerEvent, context })), 'PERMISSION_DENIED', name)
    for (const event of [httpEvent, { ...httpEvent, ...timerEvent }, { headers: {}, path: '/' }])
      assert.equal(
        codeOf(await direct.call(name, { event, context: environment({ TCB_SOURCE: 'wx_http' }) })),
        'PERMISSION_DENIED',
      )
  }
  for (const name of ['receiveTicket', 'receiveMessage', 'startAuth', 'authCallback', 'api', 'mcp'])
    for (const context of clients) {
      const answer: { statusCode?: number } = JSON.parse(await direct.call(name, { event: httpEvent, context }))
      assert.equal(answer.statusCode, 403, name)
    }
  await assertUntouched()
})

test('events of no known shape are refused, and nothing throws', async () => {
  const events = [
    null,
    0,
    'text',
    [],
    [1],
    {},
    { httpMethod: 1, path: 2 },
    { httpMethod: 'POST', path: ['x'] },
    { ...httpEvent, headers: [] },
    { ...httpEvent, body: {} },
  ]
  for (const name of direct.names) {
    if (name === 'refreshTokens' || name === 'processQueue') continue
    for (const event of events) {
      const answer = await direct.call(name, { event, context: environment({}) })
      assert.match(
        answer,
        /UNAUTHENTICATED|PERMISSION_DENIED|INVALID_ARGUMENT|NOT_FOUND|forbidden/,
        `${name} ${JSON.stringify(event)}`,
      )
      assert.doesNotMatch(answer, /INTERNAL/)
    }
  }
  await assertUntouched()
})

const as = (openid: string | undefined, event: object) =>
  platform.host.invoke('manage', event, openid === undefined ? undefined : { openid }).then(codeOf)

const action = (event: object) => platform.host.invoke('bindAuthorizer', event, { openid: OWNER }).then(codeOf)

test('identity, then operation, then shape, then role', async () => {
  const rows = [
    [undefined, { operation: 'no.such', input: 1 }, 'UNAUTHENTICATED'],
    ['o-stranger', { operation: 'no.such', input: 1 }, 'NOT_FOUND'],
    ['o-stranger', { operation: ['admins.list'], input: {} }, 'NOT_FOUND'],
    ['o-stranger', { operation: '__proto__', input: {} }, 'NOT_FOUND'],
    ['o-stranger', { operation: 'constructor', input: {} }, 'NOT_FOUND'],
    ['o-stranger', { operation: 'admins.put', input: { id: 5 } }, 'INVALID_ARGUMENT'],
    ['o-stranger', { operation: 'admins.list', input: {}, extra: 1 }, 'INVALID_ARGUMENT'],
    ['o-stranger', { operation: 'admins.list', input: {} }, 'PERMISSION_DENIED'],
    [OWNER, { operation: 'admins.list' }, 'ok'],
  ] as const
  for (const [openid, event, expected] of rows) assert.equal(await as(openid, event), expected, JSON.stringify(event))
  assert.equal(await action({ action: 'get', businessId: 'b' }), 'ok')
  for (const name of ['constructor', 'bindings.get', '__proto__', 'nothing', '', 5, null, {}])
    assert.equal(await action({ action: name, businessId: 'b' }), 'NOT_FOUND', JSON.stringify(name))
})

test('the functions of admins know the actions that rows name', async () => {
  for (const [name, { door: [functionName, named] = [] }] of Object.entries(await allOperations())) {
    if (functionName === undefined) continue
    const event = { ...(named !== undefined && { action: named }), nonsense: 1 }
    const answer = await platform.host.invoke(functionName, event, { openid: OWNER })
    assert.equal(codeOf(answer), 'INVALID_ARGUMENT', name)
  }
})

/** Members that take any object, a list, or any text: what a file is shows only when it is decoded. */
const free = new Set([
  'attributes',
  'settingList',
  'match',
  'appids',
  'replace',
  'visible',
  'autoRelease',
  'idempotencyKey',
  'base64',
])

test('operators as input never reach the database', async () => {
  const evil: unknown[] = [
    { $ne: null },
    { $gt: '' },
    { $regex: '.*' },
    { $where: '1' },
    { $set: { role: 'owner' } },
    { 'a.b': 1 },
    JSON.parse('{"__proto__":{"role":"owner"}}'),
    [],
    [{ $ne: null }],
    [['x']],
    {},
    null,
    true,
    'x'.repeat(50_000),
    '\ud800',
    'a\udc00b',
    -1.5,
    1e308,
  ]
  // Rows of WeChat's directory are made by one piece of code: of those, one for each set of members.
  const alike = groupBy(inputs, ({ operation }) => {
    const { endpoint, kind, input: members } = operations[operation] ?? {}
    return endpoint ? `${kind} ${Object.keys(members ?? {}).join()}` : operation
  })
  for (const { operation, input } of [...alike.values()].flatMap((same) => same.slice(0, 1))) {
    const fields = Object.keys(input).filter((field) => !free.has(field))
    for (const field of fields)
      for (const value of evil) {
        // Which ends the guard.
        if (value === null && field === 'guard') continue
        const answer = await platform.ask(operation, { ...input, [field]: value })
        assert.equal(
          answer.ok ? 'ok' : answer.error.code,
          'INVALID_ARGUMENT',
          `${operation}.${field} ${JSON.stringify(value).slice(0, 60)}`,
        )
      }
    for (const name of ['$where', '$set', 'a.b', '_id', 'constructor', 'toString', 'role.x', '\ud800']) {
      const answer = await platform.ask(operation, { ...input, [name]: { $ne: null } })
      assert.equal(answer.ok ? 'ok' : answer.error.code, 'INVALID_ARGUMENT', `${operation} ${name}`)
    }
    for (const whole of [[], 'x', 5, true, [input], JSON.parse('{"__proto__":{}}')]) {
      const answer = await platform.ask(operation, whole)
      assert.equal(answer.ok ? 'ok' : answer.error.code, 'INVALID_ARGUMENT', `${operation} ${JSON.stringify(whole)}`)
    }
    if (operations[operation]?.kind !== 'changing') continue
    for (const key of [{ $ne: null }, [], '', 'x'.repeat(129), 5, null, '\ud800']) {
      const answer = await platform.ask(operation, { ...input, idempotencyKey: key })
      assert.equal(answer.ok ? 'ok' : answer.error.field, 'idempotencyKey', operation)
    }
  }
  await assertUntouched()
})

test('attributes are a flat object of strings with plain names', async () => {
  const refused = [
    '{"__proto__":"x"}',
    '{"constructor":"x"}',
    '{"prototype":"x"}',
    '{"$set":"x"}',
    '{"a.b":"x"}',
    '{"":"x"}',
    '{"a\\u0000":"x"}',
    '{"\\ud800":"x"}',
    '{"a":"\\ud800"}',
    '{"a":1}',
    '{"a":null}',
    '{"a":{"b":"c"}}',
    '{"a":["b"]}',
    '["a"]',
    '"a"',
    `{"a":"${'x'.repeat(1025)}"}`,
    `{${Array.from({ length: 101 }, (_, n) => `"a${n}":"x"`).join()}}`,
  ]
  for (const attributes of refused) {
    const answer = await platform.ask('bindings.createLink', { businessId: 'b', attributes: JSON.parse(attributes) })
    assert.equal(answer.ok ? 'ok' : answer.error.code, 'INVALID_ARGUMENT', attributes.slice(0, 80))
    assert.match(answer.ok ? '' : (answer.error.field ?? ''), /^attributes/, attributes.slice(0, 80))
  }
  await assertUntouched()
  const kept = { 店名: '一号店 <b>"\'&', 'a-b_c:d': '', x: '{{y}} ${z} $set \u2028' }
  await platform.tell('bindings.createLink', { businessId: 'attributes', attributes: kept })
  assert.deepEqual((await platform.tell('bindings.get', { businessId: 'attributes' }))['attributes'], kept)
})

test('over HTTP the same holds, before any database call but that for the key', async () => {
  const { key } = await platform.tell('apiKeys.create', { name: 'k', role: 'owner' })
  const call = (operation: string, body: string) =>
    request(`${platform.host.url}/api/v1/${operation}`, { headers: { authorization: `Bearer ${String(key)}` }, body })
  platform.host.database.faults.resetCounts()
  for (const body of [
    '{"businessId":{"$ne":null}}',
    '{"businessId":["b"]}',
    '{"__proto__":{"businessId":"b"}}',
    '[]',
    '"b"',
    '{"businessId":"b","a.b":1}',
    '{"businessId":"\\ud800"}',
    '{"businessId":NaN}',
    '{',
    '['.repeat(60_000),
    `{"businessId":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
  ]) {
    const answer = await call('bindings.get', body)
    assert.deepEqual([body.slice(0, 40), answer.status], [body.slice(0, 40), 400])
  }
  assert.equal((await call('no.such', '{')).status, 404)
  assert.deepEqual(touched(), ['database.getDocument apiKeys'])
  assert.equal((await call('bindings.get', `{"businessId":"${'b'.repeat(100 * 1024)}"}`)).status, 413)
})

const badAddresses = ['marker', 'http://marker.example', 'https://marker:x@h', 'https://h/?marker=1', 'ftp://marker']

const variables: Readonly<Record<string, readonly string[]>> = {
  COMPONENT_APPID: ['', 'marker', 'wx marker'],
  COMPONENT_APPSECRET: ['', 'marker secret'],
  COMPONENT_TOKEN: ['', 'marker token'],
  COMPONENT_AES_KEY: ['', 'marker', `marker${'A'.repeat(36)}=`],
  COMPONENT_AES_KEY_PREVIOUS: ['marker', `marker${'A'.repeat(38)}`],
  SEAL_KEYS: ['', 'marker', 'k1:marker', `marker:${'A'.repeat(42)}=`, `k1:${'A'.repeat(43)}=,k1:${'B'.repeat(43)}=`],
  PUBLIC_BASE_URL: ['', 'https://marker.example/?', ...badAddresses],
  AUTH_BASE_URL: ['https://marker.example/#', ...badAddresses],
  RETURN_URL_ORIGINS: [
    'marker',
    'https://marker.example/path',
    'https://good.example,marker',
    'https://*.marker.example',
  ],
  FORWARDER_SECRET: ['marker', `${'x'.repeat(32)},marker`],
  ADMIN_OPENIDS: ['marker openid'],
  REFRESH_IDLE_DAYS: ['marker', '00', '-1', '1.5'],
  ALERT_WEBHOOK_URL: ['marker', 'http://marker.example/'],
  API_CORS_ORIGINS: ['marker', '*'],
  WEBHOOK_ALLOW_PRIVATE: ['marker', 'TRUE', '1'],
  WECHAT_API_BASE: ['marker', 'file:///marker'],
  WECHAT_PAGE_BASE: ['marker', 'javascript:marker'],
}

test('a variable that is missing or malformed is named by every function, never shown, and nothing is called', async () => {
  const fresh = await openDirectCalls(platform)
  const good = Object.fromEntries(Object.keys(variables).map((name) => [name, platform.env[name] ?? '']))
  const events: Readonly<Record<string, unknown>> = {
    api: { ...httpEvent, path: '/api/v1/bindings.list', body: '{}' },
    receiveTicket: httpEvent,
    receiveMessage: { ...httpEvent, path: '/wx0' },
    startAuth: { ...httpEvent, httpMethod: 'GET', queryStringParameters: { invite: 'x' } },
    authCallback: { ...httpEvent, httpMethod: 'GET', path: '/x' },
    mcp: { ...httpEvent, path: '/mcp', body: '{}' },
  }
  for (const [variable, values] of Object.entries(variables))
    for (const value of values)
      for (const name of fresh.names) {
        const isHttp = events[name] !== undefined
        const isTimer = name === 'refreshTokens' || name === 'processQueue'
        const answer = await fresh.call(name, {
          event: events[name] ?? { operation: 'bindings.list' },
          context: environment(isHttp || isTimer ? {} : { WX_OPENID: OWNER }),
          variables: { ...good, [variable]: value },
        })
        const what = `${name} ${variable}=${value}`
        assert.match(answer, /CONFIG_INVALID/, what)
        assert.ok(answer.includes(variable), what)
        assert.doesNotMatch(answer, /marker/, what)
        if (isHttp) assert.match(answer, /"statusCode":500/, what)
      }
  assert.doesNotMatch(fresh.log.join('\n'), /marker/)
  fresh.close()
  await assertUntouched()
})

test('log lines are JSON on one line, whatever was put in', async () => {
  await platform.host.invoke(
    'manage',
    { operation: 'a\r\n{"level":"error"}\u2028\u001b[31m', input: {} },
    { openid: 'o\r\nforged' },
  )
  await request(`${platform.host.url}/api/v1/x%0d%0ay`, { headers: { authorization: 'Bearer a' }, body: '{}' })
  for (const line of platform.log) {
    assert.doesNotThrow(() => JSON.parse(line), line)
    assert.doesNotMatch(line, /[\p{Cc}\u2028]/u)
  }
})

test('control characters in any text of an input are refused or are just text; what is searched for has none', async () => {
  for (const { operation, input } of inputs) {
    if (operations[operation]?.endpoint !== undefined) continue
    for (const spoiled of spoil(input)) {
      const answer = await platform.ask(operation, spoiled)
      const code = answer.ok ? 'ok' : answer.error.code
      assert.ok(!['STORAGE_UNAVAILABLE', 'INTERNAL'].includes(code), `${operation} ${code} ${JSON.stringify(spoiled)}`)
    }
  }
  for (const query of ['\u0000', 'a\u0007b', '\u007f', 'x\u0085']) {
    const answer = await platform.ask('authorizers.list', { query })
    const said = answer.ok ? [] : [answer.error.code, answer.error.reason, answer.error.field]
    assert.deepEqual(said, ['INVALID_ARGUMENT', 'CONTROL_CHARACTERS', 'query'])
  }
})

/** Once for each text in it, wherever it stands. */
function spoil(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value.slice(0, 1)}\u0000`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    spoil(member).map((spoiled) =>
      Array.isArray(value) ? value.with(Number(name), spoiled) : { ...value, [name]: spoiled },
    ),
  )
}
