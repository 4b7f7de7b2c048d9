import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, makeTemplate, openShop, refusalOf, releaseVersion } from '../fixtures/shop.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
})
after(() => platform.close())

const promote = async (draftId: number) => platform.tell('templates.promote', { draftId })

test('a draft becomes a template, whose id is found', async () => {
  const { control } = platform.wechat
  const draft = await control.createDraft({ userVersion: '1.0.0', userDesc: '首版', sourceAppid: 'wxdev1' })
  await control.createDraft({ userVersion: '9.9.9', sourceAppid: 'wxdev2' })
  const drafts = await platform.tell('templates.listDrafts')
  assert.deepEqual(
    Object(drafts['items']).map((item: object) => Object(item).user_version),
    ['9.9.9', '1.0.0'],
  )
  const first = await promote(draft.draftId)
  const second = await promote(draft.draftId)
  assert.notEqual(first['templateId'], second['templateId'])
  const { items, nextCursor } = await platform.tell('templates.list', { limit: 1 })
  assert.equal(Object(items)[0].template_id, second['templateId'])
  const rest = await platform.tell('templates.list', { limit: 1, cursor: nextCursor })
  assert.equal(Object(rest['items'])[0].template_id, first['templateId'])
})

test('an answer that was lost is read back; the same key never makes a second template', async () => {
  const { control } = platform.wechat
  const draft = await control.createDraft({ userVersion: '2.0.0' })
  const count = async () => Object((await platform.tell('templates.list', { limit: 100 }))['items']).length
  const before = await count()
  await control.addFault({ path: '/wxa/addtotemplate', drop: 'after', times: 1 })
  await promote(draft.draftId)
  assert.equal(await count(), before + 1)

  // Neither the answer nor the list gets through: the key is free again, and the template is found.
  await control.addFault({ path: '/wxa/addtotemplate', drop: 'after', times: 1 })
  await control.addFault({ path: '/wxa/gettemplatelist', status: 502, skip: 1, times: 3 })
  const input = { draftId: draft.draftId, idempotencyKey: 'promote-1' }
  assert.equal(refusalOf(await platform.ask('templates.promote', input)).code, 'WECHAT_UNAVAILABLE')
  await control.clearFaults()
  await platform.tell('templates.promote', input)
  await platform.tell('templates.promote', input)
  assert.equal(await count(), before + 2)
})

test('unknown drafts and templates are not found', async () => {
  assert.equal(refusalOf(await platform.ask('templates.promote', { draftId: 4711 })).code, 'NOT_FOUND')
  assert.equal(refusalOf(await platform.ask('templates.delete', { templateId: 4711 })).code, 'NOT_FOUND')
  const appid = await openShop(platform)
  const commit = { appid, templateId: 4711, version: '1', description: '1' }
  const refusal = refusalOf(await platform.ask('releases.commit', commit))
  assert.deepEqual([refusal.code, refusal.field], ['NOT_FOUND', 'templateId'])
  assert.deepEqual(await platform.tell('releases.list', { appid }), { items: [] })
})

test('a full library says what to delete', async () => {
  const { control } = platform.wechat
  const draft = await control.createDraft({})
  await control.changeSettings({ templateLimit: 1 })
  const refusal = refusalOf(await platform.ask('templates.promote', { draftId: draft.draftId }))
  assert.deepEqual([refusal.code, refusal.wechat?.errcode], ['WECHAT_REJECTED', 85065])
  assert.match(refusal.hint ?? '', /templates\.delete/)
  await control.changeSettings({ templateLimit: 200 })
})

test('deleting is repeated without harm where the answer was lost', async () => {
  const templateId = await makeTemplate(platform)
  await platform.wechat.control.addFault({ path: '/wxa/deletetemplate', drop: 'after', times: 1 })
  await platform.tell('templates.delete', { templateId })
  assert.equal(refusalOf(await platform.ask('templates.delete', { templateId })).code, 'NOT_FOUND')
})

test('which merchant runs which template stands with the merchant', async () => {
  const templateId = await makeTemplate(platform)
  const appid = await openShop(platform)
  await releaseVersion(platform, appid, templateId, '4.0.0')
  const { items } = await platform.tell('authorizers.list', { query: appid })
  const { currentRelease } = Object(Object(items)[0])
  assert.deepEqual([currentRelease.templateId, currentRelease.version], [templateId, '4.0.0'])
})

test('the list of templates is read once for many commits', async () => {
  const templateId = await makeTemplate(platform)
  const shops = [await openShop(platform), await openShop(platform)]
  await platform.wechat.control.resetCalls()
  for (const appid of shops)
    await platform.tell('releases.commit', { appid, templateId, version: '1', description: '1' })
  const counts = await callsOf(platform)
  assert.deepEqual([counts['/wxa/commit'], counts['/wxa/gettemplatelist']], [2, 1])
})
