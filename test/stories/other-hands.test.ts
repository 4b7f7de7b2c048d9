import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import {
  endAttempts,
  makeDue,
  makeTemplate,
  openShop,
  refusalOf,
  releaseVersion,
  runQueue,
  stateOf,
} from '../fixtures/shop.ts'

/* What WeChat does by itself, and the merchant in its own console, while a version is on its way: nothing is pushed. */

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.clearFaults())

type Act = Parameters<LocalPlatform['wechat']['control']['actInConsole']>[0]['act']
const inConsole = (appid: string, act: Act) => platform.wechat.control.actInConsole({ appid, act })

async function submitted(version: string, appid?: string): Promise<string> {
  const shop = appid ?? (await openShop(platform))
  await platform.tell('releases.commit', { appid: shop, templateId, version, description: '新版' })
  await platform.tell('releases.submit', { appid: shop })
  return shop
}

async function approved(version: string, appid?: string): Promise<string> {
  const shop = await submitted(version, appid)
  await platform.wechat.control.passAudit(shop)
  return shop
}

/** 1.0.0 is online, 2.0.0 gray. */
async function gray(): Promise<string> {
  const appid = await openShop(platform)
  await releaseVersion(platform, appid, templateId, '1.0.0')
  await approved('2.0.0', appid)
  await platform.tell('releases.startGray', { appid, percentage: 10 })
  return appid
}

const releasesOf = async (appid: string): Promise<string[]> => {
  const { items } = await platform.tell('releases.list', { appid })
  assert.ok(Array.isArray(items))
  return items.map(({ version, state }) => `${version} ${state}`)
}

const poll = async (): Promise<void> => {
  await makeDue(platform)
  await runQueue(platform)
}

test('a gray release that WeChat ended is found out by the queue: it is online', async () => {
  const appid = await gray()
  await inConsole(appid, 'finishGray')
  await runQueue(platform)
  assert.deepEqual(await releasesOf(appid), ['2.0.0 gray', '1.0.0 released'], 'not due yet')
  await poll()
  assert.deepEqual(await releasesOf(appid), ['2.0.0 released', '1.0.0 superseded'])
  assert.equal(Object((await platform.tell('authorizers.get', { appid }))['currentRelease']).version, '2.0.0')
  const back = await platform.tell('releases.rollback', { appid })
  assert.deepEqual([back['state'], back['version'], back['onlineVersion']], ['rolledBack', '2.0.0', '1.0.0'])
})

test('whoever looks, or acts, sees it at once', async () => {
  const looks: [string, object, string[]][] = [
    ['releases.status', {}, ['2.0.0 released', '1.0.0 superseded']],
    ['releases.history', {}, ['2.0.0 released', '1.0.0 superseded']],
    ['releases.getGray', {}, ['2.0.0 released', '1.0.0 superseded']],
    ['releases.release', {}, ['2.0.0 released', '1.0.0 superseded']],
    ['releases.rollback', {}, ['2.0.0 rolledBack', '1.0.0 released']],
    ['releases.cancelGray', {}, ['2.0.0 released', '1.0.0 superseded']],
    ['releases.startGray', { percentage: 50 }, ['2.0.0 released', '1.0.0 superseded']],
  ]
  for (const [operation, input, expected] of looks) {
    const appid = await gray()
    await inConsole(appid, 'finishGray')
    const answer = await platform.ask(operation, { appid, ...input })
    const isConflict = operation === 'releases.cancelGray' || operation === 'releases.startGray'
    assert.equal(answer.ok ? 'ok' : answer.error.code, isConflict ? 'CONFLICT' : 'ok', operation)
    assert.deepEqual(await releasesOf(appid), expected, operation)
  }
})

test('a gray release that was cancelled, paused or begun by another hand', async () => {
  const appid = await gray()
  await inConsole(appid, 'pauseGray')
  await poll()
  assert.equal(await stateOf(platform, appid), 'gray')
  await inConsole(appid, 'cancelGray')
  const cancelled = await platform.tell('releases.status', { appid })
  assert.deepEqual([cancelled['state'], cancelled['grayPercentage']], ['approved', undefined])
  await inConsole(appid, 'startGray')
  await poll()
  const [begun] = Object((await platform.tell('releases.list', { appid }))['items'])
  assert.deepEqual([Object(begun).state, Object(begun).grayPercentage], ['gray', 30])
  assert.equal(refusalOf(await platform.ask('releases.rollback', { appid })).code, 'CONFLICT')
  assert.equal((await platform.tell('releases.cancelGray', { appid }))['state'], 'approved')
})

test('an approved version that the merchant published is released, for the queue and for whoever looks', async () => {
  const polled = await approved('1.0.0')
  await inConsole(polled, 'publish')
  await poll()
  assert.deepEqual(await releasesOf(polled), ['1.0.0 released'])
  const looked = await approved('1.0.0')
  await inConsole(looked, 'publish')
  assert.equal(await stateOf(platform, looked), 'released')
  await approved('2.0.0', looked)
  await inConsole(looked, 'publish')
  const back = await platform.tell('releases.rollback', { appid: looked })
  assert.deepEqual([back['state'], back['version'], back['onlineVersion']], ['rolledBack', '2.0.0', '1.0.0'])
  assert.deepEqual(await releasesOf(looked), ['2.0.0 rolledBack', '1.0.0 released'])
})

