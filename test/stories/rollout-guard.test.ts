import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { callsOf, makeRolloutsDue, makeTemplate, refusalOf } from '../fixtures/shop.ts'

/* A rollout whose guard compares the errors of both versions. */

const MERCHANTS = 10
/** 20 % of them. */
const FIRST_WAVE = 2
/** Of a merchant and day. */
const USERS = 2000
const HOUR = 3_600_000
const longAgo = new Date(1000)

let platform: LocalPlatform
let templateId = 0
let shops: readonly string[] = []
before(async () => {
  platform = await startPlatform()
  const { control } = platform.wechat
  templateId = await makeTemplate(platform)
  await control.changeSettings({ auditQuota: 100_000, holdPushes: true })
  await control.createMerchants({ count: MERCHANTS, granted: true })
  await platform.tell('authorizers.sync')
  await platform.host.fireTimer('refreshTokens')
  shops = (await control.merchants()).map(({ appid }) => appid)
  await ship('1.0.0', {})
})
after(() => platform.close())

async function create(version: string, more: object): Promise<unknown> {
  const plan = { name: version, templateId, version, description: '新版', appids: shops, autoRelease: true, ...more }
  return (await platform.tell('rollouts.create', plan))['rolloutId']
}

/** One run of the timer, after whose minute everything that waits is due. */
async function tick(): Promise<void> {
  await platform.host.fireTimer('processQueue')
  await makeRolloutsDue(platform)
}

/** Reviews pass until nothing is under review. */
async function drive(rolloutId: unknown): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await tick()
    const { items } = await platform.tell('rollouts.items', { rolloutId, state: 'auditing', limit: 100 })
    for (const { appid } of Object(items)) await platform.wechat.control.passAudit(appid)
    if (Object(items).length === 0 && round > 0) return
  }
}

async function ship(version: string, more: object): Promise<unknown> {
  const rolloutId = await create(version, more)
  await drive(rolloutId)
  return rolloutId
}

const get = (rolloutId: unknown) => platform.tell('rollouts.get', { rolloutId })

async function standing(rolloutId: unknown): Promise<readonly unknown[]> {
  const { state, wave, counts, guard } = await get(rolloutId)
  const { released, gray, rolledBack } = Object(counts)
  return [state, wave, released + gray, rolledBack, Object(guard).state]
}

/** As if what is watched had begun so many hours earlier, and was to be looked at again as much earlier. */
async function beginEarlier(rolloutId: unknown, hours: number): Promise<void> {
  const row = rowsOf(platform, 'rollouts').find((one) => one['_id'] === rolloutId)
  const watch = JSON.parse(String(row?.['watch']))
  for (const name of ['since', 'againAt']) if (watch[name] !== undefined) watch[name] -= hours * HOUR
  await editRows(platform, 'rollouts', { _id: rolloutId }, { watch: JSON.stringify(watch), dueAt: longAgo })
}

async function passHours(rolloutId: unknown, hours: number): Promise<void> {
  await beginEarlier(rolloutId, hours)
  await tick()
}

const day = (offset: number): string => new Date(Date.now() + 8 * HOUR + offset * 24 * HOUR).toISOString().slice(0, 10)

const errorOf = (
  appVersion: string,
  date: string,
  uv: number,
  users = USERS,
  message = 'TypeError: a is undefined',
) => ({
  appVersion,
  date,
  message,
  stack: `at ${appVersion}`,
  uv,
  pv: uv * 2,
  users,
})

/** Errors of the former version in its last week, and of the new one today. */
async function report(
  former: string,
  version: string,
  rates: readonly [number, number],
  appids = shops.slice(0, FIRST_WAVE),
): Promise<void> {
  for (const appid of appids) {
    const week = [1, 2, 3, 4, 5, 6, 7].map((ago) => errorOf(former, day(-ago), USERS * rates[0]))
    const today = errorOf(version, day(0), USERS * rates[1])
    await platform.wechat.control.addErrors({ appid, errors: [...week, today] })
  }
}

const guard = { then: 'rollback' }

