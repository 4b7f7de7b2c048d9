import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, withCode } from './cloud.ts'

const rows = [
  {
    _id: 'a',
    n: 1,
    s: 'alpha',
    tags: ['x', 'y'],
    at: new Date(1000),
    o: { p: 1 },
    items: [
      { k: 1, v: 5 },
      { k: 2, v: 6 },
    ],
  },
  { _id: 'b', n: 2, s: 'Beta', tags: ['y'], at: new Date(2000), o: { p: 2 }, items: [{ k: 1, v: 7 }] },
  { _id: 'c', n: null, s: 'gamma', tags: [], scores: [1, 2] },
  { _id: 'd', n: '2', scores: [5, 10] },
]

test('query commands', async (t) => {
  const { db, things, _ } = await openCloud(t)
  await things.add(rows)
  const table: [name: string, query: object, ids: string][] = [
    ['plain', { n: 2 }, 'b'],
    ['several fields', { n: 2, s: 'Beta' }, 'b'],
    ['null also matches missing', { at: null }, 'cd'],
    ['null', { n: null }, 'c'],
    ['eq', { n: _.eq(1) }, 'a'],
    ['neq', { n: _.neq(1) }, 'bcd'],
    ['gt compares within a type', { n: _.gt(1) }, 'b'],
    ['gte and lte', { n: _.gte(1).and(_.lte(2)) }, 'ab'],
    ['lt on dates', { at: _.lt(new Date(2000)) }, 'a'],
    ['chained', { n: _.gt(0).lt(2) }, 'a'],
    ['or on one field', { n: _.lt(2).or(_.eq('2')) }, 'ad'],
    ['in', { n: _.in([1, '2']) }, 'ad'],
    ['in with null', { at: _.in([null]) }, 'cd'],
    ['nin', { n: _.nin([1, 2]) }, 'cd'],
    ['list contains', { tags: 'y' }, 'ab'],
    ['list equals', { tags: ['y'] }, 'b'],
    ['all', { tags: _.all(['y', 'x']) }, 'a'],
    ['size', { tags: _.size(0) }, 'c'],
    ['exists', { scores: _.exists(true) }, 'cd'],
    ['not exists', { s: _.exists(false) }, 'd'],

    ['not', { n: _.not(_.gt(1)) }, 'acd'],
    ['nested', { o: { p: 2 } }, 'b'],
    ['dotted', { 'o.p': 1 }, 'a'],
    ['through lists', { 'items.v': 7 }, 'b'],
    ['elemMatch on documents', { items: _.elemMatch({ k: 1, v: _.gt(5) }) }, 'b'],
    ['elemMatch on scalars', { scores: _.elemMatch(_.gt(5)) }, 'd'],
    ['elemMatch on documents passes scalars by', { scores: _.elemMatch({ k: 1 }) }, ''],
    ['elemMatch wants one element for all', { scores: _.elemMatch(_.gt(1).lt(2)) }, ''],
    ['regular expression', { s: /^b/i }, 'b'],
    ['db.RegExp', { s: db.RegExp({ regexp: 'a$', options: '' }) }, 'abc'],
    ['expr', _.expr(_.aggregate.eq(['$n', 2])), 'b'],
    ['and', _.and([{ n: 1 }, { s: 'alpha' }]), 'a'],
    ['or', _.or([{ n: 1 }, { s: 'gamma' }]), 'ac'],
    ['nor', _.nor([{ n: 1 }, { s: 'gamma' }]), 'bd'],
    ['ids', { _id: _.in(['d', 'b', 'b', 'zz']) }, 'bd'],
    ['id pages', { _id: _.gt('a').lte('c') }, 'bc'],
  ]
  for (const [name, query, ids] of table) {
    const { data } = await things.where(query).orderBy('_id', 'asc').get()
    assert.equal(data.map(({ _id }: { _id: string }) => _id).join(''), ids, name)
    assert.equal((await things.where(query).count()).total, ids.length, name)
  }
})

test('mod passes null and text by', async (t) => {
  const { things } = await openCloud(t)
  await things.add(rows)
  const even = { n: { $mod: [2, 0] } }
  const { data } = await things.options({ raw: true }).where(even).field({ _id: true }).get()
  assert.deepEqual(data, [{ _id: 'b' }])
})

