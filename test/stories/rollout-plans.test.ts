import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseCalls, editRows, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, openShop, refusalOf, releaseVersion } from '../fixtures/shop.ts'

/* What rollouts.create plans, without a processor that runs. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform()
  await platform.wechat.control.createTemplate({ userVersion: '1.0.0', userDesc: '首版' })
})
after(() => platform.close())

const plan = { name: '计划', templateId: 1, version: '1.0.0', description: '首版' }

/** Accounts need not exist to be planned for. */
const named = (count: number): string[] => Array.from({ length: count }, (_, n) => `wx${String(n).padStart(16, '0')}`)

const create = (input: object) => platform.tell('rollouts.create', { ...plan, ...input })

async function itemsOf(rolloutId: unknown): Promise<readonly { appid: string; wave: number; state: string }[]> {
  return Object((await platform.tell('rollouts.items', { rolloutId, limit: 100 }))['items'])
}

test('waves are cumulative percentages, rounded up: nobody is left out, and none is begun with nobody in it', async () => {
  const rules: readonly (readonly [merchants: number, waves: number[], inWaves: number[]])[] = [
    [1, [100], [1]],
    [1, [10, 50, 100], [1]],
    [3, [10, 50, 100], [1, 2, 3]],
    [7, [10, 50, 100], [1, 2, 2, 2, 3, 3, 3]],
    [7, [1, 2, 100], [1, 3, 3, 3, 3, 3, 3]],
    [10, [10, 20, 30, 100], [1, 2, 3, 4, 4, 4, 4, 4, 4, 4]],
  ]
  for (const [merchants, waves, inWaves] of rules) {
    const { rolloutId } = await create({ appids: named(merchants), waves })
    const items = await itemsOf(rolloutId)
    assert.deepEqual(
      items.map(({ wave }) => wave),
      inWaves,
      `${merchants} in ${waves.join()}`,
    )
  }
})

test('the canary is wave 1, whoever else is chosen; the percentages are of the rest', async () => {
  const all = named(10)
  const canary = [all[7] ?? '', all[3] ?? '']
  const { rolloutId, total } = await create({ appids: all, canary, waves: [50, 100] })
  const items = await itemsOf(rolloutId)
  assert.equal(total, 10)
  assert.deepEqual(
    items.map(({ appid, wave }) => [appid, wave]),
    [
      [all[7], 1],
      [all[3], 1],
      [all[0], 2],
      [all[1], 2],
      [all[2], 2],
      [all[4], 2],
      [all[5], 3],
      [all[6], 3],
      [all[8], 3],
      [all[9], 3],
    ],
  )
  const alone = await create({ appids: all.slice(0, 1), canary: all.slice(0, 1) })
  assert.deepEqual(await itemsOf(alone['rolloutId']), [{ appid: all[0], wave: 1, state: 'pending' }])
})

test('defaults: one wave, no reserve, submitted but not released by itself; the next wave waits for what comes last', async () => {
  const created = await create({ appids: named(1) })
  const { state, wave, waves, progress, autoSubmit, autoRelease, quotaReserve, nextWaveWhen, counts } = created
  assert.deepEqual(
    { state, wave, waves, progress, autoSubmit, autoRelease, quotaReserve, nextWaveWhen },
    {
      state: 'running',
      wave: 1,
      waves: [100],
      progress: 0,
      autoSubmit: true,
      autoRelease: false,
      quotaReserve: 0,
      nextWaveWhen: 'approved',
    },
  )
  assert.deepEqual(counts, {
    pending: 1,
    committing: 0,
    committed: 0,
    submitting: 0,
    auditing: 0,
    delayed: 0,
    rejected: 0,
    withdrawn: 0,
    approved: 0,
    gray: 0,
    released: 0,
    rolledBack: 0,
    failed: 0,
    skipped: 0,
  })
  assert.equal((await create({ appids: named(1), autoRelease: true }))['nextWaveWhen'], 'released')
  assert.equal(
    (await create({ appids: named(1), autoRelease: true, nextWaveWhen: 'approved' }))['nextWaveWhen'],
    'approved',
  )
})

test('a plan that makes no sense is refused, naming the field', async () => {
  const refusals: readonly (readonly [input: object, field: string])[] = [
    [{}, 'appids'],
    [{ appids: [] }, 'appids'],
    [{ appids: named(2001) }, 'appids'],
    [{ appids: ['a b'] }, 'appids.0'],
    [{ appids: named(1), all: true }, 'appids'],
    [{ all: false }, 'all'],
    [{ appids: named(1), waves: [] }, 'waves'],
    [{ appids: named(1), waves: [10, 50] }, 'waves'],
    [{ appids: named(1), waves: [50, 50, 100] }, 'waves'],
    [{ appids: named(1), waves: [60, 50, 100] }, 'waves'],
    [{ appids: named(1), waves: [0, 100] }, 'waves.0'],
    [{ appids: named(1), waves: [10, 101] }, 'waves.1'],
    [{ appids: named(1), waves: [12.5, 100] }, 'waves.0'],
    [{ appids: named(1), nextWaveWhen: 'never' }, 'nextWaveWhen'],
    [{ appids: named(1), maxFailures: -1 }, 'maxFailures'],
    [{ appids: named(1), quotaReserve: -1 }, 'quotaReserve'],
    [{ appids: named(1), quotaReserve: 1.5 }, 'quotaReserve'],
    [{ appids: named(1), version: '' }, 'version'],
    [{ filter: { liveVersion: { $ne: null } } }, 'filter.liveVersion'],
    [{ filter: { attributes: { city: { $gt: '' } } } }, 'filter.attributes.city'],
    [{ filter: { liveVersion: 'never was' } }, 'filter'],
  ]
  for (const [input, field] of refusals) {
    const { code, field: found } = refusalOf(await platform.ask('rollouts.create', { ...plan, ...input }))
    assert.deepEqual([code, found], ['INVALID_ARGUMENT', field], JSON.stringify(input).slice(0, 80))
  }
})

