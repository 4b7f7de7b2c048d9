import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { newMerchant } from '../fixtures/authorizations.ts'
import { startBusinessServer, type BusinessServer, type ReceivedEvent } from '../fixtures/business-server.ts'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant, confirmOnWechat } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import {
  authorizedMerchant,
  makeDue,
  makeRolloutsDue,
  makeTemplate,
  openCommittedShop,
  releaseVersion,
} from '../fixtures/shop.ts'

/* Our own events: each when it happens, and once, however often it is noticed. */

let platform: LocalPlatform
let server: BusinessServer

before(async () => {
  server = await startBusinessServer()
  platform = await startPlatform({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  await platform.tell('subscriptions.put', { url: server.url, match: {} })
})
after(async () => {
  await platform.close()
  await server.close()
})

beforeEach(async () => {
  await heard()
})

const ownTypes = /^(binding|release|rollout|problem)\./

/** What the business server was told since the last time, pushes left out. */
async function heard(): Promise<readonly ReceivedEvent[]> {
  await platform.wechat.control.settle()
  // Deliveries of one run may be stored while they are sent.
  for (let round = 0; round < 2; round++) await platform.host.fireTimer('processQueue')
  return server.accepted.splice(0).filter(({ type }) => ownTypes.test(type))
}

const typesOf = (events: readonly ReceivedEvent[]): string[] => events.map(({ type }) => type).toSorted()

const again = async (times: number, work: () => Promise<unknown>): Promise<void> => {
  for (let round = 0; round < times; round++) await work()
}

test('binding.bound: once for redirect, push, reload and repetition; again when the merchant comes back', async () => {
  const appid = await newMerchant(platform, { nickName: '花店' })
  const { browser, redirectUrl } = await authorizeMerchant(platform, { businessId: 'shop-1', appid })
  await again(2, () => browser.get(redirectUrl))
  await platform.tell('bindings.bind', { businessId: 'shop-1', appid })
  const [bound, ...others] = await heard()
  assert.deepEqual(typesOf(others), [])
  assert.equal(bound?.type, 'binding.bound')
  assert.equal(bound.appid, appid)
  assert.equal(bound.businessId, 'shop-1')
  const { boundAt, ...data } = bound.data
  assert.match(String(boundAt), /^\d{4}-\d\d-\d\dT.*Z$/)
  assert.deepEqual(data, {
    businessId: 'shop-1',
    accountType: 'miniprogram',
    status: 'bound',
    appid,
    nickName: '花店',
    attributes: {},
  })

  await platform.wechat.control.updateAuthorization({ appid, funcInfo: [18, 30] })
  assert.deepEqual(typesOf(await heard()), [], 'other permission sets are no new binding')
  await authorizeMerchant(platform, { businessId: 'shop-1', appid })
  assert.deepEqual(typesOf(await heard()), [], 'nor is confirming once more')

  await platform.wechat.control.unauthorize(appid)
  const [revoked, ...none] = await heard()
  assert.deepEqual(typesOf(none), [])
  assert.equal(revoked?.type, 'binding.revoked')
  assert.equal(revoked.appid, appid)
  assert.equal(revoked.businessId, 'shop-1')
  assert.equal(revoked.data['status'], 'revoked')
  await authorizeMerchant(platform, { businessId: 'shop-1', appid })
  assert.deepEqual(typesOf(await heard()), ['binding.bound'])
})

test('binding.bound: told when the browser never comes back, and to the business that takes an account over', async () => {
  const appid = await newMerchant(platform)
  await confirmOnWechat(platform, { businessId: 'shop-2', appid })
  const [bound, ...others] = await heard()
  assert.deepEqual([bound?.type, bound?.businessId, ...typesOf(others)], ['binding.bound', 'shop-2'])
  await platform.tell('bindings.bind', { businessId: 'shop-2b', appid, replace: true })
  const [taken, ...none] = await heard()
  assert.deepEqual([taken?.type, taken?.businessId, ...typesOf(none)], ['binding.bound', 'shop-2b'])
})

test('an event is not lost where its deliveries cannot be stored: the next run stores them', async () => {
  const { subscriptionId } = await platform.tell('subscriptions.put', { url: `${server.url}?second`, match: {} })
  const fault = { action: 'database.insertDocument', collection: 'deliveries', kind: 'drop' } as const
  for (const [when, times] of [
    ['before', 1],
    ['after', 1],
    ['before', 2],
    ['before', 4],
  ] as const) {
    const appid = await authorizedMerchant(platform)
    await heard()
    platform.host.database.faults.add({ ...fault, when, times })
    await platform.tell('bindings.bind', { businessId: `lost-${when}-${times}`, appid })
    const told = [...(await heard()), ...(await heard())].filter(({ type }) => type === 'binding.bound')
    assert.equal(told.length, 2, `${when} ${times}`)
  }
  await platform.tell('subscriptions.delete', { subscriptionId })
})

test('binding.revoked: once, however often and by whatever road it is noticed', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'shop-3', appid })
  await heard()
  await control.unauthorize(appid)
  await control.settle()
  const createTime = Math.floor(Date.now() / 1000)
  for (const later of [1, 2])
    await control.pushEvent({
      infoType: 'unauthorized',
      fields: { AuthorizerAppid: appid, CreateTime: createTime + later },
    })
  await platform.tell('authorizers.sync')
  // Its handling was cut off at the end, and is repeated.
  await editRows(platform, 'pushes', { type: 'wechat.unauthorized', appid }, { state: 'new', dueAt: new Date(1000) })
  assert.deepEqual(typesOf(await heard()), ['binding.revoked'])

  // One that nobody was bound to tells nothing.
  const stranger = await authorizedMerchant(platform)
  await control.unauthorize(stranger)
  assert.deepEqual(typesOf(await heard()), [])
})

