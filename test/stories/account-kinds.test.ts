import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { kindOf } from '../../shared/domain/authorizers/account-kind.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { makeTemplate, openShop, refusalOf } from '../fixtures/shop.ts'

/* Accounts other than mini programs and official accounts: known, told apart, never bound, never released to. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

test('what WeChat says of an account tells its kind', () => {
  const rows: [info: Record<string, unknown>, kind: string][] = [
    [{ MiniProgramInfo: {}, service_type_info: { id: 0 } }, 'miniprogram'],
    [{ service_type_info: { id: 2 }, verify_type_info: { id: 0 }, business_info: {} }, 'official'],
    [{ store_info: { id: 0 } }, 'store'],
    [{ channels_info: { id: 0 } }, 'channels'],
    [{ talent_info: { id: 0 } }, 'talent'],
    [{ supplier_info: { id: 0 }, MiniProgramInfo: null }, 'supplier'],
    [{ cinema_info: { id: 0 } }, 'other'],
  ]
  for (const [info, kind] of rows) assert.equal(kindOf(info), kind)
})

test('a store is known here and neither bound nor released to', async () => {
  const appid = await openShop(platform, { nickName: '小店铺', accountType: 'store', funcInfo: [129, 18] })
  await platform.wechat.control.settle()
  await platform.tell('authorizers.sync', {})
  assert.equal((await platform.tell('authorizers.get', { appid }))['accountType'], 'store')
  const refusal = refusalOf(await platform.ask('bindings.bind', { businessId: 'shop-1', appid }))
  assert.deepEqual([refusal.code, refusal.reason, refusal.field], ['CONFLICT', 'ACCOUNT_NOT_BINDABLE', 'appid'])
  assert.match(refusal.message, /微信小店/)
  for (const dryRun of [true, false]) {
    const imported = await platform.tell('bindings.import', { items: [{ businessId: 'shop-1', appid }], dryRun })
    const [item] = Object(imported['items'])
    assert.deepEqual([item.outcome, item.problem.code], ['unknown', 'ACCOUNT_NOT_BINDABLE'])
  }
  const { items } = await platform.tell('releases.preflight', { appids: [appid] })
  assert.deepEqual(
    Object(items)[0].problems.map(({ code }: { code: string }) => code),
    ['NOT_A_MINI_PROGRAM'],
  )
  await platform.wechat.control.resetCalls()
  const code = { templateId: await makeTemplate(platform), version: '1.0.0', description: '新版' }
  for (const [operation, input] of [
    ['releases.commit', code],
    ['releases.submit', {}],
  ] as const) {
    const refused = refusalOf(await platform.ask(operation, { appid, ...input }))
    assert.deepEqual([refused.code, refused.reason, refused.field], ['CONFLICT', 'NOT_A_MINI_PROGRAM', 'appid'])
  }
  const sent = Object.keys(await platform.wechat.control.callCounts()).filter((path) => path.startsWith('/wxa/'))
  assert.deepEqual(sent, ['/wxa/gettemplatelist'])
})
