import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { editRows } from '../fixtures/interference.ts'
import type { LocalPlatform } from '../fixtures/platform.ts'
import {
  callsOf,
  endAttempts,
  makeDue,
  makeTemplate,
  openCommittedShop,
  openShop,
  refusalOf,
  releaseVersion,
  runQueue,
  stateOf,
} from '../fixtures/shop.ts'
import { startSubscriber, type Subscriber } from '../fixtures/subscriber.ts'

/* Steps that the queue takes by itself, refused for good: nobody waits for an answer, so it is told as a problem, with its cure and an event. */

let business: Subscriber
let platform: LocalPlatform
let templateId: number
before(async () => {
  business = await startSubscriber()
  platform = business.platform
  templateId = await makeTemplate(platform)
  await business.subscribe({ type: 'problem.opened' })
})
after(() => business.close())
beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.resetCalls()
})

const poll = async (): Promise<void> => {
  await makeDue(platform)
  await runQueue(platform)
}

async function problemsOf(filter: object): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { items } = await platform.tell('problems.list', filter)
  assert.ok(Array.isArray(items))
  return items.map((item: object) => ({ ...item }))
}

async function lookAtAll(): Promise<void> {
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.fullLook': new Date(1000) })
  await runQueue(platform)
}

async function reviewed(version: string, input: object = {}): Promise<string> {
  const appid = await openCommittedShop(platform, templateId, version)
  await platform.tell('releases.submit', { appid, ...input })
  return appid
}

async function waitingForScan(): Promise<string> {
  const { control } = platform.wechat
  await control.changeSettings({ codeScanSeconds: 3600 })
  const appid = await openCommittedShop(platform, templateId, '1.0.0')
  await control.changeSettings({ codeScanSeconds: 0 })
  await platform.tell('releases.submit', { appid })
  await control.finishScan(appid)
  return appid
}

/** One of each step: how it is brought about, what WeChat refuses, and where the release stands then. */
const steps: readonly [name: string, path: string, errcode: number, state: string, begin: () => Promise<string>][] = [
  [
    'the release of what was approved',
    '/wxa/release',
    85019,
    'approved',
    async () => {
      const appid = await reviewed('1.0.0', { autoRelease: true })
      await platform.wechat.control.addFault({ path: '/wxa/release', appid, errcode: 85019 })
      await platform.wechat.control.passAudit(appid)
      return appid
    },
  ],
  ['the question how a review stands', '/wxa/get_auditstatus', 85012, 'auditing', () => reviewed('1.0.0')],
  ['the submission after the scan', '/wxa/submit_audit', 86002, 'committed', waitingForScan],
  ['a submission after which the quota is used up', '/wxa/submit_audit', 85085, 'committed', waitingForScan],
  [
    'the look at what is gray',
    '/wxa/getgrayreleaseplan',
    48001,
    'gray',
    async () => {
      const appid = await openShop(platform)
      await releaseVersion(platform, appid, templateId, '0.9.0')
      await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: 'x' })
      await platform.tell('releases.submit', { appid })
      await platform.wechat.control.passAudit(appid)
      await platform.tell('releases.startGray', { appid, percentage: 10 })
      return appid
    },
  ],
]

for (const [name, path, errcode, state, begin] of steps)
  test(`${name}, refused for good: a problem with its cure, once, an event, and the end of both`, async () => {
    const appid = await begin()
    await platform.wechat.control.addFault({ path, appid, errcode })
    await poll()
    await poll()
    const [problem, ...others] = await problemsOf({ appid })
    assert.ok(problem)
    assert.deepEqual(
      [problem['code'], problem['problemId'], others],
      ['RELEASE_HELD_UP', `RELEASE_HELD_UP:${appid}`, []],
    )
    assert.equal(Object(problem['params']).version, '1.0.0')
    assert.ok(String(problem['message']).length > 12 && !/[{}]/.test(String(problem['message'])))
    assert.match(String(problem['hint']), /[。；].*自动重试/)
    const { items } = await platform.tell('releases.list', { appid, state })
    const [release] = Object(items)
    assert.equal(Object(Object(release).problem).code, Object(problem['params']).reason)
    await runQueue(platform)
    const told = business.server.accepted.filter((event) => event.appid === appid)
    assert.deepEqual(
      told.map(({ type, data }) => [type, data['code']]),
      [['problem.opened', 'RELEASE_HELD_UP']],
    )

    // Tried again in an hour, not in a minute.
    await platform.wechat.control.resetCalls()
    await runQueue(platform)
    assert.equal((await callsOf(platform))[path], undefined)
    await platform.wechat.control.clearFaults()
    if (state === 'committed') await platform.tell('releases.submit', { appid })
    else await poll()
    assert.deepEqual(await problemsOf({ appid }), [])
  })

