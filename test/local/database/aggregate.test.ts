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
    { $match: { a: { $frobnicate: 1 } } },
    { $project: { a: { $frobnicate: '$b' } } },
    { $facet: { one: [{ $project: { a: { $frobnicate: ['$b', 'c'] } } }] } },
    { $lookup: { from: 'things', as: 'x', pipeline: [{ $out: 'things' }] } },
  ]) {
    const run = things.options({ raw: true }).aggregate([stage]).end()
    await assert.rejects(run, withCode('DATABASE_INVALID_OPERRATOR'), JSON.stringify(stage))
  }
  await things.add({ _id: 1 })
  const lost = things.aggregate().lookup({ from: 'nowhere', localField: 'a', foreignField: 'b', as: 'c' }).end()
  await assert.rejects(lost, withCode('DATABASE_COLLECTION_NOT_EXIST'))
})

test('dates are shown, read and put together by the clocks of a place', async (t) => {
  const { things } = await openCloud(t)
  await things.add({
    _id: 1,
    at: new Date('2026-07-01T02:30:00Z'),
    winter: new Date('2026-01-01T02:30:00Z'),
    place: 'America/New_York',
  })
  const of = async (expression: object): Promise<unknown> => {
    const { data } = await things
      .options({ raw: true })
      .aggregate([{ $project: { _id: 0, x: expression } }])
      .end()
    return data[0].x
  }
  const show = (date: string, timezone?: string) => of({ $dateToString: { date, format: '%Y-%m-%d %H:%M', timezone } })
  assert.equal(await show('$at'), '2026-07-01 02:30')
  assert.equal(await show('$at', '$place'), '2026-06-30 22:30')
  assert.equal(await show('$winter', '$place'), '2025-12-31 21:30')
  assert.equal(await show('$at', '+05:30'), '2026-07-01 08:00')
  assert.equal(await show('$at', 'Asia/Shanghai'), '2026-07-01 10:30')
  assert.equal(await of({ $dayOfMonth: { date: '$at', timezone: '$place' } }), 30)
  assert.equal(await of({ $hour: '$at' }), 2)
  assert.deepEqual(await of({ $dateToParts: { date: '$at', timezone: '-03' } }), {
    year: 2026,
    month: 6,
    day: 30,
    hour: 23,
    minute: 30,
    second: 0,
    millisecond: 0,
  })
  const parts = { year: 2017, month: 2, day: 8, hour: 12 }
  assert.deepEqual(await of({ $dateFromParts: { ...parts, timezone: '$place' } }), new Date('2017-02-08T17:00:00Z'))
  assert.deepEqual(
    await of({ $dateFromParts: { ...parts, month: 14, timezone: '+08' } }),
    new Date('2018-02-08T04:00:00Z'),
  )
  assert.deepEqual(await of({ $dateFromParts: { year: 2017 } }), new Date('2017-01-01T00:00:00Z'))
  const text = { dateString: '2026-07-01', format: '%Y-%m-%d' }
  assert.deepEqual(
    await of({ $dateFromString: { ...text, timezone: 'Europe/Berlin' } }),
    new Date('2026-06-30T22:00:00Z'),
  )
  assert.equal(await of({ $dateToString: { date: '$nothing', timezone: 'UTC', onNull: 'none' } }), 'none')
  await assert.rejects(show('$at', 'Nowhere/Here'), withCode('DATABASE_REQUEST_FAILED'))
  await assert.rejects(
    of({ $dateTrunc: { date: '$at', unit: 'day', timezone: '+08' } }),
    withCode('DATABASE_REQUEST_FAILED'),
  )
})

test('weeks begin on Sunday, those of ISO on Monday', async (t) => {
  const { things } = await openCloud(t)
  const days = ['2019-05-14', '2021-01-02', '2021-01-03', '2024-12-30']
  await things.add(days.map((day) => ({ _id: day, at: new Date(day) })))
  const week = { w: { $week: '$at' }, iso: { $isoWeek: '$at' }, year: { $isoWeekYear: '$at' } }
  const { data } = await things
    .options({ raw: true })
    .aggregate([{ $project: week }])
    .end()
  assert.deepEqual(data, [
    { _id: '2019-05-14', w: 19, iso: 20, year: 2019 },
    { _id: '2021-01-02', w: 0, iso: 53, year: 2020 },
    { _id: '2021-01-03', w: 1, iso: 53, year: 2020 },
    { _id: '2024-12-30', w: 52, iso: 1, year: 2025 },
  ])
})

test('places in texts are counted in characters or bytes', async (t) => {
  const { things } = await openCloud(t)
  await things.add({ _id: 1, text: '小程序😀x小' })
  const of = async (expression: object): Promise<unknown> => {
    const { data } = await things
      .options({ raw: true })
      .aggregate([{ $project: { _id: 0, x: expression } }])
      .end()
    return data[0].x
  }
  assert.equal(await of({ $indexOfCP: ['$text', 'x'] }), 4)
  assert.equal(await of({ $indexOfCP: ['$text', '小', 1] }), 5)
  assert.equal(await of({ $indexOfCP: ['$text', '小', 1, 5] }), -1)
  assert.equal(await of({ $indexOfCP: ['$nothing', 'x'] }), null)
  assert.equal(await of({ $indexOfBytes: ['$text', 'x'] }), 13)
  assert.equal(await of({ $substr: ['1999/12/12', 8, -1] }), '12')
  assert.equal(await of({ $substrBytes: ['$text', 3, 6] }), '程序')
  assert.equal(await of({ $substrBytes: ['$text', 14, 100] }), '小')
  assert.equal(await of({ $substrCP: ['$text', 3, 1] }), '😀')
  await assert.rejects(of({ $substrBytes: ['$text', 1, 2] }), withCode('INVALID_PARAM'))
})
