import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, post, withCode } from './cloud.ts'

test('a document comes back as it was stored, dates and nested values included', async (t) => {
  const { things } = await openCloud(t)
  const document = {
    _id: 'a',
    text: '微信',
    whole: 3,
    large: 3_000_000_000,
    fraction: 1.5,
    yes: true,
    nothing: null,
    at: new Date(1_700_000_000_000),
    list: [1, 'two', { three: 3 }],
    nested: { deep: { value: 1 } },
  }
  assert.equal((await things.add(document)).id, 'a')
  assert.deepEqual((await things.doc('a').get()).data, [document])
})

test('an id is made up of 32 hex characters where none is given, also for each of a batch', async (t) => {
  const { things } = await openCloud(t)
  const { id } = await things.add({ v: 1 })
  const { ids } = await things.add([{ v: 2 }, { v: 3 }])
  for (const made of [id, ...(ids ?? [])]) assert.match(String(made), /^[0-9a-f]{32}$/)
  assert.equal((await things.count()).total, 3)
})

test('numbers may be ids, and are not the same as their text', async (t) => {
  const { things } = await openCloud(t)
  await things.add([
    { _id: 7, v: 'number' },
    { _id: '7', v: 'text' },
  ])
  assert.deepEqual((await things.doc(7).get()).data, [{ _id: 7, v: 'number' }])
  assert.deepEqual((await things.doc('7').get()).data, [{ _id: '7', v: 'text' }])
})

test('a missing document is an empty list, no error', async (t) => {
  const { things } = await openCloud(t)
  assert.deepEqual((await things.doc('nobody').get()).data, [])
  assert.equal((await things.doc('nobody').update({ v: 1 })).updated, 0)
  assert.equal((await things.doc('nobody').remove()).deleted, 0)
})

for (const [duplicateError, code, message] of [
  ['DATABASE_DUPLICATE_WRITE', 'DATABASE_DUPLICATE_WRITE', /taken/],
  ['E11000', 'DATABASE_REQUEST_FAILED', /E11000 duplicate key error/],
] as const) {
  test(`a taken id is reported as ${duplicateError}, and a batch stops there with its earlier part kept`, async (t) => {
    const { things } = await openCloud(t, { duplicateError })
    await things.add({ _id: 'b' })
    await assert.rejects(
      things.add({ _id: 'b', v: 1 }),
      (error: Error) => withCode(code)(error) && message.test(error.message),
    )
    await assert.rejects(things.add([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]), withCode(code))
    assert.deepEqual((await things.get()).data, [{ _id: 'a' }, { _id: 'b' }])
  })
}

test('set replaces the whole document or creates it, and says which', async (t) => {
  const { things } = await openCloud(t)
  const created = await things.doc('a').set({ v: 1, old: true })
  assert.deepEqual([created.updated, created.upsertedId], [0, 'a'])
  const replaced = await things.doc('a').set({ v: 2 })
  assert.deepEqual([replaced.updated, replaced.upsertedId], [1, null])
  assert.equal((await things.doc('a').set({ v: 2 })).updated, 1)
  assert.deepEqual((await things.doc('a').get()).data, [{ _id: 'a', v: 2 }])
})

test('where().update changes all that match and counts the matched, changed or not', async (t) => {
  const { things, _ } = await openCloud(t)
  await things.add([
    { _id: 'a', v: 1 },
    { _id: 'b', v: 2 },
    { _id: 'c', v: 2 },
  ])
  assert.equal((await things.where({ v: 2 }).update({ v: 2 })).updated, 2)
  assert.equal((await things.where({ v: _.gte(2) }).update({ seen: true })).updated, 2)
  assert.equal((await things.where({ v: 9 }).update({ seen: true })).updated, 0)
  assert.equal((await things.where({ seen: true }).options({ multiple: false }).update({ v: 3 })).updated, 1)
  assert.deepEqual(
    (await things.orderBy('_id', 'asc').get()).data.map(({ v }: { v: number }) => v),
    [1, 3, 2],
  )
})

