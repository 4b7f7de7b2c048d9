import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { ownOperations } from '../../../local/wechat/operations/table.ts'
import { COMPONENT, SECRET, assertHas, openPlatform } from './wechat.ts'

const item = { first_class: '工具', second_class: '办公', first_id: 287, second_id: 619 }
const items = [item]
const owner = { contact_email: 'a@b.cn', notice_method: '弹窗' }

void test('callers without the right token, method or body are refused as WeChat does', async (t) => {
  const { control, post, get, ask, componentToken, authorizeMerchant } = await openPlatform(t)
  const component = await componentToken()
  const merchant = await authorizeMerchant(component)
  const limited = await authorizeMerchant(component, { funcInfo: [30] })
  const gone = await authorizeMerchant(component)
  await control.unauthorize(gone.appid)
  const revoked = await authorizeMerchant(component)
  await control.revokeToken({ owner: revoked.appid })
  const expired = await authorizeMerchant(component)
  await control.expireToken({ owner: expired.appid })

  const refusals: [number, () => Promise<Record<string, unknown>>][] = [
    [41001, () => post('/wxa/commit', undefined)],
    [40014, () => post('/wxa/commit', 'nonsense')],
    [40001, () => post('/wxa/commit', revoked.accessToken)],
    [42001, () => post('/wxa/commit', expired.accessToken)],
    [61003, () => post('/wxa/commit', gone.accessToken)],
    [61015, () => post('/wxa/commit', component)],
    [61014, () => get('/wxa/gettemplatelist', merchant.accessToken)],
    [61007, () => post('/wxa/commit', limited.accessToken)],
    [43002, () => get('/wxa/commit', merchant.accessToken)],
    [43001, () => post('/wxa/get_page', merchant.accessToken)],
    [41021, () => get('/sns/component/jscode2session?appid=a', component)],
  ]
  for (const [errcode, call] of refusals) assert.equal((await call()).errcode, errcode)

  const raw = async (body: string) =>
    (await ask(`/wxa/release?access_token=${merchant.accessToken}`, { method: 'POST', body })).json()
  assertHas(await raw(''), { errcode: 44002 })
  assertHas(await raw('{'), { errcode: 47001 })
  assertHas(await raw('{"action":"\\u4e2d\\u6587"}'), { errcode: 47002 })
  const refused = await post('/wxa/release', merchant.accessToken)
  assert.match(String(refused.errmsg), /^no version is under auditing rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/)
})

void test('the README names every endpoint that remembers something', async () => {
  const readme = await readFile('local/wechat/README.md', 'utf8')
  for (const { path } of ownOperations) assert.ok(readme.includes(`${path}\``), path)
})

