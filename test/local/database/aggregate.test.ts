import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, withCode } from './cloud.ts'

const orders = [
  { _id: 1, shop: 'a', total: 10, lines: ['x', 'y'], at: new Date('2026-01-02T03:04:05Z') },
  { _id: 2, shop: 'a', total: 5, lines: ['x'], at: new Date('2026-02-02T03:04:05Z') },
  { _id: 3, shop: 'b', total: 7, lines: [], at: new Date('2026-02-03T03:04:05Z') },
]

test('stages in their order', async (t) => {
  const { db, things, _ } = await openCloud(t, { collections: ['things', 'shops'] })
  const $ = _.aggregate
  await things.add(orders)
  await db.collection('shops').add([
    { _id: 'a', name: 'Anna' },
    { _id: 'b', name: 'Bert' },
  ])
  const grouped = await things
    .aggregate()
    .match({ total: _.gt(4) })
    .group({ _id: '$shop', sum: $.sum('$total'), count: $.sum(1) })
    .sort({ sum: -1 })
    .limit(10)
    .end()
  assert.deepEqual(grouped.data, [
    { _id: 'a', sum: 15, count: 2 },
    { _id: 'b', sum: 7, count: 1 },
  ])

  const unwound = await things.aggregate().unwind('$lines').sortByCount('$lines').limit(1).end()
  assert.deepEqual(unwound.data, [{ _id: 'x', count: 2 }])

  const joined = await things
    .aggregate()
    .match({ _id: 3 })
    .lookup({ from: 'shops', localField: 'shop', foreignField: '_id', as: 'shops' })
    .addFields({ shopName: $.arrayElemAt(['$shops.name', 0]), month: $.month('$at') })
    .project({ shopName: 1, month: 1, _id: 0 })
    .end()
  assert.deepEqual(joined.data, [{ shopName: 'Bert', month: 2 }])

  assert.deepEqual((await things.aggregate().match({ shop: 'a' }).count('n').end()).data, [{ n: 2 }])
  const paged = await things
    .aggregate()
    .sort({ total: 1 })
    .skip(1)
    .limit(1)
    .replaceRoot({ newRoot: { t: '$total' } })
    .end()
  assert.deepEqual(paged.data, [{ t: 7 }])
  const raw = await things
    .options({ raw: true })
    .aggregate([{ $match: { shop: 'b' } }, { $project: { total: 1 } }])
    .end()
  assert.deepEqual(raw.data, [{ _id: 3, total: 7 }])
  assert.deepEqual((await things.orderBy('_id', 'asc').get()).data, orders)
})

test('without a limit it answers 20 documents', async (t) => {
  const { things } = await openCloud(t)
  await things.add(Array.from({ length: 150 }, (_, v) => ({ v })))
  assert.equal((await things.aggregate().match({}).end()).data.length, 20)
  assert.equal((await things.aggregate().match({}).limit(120).end()).data.length, 120)
})

test('unknown stages and expressions are errors, in an empty collection too; nothing is written', async (t) => {
  const { things } = await openCloud(t)
  for (const stage of [
    { $frobnicate: {} },
    { $out: 'things' },
    { $merge: { into: 'things' } },
    { $geoNear: {} },
    { $match: { a: { $frobnicate: 1 } } },
    { $project: { a: { $frobnicate: '$b' } } },
    { $facet: { one: [{ $project: { a: { $indexOfCP: ['$b', 'c'] } } }] } },
    { $lookup: { from: 'things', as: 'x', pipeline: [{ $out: 'things' }] } },
  ]) {
    const run = things.options({ raw: true }).aggregate([stage]).end()
    await assert.rejects(run, withCode('DATABASE_INVALID_OPERRATOR'), JSON.stringify(stage))
  }
  await things.add({ _id: 1 })
  const lost = things.aggregate().lookup({ from: 'nowhere', localField: 'a', foreignField: 'b', as: 'c' }).end()
  await assert.rejects(lost, withCode('DATABASE_COLLECTION_NOT_EXIST'))
})
