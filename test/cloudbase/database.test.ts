import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../shared/cloudbase/database.ts'
import { serverTime, type Query, type Value } from '../../shared/cloudbase/requests.ts'
import { Failure, isFailure } from '../../shared/errors.ts'
import { heldClock, openStores, times } from './open-stores.ts'

/** A call as a caller without types could make it. */
const call = async (database: Database, method: keyof Database, ...values: unknown[]): Promise<unknown> =>
  Reflect.apply(database[method], database, values)

const isRefused = (error: unknown) => error instanceof Failure && error.params?.['requestRefused'] !== undefined

test('a guard that would match more than it says is refused and never sent', async (t) => {
  const { database, callsOf } = await openStores(t)
  const guards: Record<string, unknown> = {
    nothing: {},
    'an undefined id': { _id: undefined },
    'an undefined condition beside an id': { _id: 'a', fence: undefined },
    'no number': { _id: 'a', fence: Number.NaN },
    'endless number': { _id: 'a', fence: Infinity },
    'no date': { _id: 'a', at: new Date(Number.NaN) },
    'an empty condition': { _id: 'a', fence: {} },
    'an operator of the database': { _id: 'a', fence: { $ne: null } },
    'an unknown operator': { _id: 'a', fence: { regex: '.*' } },
    'an object as a value': { _id: { a: { b: 1 } } },
    'a list as a value': { _id: ['a', 'b'] },
    'an undefined bound': { _id: 'a', at: { lt: undefined } },
    'an undefined in a list': { _id: { in: ['a', undefined] } },
    'a top operator': { _id: 'a', $where: 'true' },
    'an empty $or': { $or: [] },
    'an unguarded alternative': { $or: [{ _id: 'a' }, {}] },
    'an empty contains': { _id: { contains: '' } },
    'contains beside another operator': { _id: { contains: 'a', gt: '' } },
    'contains without a text': { _id: { contains: 5 } },
  }
  for (const [name, guard] of Object.entries(guards)) {
    const refuses = (method: keyof Database, ...more: unknown[]) =>
      assert.rejects(call(database, method, 'things', guard, ...more), isRefused, `${method} with ${name}`)
    const sent = await callsOf(async () => {
      await refuses('update', { set: { a: 1 } })
      await refuses('updateAndReturn', { set: { a: 1 } })
      await refuses('remove')
      await refuses('find')
      await refuses('count')
    })
    assert.equal(sent, 0, name)
  }
})

test('a change that would not be stored as it is written is refused and never sent', async (t) => {
  const { database, callsOf } = await openStores(t)
  const changes: Record<string, unknown> = {
    nothing: {},
    'nothing but undefined': { set: { a: undefined } },
    'no number': { set: { a: Number.NaN } },
    'a number deep inside': { set: { a: { b: [Number.NaN] } } },
    'a function': { set: { a: () => 1 } },
    'a big integer': { set: { a: 1n } },
    'a server time inside an object': { set: { a: { at: serverTime() } } },
    'a field named like an operator': { set: { $set: 1 } },
    'such a field deep inside': { set: { a: { $ne: null } } },
    'a dotted field deep inside': { set: { a: { 'b.c': 1 } } },
  }
  for (const [name, change] of Object.entries(changes)) {
    const sent = await callsOf(() =>
      assert.rejects(call(database, 'update', 'things', { _id: 'a' }, change), isRefused, name),
    )
    assert.equal(sent, 0, name)
  }
  for (const id of [undefined, '', 5, null, { $ne: null }])
    await assert.rejects(call(database, 'insert', 'things', { _id: id }), isRefused)
})

test('values come back as they were stored', async (t) => {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database } = await openStores(t, { now: clock.now })
  const at = new Date('2026-02-01T00:00:00Z')
  const stored: Record<string, Value> = {
    text: 'ünï',
    whole: 3,
    large: 3_000_000_000,
    part: 1.5,
    yes: true,
    none: null,
    at,
    list: ['a', 1],
    nested: { inner: { a: 1 }, empty: {} },
  }
  assert.equal(
    await database.insert('things', { ...stored, _id: 'a', absent: undefined, born: serverTime(5000) }),
    true,
  )
  assert.deepEqual(await database.get('things', 'a'), { ...stored, _id: 'a', born: new Date('2026-03-01T00:00:05Z') })

  const change = { set: { nested: { other: 1 }, empty: {}, born: serverTime() }, unset: ['text'], inc: { whole: 2 } }
  const after = await database.updateAndReturn('things', { _id: 'a', at }, change)
  assert.deepEqual(
    [after?.['nested'], after?.['empty'], after?.['born'], after?.['whole'], after?.['text']],
    [{ other: 1 }, {}, new Date('2026-03-01T00:00:00Z'), 5, undefined],
  )
})

