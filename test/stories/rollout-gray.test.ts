import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { editRows } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import {
  authorizedMerchant,
  endAttempts,
  makeRolloutsDue,
  makeTemplate,
  refusalOf,
  releaseVersion,
} from '../fixtures/shop.ts'

/* A rollout that widens each merchant's release step by step. */

let platform: LocalPlatform
let templateId = 0
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
})
after(() => platform.close())

const longAgo = new Date(1000)

async function openShops(count: number): Promise<string[]> {
  const appids: string[] = []
  for (let index = 0; index < count; index++) {
    const appid = await authorizedMerchant(platform)
    await releaseVersion(platform, appid, templateId, '1.0.0')
    appids.push(appid)
  }
  return appids
}

async function create(version: string, appids: readonly string[], more: object = {}): Promise<unknown> {
  const plan = { name: version, templateId, version, description: '新版', appids, autoRelease: true, ...more }
  return (await platform.tell('rollouts.create', { gray: [5, 30, 100], ...plan }))['rolloutId']
}

/** One run of the timer, after whose minute everything that waits is due. */
async function tick(): Promise<void> {
  await platform.wechat.control.settle()
  await platform.host.fireTimer('processQueue')
  await makeRolloutsDue(platform)
}

async function nextDay(): Promise<void> {
  await editRows(platform, 'releases', { state: 'gray' }, { graySince: longAgo })
  await tick()
  await tick()
}

async function approveAll(appids: readonly string[]): Promise<void> {
  await tick()
  for (const appid of appids) await platform.wechat.control.passAudit(appid)
  await tick()
  await tick()
}

async function percentagesOf(appids: readonly string[]): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for (const appid of appids) {
    const { state, grayPercentage } = await platform.tell('releases.status', { appid })
    all.push(state === 'gray' ? grayPercentage : state)
  }
  return all
}

const grayCalls = async (): Promise<readonly unknown[]> =>
  (await platform.wechat.control.calls())
    .filter(({ path, errcode }) => path === '/wxa/grayrelease' && errcode === 0)
    .map(({ body }) => Object(body).gray_percentage)

const get = (rolloutId: unknown) => platform.tell('rollouts.get', { rolloutId })
const countsOf = async (rolloutId: unknown) => Object((await get(rolloutId))['counts'])

async function itemOf(rolloutId: unknown, appid: string) {
  const { items } = await platform.tell('rollouts.items', { rolloutId })
  return Object(items).find((item: { appid: string }) => item.appid === appid)
}

test('each release widens by one step a day, until all users have it', async () => {
  const appids = await openShops(2)
  await platform.wechat.control.resetCalls()
  const rolloutId = await create('2.0.0', appids)
  assert.deepEqual((await get(rolloutId))['gray'], [5, 30, 100])
  await approveAll(appids)
  assert.deepEqual(await percentagesOf(appids), [5, 5])
  assert.deepEqual([(await countsOf(rolloutId)).gray, (await get(rolloutId))['state']], [2, 'running'])
  await tick()
  await tick()
  assert.deepEqual(await grayCalls(), [5, 5])
  await nextDay()
  assert.deepEqual(await percentagesOf(appids), [30, 30])
  await platform.tell('rollouts.pause', { rolloutId })
  await nextDay()
  assert.deepEqual(await percentagesOf(appids), [30, 30])
  await platform.tell('rollouts.resume', { rolloutId })
  await nextDay()
  assert.deepEqual(await percentagesOf(appids), ['released', 'released'])
  assert.deepEqual([(await countsOf(rolloutId)).released, (await get(rolloutId))['state']], [2, 'completed'])
  assert.deepEqual(await grayCalls(), [5, 5, 30, 30, 100, 100])
})