test('updateAndReturn gives the document after the change, or null', async (t) => {
  const { things, _ } = await openCloud(t)
  await things.add({ _id: 'a', version: 1 })
  const { updated, doc } = await things.where({ _id: 'a', version: 1 }).updateAndReturn({ version: _.inc(1) })
  assert.deepEqual([updated, doc], [1, { _id: 'a', version: 2 }])
  const lost = await things.where({ _id: 'a', version: 1 }).updateAndReturn({ version: _.inc(1) })
  assert.deepEqual([lost.updated, lost.doc], [0, null])
})

test('remove takes one or all that match', async (t) => {
  const { things } = await openCloud(t)
  await things.add([
    { _id: 'a', v: 1 },
    { _id: 'b', v: 2 },
    { _id: 'c', v: 2 },
    { _id: 'd', v: 2 },
  ])
  assert.equal((await things.doc('a').remove()).deleted, 1)
  assert.equal((await things.where({ v: 2 }).options({ multiple: false }).remove()).deleted, 1)
  assert.equal((await things.where({ v: 2 }).remove()).deleted, 2)
  assert.equal((await things.count()).total, 0)
})

test('order, offset, limit and fields apply in that order', async (t) => {
  const { things } = await openCloud(t)
  await things.add([3, 1, 2, 5, 4].map((v) => ({ _id: `k${v}`, v, group: v % 2, extra: { a: v, b: -v } })))
  const page = await things.orderBy('group', 'desc').orderBy('v', 'asc').skip(1).limit(3).field({ v: true }).get()
  assert.deepEqual(page.data, [
    { _id: 'k3', v: 3 },
    { _id: 'k5', v: 5 },
    { _id: 'k2', v: 2 },
  ])
  const without = await things.doc('k1').field({ extra: false, group: false }).get()
  assert.deepEqual(without.data, [{ _id: 'k1', v: 1 }])
  const nested = await things.where({ v: 1 }).field({ 'extra.a': true, _id: false }).get()
  assert.deepEqual(nested.data, [{ extra: { a: 1 } }])
})

test('a query answers 100 documents unless told, never more than 1,000', async (t) => {
  const { things, url } = await openCloud(t)
  await things.add(Array.from({ length: 1001 }, (_, v) => ({ v })))
  assert.equal((await things.get()).data.length, 100)
  assert.equal((await things.limit(0).get()).data.length, 100)
  assert.equal((await things.limit(5000).get()).data.length, 1000)
  const { data } = await post(url, { action: 'database.getDocument', collectionName: 'things', limit: 5000 })
  assert.equal(JSON.stringify(data).match(/_id/g)?.length, 1000)
  await assert.rejects(things.limit(-1).get(), withCode('INVALID_PARAM'))
})

test('collections are explicit', async (t) => {
  const { db } = await openCloud(t)
  const other = db.collection('other')
  for (const attempt of [
    () => other.add({ v: 1 }),
    () => other.get(),
    () => other.count(),
    () => other.doc('a').set({ v: 1 }),
    () => other.where({ v: 1 }).update({ v: 2 }),
    () => other.where({ v: 1 }).remove(),
    () => other.aggregate().limit(1).end(),
  ]) {
    await assert.rejects(attempt, withCode('DATABASE_COLLECTION_NOT_EXIST'))
  }
  await db.createCollection('other')
  await other.add({ _id: 'a' })
  await assert.rejects(db.createCollection('other'), withCode('DATABASE_REQUEST_FAILED'))
})

test('server dates are one moment per request, in data and in queries', async (t) => {
  let now = 1_700_000_000_000
  const { db, things, _ } = await openCloud(t, { now: () => now })
  await things.add({ _id: 'a', at: db.serverDate(), later: db.serverDate({ offset: 60_000 }), list: [db.serverDate()] })
  const at = new Date(1_700_000_000_000)
  assert.deepEqual((await things.doc('a').get()).data, [
    { _id: 'a', at, later: new Date(1_700_000_060_000), list: [at] },
  ])
  assert.equal((await things.where({ later: _.lt(db.serverDate()) }).count()).total, 0)
  now += 61_000
  assert.equal(
    (await things.where({ later: _.lt(db.serverDate()) }).update({ at: db.serverDate({ offset: -1000 }) })).updated,
    1,
  )
  assert.deepEqual((await things.doc('a').get()).data[0].at, new Date(1_700_000_060_000))
})