test('release.approved, release.rejected and release.released: once each, whoever asks how often', async () => {
  const { control } = platform.wechat
  const templateId = await makeTemplate(platform, { userVersion: '1.0.0' })
  const appid = await openCommittedShop(platform, templateId, '1.0.0')
  await platform.tell('bindings.bind', { businessId: 'shop-4', appid })
  await heard()
  const ask = () => platform.tell('releases.status', { appid })
  const noticeOften = async () => {
    await Promise.all([ask(), ask(), ask()])
    await control.settle()
    await makeDue(platform)
    return heard()
  }
  await platform.tell('releases.submit', { appid })
  await control.rejectAudit({ appid, reason: '1:类目不符' })
  const [rejected, ...afterRejected] = await noticeOften()
  assert.deepEqual(typesOf(afterRejected), [])
  assert.equal(rejected?.type, 'release.rejected')
  assert.equal(rejected.businessId, 'shop-4')
  assert.deepEqual(
    ['appid', 'version', 'state', 'reason'].map((name) => rejected.data[name]),
    [appid, '1.0.0', 'rejected', '1:类目不符'],
  )

  await platform.tell('releases.submit', { appid })
  await control.rejectAudit({ appid, reason: '2:仍不符' })
  assert.deepEqual(typesOf(await noticeOften()), ['release.rejected'], 'another audit, another refusal')

  await platform.tell('releases.submit', { appid })
  await control.passAudit(appid)
  const [approved, ...afterApproved] = await noticeOften()
  assert.deepEqual(
    [approved?.type, approved?.data['state'], ...typesOf(afterApproved)],
    ['release.approved', 'approved'],
  )

  await platform.tell('releases.release', { appid })
  await platform.ask('releases.release', { appid })
  const [released, ...afterReleased] = await noticeOften()
  assert.deepEqual(
    [released?.type, released?.data['state'], ...typesOf(afterReleased)],
    ['release.released', 'released'],
  )

  await platform.tell('releases.commit', { appid, templateId, version: '1.0.1', description: '修正' })
  await platform.tell('releases.submit', { appid })
  await control.passAudit(appid)
  assert.deepEqual(typesOf(await noticeOften()), ['release.approved'])
  await platform.tell('releases.startGray', { appid, percentage: 10 })
  await platform.tell('releases.cancelGray', { appid })
  assert.deepEqual(typesOf(await noticeOften()), [], 'approved it was before')
  await platform.tell('releases.startGray', { appid, percentage: 10 })
  await platform.tell('releases.release', { appid })
  assert.deepEqual(typesOf(await noticeOften()), ['release.released'])
  await platform.tell('releases.rollback', { appid })
  assert.deepEqual(typesOf(await noticeOften()), [])
})

test('release.released: told too where it is released by itself', async () => {
  const templateId = await makeTemplate(platform, { userVersion: '1.1.0' })
  const appid = await openCommittedShop(platform, templateId, '1.1.0')
  await platform.tell('releases.submit', { appid, autoRelease: true })
  await platform.wechat.control.passAudit(appid)
  await heardUntil('release.released', ['release.approved', 'release.released'])
})

/** Work of several minutes, each of them now. */
async function heardUntil(last: string, expected: readonly string[]): Promise<readonly ReceivedEvent[]> {
  const all: ReceivedEvent[] = []
  for (let minute = 0; minute < 8 && !all.some(({ type }) => type === last); minute++) {
    await makeRolloutsDue(platform)
    all.push(...(await heard()))
  }
  all.push(...(await heard()))
  assert.deepEqual(typesOf(all), expected)
  return all
}

/** Beijing's days are WeChat's. */
const day = (ago: number) => new Date(Date.now() + 8 * 3_600_000 - ago * 86_400_000).toISOString().slice(0, 10)

test('rollout.stopped: once, with what the guard found', async () => {
  const { control } = platform.wechat
  const templateId = await makeTemplate(platform)
  const appid = await authorizedMerchant(platform)
  await releaseVersion(platform, appid, templateId, '1.0.0')
  const error = { message: 'TypeError', pv: 100 }
  await control.addErrors({
    appid,
    errors: [
      { ...error, appVersion: '1.0.0', date: day(1), uv: 20 },
      { ...error, appVersion: '1.1.0', date: day(0), uv: 40 },
    ],
  })
  await heard()
  const guard = { then: 'rollback', watchMinutes: 0 }
  const plan = { name: '守护', templateId, version: '1.1.0', description: '新版', appids: [appid], guard }
  const { rolloutId } = await platform.tell('rollouts.create', { ...plan, autoRelease: true })
  await platform.host.fireTimer('processQueue')
  await control.passAudit(appid)
  const events = await heardUntil('rollout.stopped', [
    'problem.opened',
    'release.approved',
    'release.released',
    'rollout.stopped',
  ])
  const { data } = events.find(({ type }) => type === 'rollout.stopped') ?? {}
  assert.deepEqual(
    [data?.['rolloutId'], data?.['state'], Object(data?.['guard']).figures.growth],
    [rolloutId, 'cancelled', 2],
  )
})

