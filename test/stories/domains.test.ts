import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, openShop, refusalOf } from '../fixtures/shop.ts'

const OPERATOR = 'o-operator'
const SERVER = '/cgi-bin/component/modify_wxa_server_domain'
const WEBVIEW = '/cgi-bin/component/modify_wxa_jump_domain'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
  await platform.tell('admins.put', { id: OPERATOR, role: 'operator' })
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.resetCalls())

const changes = async (path: string): Promise<unknown[]> =>
  (await platform.wechat.control.calls()).filter((call) => call.path === path).map((call) => call.body)

test("the platform's server domains: hosts as WeChat wants them, only the differences, both lists", async () => {
  const added = await platform.tell('platform.setServerDomains', {
    action: 'add',
    domains: ['https://API.example.com/', 'wss://ws.example.com', 'cdn.example.com'],
  })
  const hosts = ['api.example.com', 'ws.example.com', 'cdn.example.com']
  assert.deepEqual(added, { published: hosts, testing: hosts })
  await platform.tell('platform.setServerDomains', { action: 'add', domains: ['cdn.example.com'] })
  await platform.tell('platform.setServerDomains', {
    action: 'add',
    domains: ['cdn.example.com', 'new.example.com'],
    scope: 'test',
  })
  assert.deepEqual(await platform.tell('platform.setServerDomains', { action: 'get' }), {
    published: hosts,
    testing: [...hosts, 'new.example.com'],
  })
  await platform.tell('platform.setServerDomains', { action: 'set', domains: ['api.example.com'] })
  assert.deepEqual(
    (await changes(SERVER)).filter((body) => !JSON.stringify(body).includes('"get"')),
    [
      {
        action: 'add',
        wxa_server_domain: 'api.example.com;ws.example.com;cdn.example.com',
        is_modify_published_together: true,
      },
      { action: 'add', wxa_server_domain: 'new.example.com', is_modify_published_together: false },
      {
        action: 'delete',
        wxa_server_domain: 'ws.example.com;cdn.example.com;new.example.com',
        is_modify_published_together: true,
      },
    ],
  )
})

test('domains that cannot be are refused by name before anything is sent', async () => {
  const appid = 'wx0000000000000001'
  const rows: [string, object, string][] = [
    ['platform.setServerDomains', { action: 'add', domains: ['good.example.com', '10.0.0.1'] }, 'domains.1'],
    ['platform.setServerDomains', { action: 'add', domains: ['a.example.com:8443'] }, 'domains.0'],
    ['platform.setServerDomains', { action: 'add', domains: ['a.example.com/path'] }, 'domains.0'],
    ['platform.setServerDomains', { action: 'add', domains: ['a.example.com;b.example.com'] }, 'domains.0'],
    ['platform.setServerDomains', { action: 'add', domains: ['evil@a.example.com'] }, 'domains.0'],
    ['platform.setServerDomains', { action: 'add' }, 'domains'],
    ['platform.setServerDomains', { action: 'add', domains: [{ $ne: null }] }, 'domains.0'],
    ['platform.setWebviewDomains', { action: 'add', domains: ['http://a.example.com'] }, 'domains.0'],
    ['miniprograms.setServerDomains', { appid, action: 'add' }, 'requestDomains'],
    [
      'miniprograms.setServerDomains',
      { appid, action: 'add', requestDomains: ['wss://a.example.com'] },
      'requestDomains.0',
    ],
    [
      'miniprograms.setServerDomains',
      { appid, action: 'add', wsRequestDomains: ['https://a.example.com'] },
      'wsRequestDomains.0',
    ],
    ['miniprograms.setServerDomains', { appid, action: 'add', udpDomains: ['127.0.0.1:80'] }, 'udpDomains.0'],
    ['miniprograms.setServerDomains', { appid, action: 'add', tcpDomains: ['0x7f.1'] }, 'tcpDomains.0'],
    ['miniprograms.setServerDomains', { appid, action: 'add', requestDomains: ['https://[::1]'] }, 'requestDomains.0'],
    [
      'miniprograms.setServerDomains',
      { appid, action: 'add', requestDomains: ['api.weixin.qq.com'] },
      'requestDomains.0',
    ],
    [
      'miniprograms.setServerDomains',
      { appid, action: 'add', requestDomains: ['a.example.com:70000'] },
      'requestDomains.0',
    ],
    ['miniprograms.setWebviewDomains', { appid, action: 'add', domains: ['https://a.example.com:8443'] }, 'domains.0'],
  ]
  for (const [operation, input, field] of rows) {
    const { code, field: found } = refusalOf(await platform.ask(operation, input))
    assert.deepEqual([operation, code, found], [operation, 'INVALID_ARGUMENT', field])
  }
  assert.deepEqual(await callsOf(platform), {})
})