void test('what WeChat lacks here is 501, never an empty success', async (t) => {
  const { ask } = await openPlatform(t)
  const answer = await ask('/cgi-bin/menu/create', { method: 'POST', body: '{}' })
  assert.equal(answer.status, 501)
  assert.match(await answer.text(), /\(\(POST \/cgi-bin\/menu\/create is not simulated/)
})

void test('a component token needs the right platform, secret and ticket', async (t) => {
  const { control, post, componentToken, newestTicket } = await openPlatform(t)
  await componentToken()
  const old = await newestTicket()
  const ask = async (changes: Record<string, unknown>) =>
    (
      await post('/cgi-bin/component/api_component_token', undefined, {
        component_appid: COMPONENT,
        component_appsecret: SECRET,
        component_verify_ticket: old,
        ...changes,
      })
    ).errcode

  assert.equal(await ask({ component_appid: undefined }), 41018)
  assert.equal(await ask({ component_appid: 'wxother' }), 40013)
  assert.equal(await ask({ component_appsecret: undefined }), 41004)
  assert.equal(await ask({ component_appsecret: 'wrong' }), 40125)
  assert.equal(await ask({ component_verify_ticket: 'ticket@@@never' }), 61006)
  await control.advanceTime({ seconds: 12 * 3600 - 1 })
  assert.equal(await ask({}), undefined)
  await control.advanceTime({ seconds: 1 })
  assert.equal(await ask({}), 61005)
})

void test('commit: the template, the string and its grammar are checked', async (t) => {
  const { control, post, componentToken, authorizeMerchant } = await openPlatform(t)
  const { appid, accessToken } = await authorizeMerchant(await componentToken())
  const { templateId } = await control.createTemplate({
    pages: ['pages/index/index', 'pages/mine/mine'],
    subPackages: { shop: ['list'] },
  })
  const standard = await control.createTemplate({ sourceAppid: 'wxstandard', templateType: 1 })
  const broken = await control.createTemplate({ sourceAppid: 'wxbroken', flaw: 'broken' })
  const large = await control.createTemplate({ sourceAppid: 'wxlarge', flaw: 'tooLarge' })
  const commit = async (extJson: unknown, changes: Record<string, unknown> = {}) =>
    (
      await post('/wxa/commit', accessToken, {
        template_id: templateId,
        user_version: '1',
        user_desc: '说明',
        ext_json: typeof extJson === 'string' ? extJson : JSON.stringify(extJson),
        ...changes,
      })
    ).errcode

  const grammar: [number, unknown][] = [
    [85048, '{'],
    [85048, '[]'],
    [85013, { pages: 'pages/index/index' }],
    [85013, { plugins: [] }],
    [85013, { extAppid: 'wx-of-somebody-else' }],
    [85047, { pages: [] }],
    [85045, { pages: ['pages/none'] }],
    [85045, { extPages: { 'pages/none': {} } }],
    [85045, { tabBar: { list: [{ pagePath: 'pages/none' }] } }],
    [85046, { tabBar: { list: [{ text: '首页' }] } }],
    [85045, { subPackages: [{ root: 'shop', pages: ['none'] }] }],
    [85310, { requiredPrivateInfos: ['getMind'] }],
    [85311, { requiredPrivateInfos: ['getFuzzyLocation', 'getLocation'] }],
    [80067, { plugins: { a: { version: '1.0.0', provider: 'wxnone' } } }],
    [80082, { plugins: { a: { version: '1.0.0', provider: appid } } }],
    [0, { extAppid: appid, ext: { a: 1 }, extPages: { 'shop/list': {} }, window: {}, extEnable: true }],
    [0, {}],
  ]
  for (const [errcode, extJson] of grammar) assert.equal(await commit(extJson), errcode, JSON.stringify(extJson))

  assert.equal(await commit('', { ext_json: { ext: {} } }), 47001)
  assert.equal(await commit({}, { template_id: 99 }), 85014)
  assert.equal(await commit({}, { template_id: String(templateId) }), 0)
  assert.equal(await commit({}, { user_version: 'x'.repeat(65) }), 47001)
  assert.equal(await commit({}, { template_id: broken.templateId }), 85043)
  assert.equal(await commit({}, { template_id: large.templateId }), 85044)
  assert.equal(await commit({ ext: {} }, { template_id: standard.templateId }), 0)
  assert.equal(await commit({ pages: ['pages/index/index'] }, { template_id: standard.templateId }), 9402203)
})

void test('submit: each precondition has its own number', async (t) => {
  const { control, post, get, componentToken, authorizeMerchant } = await openPlatform(t, { auditQuota: 1 })
  const component = await componentToken()
  const { templateId } = await control.createTemplate({ privacyKeys: ['Album'], privateApis: ['chooseAddress'] })
  const commitTo = async (accessToken: string, extJson = '{}', template = templateId) =>
    (
      await post('/wxa/commit', accessToken, {
        template_id: template,
        user_version: '1',
        user_desc: '说明',
        ext_json: extJson,
      })
    ).errcode
  const submit = async (accessToken: string, changes: Record<string, unknown> = {}) =>
    (await post('/wxa/submit_audit', accessToken, { item_list: items, ...changes })).errcode

  const noCategory = await authorizeMerchant(component, { categories: [] })
  assert.equal(await submit(noCategory.accessToken), 85086)
  await commitTo(noCategory.accessToken)
  assert.equal(await submit(noCategory.accessToken), 85008)
  const unfinished = await authorizeMerchant(component, { signature: '' })
  await commitTo(unfinished.accessToken)
  assert.equal(await submit(unfinished.accessToken), 86002)

  const { appid, accessToken } = await authorizeMerchant(component, { grantedApis: ['wx.chooseAddress'] })
  await commitTo(accessToken)
  assert.equal(await submit(accessToken), 61039)
  assert.equal((await get('/wxa/security/get_code_privacy_info', accessToken)).errcode, 61039)
  await control.finishScan({ appid })
  assert.deepEqual((await get('/wxa/security/get_code_privacy_info', accessToken)).without_conf_list, ['chooseAddress'])

  const lists: [number, unknown[]][] = [
    [85023, []],
    [85023, Array.from({ length: 6 }, () => item)],
    [85010, [{}]],
    [85008, [{ ...item, first_id: 1 }]],
    [85007, [{ ...item, address: 'pages/none' }]],
    [85011, [{ ...item, title: '长'.repeat(33) }]],
    [85006, [{ ...item, tag: 'a b c d e f g h i j k' }]],
  ]
  for (const [errcode, item_list] of lists) assert.equal(await submit(accessToken, { item_list }), errcode)
  assert.equal(await submit(accessToken, { preview_info: { pic_id_list: [] } }), 85092)
  assert.equal(await submit(accessToken), 61040)

  const privacy = { owner_setting: owner, setting_list: [{ privacy_key: 'Album', privacy_text: '上传照片' }] }
  assert.equal((await post('/cgi-bin/component/setprivacysetting', accessToken, privacy)).errcode, 0)
  assert.equal(await submit(accessToken), 61040)
  await commitTo(accessToken, JSON.stringify({ requiredPrivateInfos: ['chooseAddress'] }))
  await control.finishScan({ appid })
  assert.equal((await post('/wxa/changewxasearchstatus', accessToken, { status: 1 })).errcode, 0)
  assert.equal(await submit(accessToken), 85091)
  await post('/wxa/changewxasearchstatus', accessToken, { status: 0 })
  assert.equal(await submit(accessToken), 0)
  assert.equal(await submit(accessToken), 85009)

  const other = await authorizeMerchant(component, { grantedApis: ['chooseAddress'] })
  await commitTo(other.accessToken)
  await control.finishScan({ appid: other.appid })
  assert.equal(await submit(other.accessToken, { privacy_api_not_use: true }), 85085)
})

void test('audits: status, withdrawal limits, speeding up', async (t) => {
  const { control, post, get, componentToken, authorizeMerchant } = await openPlatform(t, {
    codeScanSeconds: 0,
    speedupQuota: 1,
    withdrawalsPerDay: 2,
    withdrawalsPerMonth: 3,
  })
  const { appid, accessToken } = await authorizeMerchant(await componentToken())
  const { templateId } = await control.createTemplate({})
  await post('/wxa/commit', accessToken, { template_id: templateId, user_version: '1', user_desc: '', ext_json: '{}' })
  const submit = () => post('/wxa/submit_audit', accessToken, { item_list: items })
  const latest = () => get('/wxa/get_latest_auditstatus', accessToken)
  const withdraw = async () => (await get('/wxa/undocodeaudit', accessToken)).errcode

  assert.equal((await latest()).errcode, 85058)
  assert.equal((await post('/wxa/get_auditstatus', accessToken, { auditid: 1 })).errcode, 85012)
  assert.equal(await withdraw(), 85019)
  const { auditid } = await submit()
  await control.rejectAudit({ appid, reason: '内容为空<br>请补充' })
  const rejected = await latest()
  assertHas(rejected, { auditid, status: 1, reason: '内容为空<br>请补充' })
  assert.equal((await post('/wxa/release', accessToken)).errcode, 85020)

  await submit()
  await control.delayAudit({ appid })
  assert.equal((await latest()).status, 4)
  assert.equal(await withdraw(), 0)
  assert.equal((await latest()).status, 3)
  await submit()
  assert.equal(await withdraw(), 0)
  const third = await submit()
  assert.equal(await withdraw(), 87013)
  const speedUp = async (id: unknown) => (await post('/wxa/speedupaudit', accessToken, { auditid: id })).errcode
  assert.equal(await speedUp(auditid), 89402)
  assert.equal(await speedUp(third.auditid), 0)
  assert.equal(await speedUp(third.auditid), 89404)
  assertHas(await get('/wxa/queryquota', accessToken), { rest: 996, limit: 1000, speedup_rest: 0 })
})

void test('gray release grows, ends at 100, and rollback has its rules', async (t) => {
  const { control, post, get, componentToken, authorizeMerchant } = await openPlatform(t, { codeScanSeconds: 0 })
  const { appid, accessToken } = await authorizeMerchant(await componentToken())
  const { templateId } = await control.createTemplate({})
  const approve = async (version: string) => {
    const commit = { template_id: templateId, user_version: version, user_desc: '', ext_json: '{}' }
    assert.equal((await post('/wxa/commit', accessToken, commit)).errcode, 0)
    assert.equal((await post('/wxa/submit_audit', accessToken, { item_list: items })).errcode, 0)
    await control.passAudit({ appid })
  }
  const gray = async (gray_percentage: unknown, more = {}) =>
    (await post('/wxa/grayrelease', accessToken, { gray_percentage, ...more })).errcode
  const revert = async (query = '') => (await get(`/wxa/revertcoderelease${query}`, accessToken)).errcode
  const live = async () => (await control.merchant(appid)).live?.version

  await approve('1.0')
  assert.equal(await gray(10), 85079)
  await post('/wxa/release', accessToken)
  assert.equal(await gray(10), 85080)
  assert.equal(await revert(), 87012)
  await approve('2.0')
  assert.equal(await gray(101), 85081)
  assert.equal(await gray(0), 85081)
  assert.equal(await gray(10, { support_debuger_first: 1 }), 40097)
  assert.equal(await gray(0, { support_debuger_first: true }), 0)
  assert.equal(await gray(20), 0)
  assert.equal(await gray(20), 85082)
  assert.equal(await revert(), 87011)
  const plan = (await get('/wxa/getgrayreleaseplan', accessToken)).gray_release_plan
  assertHas(plan, { status: 1, gray_percentage: 20 })
  assert.equal((await get('/wxa/revertgrayrelease', accessToken)).errcode, 0)
  assert.equal(await live(), '1.0')
  assert.equal(await gray(100), 0)
  assert.equal(await live(), '2.0')

  await approve('3.0')
  await post('/wxa/release', accessToken)
  const history = (await get('/wxa/revertcoderelease?action=get_history_version', accessToken)).version_list
  assert.match(
    JSON.stringify(history),
    /^\[\{"app_version":2,"user_version":"2.0".*\},\{"app_version":1,"user_version":"1.0".*\}\]$/,
  )
  assert.equal(await revert('?app_version=9'), 87012)
  assert.equal(await revert('?app_version=1'), 0)
  assert.equal(await live(), '1.0')
  assert.equal(await revert(), 87012)
})
