import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editRows } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'

const MERCHANTS = 50

test('per merchant a rollout makes three changing calls to WeChat and three reads, and at most 2.5 calls to the database', async (t) => {
  const platform = await startPlatform()
  try {
    const { control } = platform.wechat
    await control.createTemplate({ userVersion: '2.0.0', userDesc: '新版' })
    await control.createMerchants({ count: MERCHANTS, granted: true })
    await platform.tell('authorizers.sync')
    await platform.host.fireTimer('refreshTokens')
    // Today's other work is done.
    await platform.host.fireTimer('processQueue')
    // The results of the reviews come by polling here: a push is a call of its own.
    await control.changeSettings({ holdPushes: true })
    await ship(platform, '2.0.0')
    const first = await countedCalls(platform)
    assert.deepEqual(first.wechat, {
      '/wxa/commit': MERCHANTS,
      '/wxa/submit_audit': MERCHANTS,
      '/wxa/release': MERCHANTS,
      '/wxa/get_category': MERCHANTS,
      '/wxa/get_latest_auditstatus': MERCHANTS,
      '/wxa/security/get_code_privacy_info': MERCHANTS,
      '/wxa/get_auditstatus': MERCHANTS,
      // Once a template, once a run; the list once where the rollout is planned and once where it is shipped.
      '/cgi-bin/component/getprivacysetting': 1,
      '/wxa/get_page': 1,
      '/wxa/gettemplatelist': 2,
      '/wxa/queryquota': 1,
    })
    t.diagnostic(`${first.database / MERCHANTS} database calls per merchant`)
    assert.ok(first.database / MERCHANTS <= 2.5, `${first.database / MERCHANTS}`)

    // The newest audit is known now, and what was live before is superseded.
    await ship(platform, '2.1.0')
    const second = await countedCalls(platform)
    assert.equal(second.wechat['/wxa/get_latest_auditstatus'], undefined)
    assert.deepEqual(
      [second.wechat['/wxa/commit'], second.wechat['/wxa/submit_audit'], second.wechat['/wxa/release']],
      [MERCHANTS, MERCHANTS, MERCHANTS],
    )
    assert.ok(second.database / MERCHANTS <= 2.5, `${second.database / MERCHANTS}`)
  } finally {
    await platform.close()
  }
})

async function ship(platform: LocalPlatform, version: string): Promise<void> {
  const { control } = platform.wechat
  const appids = (await control.merchants()).map(({ appid }) => appid)
  await control.resetCalls()
  platform.host.database.faults.resetCounts()
  const plan = { name: version, templateId: 1, version, description: '新版', all: true, autoRelease: true }
  const { rolloutId } = await platform.tell('rollouts.create', plan)
  const run = async (): Promise<unknown> => {
    await platform.host.fireTimer('processQueue')
    for (const collection of ['rollouts', 'releases'])
      await editRows(platform, collection, { dueAt: { $gt: new Date(0) } }, { dueAt: new Date(1000) })
    return Object((await platform.tell('rollouts.get', { rolloutId }))['counts'])
  }
  assert.equal(Object(await run()).auditing, MERCHANTS)
  for (const appid of appids) await control.passAudit(appid)
  assert.equal(Object(await run()).released, MERCHANTS)
}

/** Only what belongs to the rollout: the queue's other steps cost the same without one. */
const its = /^database\.\w+ (?:rollouts|rolloutItems|releases|authorizers|bindings|subscriptions|deliveries)$/

async function countedCalls(platform: LocalPlatform) {
  const counts = Object.entries(platform.host.database.faults.counts())
  const database = counts.reduce((sum, [name, count]) => sum + (its.test(name) ? count : 0), 0)
  return { wechat: await platform.wechat.control.callCounts(), database }
}