test('an owner sets a domain of a mini program, and the platform gets it first', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.resetCalls()
  const given = {
    appid,
    action: 'add',
    requestDomains: ['shop.example.com:8443'],
    wsRequestDomains: ['shop.example.com'],
  }
  const set = await platform.tell('miniprograms.setServerDomains', given)
  assert.deepEqual(set['requestDomains'], ['https://shop.example.com:8443'])
  assert.deepEqual(set['wsRequestDomains'], ['wss://shop.example.com'])
  const paths = (await platform.wechat.control.calls())
    .map((call) => call.path)
    .filter((path) => path.includes('modify'))
  assert.deepEqual(paths, ['/wxa/modify_domain', SERVER, SERVER, SERVER, '/wxa/modify_domain'])

  await platform.tell('miniprograms.setServerDomains', given)
  assert.equal((await callsOf(platform))['/wxa/modify_domain'], 3)

  const levels = await platform.tell('miniprograms.setServerDomains', { appid, action: 'get' })
  assert.deepEqual(Object.keys(levels).toSorted(), [
    'directDomain',
    'downloadDomains',
    'effectiveDomain',
    'mpDomain',
    'platformDomain',
    'requestDomains',
    'tcpDomains',
    'thirdDomain',
    'udpDomains',
    'uploadDomains',
    'wsRequestDomains',
  ])
  assert.deepEqual(Object(levels['thirdDomain']).requestdomain, ['https://shop.example.com:8443'])
  assert.ok(Object(levels['platformDomain']).published.includes('shop.example.com'))
})

test('set replaces the kinds that are named and leaves the others', async () => {
  const appid = await openShop(platform)
  const domains = { requestDomains: ['one.example.com'], uploadDomains: ['up.example.com'] }
  await platform.tell('miniprograms.setServerDomains', { appid, action: 'set', ...domains })
  await platform.tell('miniprograms.setServerDomains', { appid, action: 'set', requestDomains: ['two.example.com'] })
  const { domains: stored } = await platform.wechat.control.merchant(appid)
  assert.deepEqual(stored.third.requestdomain, ['https://two.example.com'])
  assert.deepEqual(stored.third.uploaddomain, ['https://up.example.com'])
})

test("an operator is told to ask an owner where the platform's list lacks a domain", async () => {
  const appid = await openShop(platform)
  const server = { appid, action: 'add', requestDomains: ['unknown.example.com'] }
  const refusal = refusalOf(await platform.ask('miniprograms.setServerDomains', server, OPERATOR))
  assert.equal(refusal.code, 'CONFLICT')
  assert.match(refusal.message, /unknown\.example\.com/)
  assert.match(refusal.hint ?? '', /platform\.setServerDomains/)
  const webview = { appid, action: 'add', domains: ['pages.example.com'] }
  assert.equal(refusalOf(await platform.ask('miniprograms.setWebviewDomains', webview, OPERATOR)).code, 'CONFLICT')

  // On the test list only: live authorizers do not see it.
  await platform.tell('platform.setServerDomains', { action: 'add', domains: ['unknown.example.com'], scope: 'test' })
  assert.equal(refusalOf(await platform.ask('miniprograms.setServerDomains', server, OPERATOR)).code, 'CONFLICT')
  const set = await platform.tell('miniprograms.setServerDomains', server)
  assert.deepEqual(set['requestDomains'], ['https://unknown.example.com'])
})

test('directly: an operator sets domains that the platform has not, by the rules of an ordinary mini program', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  const before = await platform.tell('platform.setServerDomains', { action: 'get' })
  await control.resetCalls()
  const server = { appid, action: 'set', requestDomains: ['own.shop.example'], directly: true }
  const webview = { appid, action: 'add', domains: ['h5.shop.example'], directly: true }
  for (let time = 0; time < 2; time++) {
    const set = Object(await platform.ask('miniprograms.setServerDomains', server, OPERATOR)).data
    assert.deepEqual(set.requestDomains, ['https://own.shop.example'])
    const { data } = Object(await platform.ask('miniprograms.setWebviewDomains', webview, OPERATOR))
    assert.deepEqual(data.domains, ['https://h5.shop.example'])
  }
  // The second time looks only.
  assert.deepEqual(await callsOf(platform), {
    '/wxa/modify_domain_directly': 3,
    '/wxa/setwebviewdomain_directly': 3,
  })
  const read = await platform.tell('miniprograms.setServerDomains', { appid, action: 'get', directly: true })
  assert.deepEqual(read['requestDomains'], ['https://own.shop.example'])
  assert.deepEqual(Object(read['directDomain']).requestdomain, ['https://own.shop.example'])
  const listed = await platform.tell('miniprograms.setServerDomains', { appid, action: 'get' })
  assert.deepEqual(listed['requestDomains'], [])
  assert.deepEqual(await platform.tell('platform.setServerDomains', { action: 'get' }), before)

  await control.addFault({ path: '/wxa/modify_domain_directly', appid, drop: 'after', skip: 1, times: 1 })
  const more = { appid, action: 'add', requestDomains: ['more.shop.example'], directly: true }
  assert.deepEqual((await platform.tell('miniprograms.setServerDomains', more))['requestDomains'], [
    'https://own.shop.example',
    'https://more.shop.example',
  ])
  const none = { appid, action: 'delete', domains: ['h5.shop.example'], directly: true }
  assert.deepEqual((await platform.tell('miniprograms.setWebviewDomains', none))['domains'], [])
})

