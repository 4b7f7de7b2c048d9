import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, makeTemplate, openCommittedShop, openShop, refusalOf } from '../fixtures/shop.ts'

let platform: LocalPlatform
let appid: string
before(async () => {
  platform = await startPlatform()
  appid = await openShop(platform)
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.resetCalls())

test("any API is reached with the authorizer's or the platform's token", async () => {
  const versions = await platform.tell('wechat.call', { appid, path: '/wxa/getversioninfo', method: 'POST', body: {} })
  assert.deepEqual(versions, { errcode: 0, errmsg: 'ok' })
  // Without a method: WeChat says which one it wants.
  assert.deepEqual(await platform.tell('wechat.call', { appid, path: '/wxa/getversioninfo' }), versions)
  const support = await platform.tell('wechat.call', {
    appid,
    path: '/cgi-bin/wxopen/setweappsupportversion',
    body: { version: '2.21.0' },
  })
  assert.equal(support['errcode'], 0)
  const drafts = await platform.tell('wechat.call', { path: '/wxa/gettemplatedraftlist' })
  assert.deepEqual(drafts['draft_list'], [])
  const privacy = await platform.tell('wechat.call', {
    appid,
    path: '/cgi-bin/component/getprivacysetting',
    body: { privacy_ver: 2 },
  })
  assert.equal(privacy['code_exist'], 0)
})

test('a picture that the cloud could not carry lies in storage', async () => {
  const { control } = platform.wechat
  const body = `PNG${'x'.repeat(7_000_000)}`
  await control.addFault({ path: '/wxa/get_qrcode', body, contentType: 'image/png', times: 1 })
  const { fileId } = await platform.tell('wechat.call', { appid, path: '/wxa/get_qrcode' })
  assert.match(String(fileId), new RegExp(`^cloud://minifleet-local\\.minifleet-local-files/wechat/${appid}/\\w+$`))
  const { code, reason, field } = refusalOf(
    await platform.ask('materials.upload', { appid, query: { type: 'image' }, file: { fileId } }),
  )
  assert.deepEqual([code, reason, field], ['INVALID_ARGUMENT', 'FILE_KIND_NOT_TAKEN', 'file.fileId'])
})

test('what the cloud could not carry is said', async () => {
  const { control } = platform.wechat
  const large = 'x'.repeat(7_000_000)
  for (const [path, reply] of [
    ['/wxa/get_page', { body: JSON.stringify({ errcode: 0, errmsg: 'ok', list: [large] }) }],
    ['/wxa/get_category', { body: JSON.stringify({ errcode: 0, errmsg: 'ok', list: ['店'.repeat(2_000_000)] }) }],
  ] as const) {
    await control.addFault({ path, ...reply, times: 1 })
    const { code, reason } = refusalOf(await platform.ask('wechat.call', { appid, path }))
    assert.deepEqual([path, code, reason], [path, 'WECHAT_REJECTED', 'ANSWER_TOO_LARGE'])
  }
})

test('a long input is cut in the log', async () => {
  const body = { list: Array.from({ length: 5000 }, (_, n) => `item-${n}`), text: 'y'.repeat(10_000) }
  await platform.tell('wechat.call', { appid, path: '/wxa/getversioninfo', method: 'POST', body })
  const { items } = await platform.tell('activity.list', { limit: 1 })
  const [entry] = Object(items)
  assert.deepEqual(entry.input, { appid, path: '/wxa/getversioninfo', method: 'POST', body: '{…} (68910)' })
})

test('a refusal is explained like any other', async () => {
  const refusal = refusalOf(await platform.ask('wechat.call', { appid, path: '/wxa/get_page' }))
  assert.deepEqual(
    [refusal.code, refusal.wechat?.errcode, refusal.wechat?.path],
    ['WECHAT_REJECTED', 86001, '/wxa/get_page'],
  )
})

test('a picture comes back as contentType and base64', async () => {
  const shop = await openCommittedShop(platform, await makeTemplate(platform), '1.0.0')
  const picture = await platform.tell('wechat.call', {
    appid: shop,
    path: '/wxa/get_qrcode',
    query: { path: 'pages/index/index?x=1' },
  })
  assert.equal(picture['contentType'], 'image/jpeg')
  assert.equal(String(picture['base64']).slice(0, 4), '/9j/')
})

test("an authorizer's refresh token is dropped from the answer", async () => {
  const info = await platform.tell('wechat.call', {
    path: '/cgi-bin/component/api_get_authorizer_info',
    body: { component_appid: platform.env['COMPONENT_APPID'], authorizer_appid: appid },
  })
  const authorization = Object(info['authorization_info'])
  assert.deepEqual(Object.keys(authorization).toSorted(), ['authorizer_appid', 'func_info'])
  assert.doesNotMatch(JSON.stringify(info), /refreshtoken@@@/)
})

test('members of answers that are credentials are dropped, whatever the path', async () => {
  const secret = {
    secretid: 'S1',
    SecretKey: 'S2',
    token: 'S3',
    deep: [{ access_token: 'S4', sessiontoken: 'S5' }],
    kept: 1,
  }
  const body = JSON.stringify({ errcode: 0, errmsg: 'ok', ...secret })
  await platform.wechat.control.addFault({ path: '/wxa/get_page', body, times: 1 })
  const answer = await platform.tell('wechat.call', { appid, path: '/wxa/get_page' })
  assert.deepEqual(answer, { errcode: 0, errmsg: 'ok', deep: [{}], kept: 1 })
})

test('paths of credentials are refused in every disguise, before anything is sent', async () => {
  const paths = [
    '/cgi-bin/component/api_component_token',
    '/cgi-bin/component/api_authorizer_token',
    '/cgi-bin/component/api_query_auth',
    '/cgi-bin/component/api_create_preauthcode',
    '/cgi-bin/component/api_get_authorizer_list',
    '/cgi-bin/component/api_start_push_ticket',
    '/cgi-bin/component/clear_quota/v2',
    '/cgi-bin/clear_quota/v2',
    '/cgi-bin/token',
    '/cgi-bin/stable_token',
    '/cgi-bin/ticket/getticket',
    '/cgi-bin/account/fastregister',
    '/sns/component/jscode2session',
    '/sns/jscode2session',
    '/sns/oauth2/access_token',
    '/sns/oauth2/component/refresh_token',
    '/wxa/resetusersessionkey',
    '/wxa/business/getuserencryptkey',
    '/CGI-BIN/Component/API_Component_Token',
    '/cgi-bin/component/api_component_token/',
    '/cgi-bin//component/api_component_token',
    '//api.weixin.qq.com/cgi-bin/component/api_component_token',
    '/cgi-bin/component/./api_component_token',
    '/wxa/../cgi-bin/component/api_component_token',
    '/cgi-bin/component/api%5Fcomponent_token',
    '/cgi-bin/component/api_component_token%00',
    '/cgi-bin/component/api_component_token?x=1',
    '/cgi-bin/component/api_component_token#x',
    '/cgi-bin/component/api_component_token;x',
    '/cgi-bin\\component\\api_component_token',
    'cgi-bin/component/api_component_token',
    'https://evil.example/wxa/release',
    '/wxa/getversioninfo?access_token=x',
    '@evil.example/wxa/release',
    '/wxa/get version',
    '/wxa/ge\u0442versioninfo',
    '/',
    '',
  ]
  for (const path of paths) {
    const refusal = refusalOf(await platform.ask('wechat.call', { path, body: {} }))
    assert.deepEqual([path, refusal.code, refusal.field], [path, 'INVALID_ARGUMENT', 'path'])
  }
  assert.deepEqual(await callsOf(platform), {})
})

test('credentials are not passed in, at whatever depth', async () => {
  const path = '/wxa/getversioninfo'
  const rows: [object, string][] = [
    [{ query: { access_token: 'x' } }, 'query.access_token'],
    [{ query: { component_access_token: 'x' } }, 'query.component_access_token'],
    [{ query: { ACCESS_TOKEN: 'x' } }, 'query.ACCESS_TOKEN'],
    [{ query: { appsecret: 'x' } }, 'query.appsecret'],
    [{ body: { a: [{ component_appsecret: 'x' }] } }, 'body.a.0.component_appsecret'],
    [{ body: { deep: { authorizer_access_token: 'x' } } }, 'body.deep.authorizer_access_token'],
    [{ body: { secret: 1 } }, 'body.secret'],
    [{ query: { a: { $ne: null } } }, 'query.a'],
    [{ query: ['x'] }, 'query'],
    [{ body: [] }, 'body'],
    [{ method: 'GET', body: {} }, 'body'],
    [{ method: 'DELETE' }, 'method'],
  ]
  for (const [input, field] of rows) {
    const refusal = refusalOf(await platform.ask('wechat.call', { appid, path, ...input }))
    assert.deepEqual([refusal.code, refusal.field], ['INVALID_ARGUMENT', field])
  }
  assert.deepEqual(await callsOf(platform), {})
})

test('a key repeats the answer and not the call', async () => {
  const input = { appid, path: '/wxa/getversioninfo', body: {}, idempotencyKey: 'versions-1' }
  const first = await platform.tell('wechat.call', input)
  assert.deepEqual(await platform.tell('wechat.call', input), first)
  assert.equal((await callsOf(platform))['/wxa/getversioninfo'], 1)
  const other = refusalOf(await platform.ask('wechat.call', { ...input, path: '/wxa/getvisitstatus' }))
  assert.equal(other.code, 'CONFLICT')
})

test('only an owner calls freely', async () => {
  await platform.tell('admins.put', { id: 'o-operator', role: 'operator' })
  const refusal = refusalOf(await platform.ask('wechat.call', { path: '/wxa/gettemplatelist' }, 'o-operator'))
  assert.equal(refusal.code, 'PERMISSION_DENIED')
})
