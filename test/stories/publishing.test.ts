import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import {
  callsOf,
  endAttempts,
  makeTemplate,
  openShop,
  refusalOf,
  releaseVersion,
  runQueue,
  stateOf,
} from '../fixtures/shop.ts'

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
})
after(() => platform.close())
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

const commit = (appid: string, version: string) =>
  platform.tell('releases.commit', { appid, templateId, version, description: '新版' })

async function approve(appid: string, version: string): Promise<void> {
  await commit(appid, version)
  await platform.tell('releases.submit', { appid })
  await platform.wechat.control.passAudit(appid)
}

const conflict = async (operation: string, input: object): Promise<string> => {
  const refusal = refusalOf(await platform.ask(operation, input))
  assert.equal(refusal.code, 'CONFLICT', refusal.message)
  return refusal.message
}

const currentReleaseOf = async (appid: string): Promise<unknown> =>
  Object((await platform.tell('authorizers.get', { appid }))['currentRelease']).version

test('released twice is released; what is not approved is refused without asking WeChat', async () => {
  const appid = await openShop(platform)
  await conflict('releases.release', { appid })
  await commit(appid, '1.0.0')
  await conflict('releases.release', { appid })
  await platform.tell('releases.submit', { appid })
  await platform.wechat.control.resetCalls()
  assert.match(await conflict('releases.release', { appid }), /审核中.*还没有审核通过/)
  assert.deepEqual(await callsOf(platform), {})
  await platform.wechat.control.passAudit(appid)
  assert.match(await conflict('releases.release', { appid, version: '2.0.0' }), /审核通过的是版本 1\.0\.0/)
  assert.equal((await platform.tell('releases.release', { appid, version: '1.0.0' }))['state'], 'released')
  assert.equal((await platform.tell('releases.release', { appid, version: '1.0.0' }))['state'], 'released')
  assert.equal((await platform.tell('releases.release', { appid }))['state'], 'released')
  assert.equal((await callsOf(platform))['/wxa/release'], 1)
  await conflict('releases.release', { appid, version: '2.0.0' })
  assert.equal(await currentReleaseOf(appid), '1.0.0')
  assert.equal(refusalOf(await platform.ask('releases.release', { appid: 'wx0000000000000009' })).code, 'NOT_FOUND')
})

test('another hand put a version online since: it is not told as ours, and is released where it is named', async () => {
  const appid = await openShop(platform)
  await releaseVersion(platform, appid, templateId, '1.0.0')
  await platform.wechat.control.bringVersion({ appid, version: '9.0.0', description: '别处' })
  await conflict('releases.release', { appid, version: '1.0.0' })
  const named = await platform.tell('releases.release', { appid, version: '9.0.0' })
  assert.deepEqual([named['state'], named['origin'], named['templateId']], ['released', 'elsewhere', undefined])
  assert.equal((await platform.tell('releases.release', { appid }))['version'], '9.0.0')
  await platform.wechat.control.addFault({ path: '/wxa/getversioninfo', appid, errcode: -1 })
  assert.equal((await platform.tell('releases.release', { appid }))['version'], '9.0.0')
  assert.equal((await callsOf(platform))['/wxa/release'], 1)
})

test('however many commits came since, the version in review is released, withdrawn and told', async () => {
  const appid = await openShop(platform)
  await releaseVersion(platform, appid, templateId, '0.9.0')
  const ext = { shop: 'one' }
  await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: '新版', ext })
  await platform.tell('releases.submit', { appid })
  await platform.wechat.control.addFault({ path: '/wxa/commit', appid, errcode: 85_043 })
  for (let build = 0; build < 21; build++)
    refusalOf(
      await platform.ask('releases.commit', { appid, templateId, version: `2.0.${build}`, description: '新版' }),
    )
  await platform.wechat.control.clearFaults()
  assert.equal((await platform.tell('releases.status', { appid }))['version'], '1.0.0')
  const { extJson } = await platform.tell('releases.render', { appid, templateId })
  assert.deepEqual(JSON.parse(String(extJson)).ext, ext)
  for (let build = 0; build < 21; build++) await commit(appid, `3.0.${build}`)
  assert.equal((await platform.tell('releases.status', { appid }))['version'], '1.0.0')
  await platform.wechat.control.passAudit(appid)
  assert.equal((await platform.tell('releases.release', { appid }))['version'], '1.0.0')
  assert.equal(await currentReleaseOf(appid), '1.0.0')
  const { items } = await platform.tell('releases.list', { appid, states: ['released', 'superseded'], limit: 100 })
  const online: { version: string; state: string }[] = Object(items).filter(
    ({ state }: { state: string }) => state === 'released',
  )
  assert.deepEqual(
    online.map(({ version }) => version),
    ['1.0.0'],
  )
})

