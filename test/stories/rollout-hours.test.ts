import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, callsOf, endAttempts, makeTemplate, refusalOf } from '../fixtures/shop.ts'

/* When a rollout begins, and when it rests. */

let platform: LocalPlatform
let templateId = 0
let shops: readonly string[] = []
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
  shops = [await authorizedMerchant(platform), await authorizedMerchant(platform)]
})
after(() => platform.close())

let versions = 0

async function create(more: object): Promise<unknown> {
  versions += 1
  const version = `1.0.${versions}`
  const plan = { name: version, templateId, version, description: '新版', appids: shops, autoRelease: true, ...more }
  return (await platform.tell('rollouts.create', plan))['rolloutId']
}

const get = (rolloutId: unknown) => platform.tell('rollouts.get', { rolloutId })
const stateOf = async (rolloutId: unknown) => (await get(rolloutId))['state']
const countsOf = async (rolloutId: unknown) => Object((await get(rolloutId))['counts'])

/** One run of the timer after whose minute everything that waits is due. */
async function tick(): Promise<void> {
  await platform.wechat.control.settle()
  await platform.host.fireTimer('processQueue')
  const waiting = { dueAt: { $gt: new Date(0) } }
  await editRows(platform, 'rollouts', { ...waiting, state: { $ne: 'scheduled' } }, { dueAt: new Date(1000) })
  for (const collection of ['rolloutItems', 'releases'])
    await editRows(platform, collection, waiting, { dueAt: new Date(1000) })
}

const passAll = async (): Promise<void> => {
  for (const appid of shops) await platform.wechat.control.passAudit(appid)
}

const clock = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16)

/** Hours around now, or around a time hours from now. */
function hoursAround(offsetHours = 0) {
  return {
    from: clock((offsetHours - 2) * 3_600_000),
    to: clock((offsetHours + 2) * 3_600_000),
    timeZone: 'UTC',
  }
}

const setHours = (rolloutId: unknown, offsetHours: number) =>
  editRows(platform, 'rollouts', { _id: rolloutId }, { quietHours: hoursAround(offsetHours) })

const nothingWasSent = async (): Promise<void> => {
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxa/submit_audit'], calls['/wxa/release']], [undefined, undefined])
}

test('nothing is sent before its time; it may be paused, go on and be cancelled until then', async () => {
  const startAt = new Date(Date.now() + 3_600_000).toISOString()
  const rolloutId = await create({ startAt })
  const { state, startedAt, startAt: shown, perHour, expectedEndAt } = await get(rolloutId)
  assert.deepEqual([state, startedAt, shown, expectedEndAt], ['scheduled', undefined, startAt, undefined])
  assert.equal(perHour, 0)
  await platform.wechat.control.resetCalls()
  await tick()
  assert.equal(await stateOf(rolloutId), 'scheduled')
  assert.equal((await platform.tell('rollouts.pause', { rolloutId }))['state'], 'paused')
  assert.equal((await platform.tell('rollouts.resume', { rolloutId }))['state'], 'scheduled')
  assert.equal((await platform.tell('rollouts.release', { rolloutId }))['state'], 'scheduled')
  assert.equal((await platform.tell('rollouts.retry', { rolloutId }))['state'], 'scheduled')
  await tick()
  assert.equal(await stateOf(rolloutId), 'scheduled')
  const calls = Object.keys(await callsOf(platform)).filter((path) => path.startsWith('/wxa/'))
  assert.deepEqual(calls, [])
  const [row] = rowsOf(platform, 'rollouts').filter((one) => one['_id'] === rolloutId)
  assert.equal(new Date(String(row?.['dueAt'])).getTime(), Math.floor(Date.parse(startAt) / 1000) * 1000)
  assert.equal(refusalOf(await platform.ask('rollouts.resume', { rolloutId })).code, 'CONFLICT')
  const { items } = await platform.tell('rollouts.list', { state: 'scheduled' })
  assert.deepEqual(
    Object(items).map((one: { rolloutId: string }) => one.rolloutId),
    [rolloutId],
  )
  // Its time has come.
  await editRows(platform, 'rollouts', { _id: rolloutId }, { startAt: new Date(1000), dueAt: new Date(1000) })
  await tick()
  assert.equal((await countsOf(rolloutId)).auditing, 2)
  assert.ok((await get(rolloutId))['startedAt'])
  await platform.tell('rollouts.cancel', { rolloutId })
  for (const appid of shops) await platform.tell('releases.withdraw', { appid })

  const late = await create({ startAt: '2026-01-01T00:00:00+08:00' })
  assert.equal(await stateOf(late), 'running')
  await platform.tell('rollouts.cancel', { rolloutId: late })
  const never = await create({ startAt })
  assert.equal((await platform.tell('rollouts.cancel', { rolloutId: never }))['state'], 'cancelled')
})

