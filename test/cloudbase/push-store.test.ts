import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createPushStore } from '../../shared/cloudbase/push-store.ts'
import { createVault } from '../../shared/cloudbase/sealing.ts'
import type { Push } from '../../shared/domain/stores/pushes.ts'
import { isFailure } from '../../shared/errors.ts'
import { after, epochMs } from '../../shared/time.ts'
import { heldClock, openStores, times } from './open-stores.ts'
import { sealKey } from './seal-key.ts'

const start = epochMs(Date.parse('2026-03-01T00:00:00Z'))

async function openInbox(t: TestContext) {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const opened = await openStores(t, { now: clock.now })
  const pushes = createPushStore(opened.database, opened.vault)
  let count = 0
  const put = (push: Partial<Push>, done = false) =>
    pushes.insert(
      {
        id: `push-${count++}`,
        type: 'wechat.user_enter_tempsession',
        road: 'message',
        createTime: 1_772_323_200,
        fields: {},
        secrets: {},
        attempts: 0,
        ...push,
      },
      { done, order: `o${String(1000 - count)}`, dueAt: start },
    )
  const ticket = (createTime: number, secret = `ticket@@@${createTime}`) =>
    put(
      {
        type: 'wechat.component_verify_ticket',
        road: 'component',
        createTime,
        secrets: { ComponentVerifyTicket: secret },
      },
      true,
    )
  return { ...opened, clock, pushes, put, ticket }
}

test('a push is stored by one call, once, with its secrets sealed', async (t) => {
  const { put, emulator, callsOf, pushes } = await openInbox(t)
  const push = {
    id: 'same',
    type: 'wechat.authorized',
    appid: 'wx1',
    fields: { AuthorizerAppid: 'wx1', $odd: { 'a.b': '7e30' } },
    secrets: { AuthorizationCode: 'queryauthcode@@@one' },
  }
  assert.equal(await callsOf(() => put(push)), 1)
  const again = await Promise.all(times(100).map(() => put(push)))
  assert.deepEqual(again.filter(Boolean), [])
  assert.equal(emulator.dump()['pushes']?.length, 1)
  assert.doesNotMatch(JSON.stringify(emulator.dump()), /queryauthcode/)
  assert.equal(await pushes.latestCode('wx1'), 'queryauthcode@@@one')

  const { items } = await pushes.list({ appids: ['wx1'] }, { limit: 10 })
  assert.deepEqual(items, [
    {
      id: 'same',
      type: 'wechat.authorized',
      road: 'message',
      appid: 'wx1',
      createTime: 1_772_323_200,
      receivedAt: start,
      state: 'new',
      attempts: 0,
      fields: push.fields,
    },
  ])
})

test('the newest three tickets by CreateTime, in whatever order they came', async (t) => {
  const { ticket, pushes } = await openInbox(t)
  assert.deepEqual(await pushes.newestTickets(), [])
  assert.equal(await pushes.latestTicketAt(), undefined)
  for (const createTime of [300, 100, 500, 200, 400]) await ticket(createTime)
  assert.deepEqual(
    (await pushes.newestTickets()).map(({ ticket }) => ticket),
    ['ticket@@@500', 'ticket@@@400', 'ticket@@@300'],
  )
  assert.deepEqual(await pushes.latestTicketAt(), { receivedAt: start, createTime: 500 })
})

test('a ticket that cannot be unsealed does not hide the others', async (t) => {
  const { ticket, database, pushes } = await openInbox(t)
  await ticket(100)
  await ticket(200)
  await database.update('pushes', { _id: 'push-1' }, { set: { secrets: 'v1.k0.AAAA' } })
  assert.deepEqual(
    (await pushes.newestTickets()).map(({ createTime }) => createTime),
    [100],
  )
  const withoutKey = createPushStore(database, createVault([sealKey('k9')]))
  await assert.rejects(withoutKey.newestTickets(), (error) => isFailure(error, 'CONFIG_INVALID'))
})

test('unfinished pushes that are due go to one taker each', async (t) => {
  const { put, pushes } = await openInbox(t)
  for (const n of times(30)) await put({ createTime: n })
  await put({}, true)
  await pushes.postpone({ id: 'push-0', attempts: 0 }, after(start, 60_000))
  assert.equal(await pushes.countUnfinished(), 30)

  const turn = () => pushes.claimDue(50, start, after(start, 90_000))
  const taken = (await Promise.all([turn(), turn(), turn()])).flat()
  assert.deepEqual(
    taken.map(({ id }) => id).toSorted(),
    times(30)
      .slice(1)
      .map((n) => `push-${n}`)
      .toSorted(),
  )
  assert.ok(taken.every(({ attempts }) => attempts === 1))
  assert.deepEqual(await turn(), [])

  // One that was taken over while the first was at it: what that one sees fail is not its end.
  await pushes.finish({ id: 'push-2', attempts: 0 }, 'failed')
  await pushes.finish({ id: 'push-1', attempts: 0 }, 'done')
  await pushes.finish({ id: 'push-1', attempts: 1 }, 'failed')
  const later = await pushes.claimDue(50, after(start, 90_000), after(start, 180_000))
  assert.equal(later.length, 29)
  const { items } = await pushes.list({}, { limit: 100 })
  assert.equal(items.find(({ id }) => id === 'push-1')?.state, 'done')
})

test('a nonce stands for one body', async (t) => {
  const { pushes } = await openInbox(t)
  assert.deepEqual(
    [await pushes.useNonce('n', 'a'), await pushes.useNonce('n', 'a'), await pushes.useNonce('n', 'b')],
    [true, true, false],
  )
})

test('a list goes on where its cursor says, and takes no other cursor', async (t) => {
  const { put, pushes } = await openInbox(t)
  for (const n of times(5)) await put({ createTime: n })
  const first = await pushes.list({}, { limit: 3 })
  const second = await pushes.list({}, { limit: 3, cursor: first.nextCursor })
  assert.deepEqual(
    [...first.items, ...second.items].map(({ createTime }) => createTime),
    [4, 3, 2, 1, 0],
  )
  assert.equal(second.nextCursor, undefined)
  const garbage = [
    '',
    'x',
    '!',
    first.nextCursor?.slice(1),
    `${first.nextCursor}=`,
    Buffer.from('admins/a').toString('base64url'),
  ]
  for (const cursor of [...garbage, Buffer.from('pushes/').toString('base64url'), '{"$gt":""}'])
    await assert.rejects(
      pushes.list({}, { limit: 3, cursor: cursor ?? '' }),
      (error) => isFailure(error, 'INVALID_ARGUMENT') && error.field === 'cursor',
      cursor,
    )
})
