import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, post, withCode } from './cloud.ts'
import type { TransactionOf } from './cloud.ts'

test('a transaction takes effect as a whole when it is committed', async (t) => {
  const { db, things, _ } = await openCloud(t)
  await things.add([
    { _id: 'a', v: 1 },
    { _id: 'b', v: 1 },
  ])
  const seen = await db.runTransaction(async (transaction: TransactionOf) => {
    const inside = transaction.collection('things')
    await inside.doc('a').update({ v: _.inc(-1) })
    await inside.doc('b').set({ v: 2 })
    await inside.add({ _id: 'c', v: 0 })
    await inside.doc('b').remove()
    assert.equal((await things.doc('a').get()).data[0].v, 1)
    return [
      (await inside.doc('a').get()).data,
      (await inside.doc('b').get()).data,
      (await inside.where({ v: 0 }).get()).data.length,
    ]
  })
  assert.deepEqual(seen, [{ _id: 'a', v: 0 }, null, 2])
  assert.deepEqual((await things.get()).data, [
    { _id: 'a', v: 0 },
    { _id: 'c', v: 0 },
  ])
})

test('rolled back or failed, it leaves nothing', async (t) => {
  const { db, things } = await openCloud(t)
  await things.add({ _id: 'a', v: 1 })
  const reason = new Error('no')
  await assert.rejects(
    db.runTransaction(async (transaction: TransactionOf) => {
      await transaction.collection('things').doc('a').update({ v: 2 })
      throw reason
    }),
    reason,
  )
  await assert.rejects(
    db.runTransaction(async (transaction: TransactionOf) => {
      await transaction.collection('things').doc('a').update({ v: 3 })
      await transaction.rollback('given up')
    }),
    (error: unknown) => error === 'given up',
  )
  assert.deepEqual((await things.get()).data, [{ _id: 'a', v: 1 }])
  await things.doc('a').update({ v: 4 })
})

test('it sees the database as it was at its first operation', async (t) => {
  const { db, things } = await openCloud(t)
  await things.add({ _id: 'a', v: 1 })
  const transaction = await db.startTransaction()
  await things.doc('a').update({ v: 2 })
  const inside = transaction.collection('things')
  assert.equal((await inside.doc('a').get()).data.v, 2)
  await things.doc('a').update({ v: 3 })
  await things.add({ _id: 'b' })
  assert.equal((await inside.doc('a').get()).data.v, 2)
  assert.equal((await inside.doc('b').get()).data, null)
  await transaction.commit()
})

test('a write to what changed since the snapshot is a conflict that ends the transaction', async (t) => {
  const { db, things } = await openCloud(t)
  await things.add({ _id: 'a', v: 1 })
  const transaction = await db.startTransaction()
  const inside = transaction.collection('things')
  await inside.doc('a').get()
  await things.doc('a').update({ v: 2 })
  await assert.rejects(inside.doc('a').update({ v: 3 }), withCode('DATABASE_TRANSACTION_CONFLICT'))
  await assert.rejects(inside.doc('a').get(), withCode('DATABASE_TRANSACTION_FAIL'))
  await assert.rejects(transaction.commit(), withCode('DATABASE_TRANSACTION_FAIL'))
  assert.equal((await things.doc('a').get()).data[0].v, 2)
})

test('of two transactions that write one document the first wins, also before either commits', async (t) => {
  const { db, things } = await openCloud(t)
  await things.add({ _id: 'a', v: 1 })
  const [first, second] = [await db.startTransaction(), await db.startTransaction()]
  await first.collection('things').doc('a').update({ v: 2 })
  await assert.rejects(second.collection('things').doc('a').update({ v: 3 }), withCode('DATABASE_TRANSACTION_CONFLICT'))
  await first.commit()
  assert.equal((await things.doc('a').get()).data[0].v, 2)
})