test('a version with twice the errors is stopped after its first wave and taken back; nobody of the second gets it', async () => {
  await platform.wechat.control.resetCalls()
  const rolloutId = await ship('2.0.0', { waves: [20, 100], guard })
  assert.deepEqual(await standing(rolloutId), ['running', 1, 2, 0, 'watching'])
  await report('1.0.0', '2.0.0', [0.02, 0.05])
  await tick()
  assert.equal((await callsOf(platform))['/wxaapi/log/jserr_list'], undefined)
  await passHours(rolloutId, 1)
  await tick()
  assert.deepEqual(await standing(rolloutId), ['cancelled', 1, 0, 2, 'breached'])
  const { problem, guard: found, counts, endedAt } = await get(rolloutId)
  assert.equal(Object(problem).code, 'GUARD_BREACHED')
  assert.ok(endedAt)
  assert.equal(Object(counts).pending, MERCHANTS - FIRST_WAVE)
  const { figures, judgedAt, history } = Object(found)
  assert.ok(judgedAt)
  assert.deepEqual([figures.merchants, figures.compared, history.length], [2, 2, 1])
  assert.ok(figures.growth >= 2 && figures.users >= 20, JSON.stringify(figures))
  const calls = await callsOf(platform)
  assert.deepEqual([calls['/wxaapi/log/jserr_list'], calls['/wxa/revertcoderelease']], [4, 2])
  for (const appid of shops.slice(0, 3))
    assert.equal((await platform.wechat.control.merchant(appid)).live?.version, '1.0.0')
  const { items } = await platform.tell('problems.list', { code: 'ROLLOUT_STOPPED' })
  assert.equal(Object(items)[0].dismissible, true)
  await platform.tell('problems.dismiss', { problemId: Object(items)[0].problemId })
  assert.equal(refusalOf(await platform.ask('rollouts.setGuard', { rolloutId, guard: null })).code, 'CONFLICT')
})

test('what was taken back once is nothing to go back to', async () => {
  const [shop = ''] = shops
  const rolloutId = await ship('2.1.0', { appids: [shop], guard })
  await report('1.0.0', '2.1.0', [0.02, 0.05], [shop])
  await passHours(rolloutId, 1)
  await tick()
  assert.deepEqual(await standing(rolloutId), ['cancelled', 1, 0, 1, 'breached'])
  assert.equal((await platform.wechat.control.merchant(shop)).live?.version, '1.0.0')
})

test('a breach pauses where that was chosen; an operator may accept it', async () => {
  const [shop = '', next = ''] = shops.slice(2)
  const rolloutId = await ship('4.0.0', { appids: [shop, next], waves: [50, 100], guard: { then: 'pause' } })
  const { addErrors } = platform.wechat.control
  await addErrors({
    appid: shop,
    errors: [
      errorOf('1.0.0', day(-1), 30, 1000),
      errorOf('4.0.0', day(0), 31, 1000),
      errorOf('4.0.0', day(0), 25, 1000, 'ReferenceError: cart'),
    ],
  })
  await passHours(rolloutId, 1)
  assert.deepEqual(await standing(rolloutId), ['paused', 1, 1, 0, 'breached'])
  const { problem } = await get(rolloutId)
  assert.deepEqual(
    [Object(problem).code, Object(problem).params.error, Object(problem).params.errorUsers],
    ['GUARD_BREACHED', 'ReferenceError: cart', 25],
  )
  assert.equal((await platform.tell('rollouts.retry', { rolloutId }))['state'], 'paused')
  const open = async () => Object((await platform.tell('problems.list', { code: 'GUARD_BREACHED' }))['items']).length
  assert.equal(await open(), 1)
  await platform.tell('rollouts.resume', { rolloutId })
  assert.equal(await open(), 0)
  await drive(rolloutId)
  assert.deepEqual((await standing(rolloutId)).slice(0, 3), ['running', 2, 2])
  // Without a guard nothing is waited for any more.
  await platform.tell('rollouts.setGuard', { rolloutId, guard: null })
  await tick()
  const { state, guard: none, problem: gone } = await get(rolloutId)
  assert.deepEqual([state, none, gone], ['completed', undefined, undefined])
})

test('no figures are never good figures: they are waited for, then the operator decides, or it goes on', async () => {
  const [third = '', , , , shop = '', next = ''] = shops
  const { control } = platform.wechat
  const rolloutId = await ship('5.0.0', { appids: [shop, next], waves: [50, 100], guard: { then: 'rollback' } })
  await control.resetCalls()
  const asked = async () => (await callsOf(platform))['/wxaapi/log/jserr_list'] ?? 0
  await passHours(rolloutId, 1)
  assert.deepEqual([(await standing(rolloutId))[4], await asked()], ['watching', 2])
  await tick()
  await passHours(rolloutId, 5)
  assert.equal(await asked(), 2)
  await control.addFault({ path: '/wxaapi/log/jserr_list', errcode: 48001, times: 2 })
  await passHours(rolloutId, 1)
  assert.ok((await asked()) > 2)
  assert.deepEqual((await standing(rolloutId)).slice(0, 2), ['running', 1])
  await passHours(rolloutId, 17)
  assert.deepEqual(await standing(rolloutId), ['paused', 1, 1, 0, 'noData'])
  assert.equal(Object((await get(rolloutId))['problem']).code, 'GUARD_NO_DATA')
  await platform.tell('rollouts.resume', { rolloutId })
  await tick()
  assert.equal((await get(rolloutId))['wave'], 2)
  await platform.tell('rollouts.cancel', { rolloutId })

  const careless = await ship('5.1.0', { appids: [third], guard: { then: 'rollback', noData: 'goOn', noDataHours: 1 } })
  await passHours(careless, 1)
  assert.deepEqual(await standing(careless), ['completed', 1, 1, 0, 'noData'])
})