test('update commands', async (t) => {
  const { things, _ } = await openCloud(t)
  const table: [name: string, before: object, change: object, after: object][] = [
    ['set', { a: 1 }, { b: { c: 2 }, 'd.e': 3 }, { a: 1, b: { c: 2 }, d: { e: 3 } }],
    ['set whole', { a: { x: 1 } }, { a: _.set({ y: 2 }) }, { a: { y: 2 } }],
    ['set in a list', { a: [1, 2] }, { 'a.1': 5, 'a.3': 7 }, { a: [1, 5, null, 7] }],
    ['remove', { a: 1, b: { c: 2, d: 3 } }, { a: _.remove(), 'b.c': _.remove(), z: _.remove() }, { b: { d: 3 } }],
    ['inc', { a: 1 }, { a: _.inc(2), b: _.inc(-1) }, { a: 3, b: -1 }],
    ['mul', { a: 2 }, { a: _.mul(3), b: _.mul(3) }, { a: 6, b: 0 }],
    ['min and max', { a: 5, b: 5 }, { a: _.min(3), b: _.max(3), c: _.max(1) }, { a: 3, b: 5, c: 1 }],
    ['rename', { a: 1, n: { x: 2 } }, { a: _.rename('b'), 'n.x': _.rename('n.y') }, { b: 1, n: { y: 2 } }],
    ['bit', { a: 5 }, { a: _.bit({ and: 4 }) }, { a: 4 }],
    ['push', { a: [1] }, { a: _.push(2), b: _.push([3, 4]) }, { a: [1, 2], b: [3, 4] }],
    ['push with all modifiers', { a: [5, 1] }, { a: _.push({ each: [3], sort: 1, slice: 2 }) }, { a: [1, 3] }],
    ['push at a position', { a: [1, 4] }, { a: _.push({ each: [2, 3], position: 1 }) }, { a: [1, 2, 3, 4] }],
    ['push keeps the last, also in a new list', {}, { a: _.push({ each: [1, 2, 3], slice: -2 }) }, { a: [2, 3] }],
    [
      'unshift, pop, shift',
      { a: [1], b: [1, 2], c: [1, 2] },
      { a: _.unshift(0), b: _.pop(), c: _.shift() },
      { a: [0, 1], b: [1], c: [2] },
    ],
    ['pull', { a: [1, 2, 1], b: [1, 5, 9] }, { a: _.pull(1), b: _.pull(_.gt(4)), z: _.pull(1) }, { a: [2], b: [1] }],
    ['pull documents', { a: [{ k: 1 }, { k: 2 }, 1] }, { a: _.pull({ k: 1 }) }, { a: [{ k: 2 }, 1] }],
    ['pullAll', { a: [1, 2, 3, 1] }, { a: _.pullAll([1, 3]) }, { a: [2] }],
    ['addToSet', { a: [1, 1] }, { a: _.addToSet(2), b: _.addToSet({ k: 1 }) }, { a: [1, 1, 2], b: [{ k: 1 }] }],
    ['addToSet of several', { a: [1] }, { a: _.addToSet({ $each: [1, 2, 2] }) }, { a: [1, 2] }],
    ['every element', { a: [{ v: 1 }, { v: 2 }] }, { 'a.$[].v': _.inc(1) }, { a: [{ v: 2 }, { v: 3 }] }],
  ]
  for (const [name, before, change, after] of table) {
    await things.doc('x').set(before)
    assert.equal((await things.doc('x').update(change)).updated, 1, name)
    assert.deepEqual((await things.doc('x').get()).data, [{ _id: 'x', ...after }], name)
  }
})

test('the positional operator means the first element that the query matched', async (t) => {
  const { things } = await openCloud(t)
  await things.add({ _id: 'x', grades: [{ g: 80 }, { g: 85 }, { g: 85 }] })
  await things.where({ _id: 'x', 'grades.g': 85 }).update({ 'grades.$.g': 90 })
  assert.deepEqual((await things.doc('x').get()).data[0].grades, [{ g: 80 }, { g: 90 }, { g: 85 }])
})

test('what MongoDB refuses is refused and leaves the document as it was', async (t) => {
  const { things, _ } = await openCloud(t)
  const document = { _id: 'x', text: 'abc', nothing: null, list: [1], nested: { n: 1 } }
  await things.add(document)
  const refused: [name: string, change: object][] = [
    ['a path through text', { 'text.b': 2 }],
    ['a path through null', { 'nothing.b': 2 }],
    ['a name in a list', { 'list.b': 2 }],
    ['increasing text', { text: _.inc(1) }],
    ['increasing null', { nothing: _.inc(1) }],
    ['multiplying text', { text: _.mul(2) }],
    ['pushing onto text', { text: _.push(1) }],
    ['adding to null', { nothing: _.addToSet(1) }],
    ['pulling from an object', { nested: _.pull(1) }],
    ['popping from text', { text: _.pop() }],
    ['bits of text', { text: _.bit({ or: 1 }) }],
    ['one path twice', { nested: _.set({}), 'nested.n': 2 }],
    ['a part that is refused refuses all', { good: 1, text: _.inc(1) }],
  ]
  for (const [name, change] of refused) {
    await assert.rejects(things.doc('x').update(change), withCode('DATABASE_REQUEST_FAILED'), name)
  }
  const raw = things.options({ raw: true }).where({ _id: 'x' })
  await assert.rejects(raw.update({ $set: { _id: 'y' } }), withCode('DATABASE_REQUEST_FAILED'))
  await assert.rejects(raw.update({ $set: { list: [] }, $pull: { list: 1 } }), withCode('DATABASE_REQUEST_FAILED'))
  await assert.rejects(raw.update({ $set: { 'constructor.name': 1 } }), withCode('DATABASE_REQUEST_FAILED'))
  await assert.rejects(raw.update({ $set: { a: { $b: 1 } } }), withCode('DATABASE_REQUEST_FAILED'))
  await assert.rejects(raw.update({ $frobnicate: { a: 1 } }), withCode('DATABASE_INVALID_OPERRATOR'))
  await assert.rejects(raw.update({ plain: 1 }), withCode('DATABASE_INVALID_OPERRATOR'))
  await assert.rejects(things.add({ $a: 1 }), withCode('DATABASE_REQUEST_FAILED'))
  assert.deepEqual((await things.get()).data, [document])
})