test('conditions', async (t) => {
  const { database } = await openStores(t)
  const rows = [
    { _id: 'a', n: 1, name: 'Tea (house)' },
    { _id: 'b', n: 2, name: 'tea.house', owner: null },
    { _id: 'c', n: 3, name: '茶馆', owner: 'x' },
  ]
  for (const row of rows) await database.insert('things', row)
  const cases: [Query, string][] = [
    [{ owner: null }, 'ab'],
    [{ owner: { exists: true } }, 'bc'],
    [{ owner: { neq: null } }, 'c'],
    [{ n: { gt: 1 } }, 'bc'],
    [{ n: { gt: 1, lt: 3 } }, 'b'],
    [{ n: { gt: 0, lte: 2 }, _id: { gte: 'b', lt: 'z' } }, 'b'],
    [{ _id: { in: ['a', 'c', 'z'] } }, 'ac'],
    [{ _id: { in: [] } }, ''],
    [{ $or: [{ n: 1 }, { owner: 'x' }] }, 'ac'],
    [{ n: { gte: 2 }, $or: [{ _id: 'a' }, { name: { contains: 'TEA' } }] }, 'b'],
    [{ name: { contains: 'tea' } }, 'ab'],
    [{ name: { contains: '(' } }, 'a'],
    [{ name: { contains: '.*' } }, ''],
    [{ name: { contains: '茶' } }, 'c'],
  ]
  for (const [query, expected] of cases) {
    const found = await database.find('things', query, { orderBy: [['_id', 'asc']] })
    assert.equal(found.map((row) => row._id).join(''), expected, JSON.stringify(query))
    assert.equal(await database.count('things', query), expected.length)
  }
})

for (const duplicateError of ['DATABASE_DUPLICATE_WRITE', 'E11000'] as const)
  test(`a taken id, reported as ${duplicateError}`, async (t) => {
    const { database } = await openStores(t, { duplicateError })
    const inserted = await Promise.all(times(20).map((n) => database.insert('things', { _id: 'one', n })))
    assert.equal(inserted.filter(Boolean).length, 1)

    // Two that both found nothing and both insert: the second runs again and finds the first.
    const outcomes = await Promise.all(
      times(5).map(() =>
        database.transaction(async (transaction) => {
          const found = await transaction.get('things', 'two')
          if (!found) await transaction.insert('things', { _id: 'two' })
          return found ? 'found' : 'made'
        }),
      ),
    )
    assert.deepEqual(outcomes.toSorted(), ['found', 'found', 'found', 'found', 'made'])
  })

test('a hundred contenders in transactions on one document all finish', async (t) => {
  const { database } = await openStores(t)
  await database.insert('things', { _id: 'sum', n: 0 })
  await Promise.all(
    times(100).map(() =>
      database.transaction(async (transaction) => {
        const row = await transaction.get('things', 'sum')
        await transaction.update('things', 'sum', { set: { n: Number(row?.['n']) + 1 } })
      }),
    ),
  )
  assert.equal((await database.get('things', 'sum'))?.['n'], 100)
})

const fails = (work: () => Promise<unknown>) => () =>
  assert.rejects(work(), (error) => isFailure(error, 'STORAGE_UNAVAILABLE') && error.retryable)

test('trouble in the database is one kind of failure, and only what was refused is sent again', async (t) => {
  const { database, emulator } = await openStores(t)
  await database.insert('things', { _id: 'a', n: 0 })
  const attempts = async (work: () => Promise<unknown>) => {
    emulator.faults.resetCounts()
    await work()
    const counts = emulator.faults.counts()
    emulator.faults.clear()
    return (counts['database.modifyDocument'] ?? 0) + (counts['database.getDocument'] ?? 0)
  }
  const add = () => database.update('things', { _id: 'a' }, { inc: { n: 1 } })

  emulator.faults.add({ when: 'before', kind: 'code', code: 'EXCEED_REQUEST_LIMIT', times: 2 })
  assert.equal(await attempts(add), 3)
  emulator.faults.add({ when: 'after', kind: 'drop' })
  assert.equal(await attempts(fails(add)), 1)
  for (const kind of ['status', 'garbage', 'code'] as const) {
    emulator.faults.add({ when: 'before', kind })
    assert.equal(await attempts(fails(add)), 1, kind)
  }
  emulator.faults.add({ when: 'before', kind: 'drop', times: 1 })
  assert.equal(await attempts(() => database.get('things', 'a')), 2)
  assert.equal((await database.get('things', 'a'))?.['n'], 2)
  await assert.rejects(database.get('unknown', 'a'), (error) => isFailure(error, 'STORAGE_UNAVAILABLE'))
})