test('each step of a gray release is judged by the same days of both versions', async () => {
  const shop = shops[1] ?? ''
  const { addErrors } = platform.wechat.control
  const nextDay = async (): Promise<void> => {
    await editRows(platform, 'releases', { state: 'gray' }, { graySince: new Date(Date.now() - 25 * HOUR) })
    await tick()
    await tick()
  }
  const share = async () => (await platform.tell('releases.status', { appid: shop }))['grayPercentage']
  const rolloutId = await ship('6.0.0', { appids: [shop], gray: [5, 30, 100], guard })
  await tick()
  assert.deepEqual([await share(), (await standing(rolloutId))[4]], [5, 'watching'])
  await nextDay()
  assert.equal(await share(), 5)
  await addErrors({ appid: shop, errors: [errorOf('1.0.0', day(0), 40, 2000), errorOf('6.0.0', day(0), 22, 1000)] })
  await passHours(rolloutId, 1)
  assert.equal((await standing(rolloutId))[4], 'good')
  await nextDay()
  assert.deepEqual([await share(), (await standing(rolloutId))[4]], [30, 'watching'])
  await addErrors({ appid: shop, errors: [errorOf('6.0.0', day(0), 60, 500)] })
  await passHours(rolloutId, 1)
  await tick()
  assert.deepEqual(await standing(rolloutId), ['cancelled', 1, 0, 1, 'breached'])
  assert.equal((await platform.wechat.control.merchant(shop)).live?.version, '1.0.0')
  const { history } = Object((await get(rolloutId))['guard'])
  assert.deepEqual(
    history.map(({ state, step }: { state: string; step: number }) => [state, step]),
    [
      ['good', 1],
      ['breached', 2],
    ],
  )
})

test('a guard that makes no sense is refused by its path; left out members have their values', async () => {
  const [appid] = shops
  const plan = { name: 'n', templateId, version: '9', description: 'd', appids: [appid] }
  for (const [rules, field] of [
    [{}, 'guard.then'],
    [{ then: 'stop' }, 'guard.then'],
    [{ then: 'pause', maxErrorGrowth: 0.5 }, 'guard.maxErrorGrowth'],
    [{ then: 'pause', maxErrorGrowth: '2' }, 'guard.maxErrorGrowth'],
    [{ then: 'pause', minUsers: 0 }, 'guard.minUsers'],
    [{ then: 'pause', watchMinutes: -1 }, 'guard.watchMinutes'],
    [{ then: 'pause', watchMinutes: 1.5 }, 'guard.watchMinutes'],
    [{ then: 'pause', noDataHours: -1 }, 'guard.noDataHours'],
    [{ then: 'pause', noData: 'stop' }, 'guard.noData'],
    [{ then: 'pause', newErrors: 1 }, 'guard.newErrors'],
    [{ then: 'pause', mode: 1 }, 'guard.mode'],
    ['pause', 'guard'],
  ] as const)
    for (const [operation, input] of [
      ['rollouts.create', plan],
      ['rollouts.setGuard', { rolloutId: 'ro-1' }],
    ] as const) {
      const { code, field: found } = refusalOf(await platform.ask(operation, { ...input, guard: rules }))
      assert.deepEqual([code, found], ['INVALID_ARGUMENT', field], JSON.stringify(rules))
    }
  assert.equal(refusalOf(await platform.ask('rollouts.setGuard', { rolloutId: 'ro-1' })).field, 'guard')
  assert.equal(refusalOf(await platform.ask('rollouts.setGuard', { rolloutId: 'ro-1', guard: null })).code, 'NOT_FOUND')
  const rolloutId = await create('9', { appids: [appid], nextWaveWhen: 'approved' })
  const shown = await platform.tell('rollouts.setGuard', { rolloutId, guard: { then: 'pause' } })
  assert.deepEqual(
    [shown['nextWaveWhen'], shown['guard']],
    [
      'released',
      {
        state: 'watching',
        history: [],
        maxErrorGrowth: 2,
        newErrors: true,
        minUsers: 20,
        watchMinutes: 60,
        noDataHours: 24,
        noData: 'wait',
        then: 'pause',
      },
    ],
  )
  assert.equal((await platform.tell('rollouts.setGuard', { rolloutId, guard: null }))['nextWaveWhen'], 'approved')
  await platform.tell('rollouts.cancel', { rolloutId })
})