test('a key that is limited to one merchant does not change the platform on the way', async () => {
  const appid = await openShop(platform)
  const { key } = await platform.tell('apiKeys.create', { name: 'shop', role: 'owner', appids: [appid] })
  const event = {
    operation: 'miniprograms.setServerDomains',
    input: { appid, action: 'add', requestDomains: ['limited.example.com'] },
    apiKey: key,
  }
  const answer = await platform.host.invoke('manage', event, {})
  assert.equal(Object(answer).error.code, 'CONFLICT')
})

test('already there is success, a lost answer is read back, and a month that is used up is a quota', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  const given = { appid, action: 'add', requestDomains: ['once.example.com'] }
  await control.addFault({ path: '/wxa/modify_domain', appid, drop: 'after', skip: 1, times: 1 })
  assert.deepEqual((await platform.tell('miniprograms.setServerDomains', given))['requestDomains'], [
    'https://once.example.com',
  ])
  await control.clearFaults()
  await control.changeSettings({ domainChangesPerMonth: 1 })
  const more = { appid, action: 'add', requestDomains: ['twice.example.com'] }
  const refusal = refusalOf(await platform.ask('miniprograms.setServerDomains', more))
  assert.deepEqual([refusal.code, refusal.wechat?.errcode, refusal.retryable], ['QUOTA_EXCEEDED', 86102, true])
  await control.changeSettings({ domainChangesPerMonth: 500 })
})

test('domains without an ICP filing are named', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  await platform.tell('platform.setServerDomains', {
    action: 'add',
    domains: ['filed.example.com', 'bare.example.com'],
  })
  await control.changeSettings({ hostsWithoutIcp: ['bare.example.com'] })
  const set = await platform.tell('miniprograms.setServerDomains', {
    appid,
    action: 'add',
    requestDomains: ['filed.example.com', 'bare.example.com'],
  })
  assert.deepEqual(set['requestDomains'], ['https://filed.example.com'])
  assert.deepEqual(set['noIcpDomains'], ['https://bare.example.com'])
  await control.changeSettings({ hostsWithoutIcp: [] })
})

test('web-view domains: the file that must be served is named, a sub-domain of a listed one will do', async () => {
  const { control } = platform.wechat
  const { confirmFile } = await platform.tell('platform.setWebviewDomains', { action: 'get' })
  const { file_name: fileName } = Object(confirmFile)
  await control.changeSettings({ hostsWithoutConfirmFile: ['h5.example.com'] })
  const refusal = refusalOf(
    await platform.ask('platform.setWebviewDomains', { action: 'add', domains: ['h5.example.com'] }),
  )
  assert.equal(refusal.code, 'WECHAT_REJECTED')
  assert.ok(refusal.hint?.includes(`https://h5.example.com/${fileName}`), refusal.hint)
  const partly = await platform.tell('platform.setWebviewDomains', {
    action: 'add',
    domains: ['h5.example.com', 'm.example.com'],
  })
  assert.deepEqual(partly['published'], ['m.example.com'])
  assert.deepEqual(partly['invalid'], ['h5.example.com'])
  assert.match(String(partly['hint']), /h5\.example\.com/)
  await control.changeSettings({ hostsWithoutConfirmFile: [] })

  const appid = await openShop(platform)
  const given = { appid, action: 'set', domains: ['https://a.m.example.com'] }
  assert.deepEqual(Object(await platform.ask('miniprograms.setWebviewDomains', given, OPERATOR)).data, {
    domains: ['https://a.m.example.com'],
  })
  await control.resetCalls()
  await platform.tell('miniprograms.setWebviewDomains', given)
  assert.deepEqual(await callsOf(platform), { '/wxa/setwebviewdomain': 1 })
  assert.deepEqual(
    await platform.tell('miniprograms.setWebviewDomains', { appid, action: 'delete', domains: given.domains }),
    {
      domains: [],
    },
  )
  const levels = await platform.tell('miniprograms.setWebviewDomains', { appid, action: 'get' })
  assert.deepEqual(levels['platformWebviewdomain'], { published: ['m.example.com'], testing: ['m.example.com'] })
})

test('an owner sets a web-view domain, and the platform gets it first', async () => {
  const appid = await openShop(platform)
  assert.deepEqual(
    await platform.tell('miniprograms.setWebviewDomains', { appid, action: 'add', domains: ['w.example.org'] }),
    {
      domains: ['https://w.example.org'],
    },
  )
  assert.ok(JSON.stringify(await changes(WEBVIEW)).includes('w.example.org'))
})