test('in quiet hours nothing is submitted or released, though it is asked for; afterwards it goes on by itself', async () => {
  const { control } = platform.wechat
  await control.resetCalls()
  const rolloutId = await create({ autoRelease: false, quietHours: hoursAround() })
  assert.equal(await stateOf(rolloutId), 'resting')
  await tick()
  await tick()
  assert.equal(await stateOf(rolloutId), 'resting')
  await nothingWasSent()
  assert.equal((await platform.tell('rollouts.resume', { rolloutId }))['state'], 'resting')

  await setHours(rolloutId, 6)
  await tick()
  assert.deepEqual([await stateOf(rolloutId), (await countsOf(rolloutId)).auditing], ['running', 2])
  await passAll()
  await setHours(rolloutId, 0)
  await control.resetCalls()
  await tick()
  assert.deepEqual([await stateOf(rolloutId), (await countsOf(rolloutId)).approved], ['awaitingRelease', 2])
  await platform.tell('rollouts.release', { rolloutId })
  await tick()
  assert.equal(await stateOf(rolloutId), 'resting')
  await nothingWasSent()
  const { expectedEndAt } = await get(rolloutId)
  assert.ok(Date.parse(String(expectedEndAt)) > Date.now() + 3_600_000, String(expectedEndAt))
  await platform.tell('rollouts.pause', { rolloutId })
  await tick()
  await nothingWasSent()
  assert.equal(await stateOf(rolloutId), 'paused')

  await setHours(rolloutId, 6)
  await tick()
  assert.deepEqual([await stateOf(rolloutId), (await countsOf(rolloutId)).approved], ['paused', 2])
  await platform.tell('rollouts.release', { rolloutId })
  await setHours(rolloutId, 0)
  await tick()
  await nothingWasSent()
  await setHours(rolloutId, 6)
  await tick()
  assert.deepEqual([await stateOf(rolloutId), (await countsOf(rolloutId)).released], ['paused', 2])
  // What is to go back goes back at any hour.
  await setHours(rolloutId, 0)
  await platform.tell('rollouts.rollback', { rolloutId })
  await tick()
  assert.ok(Number((await callsOf(platform))['/wxa/revertcoderelease']) >= 2)
})

test('a submission that waits for the scan, and a release whose answer was lost, are not sent again in quiet hours', async () => {
  const { control } = platform.wechat
  const rolloutId = await create({ quietHours: hoursAround(6) })
  await control.addFault({ path: '/wxa/submit_audit', errcode: 61039, times: 2 })
  await tick()
  await setHours(rolloutId, 0)
  await control.resetCalls()
  await tick()
  await tick()
  await nothingWasSent()
  await setHours(rolloutId, 6)
  await tick()
  await tick()
  assert.equal((await countsOf(rolloutId)).auditing, 2)
  await passAll()
  await control.addFault({ path: '/wxa/release', drop: 'before', times: 2 })
  await control.settle()
  await platform.host.fireTimer('processQueue')
  await setHours(rolloutId, 0)
  await control.resetCalls()
  await endAttempts(platform)
  await tick()
  await tick()
  await nothingWasSent()
  await setHours(rolloutId, 6)
  await tick()
  await tick()
  assert.equal((await countsOf(rolloutId)).released, 2)
})

test('a time or quiet hours that make no sense are refused by their path', async () => {
  const hours = { from: '22:00', to: '08:00', timeZone: 'Asia/Shanghai' }
  const refusals: readonly (readonly [more: object, field: string])[] = [
    [{ startAt: 'tomorrow' }, 'startAt'],
    [{ startAt: 1_800_000_000 }, 'startAt'],
    [{ startAt: '2026-02-31T00:00:00' }, 'startAt'],
    [{ quietHours: {} }, 'quietHours.from'],
    [{ quietHours: 'night' }, 'quietHours'],
    [{ quietHours: { ...hours, from: '22' } }, 'quietHours.from'],
    [{ quietHours: { ...hours, from: '24:00' } }, 'quietHours.from'],
    [{ quietHours: { ...hours, to: '7:60' } }, 'quietHours.to'],
    [{ quietHours: { ...hours, to: '22:00' } }, 'quietHours.to'],
    [{ quietHours: { ...hours, timeZone: '+08:00' } }, 'quietHours.timeZone'],
    [{ quietHours: { ...hours, timeZone: 'Asia/Peking' } }, 'quietHours.timeZone'],
    [{ quietHours: { from: '22:00', to: '08:00' } }, 'quietHours.timeZone'],
    [{ quietHours: { ...hours, days: [1] } }, 'quietHours.days'],
  ]
  for (const [more, field] of refusals) {
    const plan = { name: 'n', templateId, version: '9', description: 'd', appids: shops, ...more }
    const { code, field: found } = refusalOf(await platform.ask('rollouts.create', plan))
    assert.deepEqual([code, found], ['INVALID_ARGUMENT', field], JSON.stringify(more))
  }
})
