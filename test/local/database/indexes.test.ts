import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { EJSON } from 'bson'
import { Query } from 'mingo'
import { openDatabase } from '../../../local/database/database.ts'
import type { IndexDefinition } from '../../../local/database/database.ts'
import { openCloud, withCode } from './cloud.ts'

const email: IndexDefinition = {
  collection: 'things',
  name: 'email',
  fields: [{ name: 'email', direction: 1 }],
  unique: true,
}

test('a unique value is taken once, and a missing one counts as null', async (t) => {
  const { things, _ } = await openCloud(t, { indexes: [email] })
  const taken = withCode('DATABASE_DUPLICATE_WRITE')
  await things.add([{ _id: 'a', email: 'a@x' }, { _id: 'b', email: 'b@x' }, { _id: 'none' }])
  await assert.rejects(things.add({ email: 'a@x' }), taken)
  await assert.rejects(things.add({ other: 1 }), taken)
  await assert.rejects(things.add({ email: null }), taken)
  await assert.rejects(things.doc('b').update({ email: 'a@x' }), taken)
  await assert.rejects(things.doc('b').set({ email: 'a@x' }), taken)
  await assert.rejects(things.doc('b').update({ email: _.remove() }), taken)
  await assert.rejects(things.where({ _id: 'b' }).updateAndReturn({ email: 'a@x' }), taken)
  await things.doc('a').update({ email: 'a@x', seen: true })
  await things.doc('a').remove()
  await things.doc('b').update({ email: 'a@x' })
  await assert.rejects(things.add({ email: ['a', 'b'] }), withCode('DATABASE_REQUEST_FAILED'))
})

test('several fields are unique together', async (t) => {
  const pair: IndexDefinition = {
    collection: 'things',
    name: 'pair',
    fields: [
      { name: 'kind', direction: 1 },
      { name: 'inner.key', direction: -1 },
    ],
    unique: true,
  }
  const { things } = await openCloud(t, { indexes: [pair] })
  await things.add([
    { kind: 1, inner: { key: 1 } },
    { kind: 1, inner: { key: 2 } },
    { kind: 2, inner: { key: 1 } },
  ])
  await assert.rejects(things.add({ kind: 1, inner: { key: 2 } }), withCode('DATABASE_DUPLICATE_WRITE'))
})

const indexes: IndexDefinition[] = [
  { collection: 'rows', name: 'a', fields: [{ name: 'a', direction: 1 }] },
  {
    collection: 'rows',
    name: 'a_b',
    fields: [
      { name: 'a', direction: 1 },
      { name: 'b', direction: -1 },
    ],
  },
  {
    collection: 'rows',
    name: 'b_a',
    fields: [
      { name: 'b', direction: -1 },
      { name: 'a', direction: -1 },
    ],
  },
  { collection: 'rows', name: 'c', fields: [{ name: 'o.c', direction: 1 }] },
]

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom('', 'a', 'b', null, true, false, 0.5),
  fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms)),
)
const value = fc.oneof({ weight: 8, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) })
const row = fc.record(
  { a: value, b: value, o: fc.oneof(scalar, fc.record({ c: value }, { requiredKeys: [] })) },
  { requiredKeys: [] },
)

const condition = fc.oneof(
  scalar,
  fc.record({ $in: fc.array(scalar, { maxLength: 3 }) }),
  fc
    .record({ $gt: scalar, $gte: scalar, $lt: scalar, $lte: scalar, $ne: scalar }, { requiredKeys: [] })
    .filter((range) => Object.keys(range).length > 0),
)
const fields = fc.record({ a: condition, b: condition, 'o.c': condition, _id: condition }, { requiredKeys: [] })
const query = fc.oneof(
  fields,
  fc.tuple(fields, fields).map((parts) => ({ $and: parts })),
)
const way = fc.constantFrom(1, -1)
const order = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'o.c', '_id'), way), { maxLength: 3 })

test('a query through indexes answers what a plain scan of all documents answers', async (t) => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 25 }),
      query,
      order,
      fc.nat(3),
      async (rows, wanted, orderBy, offset) => {
        const database = await openDatabase({ collections: ['rows', 'plain'], indexes })
        const send = async (action: string, body: object): Promise<{ data: { list: string[] } }> =>
          JSON.parse((await database.handle(JSON.stringify({ action, ...body }))).body)
        const documents = rows.map((fields, position) => ({ _id: (position * 7) % 25, ...fields }))
        const ask = async (collectionName: string, limit: number) => {
          const { data } = await send('database.getDocument', {
            collectionName,
            query: EJSON.stringify(wanted),
            order: JSON.stringify(Object.fromEntries(orderBy)),
            offset,
            limit,
          })
          return data.list.map((text) => EJSON.parse(text))
        }
        for (const collectionName of ['rows', 'plain']) {
          if (documents.length === 0) break
          await send('database.insertDocument', {
            collectionName,
            data: documents.map((document) => EJSON.stringify(document)),
          })
        }
        const expected = documents.filter((document) => new Query(wanted).test(document))
        const [indexed, plain] = [await ask('rows', 1000), await ask('plain', 1000)]
        const keys = (found: typeof plain) => found.map((document) => orderBy.map(([path]) => sortKey(document, path)))
        assert.equal(indexed.length, Math.max(0, expected.length - offset))
        if (offset === 0) assert.deepEqual(ids(indexed), ids(expected))
        if (orderBy.length > 0 && documents.every(isScalarRow)) {
          assert.deepEqual(keys(indexed), keys(plain))
          assert.deepEqual(keys(await ask('rows', 3)), keys(plain).slice(0, 3))
        }
        number += 1
      },
    ),
    { numRuns: 150, seed: 20261124 },
  )
  t.diagnostic(`${number} queries compared`)
})

const ids = (documents: { _id: number }[]) => documents.map(({ _id }) => _id).toSorted((a, b) => a - b)

/** With lists, equal keys do not mean equal values. */
const isScalarRow = (document: object): boolean => !JSON.stringify(document).includes('[')

const sortKey = (document: Record<string, unknown>, path: string): unknown => {
  const [first = '', second] = path.split('.')
  const outer = document[first]
  if (second === undefined) return outer ?? null
  return typeof outer === 'object' && outer !== null && 'c' in outer ? (outer.c ?? null) : null
}
