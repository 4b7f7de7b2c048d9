import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, makeTemplate, openCommittedShop, openShop, refusalOf, releaseVersion } from '../fixtures/shop.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.resetCalls())

const ownerSetting = { contact_email: 'shop@example.com', notice_method: '弹窗' }

test('the guideline is set in full, and what the code needs besides is said by name', async () => {
  const templateId = await makeTemplate(platform, { privacyKeys: ['PhoneNumber', 'Location'] })
  const appid = await openCommittedShop(platform, templateId, '1.0.0')
  await platform.tell('miniprograms.setPrivacy', {
    appid,
    ownerSetting: { ...ownerSetting, store_expire_timestamp: '30天' },
    settingList: [{ privacy_key: 'PhoneNumber', privacy_text: '登录' }],
  })
  const setting = await platform.tell('miniprograms.getPrivacy', { appid })
  assert.deepEqual(setting['missing'], ['Location'])
  assert.deepEqual(setting['privacyList'], ['PhoneNumber', 'Location'])
  assert.deepEqual(Object(setting['settingList'])[0], {
    privacy_key: 'PhoneNumber',
    privacy_text: '登录',
    privacy_label: '手机号码',
  })
  assert.equal(Object(setting['ownerSetting']).store_expire_timestamp, '30天')
})

test('a guideline that WeChat would refuse is refused before it is sent', async () => {
  const appid = 'wx0000000000000001'
  const settingList: object[] = []
  const rows: [object, string][] = [
    [{ settingList }, 'ownerSetting'],
    [{ ownerSetting: { notice_method: '弹窗' }, settingList }, 'ownerSetting'],
    [{ ownerSetting: { contact_email: 'a@b.example' }, settingList }, 'ownerSetting.notice_method'],
    [{ ownerSetting: JSON.stringify(ownerSetting), settingList }, 'ownerSetting'],
    [{ ownerSetting }, 'settingList'],
    [{ ownerSetting, settingList: [{ privacy_key: 'UserInfo' }] }, 'settingList.0.privacy_text'],
    [{ ownerSetting, settingList: [{ privacy_key: 'UserInfo', privacy_text: '展示' }], version: 1 }, 'settingList'],
    [{ ownerSetting, settingList, version: 3 }, 'version'],
  ]
  for (const [input, field] of rows) {
    const refusal = refusalOf(await platform.ask('miniprograms.setPrivacy', { appid, ...input }))
    assert.deepEqual([refusal.code, refusal.field], ['INVALID_ARGUMENT', field])
  }
  assert.deepEqual(await callsOf(platform), {})
})

test('the live guideline needs a live version', async () => {
  const appid = await openShop(platform)
  const given = { appid, version: 1, ownerSetting }
  const refusal = refusalOf(await platform.ask('miniprograms.setPrivacy', given))
  assert.deepEqual([refusal.code, refusal.wechat?.errcode], ['WECHAT_REJECTED', 86074])
  await releaseVersion(platform, appid, await makeTemplate(platform), '1.0.0')
  await platform.tell('miniprograms.setPrivacy', given)
})

test('testers: bound twice is success, the list shows userstrs', async () => {
  const appid = await openShop(platform)
  const { userstr } = await platform.tell('miniprograms.bindTester', { appid, wechatId: 'zhang_san1' })
  assert.deepEqual(await platform.tell('miniprograms.bindTester', { appid, wechatId: 'zhang_san1' }), {})
  assert.deepEqual(await platform.tell('miniprograms.listTesters', { appid }), { items: [{ userstr }] })

  // The answer to the first attempt is lost, so it is made once more.
  await platform.wechat.control.addFault({ path: '/wxa/unbind_tester', drop: 'after', times: 1 })
  await platform.tell('miniprograms.unbindTester', { appid, wechatId: 'zhang_san1' })
  await platform.wechat.control.clearFaults()
  assert.deepEqual(await platform.tell('miniprograms.listTesters', { appid }), { items: [] })
  const gone = refusalOf(await platform.ask('miniprograms.unbindTester', { appid, wechatId: 'zhang_san1' }))
  assert.equal(gone.wechat?.errcode, 85001)
})

