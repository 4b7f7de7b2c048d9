import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, makeTemplate, openShop, refusalOf, releaseVersion } from '../fixtures/shop.ts'

/* Answers of WeChat's that lack something, or have something odd in them that nobody needs. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})
after(() => platform.close())

const answerWith = (path: string, body: object, times?: number) =>
  platform.wechat.control.addFault({ path, body: JSON.stringify(body), ...(times !== undefined && { times }) })

const LIST = '/cgi-bin/component/modify_wxa_server_domain'

test('a platform that was never published has no published list: a change is sent once and believed', async () => {
  await answerWith(LIST, { errcode: 0, testing_wxa_server_domain: '' }, 1)
  await answerWith(LIST, { errcode: 0, testing_wxa_server_domain: 'a.example.com' })
  const input = { action: 'add', domains: ['a.example.com'] }
  assert.deepEqual(await platform.tell('platform.setServerDomains', input), { testing: ['a.example.com'] })
  assert.deepEqual(await platform.tell('platform.setServerDomains', input), { testing: ['a.example.com'] })
  assert.equal((await callsOf(platform))[LIST], 3)

  const changes = (await platform.wechat.control.calls()).filter(
    ({ path, body }) => path === LIST && Object(body).action !== 'get',
  )
  assert.equal(changes.length, 1)
})

test('a change whose answer has neither list is read back before it is believed or refused', async () => {
  await answerWith(LIST, { errcode: 0, testing_wxa_server_domain: '', published_wxa_server_domain: '' }, 1)
  await answerWith(LIST, { errcode: 0 }, 1)
  await answerWith(LIST, {
    errcode: 0,
    testing_wxa_server_domain: 'b.example.com',
    published_wxa_server_domain: 'b.example.com',
  })
  const input = { action: 'add', domains: ['b.example.com'] }
  assert.deepEqual(await platform.tell('platform.setServerDomains', input), {
    published: ['b.example.com'],
    testing: ['b.example.com'],
  })
})

test('a change of a mini program whose answer has no lists is read back, and costs the platform nothing', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.settle()
  const domain = 'https://c.example.com'
  await platform.tell('platform.setServerDomains', { action: 'add', domains: ['c.example.com'] })
  await platform.tell('platform.setWebviewDomains', { action: 'add', domains: ['c.example.com'] })
  await platform.wechat.control.resetCalls()
  const changes: [string, object, string, string][] = [
    ['miniprograms.setServerDomains', { requestDomains: [domain] }, '/wxa/modify_domain', 'requestDomains'],
    ['miniprograms.setWebviewDomains', { domains: [domain] }, '/wxa/setwebviewdomain', 'domains'],
  ]
  for (const [operation, input, path, member] of changes) {
    await platform.wechat.control.addFault({ path, appid, body: '{"errcode":0}', apply: true, skip: 1, times: 1 })
    const answer = await platform.tell(operation, { appid, action: 'add', ...input })
    assert.deepEqual(answer[member], [domain])
  }
  const counts = await callsOf(platform)
  assert.deepEqual([counts['/wxa/modify_domain'], counts['/wxa/setwebviewdomain']], [3, 3])
  const sent = (await platform.wechat.control.calls()).filter(
    ({ path, body }) => path.startsWith('/cgi-bin/component/modify_wxa_') && Object(body).action !== 'get',
  )
  assert.equal(sent.length, 0)
})

test('one odd row or field hides none of the others', async () => {
  await answerWith('/wxa/gettemplatelist', {
    errcode: 0,
    template_list: [
      { template_id: 1, create_time: null, user_version: 1, audit_status: 'fine' },
      { template_id: '2', create_time: 1_713_424_427, user_version: '1.1.0' },
      { user_version: 'nameless' },
      'odd',
    ],
  })
  const { items } = await platform.tell('templates.list', {})
  assert.deepEqual(
    (Array.isArray(items) ? items : []).map(({ template_id, create_time, user_version }) => [
      template_id,
      create_time,
      user_version,
    ]),
    [
      [2, 1_713_424_427, '1.1.0'],
      [1, undefined, '1'],
    ],
  )
  await platform.wechat.control.clearFaults()

  const templateId = await makeTemplate(platform)
  const appid = await openShop(platform)
  await answerWith('/wxa/get_category', {
    errcode: 0,
    category_list: [null, { second_class: '备忘录' }, { first_class: '工具', second_class: '备忘录' }],
  })
  assert.deepEqual(await platform.tell('releases.categories', { appid }), {
    categories: [{ first_class: '工具', second_class: '备忘录' }],
  })
  await answerWith('/wxa/submit_audit', { errcode: 0, auditid: 77 })
  await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: 'x' })
  await platform.tell('releases.submit', { appid })
  const [sent] = (await platform.wechat.control.calls()).filter(({ path }) => path === '/wxa/submit_audit')
  assert.deepEqual(Object(sent?.body).item_list, [
    { address: 'pages/index/index', first_class: '工具', second_class: '备忘录' },
  ])
})

test('odd parts of an account or a gray plan hide nothing else', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.settle()
  await answerWith('/cgi-bin/component/api_get_authorizer_info', {
    authorizer_info: {
      nick_name: '奇怪的店',
      service_type_info: 0,
      verify_type_info: 'none',
      account_status: 18,
      MiniProgramInfo: { network: 'none', categories: {}, visit_status: 0 },
    },
    authorization_info: { authorizer_appid: appid, func_info: [{ funcscope_category: { id: 18 } }] },
  })
  const { nickName, accountType, accountStatus } = await platform.tell('authorizers.get', { appid })
  assert.deepEqual([nickName, accountType, accountStatus], ['奇怪的店', 'miniprogram', { code: 18, name: 'warned' }])

  await answerWith('/wxa/getgrayreleaseplan', {
    errcode: 0,
    gray_release_plan: {
      status: 1,
      gray_percentage: 'viel',
      support_debuger_first: 1,
      support_experiencer_first: 'ja',
    },
  })
  assert.deepEqual(await platform.tell('releases.getGray', { appid }), {
    grayReleasePlan: { status: 1, support_debuger_first: true },
  })
})

test('a field that is needed and odd or missing is named', async () => {
  const appid = await openShop(platform)
  await platform.wechat.control.settle()
  const quota = { rest: 1, limit: 2, speedup_rest: 3, speedup_limit: 4 }
  const rows: [string, object, string, string][] = [
    ['releases.quota', { ...quota, speedup_rest: 'viele' }, '/wxa/queryquota', 'speedup_rest'],
    ['releases.quota', { rest: 1 }, '/wxa/queryquota', 'limit'],
    ['releases.pages', { page_list: 'pages/index/index' }, '/wxa/get_page', 'page_list'],
    ['releases.categories', { errcode: 'fine' }, '/wxa/get_category', 'errcode'],
  ]
  for (const [operation, answer, path, member] of rows) {
    await answerWith(path, { errcode: 0, ...answer })
    const { code, reason, params, message } = refusalOf(await platform.ask(operation, { appid }))
    assert.deepEqual([code, reason, params], ['WECHAT_UNAVAILABLE', 'WECHAT_ANSWER_ODD', { path, member }])
    assert.match(message, new RegExp(member))
    await platform.wechat.control.clearFaults()
  }
})

test('an account that gets no tokens is known, and the refusal is final and says what to do', async () => {
  const { appid } = await platform.wechat.control.createMerchant({ nickName: '无接口权限的店' })
  const { value: preAuthCode } = await platform.wechat.control.createPreAuthCode()
  await answerWith('/cgi-bin/component/api_query_auth', {
    authorization_info: {
      authorizer_appid: appid,
      func_info: [{ funcscope_category: { id: 18 } }, { funcscope_category: {} }, null],
    },
  })
  const authorized = await platform.wechat.control.authorize({ preAuthCode, appid })
  await platform.wechat.control.settle()
  const known = await platform.tell('authorizers.get', { appid })
  assert.deepEqual([known['status'], known['nickName']], ['reauthorize', '无接口权限的店'])

  const authCode = /queryauthcode@@@[^\]<]+/.exec(authorized.push?.message ?? '')?.[0]
  for (const _ of [1, 2]) {
    const refusal = refusalOf(await platform.ask('bindings.bind', { businessId: 'no-api', authCode }))
    assert.deepEqual(
      [refusal.code, refusal.reason, refusal.retryable],
      ['REAUTHORIZATION_REQUIRED', 'NO_API_PERMISSION', false],
    )
  }
  assert.equal((await callsOf(platform))['/cgi-bin/component/api_query_auth'], 1)
})

test('one state is known by every errcode that WeChat has for it', async () => {
  const appid = await openShop(platform)
  const templateId = await makeTemplate(platform)
  const { control } = platform.wechat
  const domain = 'https://d.example.com'
  await platform.tell('platform.setServerDomains', { action: 'add', domains: ['d.example.com'] })
  await platform.tell('platform.setWebviewDomains', { action: 'add', domains: ['d.example.com'] })
  /** Done, and told as if it had been done before. */
  const doneBefore = (path: string, errcode: number, skip = 0) =>
    control.addFault({ path, appid, errcode, apply: true, skip, times: 1 })

  await doneBefore('/wxa/modify_domain', 89_019, 1)
  const server = await platform.tell('miniprograms.setServerDomains', {
    appid,
    action: 'add',
    requestDomains: [domain],
  })
  assert.deepEqual(server['requestDomains'], [domain])
  await doneBefore('/wxa/setwebviewdomain', 85_017, 1)
  const webview = await platform.tell('miniprograms.setWebviewDomains', { appid, action: 'add', domains: [domain] })
  assert.deepEqual(webview, { domains: [domain] })

  await control.addFault({ path: '/wxa/get_latest_auditstatus', appid, errcode: 85_019 })
  await control.addFault({ path: '/wxa/security/get_code_privacy_info', appid, errcode: 85_086 })
  const { items } = await platform.tell('releases.preflight', { appids: [appid], templateId })
  assert.deepEqual(
    Object(items)[0].problems.map(({ code }: { code: string }) => code),
    [],
  )
  await releaseVersion(platform, appid, templateId, '1.0.0')

  await doneBefore('/wxa/change_visitstatus', 85_020)
  assert.deepEqual(await platform.tell('miniprograms.setVisibility', { appid, visible: false }), { visible: false })
  await platform.tell('releases.commit', { appid, templateId, version: '2.0.0', description: '新版' })
  await platform.tell('releases.submit', { appid })
  await control.passAudit(appid)
  await doneBefore('/wxa/grayrelease', 85_021)
  assert.equal((await platform.tell('releases.startGray', { appid, percentage: 20 }))['state'], 'gray')
  await doneBefore('/wxa/release', 85_021)
  assert.equal((await platform.tell('releases.release', { appid }))['state'], 'released')
})

