import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, withCode } from './cloud.ts'

const modify = 'database.modifyDocument'

test('a connection dropped before or after: the caller cannot tell, the database can', async (t) => {
  const { things, _, database } = await openCloud(t)
  await things.add({ _id: 'a', v: 0 })
  database.faults.add({ action: modify, when: 'before', kind: 'drop', times: 1 })
  await assert.rejects(things.doc('a').update({ v: _.inc(1) }))
  assert.equal((await things.doc('a').get()).data[0].v, 0)
  database.faults.add({ action: modify, when: 'after', kind: 'drop', times: 1 })
  await assert.rejects(things.doc('a').update({ v: _.inc(1) }))
  assert.equal((await things.doc('a').get()).data[0].v, 1)
  assert.equal((await things.doc('a').update({ v: _.inc(1) })).updated, 1)
})

test('error codes, numeric statuses, nonsense and delays', async (t) => {
  const { things, database } = await openCloud(t)
  const { faults } = database
  faults.add({ when: 'before', kind: 'code', code: 'DATABASE_TIMEOUT', times: 1 })
  await assert.rejects(things.get(), withCode('DATABASE_TIMEOUT'))
  faults.add({ when: 'before', kind: 'status', status: 503, times: 1 })
  await assert.rejects(things.get(), (error: { code: unknown }) => error.code === 503)
  faults.add({ when: 'after', kind: 'garbage', times: 1 })
  await assert.rejects(things.add({ _id: 'a' }), SyntaxError)
  faults.add({ when: 'before', kind: 'delay', delayMs: 20, times: 1 })
  assert.deepEqual((await things.get()).data, [{ _id: 'a' }])
})

test('a rule fits by action and collection, may let some pass first, and can be taken away', async (t) => {
  const { db, things, database } = await openCloud(t, { collections: ['things', 'others'] })
  const rule = { action: 'database.getDocument', collection: 'things', when: 'before', kind: 'code', skip: 1 } as const
  const lift = database.faults.add(rule)
  await things.get()
  await things.count()
  await db.collection('others').get()
  await assert.rejects(things.get(), withCode('SYS_ERR'))
  await assert.rejects(things.get(), withCode('SYS_ERR'))
  lift()
  await things.get()
  assert.deepEqual(database.faults.counts(), {
    'database.getDocument': 5,
    'database.getDocument things': 4,
    'database.getDocument others': 1,
    'database.calculateDocument': 1,
    'database.calculateDocument things': 1,
  })
  database.faults.resetCounts()
  assert.deepEqual(database.faults.counts(), {})
})

test("a plan's limits: operations a second, and requests at once", async (t) => {
  let now = 1_700_000_000_000
  const { things, database } = await openCloud(t, { now: () => now })
  database.faults.limitOperationsPerSecond(2)
  await things.get()
  await things.get()
  await assert.rejects(things.get(), withCode('EXCEED_REQUEST_LIMIT'))
  now += 1000
  await things.get()
  database.faults.limitOperationsPerSecond(undefined)
  database.faults.limitConnections(1)
  database.faults.add({ when: 'before', kind: 'delay', delayMs: 50, times: 1 })
  const results = await Promise.allSettled([things.get(), things.get()])
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 1)
  assert.ok(withCode('EXCEED_CONCURRENT_REQUEST_LIMIT')(refused[0]?.reason))
})
