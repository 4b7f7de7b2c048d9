import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Collection } from '../../../local/database/collection.ts'
import { planQuery } from '../../../local/database/planner.ts'
import type { Order } from '../../../local/database/planner.ts'

const asc = (name: string) => ({ name, direction: 1 as const })
const desc = (name: string) => ({ name, direction: -1 as const })

/** Which index a query reads, and whether it comes in order without sorting. What it answers is tested in indexes.test.ts. */
test('queries of the project read what they need and little more', () => {
  const collection = Collection.create('jobs', [
    { collection: 'jobs', name: 'status', fields: [asc('status')] },
    { collection: 'jobs', name: 'status_dueAt', fields: [asc('status'), asc('dueAt')] },
    { collection: 'jobs', name: 'createdAt', fields: [desc('createdAt')] },
  ])
  const past = { $lt: new Date(1000) }
  const table: [query: Record<string, unknown>, order: Order, index: string, ordered: boolean][] = [
    [{ _id: 'a' }, [], '_id_', true],
    [{ _id: 'a', status: 'active', version: 3 }, [], '_id_', true],
    [{ $and: [{ _id: 'a' }, { $or: [{ until: past }, { owner: 'me' }] }] }, [], '_id_', true],
    [{ _id: { $in: ['b', 'a'] } }, [['_id', 1]], '_id_', false],
    [{ _id: { $gt: 'a' } }, [['_id', 1]], '_id_', true],
    [{}, [['_id', -1]], '_id_', true],
    [{ status: 'active', dueAt: past }, [['dueAt', 1]], 'status_dueAt', true],
    [{ $and: [{ status: 'active' }, { dueAt: past }] }, [['dueAt', -1]], 'status_dueAt', true],
    [{ status: 'active' }, [['dueAt', 1]], 'status_dueAt', true],
    [{ status: 'active', _id: { $gt: 'a' } }, [['_id', 1]], 'status', true],
    [{ status: { $in: ['active', 'idle'] } }, [['dueAt', 1]], 'status', false],
    [{}, [['createdAt', -1]], 'createdAt', true],
    [{ createdAt: past }, [['createdAt', 1]], 'createdAt', true],
    [{ other: 1 }, [['other', 1]], '_id_', false],
  ]
  for (const [query, order, index, ordered] of table) {
    const plan = planQuery(collection, query, order)
    assert.deepEqual([plan.index.name, plan.ordered], [index, ordered], JSON.stringify([query, order]))
  }
})