test('2,000 accounts are planned at once; one named twice gets the version once', async () => {
  const { rolloutId, total } = await create({ appids: [...named(2000)] })
  assert.equal(total, 2000)
  const twice = await create({ appids: [...named(3), ...named(2)] })
  assert.equal(twice['total'], 3)
  assert.deepEqual(
    (await itemsOf(twice['rolloutId'])).map(({ appid }) => appid),
    named(3),
  )
  const seen = new Set<string>()
  for (let cursor: unknown; ;) {
    const page = await platform.tell('rollouts.items', {
      rolloutId,
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    })
    for (const item of Object(page['items'])) seen.add(item.appid)
    cursor = page['nextCursor']
    if (cursor === undefined) break
  }
  assert.equal(seen.size, 2000)
})

test('a rollout is polled with one read', async () => {
  const { rolloutId } = await create({ appids: named(100) })
  await platform.tell('rollouts.get', { rolloutId })
  platform.host.database.faults.resetCounts()
  await platform.tell('rollouts.get', { rolloutId })
  assert.deepEqual(databaseCalls(platform), { reads: 1, writes: 0 })
})

test('all, by attributes, by live version: chosen when it is planned, official accounts and those who left aside', async () => {
  const { control } = platform.wechat
  const north = await authorizedMerchant(platform)
  const south = await authorizedMerchant(platform)
  const gone = await authorizedMerchant(platform)
  await openShop(platform, { accountType: 'officialAccount' })
  await control.settle()
  await platform.tell('bindings.bind', { businessId: 'north', appid: north, attributes: { city: '北京', tier: 'a' } })
  await platform.tell('bindings.bind', { businessId: 'south', appid: south, attributes: { city: '广州', tier: 'a' } })
  await releaseVersion(platform, south, 1, '0.9.0')
  await control.unauthorize(gone)
  await control.settle()
  const chosen = async (input: object) => {
    const { rolloutId } = await create(input)
    return (await itemsOf(rolloutId)).map(({ appid }) => appid)
  }
  assert.deepEqual((await chosen({ all: true })).toSorted(), [north, south].toSorted())
  assert.deepEqual(await chosen({ filter: { attributes: { city: '北京' } } }), [north])
  assert.deepEqual((await chosen({ filter: { attributes: { tier: 'a' } } })).toSorted(), [north, south].toSorted())
  assert.deepEqual(await chosen({ filter: { liveVersion: '0.9.0' } }), [south])
  assert.deepEqual(await chosen({ filter: { liveVersion: '0.9.0', attributes: { tier: 'a' } } }), [south])
  const none = refusalOf(
    await platform.ask('rollouts.create', { ...plan, filter: { liveVersion: '0.9.0', attributes: { city: '北京' } } }),
  )
  assert.deepEqual([none.code, none.field], ['INVALID_ARGUMENT', 'filter'])
  const fixed = await create({ all: true })
  await authorizedMerchant(platform)
  assert.equal((await itemsOf(fixed['rolloutId'])).length, 2)
})

test('an unknown rollout, an unknown state, a rollout that is over', async () => {
  for (const operation of ['get', 'items', 'rejections', 'pause', 'resume', 'cancel', 'retry', 'release', 'rollback'])
    assert.equal(refusalOf(await platform.ask(`rollouts.${operation}`, { rolloutId: 'ro-1' })).code, 'NOT_FOUND')
  const { rolloutId } = await create({ appids: named(2) })
  assert.equal(refusalOf(await platform.ask('rollouts.items', { rolloutId, state: 'lost' })).field, 'state')
  assert.equal(refusalOf(await platform.ask('rollouts.retry', { rolloutId, states: ['released'] })).field, 'states.0')
  assert.equal((await platform.tell('rollouts.cancel', { rolloutId }))['state'], 'cancelled')
  for (const operation of ['pause', 'resume', 'retry'])
    assert.equal(refusalOf(await platform.ask(`rollouts.${operation}`, { rolloutId })).code, 'CONFLICT', operation)
  assert.equal((await platform.tell('rollouts.release', { rolloutId }))['state'], 'cancelled')
  await editRows(platform, 'rollouts', { dueAt: { $gt: new Date(0) } }, { state: 'cancelled' })
  await platform.host.fireTimer('processQueue')
  const pending = rowsOf(platform, 'rolloutItems').filter((row) => row['rolloutId'] === rolloutId)
  assert.deepEqual(
    pending.map((row) => row['state']),
    ['pending', 'pending'],
  )
})

test('businesses stand for their mini programs; one without is named by its place', async () => {
  const appid = await authorizedMerchant(platform)
  await platform.tell('bindings.bind', { businessId: 'planned', appid })
  const { rolloutId } = await create({ businessIds: ['planned'] })
  assert.deepEqual(
    (await itemsOf(rolloutId)).map((item) => item.appid),
    [appid],
  )
  const refused = refusalOf(await platform.ask('rollouts.create', { ...plan, businessIds: ['planned', 'nobody'] }))
  assert.deepEqual(
    [refused.code, refused.reason, refused.field],
    ['INVALID_ARGUMENT', 'BUSINESS_NOT_BOUND', 'businessIds.1'],
  )
})
