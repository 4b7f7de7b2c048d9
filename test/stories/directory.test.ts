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

test('no row hands out or uses up a credential', async () => {
  const paths = Object.values(await allOperations()).flatMap(({ endpoint }) => endpoint?.path ?? [])
  assert.equal(paths.length, 248)
  assert.deepEqual(paths.filter(isCredentialPath), [])
})
