import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertHas, openPlatform } from './wechat.ts'

const REQUEST = 'https://api.shop.cn'

void test('server domains: the platform first, then the mini program, then a release', async (t) => {
  const { post, componentToken, authorizeMerchant } = await openPlatform(t, { hostsWithoutIcp: ['unfiled.cn'] })
  const component = await componentToken()
  const { accessToken } = await authorizeMerchant(component)
  const platform = (input: Record<string, unknown>) =>
    post('/cgi-bin/component/modify_wxa_server_domain', component, input)
  const modify = (input: Record<string, unknown>, path = '/wxa/modify_domain') => post(path, accessToken, input)
  const errcode = async (input: Record<string, unknown>, path?: string) => (await modify(input, path)).errcode

  assert.equal(await errcode({ action: 'add', requestdomain: [REQUEST] }), 85018)
  await platform({ action: 'add', wxa_server_domain: 'api.shop.cn' })
  assert.equal(await errcode({ action: 'add', requestdomain: [REQUEST] }), 85018, 'only the testing list has it')
  const both = { action: 'add', wxa_server_domain: 'api.shop.cn;https://bad', is_modify_published_together: true }
  assertHas(await platform(both), {
    errcode: 0,
    published_wxa_server_domain: 'api.shop.cn',
    testing_wxa_server_domain: 'api.shop.cn',
    invalid_wxa_server_domain: 'https://bad',
  })
  assertHas(await modify({ action: 'add', requestdomain: [REQUEST, 'http://plain.cn'] }), {
    errcode: 0,
    requestdomain: [REQUEST],
    invalid_requestdomain: ['http://plain.cn'],
  })
  assertHas(await post('/wxa/get_effective_domain', accessToken), { errcode: 0 })

  const table: [number, Record<string, unknown>][] = [
    [85017, { action: 'add', requestdomain: [REQUEST] }],
    [85017, { action: 'delete', requestdomain: ['https://absent.cn'] }],
    [85017, { action: 'add' }],
    [85022, { action: 'put' }],
    [47001, { action: 'add', requestdomain: REQUEST }],
    [85301, { action: 'add', requestdomain: ['https://10.0.0.1'] }],
    [85302, { action: 'add', requestdomain: ['https://unfiled.cn'] }],
    [85303, { action: 'add', requestdomain: ['https://unfiled.cn', 'x'] }],
    [86101, { action: 'add', requestdomain: ['https://api.weixin.qq.com'] }],
    [0, { action: 'add', wsrequestdomain: ['wss://api.shop.cn:8443'] }],
    [0, { action: 'set', requestdomain: [REQUEST] }],
    [0, { action: 'get' }],
  ]
  for (const [expected, input] of table) assert.equal(await errcode(input), expected, JSON.stringify(input))
  const directly = '/wxa/modify_domain_directly'
  assert.equal(await errcode({ action: 'add', requestdomain: ['http://a.cn'] }, directly), 86100)
  assert.equal(await errcode({ action: 'add', requestdomain: ['https://a.cn'] }, directly), 0)
  assert.equal((await platform({ action: 'add', wxa_server_domain: ['a.cn'] })).errcode, 47001)
})

void test('web-view domains belong to the platform or to one of its sub-domains', async (t) => {
  const { post, componentToken, authorizeMerchant } = await openPlatform(t, { hostsWithoutConfirmFile: ['bare.cn'] })
  const component = await componentToken()
  const { accessToken } = await authorizeMerchant(component)
  const person = await authorizeMerchant(component, { principalType: 0 })
  const set = async (input: Record<string, unknown>, token = accessToken) =>
    (await post('/wxa/setwebviewdomain', token, input)).errcode
  const add = (domain: string) => set({ action: 'add', webviewdomain: [domain] })

  assert.equal(await add('https://h5.shop.cn'), 89020)
  const jump = await post('/cgi-bin/component/modify_wxa_jump_domain', component, {
    action: 'set',
    wxa_jump_h5_domain: 'shop.cn;bare.cn',
    is_modify_published_together: true,
  })
  assertHas(jump, { published_wxa_jump_h5_domain: 'shop.cn', invalid_wxa_jump_h5_domain: 'bare.cn' })
  assert.equal(await add('https://other.cn'), 89021)
  assert.equal(await add('https://evilshop.cn'), 89021)
  assert.equal(await add('https://shop.cn:8443'), 85301)
  assert.equal(await add('https://h5.shop.cn'), 0)
  assert.equal(await add('https://h5.shop.cn'), 89019)
  assert.equal(await set({ action: 'delete', webviewdomain: ['https://absent.cn'] }), 89022)
  assert.equal(await set({ action: 'get' }, person.accessToken), 89231)
  assertHas(await post('/wxa/setwebviewdomain', accessToken), {
    webviewdomain: ['https://h5.shop.cn', 'https://shop.cn'],
  })
})