test('an approval that a newer submission replaced is not released', async () => {
  const appid = await openShop(platform)
  await approve(appid, '1.0.0')
  await commit(appid, '2.0.0')
  assert.equal((await platform.tell('releases.status', { appid }))['version'], '2.0.0')
  await platform.tell('releases.submit', { appid })
  await conflict('releases.release', { appid })
  await conflict('releases.release', { appid, version: '1.0.0' })
  await platform.wechat.control.passAudit(appid)
  assert.equal((await platform.tell('releases.release', { appid }))['version'], '2.0.0')
  assert.deepEqual(
    Object((await platform.tell('releases.list', { appid }))['items']).map((item: object) => Object(item).state),
    ['released', 'superseded'],
  )
})

test('an answer that was lost is read back', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  await approve(appid, '1.0.0')
  await control.addFault({ path: '/wxa/release', appid, drop: 'after', times: 1 })
  assert.equal((await platform.tell('releases.release', { appid }))['state'], 'released')

  // Nothing gets through: the queue finds out, and asks WeChat once more only where it did not arrive.
  for (const [version, drop, calls] of [
    ['2.0.0', 'after', 1],
    ['3.0.0', 'before', 2],
  ] as const) {
    await approve(appid, version)
    await control.resetCalls()
    await control.addFault({ path: '/wxa/release', appid, drop, times: 1 })
    await control.addFault({ path: '/wxa/getversioninfo', appid, status: 503, times: 3 })
    assert.equal(refusalOf(await platform.ask('releases.release', { appid })).code, 'WECHAT_UNAVAILABLE')
    await control.clearFaults()
    await endAttempts(platform)
    await runQueue(platform)
    assert.equal(await stateOf(platform, appid), 'released')
    assert.equal((await callsOf(platform))['/wxa/release'], calls)
  }
  assert.equal((await control.merchant(appid)).releases, 3)
})

test('several callers with keys of their own: one release, all are told', async () => {
  const appid = await openShop(platform)
  await approve(appid, '1.0.0')
  await platform.wechat.control.addFault({ path: '/wxa/release', appid, delayMs: 300 })
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd'].map((key) => platform.ask('releases.release', { appid, idempotencyKey: key })),
  )
  assert.deepEqual(
    answers.map((answer) => (answer.ok ? answer.data['state'] : answer.error)),
    ['released', 'released', 'released', 'released'],
  )
  assert.equal((await callsOf(platform))['/wxa/release'], 1)
})

