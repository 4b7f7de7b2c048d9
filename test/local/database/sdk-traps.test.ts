import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, withCode } from './cloud.ts'

/** What the SDK does to a caller's words on their way, as the service gets to see it. */

test('an undefined condition is dropped, so more matches than was meant', async (t) => {
  const { things, sent } = await openCloud(t)
  await things.add([
    { a: 1, b: 1 },
    { a: 2, b: 1 },
  ])
  const { updated } = await things.where({ a: undefined, b: 1 }).update({ hit: true })
  assert.equal(updated, 2)
  assert.equal(JSON.parse(sent.at(-1) ?? '').query, '{"b":{"$numberInt":"1"}}')
})

test('an empty object as condition matches everything', async (t) => {
  const { things, sent } = await openCloud(t)
  await things.add([{ a: 1 }, {}])
  assert.equal((await things.where({ a: {} }).count()).total, 2)
  assert.equal(JSON.parse(sent.at(-1) ?? '').query, '{}')
})

test('plain objects are flattened in queries and updates', async (t) => {
  const { things, _ } = await openCloud(t)
  await things.add({ _id: 'x', o: { p: 1, q: 2 } })
  assert.equal((await things.where({ o: { p: 1 } }).count()).total, 1)
  assert.equal((await things.where({ o: _.eq({ p: 1 }) }).count()).total, 0)
  await things.doc('x').update({ o: { p: 5 } })
  assert.deepEqual((await things.doc('x').get()).data, [{ _id: 'x', o: { p: 5, q: 2 } }])
  await things.doc('x').update({ o: _.set({ p: 6 }) })
  assert.deepEqual((await things.doc('x').get()).data, [{ _id: 'x', o: { p: 6 } }])
})

test('an update with nothing in it is refused', async (t) => {
  const { things } = await openCloud(t)
  await things.add({ _id: 'x' })
  await assert.rejects(things.doc('x').update({ n: {} }), withCode('INVALID_PARAM'))
})

test('a server date inside set() arrives as an ordinary object', async (t) => {
  const { db, things, _ } = await openCloud(t)
  await things.add({ _id: 'x' })
  await things.doc('x').update({ at: _.set({ inner: db.serverDate({ offset: 5 }) }) })
  assert.deepEqual((await things.doc('x').get()).data, [{ _id: 'x', at: { inner: { offset: 5 } } }])
})

test('two fields that each use or() become one list of alternatives', async (t) => {
  const { things, _ } = await openCloud(t)
  await things.add([
    { a: 1, b: 9 },
    { a: 9, b: 1 },
    { a: 1, b: 1 },
    { a: 9, b: 9 },
  ])
  const merged = await things.where({ a: _.eq(1).or(_.eq(2)), b: _.eq(1).or(_.eq(2)) }).count()
  assert.equal(merged.total, 3)
  const both = await things.where(_.and([{ a: _.in([1, 2]) }, { b: _.in([1, 2]) }])).count()
  assert.equal(both.total, 1)
})

test('where().update() and count() inside a transaction carry no id, so they run outside it', async (t) => {
  const log: string[] = []
  const { db, sent, things } = await openCloud(t, { log: (line) => log.push(line) })
  await things.add({ _id: 'x', v: 1 })
  const transaction = await db.startTransaction()
  const inside = transaction.collection('things')
  await inside.doc('x').update({ v: 2 })
  assert.equal((await inside.where({ v: 2 }).count()).total, 0)
  const stray = inside.where({ _id: 'x' }).update({ v: 3 })
  await transaction.commit()
  assert.equal((await stray).updated, 1)
  assert.ok(sent.filter((body) => body.includes('"multi":true')).every((body) => !body.includes('transactionId')))
  assert.match(log.join('\n'), /without transactionId waits/)
  assert.deepEqual((await things.doc('x').get()).data, [{ _id: 'x', v: 3 }])
})