test('members of an answer are known by every name, and what is not there by every way to leave it out', async () => {
  const appid = await openShop(platform)
  const templateId = await makeTemplate(platform)
  const { control } = platform.wechat
  await answerWith('/wxa/submit_audit', { errcode: 0, audit_id: 4711 })
  await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: '新版' })
  assert.equal((await platform.tell('releases.submit', { appid }))['auditId'], 4711)

  for (const nothing of [{}, [], null, '']) {
    await answerWith('/wxa/getgrayreleaseplan', { errcode: 0, gray_release_plan: nothing })
    assert.deepEqual(await platform.tell('releases.getGray', { appid }), { grayReleasePlan: null })
    await answerWith('/wxa/getversioninfo', { errcode: 0, exp_info: nothing, release_info: nothing })
    const preflight = await platform.tell('releases.preflight', { appids: [appid], templateId })
    assert.deepEqual(
      Object(preflight['items'])[0].problems.map(({ code }: { code: string }) => code),
      [],
    )
    await control.clearFaults()
  }

  const { appid: other } = await control.createMerchant({ nickName: '别名店' })
  const { value: preAuthCode } = await control.createPreAuthCode()
  const authorization = {
    appid: other,
    authorizer_access_token: 'access-of-other',
    authorizer_refresh_token: 'refresh-of-other',
    expires_in: 7200,
    func_info: [{ funcscope_category: { id: 18 } }],
  }
  await answerWith('/cgi-bin/component/api_query_auth', { authorization_info: authorization })
  await control.authorize({ preAuthCode, appid: other })
  await control.settle()
  // The list asks nobody: these tokens are made up.
  const { items } = await platform.tell('authorizers.list', { query: other })
  assert.equal(Object(items)[0].status, 'active')
})