test('a gray release grows, is cancelled, and at 100 is released', async () => {
  const appid = await openShop(platform)
  await approve(appid, '1.0.0')
  const first = refusalOf(await platform.ask('releases.startGray', { appid, percentage: 10 }))
  assert.equal(first.wechat?.errcode, 85079, 'there must be an online version')
  await platform.tell('releases.release', { appid })

  await approve(appid, '2.0.0')
  assert.deepEqual(await platform.tell('releases.getGray', { appid }), { grayReleasePlan: null })
  await platform.wechat.control.resetCalls()
  const gray = await platform.tell('releases.startGray', { appid, percentage: 10 })
  assert.deepEqual([gray['state'], gray['grayPercentage']], ['gray', 10])
  await platform.tell('releases.startGray', { appid, percentage: 10 })
  assert.match(await conflict('releases.startGray', { appid, percentage: 5 }), /10%/)
  assert.equal((await callsOf(platform))['/wxa/grayrelease'], 1)
  const plan = await platform.tell('releases.getGray', { appid })
  assert.equal(Object(plan['grayReleasePlan']).gray_percentage, 10)
  await conflict('releases.rollback', { appid })

  const cancelled = await platform.tell('releases.cancelGray', { appid })
  assert.deepEqual([cancelled['state'], cancelled['grayPercentage']], ['approved', undefined])
  await conflict('releases.cancelGray', { appid })
  await platform.wechat.control.addFault({ path: '/wxa/grayrelease', appid, drop: 'after', times: 1 })
  assert.equal((await platform.tell('releases.startGray', { appid, percentage: 5 }))['grayPercentage'], 5)
  await platform.wechat.control.addFault({ path: '/wxa/revertgrayrelease', appid, drop: 'after', times: 1 })
  assert.equal((await platform.tell('releases.cancelGray', { appid }))['state'], 'approved')
  await platform.tell('releases.startGray', { appid, percentage: 50 })
  assert.equal((await platform.tell('releases.startGray', { appid, percentage: 100 }))['state'], 'released')
  assert.equal(await currentReleaseOf(appid), '2.0.0')
  for (const percentage of [0, 101, 1.5, '10'])
    assert.equal(refusalOf(await platform.ask('releases.startGray', { appid, percentage })).code, 'INVALID_ARGUMENT')
})

test('a gray release is finished by releasing it', async () => {
  const appid = await openShop(platform)
  await releaseVersion(platform, appid, templateId, '1.0.0')
  await approve(appid, '2.0.0')
  await platform.tell('releases.startGray', { appid, percentage: 10 })
  assert.equal((await platform.tell('releases.release', { appid }))['state'], 'released')
  assert.equal((await platform.wechat.control.merchant(appid)).live?.version, '2.0.0')
})

test('rollback goes to the version before, or to one of the history; the books follow', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  for (const version of ['1.0.0', '2.0.0', '3.0.0']) await releaseVersion(platform, appid, templateId, version)
  const history = Object((await platform.tell('releases.history', { appid }))['items'])
  assert.deepEqual(
    history.map((item: object) => Object(item).user_version),
    ['2.0.0', '1.0.0'],
  )
  const back = await platform.tell('releases.rollback', { appid, appVersion: Object(history[1]).app_version })
  assert.deepEqual([back['state'], back['version'], back['onlineVersion']], ['rolledBack', '3.0.0', '1.0.0'])
  assert.equal(await currentReleaseOf(appid), '1.0.0')
  const again = refusalOf(await platform.ask('releases.rollback', { appid }))
  assert.equal(again.wechat?.errcode, 87012)

  await releaseVersion(platform, appid, templateId, '4.0.0')
  await control.addFault({ path: '/wxa/revertcoderelease', appid, drop: 'after', times: 1 })
  assert.equal((await platform.tell('releases.rollback', { appid }))['onlineVersion'], '3.0.0')
  assert.equal(await currentReleaseOf(appid), '3.0.0')
  assert.equal((await callsOf(platform))['/wxa/revertcoderelease'], 4)
})

test('a rollback whose outcome nobody noted is not made twice', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  for (const version of ['1.0.0', '2.0.0']) await releaseVersion(platform, appid, templateId, version)
  await control.addFault({ path: '/wxa/revertcoderelease', appid, drop: 'after', times: 1 })
  await control.addFault({ path: '/wxa/getversioninfo', appid, status: 503, skip: 1, times: 3 })
  assert.equal(refusalOf(await platform.ask('releases.rollback', { appid })).code, 'WECHAT_UNAVAILABLE')
  await control.clearFaults()
  await control.resetCalls()
  const back = await platform.tell('releases.rollback', { appid })
  assert.deepEqual([back['state'], back['version'], back['onlineVersion']], ['rolledBack', '2.0.0', '1.0.0'])
  assert.equal((await callsOf(platform))['/wxa/revertcoderelease'], undefined)
  assert.equal(await currentReleaseOf(appid), '1.0.0')
})
