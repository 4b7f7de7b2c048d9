import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endLease, newLease, takeLease } from '../../shared/cloudbase/leases.ts'
import { heldClock, openStores, times } from './open-stores.ts'

const place = { collection: 'things', id: 'lock' }
const free = { _id: 'lock', leaseOwner: null, leaseUntil: null, fence: 0 }

test('of a hundred that want it at once, one takes the lease and ninety-nine learn how long it is held', async (t) => {
  const { database } = await openStores(t)
  await database.insert('things', free)
  const results = await Promise.all(
    times(100).map((n) => takeLease(database, { ...place, owner: `caller-${n}`, ttl: 20_000 })),
  )
  const won = results.flatMap((result) => (result.kind === 'won' ? [result] : []))
  const held = results.flatMap((result) => (result.kind === 'held' ? [result.remaining] : []))
  assert.equal(won.length, 1)
  assert.deepEqual([won[0]?.fence, won[0]?.stolen], [1, false])
  assert.equal(held.length, 99)
  assert.ok(held.every((remaining) => remaining > 0 && remaining <= 20_000))
})

test('a free lease costs one call, a held one two', async (t) => {
  const { database, callsOf } = await openStores(t)
  await database.insert('things', free)
  assert.equal(await callsOf(() => takeLease(database, { ...place, owner: 'a', ttl: 20_000 })), 1)
  assert.equal(await callsOf(() => takeLease(database, { ...place, owner: 'b', ttl: 20_000 })), 2)
})

test("only the database's clock ends a lease, whatever this instance's clock says", async (t) => {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database } = await openStores(t, { now: clock.now })
  await database.insert('things', free)
  const take = (owner: string) => takeLease(database, { ...place, owner, ttl: 20_000 })

  assert.equal((await take('a')).kind, 'won')
  for (const skewed of ['2026-03-01T05:00:00Z', '2026-02-28T19:00:00Z']) {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse(skewed) })
    const later = await take('b')
    assert.deepEqual([later.kind, later.kind === 'held' && later.remaining], ['held', 20_000])
    t.mock.timers.reset()
  }
  clock.advance(20_000)
  const stolen = await take('c')
  assert.ok(stolen.kind === 'won')
  assert.deepEqual(
    [stolen.stolen, stolen.fence, stolen.now, stolen.until],
    [true, 2, Date.parse('2026-03-01T00:00:20Z'), Date.parse('2026-03-01T00:00:40Z')],
  )
})

test('an expired lease is stolen by one of a hundred', async (t) => {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database } = await openStores(t, { now: clock.now })
  await database.insert('things', { ...free, ...newLease('dead', 20_000) })
  clock.advance(20_001)
  const results = await Promise.all(
    times(100).map((n) => takeLease(database, { ...place, owner: `caller-${n}`, ttl: 20_000 })),
  )
  assert.equal(results.filter(({ kind }) => kind === 'won').length, 1)
  assert.equal(results.filter(({ kind }) => kind === 'held').length, 99)
})

test('a holder that wakes up after its lease neither saves nor releases', async (t) => {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database } = await openStores(t, { now: clock.now })
  await database.insert('things', free)
  await takeLease(database, { ...place, owner: 'zombie', ttl: 20_000 })
  clock.advance(30_000)
  await takeLease(database, { ...place, owner: 'winner', ttl: 20_000 })

  assert.equal(await endLease(database, { ...place, owner: 'zombie', change: { set: { value: 'old' } } }), false)
  assert.equal(await endLease(database, { ...place, owner: 'winner', fence: 1 }), false)
  assert.equal(
    await endLease(database, { ...place, owner: 'winner', fence: 2, change: { set: { value: 'new' } } }),
    true,
  )
  const row = await database.get('things', 'lock')
  assert.deepEqual([row?.['value'], row?.['leaseOwner']], ['new', null])
})

test('a guard that no longer holds', async (t) => {
  const { database } = await openStores(t)
  await database.insert('things', free)
  const take = (fence: number) =>
    takeLease(database, { ...place, owner: `seen-${fence}`, ttl: 20_000, guard: { fence } })

  assert.equal((await take(7)).kind, 'moved')
  assert.equal((await take(0)).kind, 'won')
  assert.equal((await take(0)).kind, 'held')
  await endLease(database, { ...place, owner: 'seen-0' })
  assert.equal((await take(0)).kind, 'moved')
  assert.equal((await take(1)).kind, 'won')
  assert.equal((await takeLease(database, { ...place, id: 'none', owner: 'a', ttl: 20_000 })).kind, 'missing')
})

test("the answer to a taking is lost: the lease is the caller's all the same, and not left behind", async (t) => {
  const { database, emulator } = await openStores(t)
  await database.insert('things', free)
  emulator.faults.add({ action: 'database.modifyAndReturnDoc', when: 'after', kind: 'drop', times: 1 })
  const taken = await takeLease(database, { ...place, owner: 'a', ttl: 20_000 })
  assert.deepEqual([taken.kind, taken.kind === 'won' && [taken.fence, taken.stolen]], ['won', [1, false]])
  assert.equal((await takeLease(database, { ...place, owner: 'b', ttl: 20_000 })).kind, 'held')
})