test('without autoRelease the first step is asked for; a first version has no users to be widened to', async () => {
  const [known = ''] = await openShops(1)
  const fresh = await authorizedMerchant(platform)
  const rolloutId = await create('2.1.0', [known, fresh], { autoRelease: false })
  await approveAll([known, fresh])
  assert.equal((await get(rolloutId))['state'], 'awaitingRelease')
  await platform.tell('rollouts.release', { rolloutId })
  await tick()
  assert.deepEqual(await percentagesOf([known, fresh]), [5, 'released'])
  assert.equal((await get(rolloutId))['state'], 'running')
  await nextDay()
  assert.deepEqual(await percentagesOf([known]), [30])
  await platform.tell('rollouts.cancel', { rolloutId })
  await nextDay()
  assert.deepEqual(await percentagesOf([known]), [30])
  assert.equal((await countsOf(rolloutId)).gray, 1)
})

test('what others did with a gray release is read, not assumed', async () => {
  const appids = await openShops(3)
  const [cancelled = '', widened = '', published = ''] = appids
  const rolloutId = await create('2.2.0', appids, { gray: [5, 30, 60, 100] })
  await approveAll(appids)
  await platform.wechat.control.actInConsole({ appid: cancelled, act: 'cancelGray' })
  await platform.wechat.control.actInConsole({ appid: widened, act: 'startGray' })
  await platform.wechat.control.actInConsole({ appid: published, act: 'finishGray' })
  await nextDay()
  assert.deepEqual(await percentagesOf(appids), ['approved', 30, 'released'])
  const { state, problem } = await itemOf(rolloutId, cancelled)
  assert.deepEqual([state, problem.code], ['failed', 'GRAY_ENDED_ELSEWHERE'])
  await nextDay()
  assert.deepEqual(await percentagesOf(appids), ['approved', 60, 'released'])
  // Begun again by an operator.
  await platform.tell('rollouts.retry', { rolloutId, appids: [cancelled] })
  await tick()
  await tick()
  assert.deepEqual(await percentagesOf(appids), [5, 60, 'released'])
})

test('a rollback ends gray releases and takes back what was released', async () => {
  const appids = await openShops(2)
  const [ahead = '', gray = ''] = appids
  const rolloutId = await create('2.3.0', appids)
  await approveAll(appids)
  await platform.tell('releases.release', { appid: ahead })
  await platform.tell('rollouts.rollback', { rolloutId })
  await tick()
  await tick()
  assert.deepEqual([(await countsOf(rolloutId)).rolledBack, (await get(rolloutId))['state']], [2, 'completed'])
  assert.equal((await platform.tell('releases.getGray', { appid: gray }))['grayReleasePlan'] !== undefined, true)
  for (const appid of appids) assert.equal((await platform.wechat.control.merchant(appid)).live?.version, '1.0.0')
  assert.deepEqual(await percentagesOf([gray]), ['approved'])
})

test('an answer that was lost is looked for: no step is made twice, none is skipped', async () => {
  const appids = await openShops(2)
  const [taken = '', refused = ''] = appids
  const rolloutId = await create('2.4.0', appids)
  await tick()
  for (const appid of appids) await platform.wechat.control.passAudit(appid)
  await platform.wechat.control.resetCalls()
  await platform.wechat.control.addFault({ path: '/wxa/grayrelease', appid: taken, drop: 'after', times: 1 })
  await platform.wechat.control.addFault({ path: '/wxa/grayrelease', appid: refused, drop: 'before', times: 1 })
  await tick()
  await endAttempts(platform)
  await tick()
  await tick()
  assert.deepEqual(await percentagesOf(appids), [5, 5])
  assert.deepEqual(await grayCalls(), [5, 5])
  assert.equal((await countsOf(rolloutId)).gray, 2)
})

test('steps that make no sense are refused by their path', async () => {
  for (const [gray, field] of [
    [[], 'gray'],
    [[5, 30], 'gray'],
    [[30, 5, 100], 'gray'],
    [[0, 100], 'gray.0'],
    [[5.5, 100], 'gray.0'],
    [[5, 101], 'gray.1'],
    ['5,30,100', 'gray'],
  ] as const) {
    const plan = { name: 'n', templateId, version: '9', description: 'd', appids: ['wx0000000000000001'], gray }
    assert.equal(refusalOf(await platform.ask('rollouts.create', plan)).field, field, JSON.stringify(gray))
  }
})