test('info joins what WeChat knows about the account, its versions and its visibility', async () => {
  const appid = await openShop(platform, { nickName: '信息店' })
  await releaseVersion(platform, appid, await makeTemplate(platform), '3.1.4')
  const info = await platform.tell('miniprograms.info', { appid })
  assert.equal(info['nickname'], '信息店')
  assert.equal(info['visible'], true)
  assert.equal(Object(info['releaseInfo']).release_version, '3.1.4')
  assert.equal(Object(info['expInfo']).exp_version, '3.1.4')
  assert.ok(Object.keys(info).every((name) => /^[a-z][A-Za-z0-9]*$/.test(name)))

  assert.deepEqual(await platform.tell('miniprograms.setVisibility', { appid, visible: false }), { visible: false })
  assert.equal((await platform.tell('miniprograms.info', { appid }))['visible'], false)
})

test('what WeChat says of another account is not told as said of this one', async () => {
  const appid = await openShop(platform)
  const body = JSON.stringify({ errcode: 0, appid: 'wx00000000000000ff', nickname: '别人的店' })
  await platform.wechat.control.addFault({ path: '/cgi-bin/account/getaccountbasicinfo', appid, body })
  const refusal = refusalOf(await platform.ask('miniprograms.info', { appid }))
  assert.deepEqual([refusal.code, refusal.reason], ['WECHAT_UNAVAILABLE', 'ANSWERED_FOR_ANOTHER'])
  await platform.wechat.control.clearFaults()
})

test('login exchanges a code once; the session key is answered and nothing else keeps it', async () => {
  const appid = await openShop(platform)
  const { jsCode } = await platform.wechat.control.issueLoginCode({ appid, openid: 'o-user' })
  const session = await platform.tell('miniprograms.login', { appid, jsCode })
  assert.equal(session['openid'], 'o-user')
  const key = String(session['sessionKey'])
  assert.match(key, /^[\w+/]{22}==$/)
  assert.ok(!JSON.stringify(platform.host.database.dump()).includes(key))
  assert.ok(!platform.log.join('\n').includes(key))
  assert.ok(!platform.log.join('\n').includes(jsCode))
  const again = refusalOf(await platform.ask('miniprograms.login', { appid, jsCode }))
  assert.deepEqual([again.code, again.wechat?.errcode], ['WECHAT_REJECTED', 40029])
  const unknown = refusalOf(await platform.ask('miniprograms.login', { appid: 'wx0000000000000009', jsCode: 'x' }))
  assert.equal(unknown.code, 'NOT_FOUND')
})

test('without permission set 18 nothing is sent, and the set is named', async () => {
  const appid = await openShop(platform, { funcInfo: [30] })
  await platform.wechat.control.resetCalls()
  const templateId = 1
  const rows: [string, object][] = [
    ['miniprograms.setServerDomains', { appid, action: 'get' }],
    ['miniprograms.setWebviewDomains', { appid, action: 'add', domains: ['a.example.com'] }],
    ['miniprograms.getPrivacy', { appid }],
    ['miniprograms.bindTester', { appid, wechatId: 'zhang_san1' }],
    ['miniprograms.setVisibility', { appid, visible: true }],
    ['releases.commit', { appid, templateId, version: '1', description: '1' }],
    ['releases.submit', { appid }],
    ['releases.pages', { appid }],
    ['releases.history', { appid }],
    ['releases.quota', { appid }],
  ]
  for (const [operation, input] of rows) {
    const refusal = refusalOf(await platform.ask(operation, input))
    assert.deepEqual([operation, refusal.code], [operation, 'REAUTHORIZATION_REQUIRED'])
    assert.match(refusal.message, /18/)
  }
  const sent = Object.keys(await callsOf(platform)).filter((path) => path.startsWith('/wxa/'))
  assert.deepEqual(sent, [])
  assert.deepEqual(await platform.tell('releases.list', { appid }), { items: [] })
})
