import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createActivityStore } from '../../shared/cloudbase/activity-store.ts'
import { createCleanUp } from '../../shared/cloudbase/clean-up.ts'
import type { Value } from '../../shared/cloudbase/requests.ts'
import { createPushStore } from '../../shared/cloudbase/push-store.ts'
import { epochMs } from '../../shared/time.ts'
import { heldClock, openStores, times } from './open-stores.ts'

const now = epochMs(Date.parse('2026-03-31T00:00:00Z'))
const ago = { minutes: (n: number) => new Date(now - n * 60_000), days: (n: number) => new Date(now - n * 86_400_000) }

test('everything goes when its time has come, and not before', async (t) => {
  const { database } = await openStores(t)
  const rows: [collection: string, over: Record<string, Value>, kept: Record<string, Value>[]][] = [
    ['nonces', { receivedAt: ago.minutes(10) }, [{ receivedAt: ago.minutes(9) }]],
    [
      'pushes',
      { type: 'wechat.x', state: 'done', receivedAt: ago.days(30) },
      [
        { type: 'wechat.x', state: 'done', receivedAt: ago.days(29) },
        { type: 'wechat.x', state: 'new', receivedAt: ago.days(40) },
      ],
    ],
    ['states', { expiresAt: ago.days(1) }, [{ expiresAt: ago.minutes(60) }]],
    ['invites', { expiresAt: ago.days(1) }, [{ expiresAt: ago.minutes(60) }]],
    ['codes', { expiresAt: ago.minutes(0) }, [{ expiresAt: ago.minutes(-1) }]],
    ['activity', { startedAt: ago.days(365) }, [{ startedAt: ago.days(364) }]],
  ]
  for (const [collection, over, kept] of rows) {
    await database.insert(collection, { ...over, _id: 'over' })
    for (const [n, row] of kept.entries()) await database.insert(collection, { ...row, _id: `kept-${n}` })
  }
  assert.equal(await createCleanUp(database).run(now), rows.length)
  for (const [collection, , kept] of rows) {
    const left = await database.find(collection, { _id: { gt: '' } }, { orderBy: [['_id', 'asc']] })
    assert.deepEqual(
      left.map((row) => row._id),
      kept.map((_, n) => `kept-${n}`),
      collection,
    )
  }
  assert.equal(await createCleanUp(database).run(now), 0)
})

test('of tickets the newest three stay readable', async (t) => {
  const { database, vault } = await openStores(t)
  const pushes = createPushStore(database, vault)
  for (const n of times(5))
    await pushes.insert(
      {
        id: `t${n}`,
        type: 'wechat.component_verify_ticket',
        road: 'component',
        createTime: n,
        fields: {},
        secrets: { ComponentVerifyTicket: `ticket@@@${n}` },
        attempts: 0,
      },
      { done: true, order: `o${n}`, dueAt: now },
    )
  assert.equal(await createCleanUp(database).run(now), 2)
  const withSecret = await database.find('pushes', { secrets: { exists: true } })
  assert.deepEqual(withSecret.map((row) => row._id).toSorted(), ['t2', 't3', 't4'])
  assert.equal((await pushes.newestTickets()).length, 3)
})

test('the answer under a key goes after its seven days, while the entry stays in the log', async (t) => {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database, vault, emulator } = await openStores(t, { now: clock.now })
  const activity = createActivityStore(database, vault)
  const run = {
    id: 'a',
    slot: 's',
    identity: 'i',
    operation: 'o',
    role: 'owner' as const,
    inputId: 'x',
    input: '{}',
    keyed: true,
    order: 'o',
  }
  await activity.claim(run)
  await activity.finish('a', 1, { answer: '{}', outcome: 'ok', end: 'done' })
  clock.advance(7 * 86_400_000 - 1)
  await createCleanUp(database).run(epochMs(clock.now()))
  assert.deepEqual(await activity.claim(run), { kind: 'done', answer: '{}' })
  clock.advance(1)
  assert.deepEqual(await activity.claim(run), { kind: 'over' })
  await createCleanUp(database).run(epochMs(clock.now()))
  assert.doesNotMatch(JSON.stringify(emulator.dump()['activity']), /v1\.k1/)
  assert.equal((await activity.list({}, { limit: 5 })).items[0]?.outcome, 'ok')
  assert.deepEqual(await activity.claim(run), { kind: 'over' })
})