test('of a hundred contenders for one version exactly one wins', async (t) => {
  const { things, _ } = await openCloud(t)
  await things.add({ _id: 'lock', version: 1 })
  const results = await Promise.all(
    Array.from({ length: 100 }, (_contender, contender) =>
      things.where({ _id: 'lock', version: 1 }).update({ version: _.inc(1), owner: contender }),
    ),
  )
  assert.equal(results.filter(({ updated }) => updated === 1).length, 1)
  assert.equal((await things.doc('lock').get()).data[0].version, 2)
})

test('callFunction goes to the host', async (t) => {
  const { app } = await openCloud(t, {
    async invokeFunction(name, data) {
      if (name === 'broken') throw new Error('user code exception')
      if (name === 'slow') throw Object.assign(new Error('time limit'), { code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' })
      return name === 'silent' ? undefined : { name, data }
    },
  })
  assert.deepEqual((await app.callFunction({ name: 'echo', data: { x: 1 } })).result, { name: 'echo', data: { x: 1 } })
  assert.equal((await app.callFunction({ name: 'silent', data: undefined })).result, null)
  await assert.rejects(app.callFunction({ name: 'broken', data: {} }), withCode('FUNCTIONS_EXECUTE_FAIL'))
  await assert.rejects(app.callFunction({ name: 'slow', data: {} }), withCode('FUNCTIONS_TIME_LIMIT_EXCEEDED'))
})

test('what is not known or malformed is refused', async (t) => {
  const { url, things } = await openCloud(t)
  await things.add({ _id: 'a', v: 1 })
  const invalid: unknown[] = [
    'not json',
    '[]',
    {},
    { action: 'database.dropDatabase' },
    { action: 'toString' },
    { action: 'database.insertDocument', collectionName: 'things' },
    { action: 'database.insertDocument', collectionName: 'things', data: [{ v: 1 }] },
    { action: 'database.insertDocument', collectionName: 'things', data: ['{'] },
    { action: 'database.insertDocument', collectionName: 'things', data: [] },
    { action: 'database.getDocument', collectionName: '' },
    { action: 'database.getDocument', collectionName: 'things', query: '[]' },
    { action: 'database.getDocument', collectionName: 'things', order: '{"a":"asc"}' },
    { action: 'database.getDocument', collectionName: 'things', offset: -1 },
    { action: 'database.modifyDocument', collectionName: 'things', multi: true, merge: true, data: '{"$set":{"v":2}}' },
    { action: 'database.removeDocument', collectionName: 'things', multi: true, query: '' },
    { action: 'database.modifyDocument', collectionName: 'things', query: '{}', merge: false, data: '{"_id":"b"}' },
  ]
  for (const body of invalid) {
    const answer = await post(url, body)
    assert.equal(answer['code'], 'INVALID_PARAM', JSON.stringify(body))
    assert.equal(typeof answer['requestId'], 'string')
  }
  assert.deepEqual((await things.get()).data, [{ _id: 'a', v: 1 }])
})

test('a request or document beyond its size is refused', async (t) => {
  const { things } = await openCloud(t)
  await assert.rejects(things.add({ text: 'x'.repeat(5 * 1024 * 1024) }), withCode('EXCEED_REQUEST_SIZE_LIMIT'))
  await things.add({ _id: 'a', list: ['x'.repeat(4 * 1024 * 1024)] })
  const grow = () => things.doc('a').update({ [`more${String(Math.random()).slice(2)}`]: 'x'.repeat(4 * 1024 * 1024) })
  await grow()
  await grow()
  await assert.rejects(grow(), withCode('DATABASE_REQUEST_FAILED'))
})