test('a commit that turns out never to have arrived is told too, until there is a newer one', async () => {
  const appid = await openShop(platform)
  const input = { appid, templateId, version: '1.0.0', description: '新版' }
  await platform.wechat.control.addFault({ path: '/wxa/commit', appid, drop: 'before', times: 1 })
  assert.equal(refusalOf(await platform.ask('releases.commit', input)).reason, 'OUTCOME_PENDING')
  await endAttempts(platform, appid)
  await runQueue(platform)
  assert.equal(await stateOf(platform, appid), 'failed')
  assert.deepEqual(
    (await problemsOf({ appid })).map(({ code, params }) => [code, Object(params).reason]),
    [['RELEASE_HELD_UP', 'COMMIT_NOT_ARRIVED']],
  )
  await platform.tell('releases.commit', input)
  await lookAtAll()
  assert.deepEqual(await problemsOf({ appid }), [])
})

test('a problem that a crash kept from being opened is found by the full look', async () => {
  const appid = await reviewed('1.0.0')
  await platform.wechat.control.addFault({ path: '/wxa/get_auditstatus', appid, errcode: 85012 })
  await poll()
  await editRows(platform, 'problems', { _id: `RELEASE_HELD_UP:${appid}` }, { closed: true })
  assert.deepEqual(await problemsOf({ appid }), [])
  await lookAtAll()
  assert.equal((await problemsOf({ appid })).length, 1)
})

test('what passes by itself is no problem', async () => {
  const appid = await reviewed('1.0.0', { autoRelease: true })
  await platform.wechat.control.addFault({ path: '/wxa/release', appid, errcode: 45011, times: 1 })
  await platform.wechat.control.passAudit(appid)
  await runQueue(platform)
  assert.deepEqual(await problemsOf({ appid }), [])
})

test('a step of the queue that fails as a whole is told, and ends by itself', async () => {
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.sync': new Date(1000) })
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_get_authorizer_list', errcode: 48001 })
  await runQueue(platform)
  await runQueue(platform)
  const [problem, ...others] = await problemsOf({ code: 'BACKGROUND_STEP_FAILING' })
  assert.deepEqual([problem?.['problemId'], others], ['BACKGROUND_STEP_FAILING:sync', []])
  assert.match(String(problem?.['message']), /与微信核对商户/)
  await platform.wechat.control.clearFaults()
  await lookAtAll()
  assert.equal((await problemsOf({ code: 'BACKGROUND_STEP_FAILING' })).length, 1, 'not tried again yet')
  await editRows(
    platform,
    'problems',
    { _id: 'BACKGROUND_STEP_FAILING:sync' },
    { since: new Date(1000), seenAt: new Date(1000) },
  )
  await lookAtAll()
  assert.deepEqual(await problemsOf({ code: 'BACKGROUND_STEP_FAILING' }), [])
})

for (const errcode of [9402205, 7654321])
  for (const arrives of [true, false])
    test(`errcode ${errcode} on a commit that ${arrives ? 'arrived' : 'never arrived'}: what WeChat has decides`, async () => {
      const appid = await openShop(platform)
      const input = { appid, templateId, version: '1.0.0', description: '新版', idempotencyKey: `first-${appid}` }
      const fault = { path: '/wxa/commit', appid, errcode, times: 1 }
      await platform.wechat.control.addFault(arrives ? { ...fault, apply: true } : fault)
      const answer = await platform.ask('releases.commit', input)
      if (arrives) assert.equal(answer.ok && answer.data['state'], 'committed')
      else {
        assert.deepEqual(
          [refusalOf(answer).code, refusalOf(answer).reason, refusalOf(answer).wechat?.errcode],
          ['WECHAT_UNAVAILABLE', 'OUTCOME_PENDING', errcode],
        )
        assert.equal(await stateOf(platform, appid), 'committing')
        await endAttempts(platform, appid)
        await runQueue(platform)
        assert.equal(await stateOf(platform, appid), 'failed')
      }
      assert.equal((await callsOf(platform))['/wxa/commit'], 1)
      await platform.tell('releases.commit', { ...input, idempotencyKey: `next-${appid}`, version: '1.0.1' })
    })