void test('fifty changes a month, and a new month', async (t) => {
  const { control, post, componentToken } = await openPlatform(t, { domainChangesPerMonth: 1 })
  const change = async (host: string, token: string) =>
    (await post('/cgi-bin/component/modify_wxa_server_domain', token, { action: 'add', wxa_server_domain: host }))
      .errcode
  const component = await componentToken()
  assert.equal(await change('a.cn', component), 0)
  assert.equal(await change('b.cn', component), 86102)
  await control.advanceTime({ seconds: 32 * 86_400 })
  assert.equal(await change('b.cn', await componentToken()), 0)
})

void test('templates: drafts become templates until the library is full', async (t) => {
  const { control, post, get, componentToken } = await openPlatform(t, { templateLimit: 2 })
  const component = await componentToken()
  const { draftId } = await control.createDraft({ userVersion: '1.0' })
  const promote = async (id: unknown, template_type = 0) =>
    (await post('/wxa/addtotemplate', component, { draft_id: id, template_type })).errcode
  assert.equal(await promote(draftId), 0)
  assert.equal(await promote(draftId, 1), 0)
  assert.equal(await promote(draftId), 85065)
  assert.equal(await promote(999), 85064)
  assert.equal(await promote('x'), 47001)
  assert.match(
    JSON.stringify((await get('/wxa/gettemplatelist?template_type=1', component)).template_list),
    /"template_id":2/,
  )
  assert.equal((await post('/wxa/deletetemplate', component, { template_id: 1 })).errcode, 0)
  assert.equal((await post('/wxa/deletetemplate', component, { template_id: 1 })).errcode, 85064)
  await control.createDraft({ userVersion: '1.1' })
  const drafts = (await get('/wxa/gettemplatedraftlist', component)).draft_list
  assert.match(
    JSON.stringify(drafts),
    /^\[\{[^{]*"user_version":"1.1"[^{]*\}\]$/,
    'a dev mini-program keeps its latest draft',
  )
})

void test('privacy guideline, testers, media: their own refusals', async (t) => {
  const { control, post, ask, componentToken, authorizeMerchant } = await openPlatform(t, {
    testerLimit: 1,
    unknownWechatIds: ['nobody_here'],
  })
  const { accessToken } = await authorizeMerchant(await componentToken())
  const owner = { contact_phone: '13000000000', notice_method: '弹窗' }
  const list = [{ privacy_key: 'Album', privacy_text: '上传照片' }]
  const privacy: [number, Record<string, unknown>][] = [
    [86069, { setting_list: list }],
    [86069, { owner_setting: { contact_phone: '1' }, setting_list: list }],
    [86069, { owner_setting: { notice_method: '弹窗' }, setting_list: list }],
    [86071, { privacy_ver: 3, owner_setting: owner, setting_list: list }],
    [86072, { owner_setting: { ...owner, store_expire_timestamp: 'soon' }, setting_list: list }],
    [86074, { privacy_ver: 1, owner_setting: owner }],
    [47001, { owner_setting: JSON.stringify(owner), setting_list: list }],
    [0, { owner_setting: { ...owner, store_expire_timestamp: '30天' }, setting_list: list }],
  ]
  for (const [errcode, input] of privacy) {
    assert.equal((await post('/cgi-bin/component/setprivacysetting', accessToken, input)).errcode, errcode)
  }
  assertHas(await post('/cgi-bin/component/getprivacysetting', accessToken), { code_exist: 0, privacy_list: [] })

  const bind = async (wechatid: string) => (await post('/wxa/bind_tester', accessToken, { wechatid })).errcode
  assert.equal(await bind('nobody_here'), 85001)
  assert.equal(await bind('tester_one'), 0)
  assert.equal(await bind('tester_one'), 85004)
  assert.equal(await bind('tester_two'), 85002)
  assert.equal((await post('/wxa/unbind_tester', accessToken)).errcode, 89033)
  assert.equal((await post('/wxa/unbind_tester', accessToken, { userstr: 'no' })).errcode, 89034)
  assert.equal((await post('/wxa/unbind_tester', accessToken, { wechatid: 'tester_one' })).errcode, 0)

  const upload = async (type: string, size: number): Promise<unknown> => {
    const body = new FormData()
    body.append('media', new Blob([new Uint8Array(size)], { type }), 'a.png')
    return (await ask(`/wxa/uploadmedia?access_token=${accessToken}`, { method: 'POST', body })).json()
  }
  assertHas(await upload('image/png', 10), { errcode: 0, type: 'image' })
  assertHas(await upload('image/png', 2 * 1024 * 1024 + 1), { errcode: 40006 })
  assertHas(await upload('text/plain', 10), { errcode: 40005 })
  assertHas(await upload('image/png', 0), { errcode: 41005 })
  assert.equal((await control.callCounts())['/wxa/uploadmedia'], 4)
})
