import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAdminStore } from '../../shared/cloudbase/admin-store.ts'
import { createProblemStore } from '../../shared/cloudbase/problem-store.ts'
import { after, epochMs } from '../../shared/time.ts'
import { openStores, times } from './open-stores.ts'

const start = epochMs(Date.parse('2026-03-01T00:00:00Z'))

test('admins are put, renamed and removed', async (t) => {
  const admins = createAdminStore((await openStores(t)).database)
  await admins.put({ id: 'o1', role: 'viewer', name: '小王' })
  await admins.put({ id: 'o2', role: 'operator' })
  assert.deepEqual(await admins.find('o1'), { id: 'o1', role: 'viewer', name: '小王' })
  await admins.put({ id: 'o1', role: 'owner' })
  assert.deepEqual((await admins.list({ limit: 10 })).items, [
    { id: 'o1', role: 'owner' },
    { id: 'o2', role: 'operator' },
  ])
  assert.deepEqual(
    [await admins.remove('o1'), await admins.remove('o1'), await admins.find('o1')],
    [true, false, undefined],
  )
})

test('an API key keeps its limits and is revoked once', async (t) => {
  const admins = createAdminStore((await openStores(t)).database)
  const key = { keyId: 'k1', hash: 'h', name: 'ci', role: 'operator', createdAt: start } as const
  await admins.putKey({ ...key, operations: [], appids: ['wx1'], expiresAt: after(start, 5) })
  await admins.putKey({ ...key, keyId: 'k2' })
  assert.deepEqual(await admins.findKey('k1'), { ...key, operations: [], appids: ['wx1'], expiresAt: after(start, 5) })
  assert.deepEqual(await admins.findKey('k2'), { ...key, keyId: 'k2' })

  await admins.noteKeyUse('k1', after(start, 1))
  assert.deepEqual(
    [await admins.revokeKey('k1', start), await admins.revokeKey('k1', start), await admins.revokeKey('none', start)],
    [true, false, false],
  )
  const { items } = await admins.listKeys({ limit: 1 })
  assert.deepEqual(
    items.map(({ keyId, revokedAt, lastUsedAt }) => [keyId, revokedAt, lastUsedAt]),
    [['k1', start, after(start, 1)]],
  )
})

test('a problem is opened once and closed once', async (t) => {
  const problems = createProblemStore((await openStores(t)).database)
  const problem = { problemId: 'TICKET_OVERDUE', code: 'TICKET_OVERDUE', params: { minutes: 60 }, since: start }
  const happening = { type: 'problem.opened', data: {} } as const
  const close = () => problems.close('TICKET_OVERDUE', start, () => [{ type: 'problem.closed', data: {} }])
  const opened = await Promise.all(times(5).map(() => problems.open(problem, happening)))
  assert.equal(opened.filter(Boolean).length, 1)
  const other = { ...problem, problemId: 'TICKET_OVERDUE:wx1', appid: 'wx1', since: after(start, 1) }
  assert.equal(await problems.open(other, happening), true)
  const open = { closed: false, told: false, revision: 1 }
  assert.deepEqual(await problems.newest(10), [
    { ...other, ...open },
    { ...problem, seenAt: start, ...open },
  ])
  assert.deepEqual([await close(), await close(), (await problems.newest(10)).length], [true, false, 1])

  // It came back while somebody was at the one before.
  const again = { ...problem, since: after(start, 2) }
  assert.equal(await problems.open(again, happening), true)
  await problems.setParams(problem, { minutes: 90 })
  assert.deepEqual(await problems.find('TICKET_OVERDUE'), { ...again, ...open, revision: 3 })
  await problems.setParams(again, { minutes: 90 })
  assert.deepEqual((await problems.find('TICKET_OVERDUE'))?.params, { minutes: 90 })
})