test('two that insert the same id: one commits, the other conflicts', async (t) => {
  const { db, things } = await openCloud(t)
  const [first, second] = [await db.startTransaction(), await db.startTransaction()]
  await first.collection('things').add({ _id: 'a', by: 1 })
  await assert.rejects(second.collection('things').add({ _id: 'a', by: 2 }), withCode('DATABASE_TRANSACTION_CONFLICT'))
  await first.commit()
  assert.deepEqual((await things.get()).data, [{ _id: 'a', by: 1 }])
})

test('a unique value taken meanwhile is found at commit, and nothing of the transaction stays', async (t) => {
  const { db, things } = await openCloud(t, {
    indexes: [{ collection: 'things', name: 'email', fields: [{ name: 'email', direction: 1 }], unique: true }],
  })
  await things.add({ _id: 'a', email: 'a@x' })
  const transaction = await db.startTransaction()
  await transaction.collection('things').doc('a').update({ email: 'free@x' })
  await transaction.collection('things').add({ _id: 'b', email: 'b@x' })
  await things.add({ _id: 'c', email: 'b@x' })
  await assert.rejects(transaction.commit(), withCode('DATABASE_TRANSACTION_CONFLICT'))
  assert.deepEqual((await things.get()).data, [
    { _id: 'a', email: 'a@x' },
    { _id: 'c', email: 'b@x' },
  ])
})

test('runTransaction repeats on conflicts until all contenders are through', async (t) => {
  const { db, things, _ } = await openCloud(t)
  await things.add({ _id: 'a', v: 0 })
  const results = await Promise.allSettled(
    Array.from({ length: 3 }, () =>
      db.runTransaction(async (transaction: TransactionOf) => {
        const inside = transaction.collection('things')
        await inside.doc('a').get()
        await inside.doc('a').update({ v: _.inc(1) })
      }),
    ),
  )
  const won = results.filter(({ status }) => status === 'fulfilled').length
  assert.ok(won >= 1)
  assert.equal((await things.doc('a').get()).data[0].v, won)
})

test('a plain write to a held document waits for the transaction to end, then looks again', async (t) => {
  const { db, things, _ } = await openCloud(t)
  await things.add({ _id: 'a', v: 1 })
  const transaction = await db.startTransaction()
  await transaction.collection('things').doc('a').update({ v: 10 })
  const order: string[] = []
  const note = (what: string) => order.push(what)
  const increase = things
    .where({ _id: 'a' })
    .update({ v: _.inc(1) })
    .then(({ updated }) => note(`increased ${updated}`))
  const outdated = things
    .where({ v: 1 })
    .remove()
    .then(({ deleted }) => note(`removed ${deleted}`))
  await things
    .where({ v: 99 })
    .remove()
    .then(({ deleted }) => note(`elsewhere ${deleted}`))
  assert.deepEqual(order, ['elsewhere 0'])
  await transaction.commit()
  await Promise.all([increase, outdated])
  assert.deepEqual(order.toSorted(), ['elsewhere 0', 'increased 1', 'removed 0'])
  assert.deepEqual((await things.get()).data, [{ _id: 'a', v: 11 }])
})

test('a transaction lives 30 seconds', async (t) => {
  let now = 1_700_000_000_000
  const { db, things } = await openCloud(t, { now: () => now })
  await things.add({ _id: 'a', v: 1 })
  const transaction = await db.startTransaction()
  await transaction.collection('things').doc('a').update({ v: 2 })
  now += 30_000
  assert.equal((await things.doc('a').update({ v: 3 })).updated, 1)
  await assert.rejects(transaction.commit(), withCode('DATABASE_TRANSACTION_FAIL'))
})

test('after its end a transaction is unknown', async (t) => {
  const { db, url } = await openCloud(t)
  const transaction = await db.startTransaction()
  await transaction.collection('things').add({ _id: 'a' })
  await transaction.commit()
  await assert.rejects(transaction.collection('things').doc('a').get(), withCode('DATABASE_TRANSACTION_FAIL'))
  await assert.rejects(transaction.rollback(), withCode('DATABASE_TRANSACTION_FAIL'))
  const answer = await post(url, { action: 'database.commitTransaction', transactionId: 'made up' })
  assert.equal(answer['code'], 'DATABASE_TRANSACTION_FAIL')
})
