import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { isCredentialPath } from '../../shared/domain/free-paths.ts'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, openShop, refusalOf } from '../fixtures/shop.ts'

let platform: LocalPlatform
let appid: string
before(async () => {
  platform = await startPlatform()
  appid = await openShop(platform)
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.resetCalls())

test("a row of WeChat's directory is an operation: its fields in, WeChat's answer out", async () => {
  await platform.tell('baseLibraries.set', { appid, body: { version: '2.21.0' } })
  const { now_version: lowest } = await platform.tell('baseLibraries.get', { appid })
  assert.equal(lowest, '2.21.0')
  const introduction = { appid, body: { signature: '一家小店的介绍' } }
  const done = await platform.tell('introductions.set', introduction)
  assert.equal(done['errcode'], 0)
})

test('the action of a row that is one of several is filled in', async () => {
  const plugin = await openShop(platform, { nickName: '插件' })
  await platform.tell('plugins.apply', { appid, body: { plugin_appid: plugin, reason: '需要' } })
  const { plugin_list: list } = await platform.tell('plugins.list', { appid })
  assert.deepEqual(list, [{ appid: plugin, status: 2, nickname: '插件', headimgurl: '' }])
})

test('what WeChat would refuse is refused before anything is sent', async () => {
  const rows: [input: object, field: string][] = [
    [{ appid }, 'body'],
    [{ appid, body: {} }, 'body.nick_name'],
    [{ appid, body: { nick_name: 5 } }, 'body.nick_name'],
    [{ appid, body: { nick_name: '小店', nickname: '小店' } }, 'body.nickname'],
    [{ appid, body: { nick_name: '小店' }, query: {} }, 'query'],
    [{ body: { nick_name: '小店' } }, 'appid'],
  ]
  for (const [input, field] of rows) {
    const { code, field: bad } = refusalOf(await platform.ask('names.set', input))
    assert.deepEqual([code, bad], ['INVALID_ARGUMENT', field])
  }
  const loose = { illegal_record_id: '2_1', appeal_materials: [{ reason: '误判', access_token: 'x' }] }
  const refusal = refusalOf(await platform.ask('appeals.create', { appid, body: loose }))
  assert.equal(refusal.field, 'body.appeal_materials.0.access_token')
  assert.equal((await callsOf(platform))['/wxa/setnickname'], undefined)
})

test('reading is for viewers, changing for operators, what holds personal data for owners', async () => {
  await platform.tell('admins.put', { id: 'o-viewer', role: 'viewer' })
  await platform.tell('admins.put', { id: 'o-operator', role: 'operator' })
  const rows: [operation: string, input: object, openid: string, outcome: string][] = [
    ['categories.list', { appid }, 'o-viewer', 'ok'],
    ['searches.set', { appid, body: { status: 1 } }, 'o-viewer', 'PERMISSION_DENIED'],
    ['searches.set', { appid, body: { status: 1 } }, 'o-operator', 'ok'],
    ['filings.details', { appid }, 'o-operator', 'PERMISSION_DENIED'],
    ['quotas.get', { body: { cgi_path: '/wxa/get_page' } }, OWNER, 'ok'],
  ]
  for (const [operation, input, openid, outcome] of rows) {
    const answer = await platform.ask(operation, input, openid)
    assert.equal(answer.ok ? 'ok' : answer.error.code, outcome, `${openid} ${operation}`)
  }
})

test('a change without an answer is looked for where its row names a reading, and is never made twice', async () => {
  const shop = await openShop(platform, { createdByApi: true })
  const { control } = platform.wechat
  const path = '/cgi-bin/wxopen/addcategory'
  const add = (first: number, second: number) =>
    platform.ask('categories.add', {
      appid: shop,
      idempotencyKey: `add ${second}`,
      body: { categories: [{ first, second }] },
    })
  const drop = (first: number, second: number) =>
    platform.ask('categories.delete', { appid: shop, idempotencyKey: `drop ${second}`, body: { first, second } })
  const sent = async () => (await callsOf(platform))[path] ?? 0

  await control.addFault({ path, drop: 'after', times: 1 })
  assert.deepEqual(Object(await add(287, 288)).data, { errcode: 0, errmsg: 'ok' })
  assert.deepEqual(Object(await add(287, 288)).data, { errcode: 0, errmsg: 'ok' })
  assert.equal(await sent(), 1)
  // Made, and neither told nor found at once: the repetition finds it.
  await control.addFault({ path, drop: 'after', times: 1 })
  const reading = await control.addFault({ path: '/cgi-bin/wxopen/getcategory', errcode: 40097 })
  const lost = refusalOf(await add(304, 310))
  assert.deepEqual([lost.code, lost.retryable], ['WECHAT_UNAVAILABLE', true])
  await control.removeFault({ faultId: reading.faultId })
  assert.ok((await add(304, 310)).ok)
  assert.equal(await sent(), 2)
  // Not made: it is made by the repetition.
  await control.addFault({ path, drop: 'before', times: 1 })
  assert.equal(refusalOf(await add(372, 1487)).code, 'WECHAT_UNAVAILABLE')
  assert.ok((await add(372, 1487)).ok)
  // An errcode that no table knows says nothing either.
  const unknown = { path: '/cgi-bin/wxopen/deletecategory', errcode: 1_234_567, times: 1 }
  await control.addFault({ ...unknown, apply: true })
  assert.ok((await drop(287, 288)).ok)
  await control.addFault(unknown)
  for (let round = 0; round < 2; round++) {
    const { code, reason } = refusalOf(await drop(304, 310))
    assert.deepEqual([code, reason], ['WECHAT_REJECTED', 'UNKNOWN_ERRCODE'])
  }

  // No reading tells of a picture.
  await control.addFault({ path: '/cgi-bin/account/modifyheadimage', drop: 'after', times: 1 })
  const picture = { appid: shop, idempotencyKey: 'f', body: { head_img_media_id: 'm', x1: 0, y1: 0, x2: 1, y2: 1 } }
  for (let round = 0; round < 2; round++)
    assert.equal(refusalOf(await platform.ask('pictures.set', picture)).reason, 'OUTCOME_UNKNOWN')
  assert.equal((await callsOf(platform))['/cgi-bin/account/modifyheadimage'], 1)
})

test('what rows name as their reading tells what was made and what was not', async () => {
  const shop = await openShop(platform, { createdByApi: true })
  const other = await openShop(platform, { nickName: '另一家' })
  const { control } = platform.wechat
  const rows: [operation: string, path: string, body: object][] = [
    ['plugins.apply', '/wxa/plugin', { plugin_appid: other }],
    ['plugins.delete', '/wxa/plugin', { plugin_appid: other }],
    ['halfScreens.add', '/wxaapi/wxaembedded/add_embedded', { appid: other }],
    ['openAccounts.create', '/cgi-bin/open/create', { appid: shop }],
    [
      'privacyInterfaces.apply',
      '/wxa/security/apply_privacy_interface',
      { api_name: 'wx.chooseAddress', content: '送货', url_list: ['https://a.example'] },
    ],
  ]
  for (const [operation, path, body] of rows) {
    await control.clearFaults()
    await control.addFault({ path, drop: 'before', times: 1 })
    const idempotencyKey = operation
    const first = await platform.ask(operation, { appid: shop, body, idempotencyKey })
    assert.equal(refusalOf(first).code, 'WECHAT_UNAVAILABLE', operation)
    await control.addFault({ path, drop: 'after', times: 1 })
    const second = await platform.ask(operation, { appid: shop, body, idempotencyKey })
    assert.ok(second.ok, `${operation}: ${JSON.stringify(second)}`)
  }
  await control.clearFaults()
})

test('no row hands out or uses up a credential', async () => {
  const paths = Object.values(await allOperations()).flatMap(({ endpoint }) => endpoint?.path ?? [])
  assert.equal(paths.length, 248)
  assert.deepEqual(paths.filter(isCredentialPath), [])
})