test('raw updates may carry $setOnInsert and $currentDate', async (t) => {
  const { things } = await openCloud(t, { now: () => 5000 })
  await things.add({ _id: 'x' })
  await things
    .options({ raw: true })
    .where({ _id: 'x' })
    .update({ $setOnInsert: { a: 1 }, $currentDate: { at: true } })
  assert.deepEqual((await things.get()).data, [{ _id: 'x', at: new Date(5000) }])
})

test('an operator that is not there is an error, in an empty collection too', async (t) => {
  const { things } = await openCloud(t)
  const raw = (query: object) => things.options({ raw: true }).where(query).get()
  for (const query of [
    { a: { $frobnicate: 1 } },
    { a: { $gt: 1, plain: 2 } },
    { $where: 'true' },
    { $or: [] },
    { $or: [{ a: { $not: { $frobnicate: 1 } } }] },
    { a: { $elemMatch: { b: { $frobnicate: 1 } } } },
    { $expr: { $and: [true, { $frobnicate: ['$a'] }] } },
    { a: { $in: 1 } },
  ]) {
    await assert.rejects(raw(query), withCode('DATABASE_INVALID_OPERRATOR'), JSON.stringify(query))
  }
})

test('a projection keeps the first element that matches', async (t) => {
  const { things } = await openCloud(t)
  await things.add({ _id: 1, scores: [3, 8, 9], lines: [{ k: 'x' }, { k: 'y', n: 1 }, { k: 'y', n: 2 }] })
  const raw = async (projection: object) =>
    (
      await things
        .options({ raw: true, projection: Object(projection) })
        .where({})
        .get()
    ).data
  assert.deepEqual(await raw({ scores: { $elemMatch: { $gt: 5 } } }), [{ _id: 1, scores: [8] }])
  assert.deepEqual(await raw({ lines: { $elemMatch: { k: 'y' } } }), [{ _id: 1, lines: [{ k: 'y', n: 1 }] }])
  assert.deepEqual(await raw({ lines: { $elemMatch: { k: 'z' } } }), [{ _id: 1 }])
  await assert.rejects(
    raw({ lines: { $elemMatch: { k: { $frobnicate: 1 } } } }),
    withCode('DATABASE_INVALID_OPERRATOR'),
  )
})

test('documents are found by a JSON schema', async (t) => {
  const { things, _ } = await openCloud(t)
  await things.add([
    { _id: 'a', n: 5, at: new Date(0) },
    { _id: 'b', n: 7.5, tags: ['x'] },
    { _id: 'c', n: '5' },
  ])
  const ids = async (schema: object): Promise<string> => {
    const found = await things.options({ raw: true }).where({ $jsonSchema: schema }).orderBy('_id', 'asc').get()
    return found.data.map(({ _id }: { _id: string }) => _id).join('')
  }
  assert.equal(await ids({ required: ['tags'] }), 'b')
  assert.equal(await ids({ properties: { n: { bsonType: 'int' } } }), 'a')
  assert.equal(await ids({ properties: { n: { bsonType: ['double', 'string'] } } }), 'bc')
  assert.equal(await ids({ required: ['at'], properties: { at: { bsonType: 'date' } } }), 'a')
  assert.equal(await ids({ properties: { n: { type: 'number', minimum: 5, exclusiveMinimum: true } } }), 'b')
  assert.equal((await things.where(_.nor([_.jsonSchema({ required: ['n'] })])).count()).total, 0)
  await assert.rejects(ids({ type: 'frobnicated' }), withCode('DATABASE_REQUEST_FAILED'))
})

test('ids that are given automatically grow, so that documents come as they were inserted', async (t) => {
  const { things } = await openCloud(t)
  await things.add(Array.from({ length: 50 }, (_, n) => ({ n })))
  for (let n = 50; n < 60; n++) await things.add({ n })
  const { data } = await things.get()
  assert.deepEqual(
    data.map(({ n }: { n: number }) => n),
    Array.from({ length: 60 }, (_, n) => n),
  )
  for (const { _id } of data) assert.match(_id, /^[0-9a-f]{32}$/)
})