test('rollout.paused and rollout.completed: once each', async () => {
  const { control } = platform.wechat
  const templateId = await makeTemplate(platform, { userVersion: '2.0.0' })
  const appids = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
  const [broken = ''] = appids
  await control.addFault({ path: '/wxa/commit', appid: broken, errcode: 85043, times: 1 })
  await heard()
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '二版',
    templateId,
    version: '2.0.0',
    description: '新版',
    appids,
    maxFailures: 0,
    autoSubmit: true,
  })
  const paused = (await heardUntil('rollout.paused', ['problem.opened', 'rollout.paused'])).find(
    ({ type }) => type === 'rollout.paused',
  )
  assert.ok(paused)
  assert.equal(paused.data['rolloutId'], rolloutId)
  assert.equal(paused.data['state'], 'paused')
  assert.equal(paused.appid, undefined)

  await platform.tell('rollouts.retry', { rolloutId, states: ['failed'] })
  await platform.ask('rollouts.resume', { rolloutId })
  await heard()
  await platform.tell('rollouts.pause', { rolloutId })
  await platform.ask('rollouts.pause', { rolloutId })
  assert.deepEqual(typesOf(await heard()), ['rollout.paused'], 'paused by hand')
  await platform.tell('rollouts.resume', { rolloutId })
  await makeRolloutsDue(platform)
  await heard()
  for (const appid of appids) await control.passAudit(appid)
  await platform.tell('rollouts.release', { rolloutId })
  const events = await heardUntil('rollout.completed', [
    'release.approved',
    'release.approved',
    'release.released',
    'release.released',
    'rollout.completed',
  ])
  const completed = events.find(({ type }) => type === 'rollout.completed')
  assert.ok(completed)
  assert.equal(completed.data['rolloutId'], rolloutId)
  assert.equal(completed.data['state'], 'completed')
  assert.equal(completed.data['progress'], 1)
})

test('problem.opened and problem.closed: once each, with the cure', async () => {
  await platform.wechat.control.addFault({ path: '/cgi-bin/component/api_start_push_ticket', errcode: -1 })
  const ticketsArrived = (at: Date) =>
    editRows(platform, 'pushes', { type: 'wechat.component_verify_ticket' }, { receivedAt: at })
  const run = () => platform.host.fireTimer('processQueue')
  await ticketsArrived(new Date(Date.now() - 3_600_000))
  await Promise.all([run(), run(), run()])
  const [opened, ...others] = await heard()
  assert.deepEqual(typesOf(others), [])
  assert.equal(opened?.type, 'problem.opened')
  const { code, message, hint, since } = opened.data
  assert.equal(code, 'TICKET_OVERDUE')
  assert.match(String(message), /60 分钟/)
  assert.match(String(hint), /授权事件/)
  assert.match(String(since), /^\d{4}-.*Z$/)

  await ticketsArrived(new Date())
  await Promise.all([run(), run(), run()])
  const [closed, ...none] = await heard()
  assert.deepEqual(typesOf(none), [])
  assert.equal(closed?.type, 'problem.closed')
  assert.equal(closed.data['code'], 'TICKET_OVERDUE')
})

test('where nobody listens, what happened is kept for an hour and then forgotten: a later subscription is told of what is later', async () => {
  const quiet = await startPlatform({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  try {
    const [former, latter] = [await authorizedMerchant(quiet), await authorizedMerchant(quiet)]
    for (const appid of [former, latter]) await quiet.tell('bindings.bind', { businessId: `of-${appid}`, appid })
    const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000)
    assert.equal(await editRows(quiet, 'bindings', { appid: former }, { untold: twoHoursAgo }), 1)
    await editRows(quiet, 'platform', { _id: 'component' }, { 'turns.cleanUp': new Date(1000) })
    await quiet.host.fireTimer('processQueue')
    const waiting = rowsOf(quiet, 'bindings').map((row) => [row['appid'], Object.keys(Object(row['outbox'] ?? {}))])
    assert.deepEqual(Object.fromEntries(waiting), { [former]: [], [latter]: ['r1'] })
    await quiet.tell('subscriptions.put', { url: `${server.url}?late`, match: {} })
    await quiet.tell('bindings.bind', { businessId: 'moved', appid: former, replace: true })
    for (let round = 0; round < 2; round++) await quiet.host.fireTimer('processQueue')
    assert.deepEqual(typesOf(server.accepted.splice(0).filter(({ type }) => ownTypes.test(type))), ['binding.bound'])
  } finally {
    await quiet.close()
  }
})