test('a review that the merchant withdrew in its console', async () => {
  const polled = await submitted('1.0.0')
  await inConsole(polled, 'withdrawAudit')
  await poll()
  assert.deepEqual(await releasesOf(polled), ['1.0.0 withdrawn'])
  const looked = await submitted('1.0.0')
  await inConsole(looked, 'withdrawAudit')
  assert.equal(await stateOf(platform, looked), 'withdrawn')
  assert.equal((await platform.tell('releases.submit', { appid: looked }))['state'], 'auditing')
})

test('a rollback that got lost is never told as made because another hand changed what is online', async () => {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  for (const version of ['1.0.0', '2.0.0']) await releaseVersion(platform, appid, templateId, version)
  await approved('3.0.0', appid)
  await control.addFault({ path: '/wxa/revertcoderelease', appid, drop: 'before', times: 1 })
  await control.addFault({ path: '/wxa/getversioninfo', appid, status: 503, skip: 2, times: 3 })
  assert.equal(refusalOf(await platform.ask('releases.rollback', { appid })).code, 'WECHAT_UNAVAILABLE')
  await control.clearFaults()
  await inConsole(appid, 'publish')
  await endAttempts(platform, appid)
  await runQueue(platform)
  await poll()
  assert.deepEqual(await releasesOf(appid), ['3.0.0 released', '2.0.0 superseded', '1.0.0 superseded'])
})

test('the time of the last change does not move because somebody looked', async () => {
  const looks: [string, () => Promise<string>][] = [
    ['auditing', () => submitted('1.0.0')],
    ['approved', () => approved('1.0.0')],
    ['gray', gray],
  ]
  for (const [state, make] of looks) {
    const appid = await make()
    const { updatedAt } = await platform.tell('releases.status', { appid })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await poll()
    const later = await platform.tell('releases.status', { appid })
    assert.deepEqual([later['state'], later['updatedAt']], [state, updatedAt])
  }
})

test('released without a version: the newest approved one, and no older one in its place', async () => {
  const refused = async (input: object) => refusalOf(await platform.ask('releases.release', input)).code
  const appid = await openShop(platform)
  await releaseVersion(platform, appid, templateId, '1.0.0')
  const is = async (input: object, version: string) =>
    assert.deepEqual(
      [(await platform.tell('releases.release', input))['state'], await releasesOf(appid).then(([, last]) => last)],
      ['released', version],
    )
  await platform.tell('releases.release', { appid })
  await platform.tell('releases.commit', { appid, templateId, version: '2.0.0', description: 'x' })
  assert.equal(await refused({ appid }), 'CONFLICT')
  await is({ appid, version: '1.0.0' }, '1.0.0 released')
  await platform.tell('releases.submit', { appid })
  assert.equal(await refused({ appid }), 'CONFLICT')
  await platform.wechat.control.rejectAudit({ appid, reason: '不符' })
  assert.equal(await refused({ appid }), 'CONFLICT')
  await platform.tell('releases.submit', { appid })
  await platform.tell('releases.withdraw', { appid })
  assert.equal(await refused({ appid }), 'CONFLICT')
  await platform.tell('releases.submit', { appid })
  await platform.wechat.control.passAudit(appid)
  await platform.tell('releases.commit', { appid, templateId, version: '3.0.0', description: 'x' })
  assert.equal(await refused({ appid, version: '3.0.0' }), 'CONFLICT')
  assert.equal((await platform.tell('releases.release', { appid }))['version'], '2.0.0')
  assert.equal(await refused({ appid }), 'CONFLICT', '3.0.0 is committed')
  assert.equal((await platform.tell('releases.release', { appid, version: '2.0.0' }))['version'], '2.0.0')
  assert.equal(await refused({ appid, version: '1.0.0' }), 'CONFLICT')
})

test('lists of releases by several states and by rollout', async () => {
  const appid = await gray()
  const list = async (filter: object) => {
    const { items } = await platform.tell('releases.list', { appid, ...filter })
    assert.ok(Array.isArray(items))
    return items.map(({ version }) => version)
  }
  assert.deepEqual(await list({ states: ['gray', 'released'] }), ['2.0.0', '1.0.0'])
  assert.deepEqual(await list({ states: ['gray', 'auditing'] }), ['2.0.0'])
  assert.deepEqual(await list({ states: ['gray'], state: 'released' }), [])
  assert.deepEqual(await list({ rolloutId: 'nothing' }), [])
  for (const states of [[], ['online'], 'gray'])
    assert.equal(refusalOf(await platform.ask('releases.list', { states })).code, 'INVALID_ARGUMENT')
})
