import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ wechat: { codeScanSeconds: 0 } })
})
after(() => platform.close())

test('a merchant goes from the invite to a released mini program', async () => {
  const { control } = platform.wechat
  const { appid } = await control.createMerchant({
    nickName: '一号店',
    accountType: 'miniProgram',
    principalName: '一号店有限公司',
  })
  await authorizeMerchant(platform, { businessId: 'shop-1', appid, link: { attributes: { shop: '一号店' } } })

  const binding = await platform.tell('bindings.get', { businessId: 'shop-1' })
  assert.equal(binding['status'], 'bound')
  assert.equal(binding['appid'], appid)
  assert.equal(binding['nickName'], '一号店')

  const draft = await control.createDraft({ userVersion: '1.0.0', userDesc: '首版' })
  const { templateId } = await platform.tell('templates.promote', { draftId: draft.draftId })

  const rendered = await platform.tell('releases.render', { appid, templateId, ext: { title: '{{shop}}' } })
  const extJson = JSON.stringify({ extEnable: true, extAppid: appid, ext: { title: '一号店' } })
  assert.equal(rendered['extJson'], extJson)
  const stranger = await platform.ask('releases.render', { appid: 'wx0000000000000000', templateId, ext: {} })
  assert.deepEqual([stranger.ok, !stranger.ok && stranger.error.reason], [false, 'ACCOUNT_UNKNOWN'])

  const committed = await platform.tell('releases.commit', {
    appid,
    templateId,
    version: '1.0.0',
    description: '首版',
    ext: { title: '{{shop}}' },
  })
  assert.equal(committed['state'], 'committed')
  assert.equal(committed['extJson'], extJson)

  const preview = await platform.tell('releases.preview', { appid })
  assert.equal(preview['contentType'], 'image/jpeg')

  const submitted = await platform.tell('releases.submit', { appid })
  assert.equal(submitted['state'], 'auditing')

  const early = await platform.ask('releases.release', { appid })
  assert.equal(early.ok ? '' : early.error.code, 'CONFLICT')

  await control.passAudit(appid)
  await control.settle()
  assert.equal((await platform.tell('releases.status', { appid }))['state'], 'approved')

  assert.equal((await platform.tell('releases.release', { appid }))['state'], 'released')
  assert.equal((await platform.tell('releases.release', { appid }))['state'], 'released')
  const authorizer = await platform.tell('authorizers.get', { appid })
  assert.deepEqual(Object.keys(Object(authorizer['currentRelease'])).toSorted(), [
    'releaseId',
    'releasedAt',
    'templateId',
    'version',
  ])
})
