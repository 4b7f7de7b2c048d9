import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createReleaseStore } from '../../shared/cloudbase/release-store.ts'
import type { ReleaseRecord, ReleaseState } from '../../shared/domain/stores/releases.ts'
import { after, epochMs } from '../../shared/time.ts'
import { heldClock, openStores, times } from './open-stores.ts'

const start = epochMs(Date.parse('2026-03-01T00:00:00Z'))
const later = after(start, 60_000)

const release = (number: number, state: ReleaseState = 'committing', appid = 'wx1'): ReleaseRecord => ({
  releaseId: `${appid}:${number}`,
  appid,
  number,
  templateId: 7,
  version: `1.0.${number}`,
  description: '新版',
  state,
  revision: 0,
  extJson: '{"ext":{"$set":1,"a.b":2}}',
  createdAt: start,
  updatedAt: start,
})

async function open(t: TestContext) {
  const { database } = await openStores(t)
  return createReleaseStore(database)
}

test('one release takes a number', async (t) => {
  const releases = await open(t)
  const taken = await Promise.all(times(10).map((n) => releases.insert(release(1), `o${n}`, start)))
  assert.equal(taken.filter(Boolean).length, 1)
  assert.deepEqual(await releases.find('wx1:1'), release(1))
  assert.equal(await releases.find('wx1:2'), undefined)
})

test('of changes to one revision the first is carried out', async (t) => {
  const releases = await open(t)
  await releases.insert(release(1), 'a', start)
  const seen = release(1)
  const changes = await Promise.all(
    times(10).map((n) => releases.change(seen, { state: 'committed', auditBaseline: n }, later)),
  )
  const [changed] = changes.filter((result) => result !== undefined)
  assert.equal(changes.filter((result) => result !== undefined).length, 1)
  assert.deepEqual([changed?.revision, changed?.state, changed?.updatedAt], [1, 'committed', later])
})

test('everything that a release collects comes back, and null takes it away', async (t) => {
  const releases = await open(t)
  await releases.insert({ ...release(1), rolloutId: 'r1', autoRelease: false }, 'a', start)
  const collected = {
    auditId: 1_234_567_890,
    auditBaseline: 0,
    submission: { item_list: [{ address: 'index', $odd: 'x' }] },
    submittedAt: start,
    auditedAt: later,
    releasedAt: later,
    reason: '服务类目与功能页面核实不一致',
    screenshots: ['media-1'],
    autoRelease: true,
    grayPercentage: 20,
    checkedAt: later,
    attemptAt: start,
    problem: { code: 'REVIEW_QUOTA_USED_UP', params: { errcode: 85085 } },
  } as const
  const changed = await releases.change(release(1), collected, later)
  assert.deepEqual(changed, { ...release(1), ...collected, rolloutId: 'r1', revision: 1, updatedAt: later })
  assert.ok(changed)
  const cleared = await releases.change(changed, { attemptAt: null, problem: { code: 'X', params: {} } }, later)
  assert.deepEqual(
    [cleared?.attemptAt, cleared?.problem, cleared?.reason],
    [undefined, { code: 'X', params: {} }, collected.reason],
  )
})

test('what is due comes in order of its time, and leaves when it has none', async (t) => {
  const releases = await open(t)
  for (const n of [1, 2, 3]) await releases.insert(release(n), `o${n}`, after(start, -n))
  await releases.insert(release(4), 'o4', later)
  const due = async (now = start) => (await releases.due(10, now)).map(({ number }) => number)
  assert.deepEqual(await due(), [3, 2, 1])
  await releases.change(release(3), { dueAt: null }, start)
  await releases.change(release(2), { dueAt: later }, start)
  await releases.change(release(1), { state: 'committed' }, start)
  assert.deepEqual(await due(), [1])
  assert.deepEqual(await due(later), [1, 2, 4])
})

test('a newer release supersedes the older ones that are not out', async (t) => {
  const releases = await open(t)
  const older: ReleaseState[] = ['released', 'committed', 'rejected', 'committed']
  for (const [at, state] of older.entries()) await releases.insert(release(at + 1, state), `o${9 - at}`, start)
  await releases.insert(release(1, 'committed', 'wx2'), 'p', start)
  await releases.supersede('wx1', 4, ['committed', 'rejected', 'superseded'], later)
  assert.deepEqual(
    (await releases.ofAuthorizer('wx1')).map(({ number, state }) => `${number} ${state}`),
    ['4 committed', '3 superseded', '2 superseded', '1 released'],
  )
  assert.deepEqual([await releases.count('superseded'), await releases.count('committed')], [2, 2])
  const page = await releases.list({ appids: ['wx1'], states: ['superseded'] }, { limit: 1 })
  assert.deepEqual([page.items[0]?.number, page.nextCursor === undefined], [3, false])
  assert.deepEqual((await releases.due(10, later)).map(({ releaseId }) => releaseId).toSorted(), [
    'wx1:1',
    'wx1:4',
    'wx2:1',
  ])
})

const ordered = (releases: readonly ReleaseRecord[]) =>
  releases.map((one, index) => ({ release: one, order: `p${index}` }))

test('a page of releases goes in at once; numbers that are taken stay with whoever took them', async (t) => {
  const releases = await open(t)
  const page = ['wx1', 'wx2', 'wx3', 'wx4'].map((appid) => release(1, 'committing', appid))
  assert.deepEqual(await releases.insertAll([], later, 'm0'), [])
  await releases.insert(release(1, 'committed', 'wx2'), 'a', start)
  const taken = await releases.insertAll(ordered(page), later, 'm1')
  assert.deepEqual(
    taken.map(({ appid }) => appid),
    ['wx1', 'wx3', 'wx4'],
  )
  assert.equal((await releases.find('wx2:1'))?.state, 'committed')
  // Ten processors with the same page: each account goes to one of them.
  const fresh = ['wx5', 'wx6', 'wx7'].map((appid) => release(1, 'committing', appid))
  const shares = await Promise.all(times(10).map((n) => releases.insertAll(ordered(fresh), later, `c${n}`)))
  assert.deepEqual(
    shares
      .flat()
      .map(({ appid }) => appid)
      .toSorted(),
    ['wx5', 'wx6', 'wx7'],
  )
})

test('a page of releases changes at once; those that somebody changed in between are left out', async (t) => {
  const releases = await open(t)
  const page = ['wx1', 'wx2', 'wx3'].map((appid) => release(1, 'committing', appid))
  await releases.insertAll(ordered(page), later, 'm1')
  await releases.change(release(1, 'committing', 'wx2'), { state: 'failed' }, later)
  const change = { state: 'committed', attemptAt: null, auditBaseline: 3, reason: null } as const
  const changed = await releases.changeAll(page, change, later, 'm2')
  assert.deepEqual(
    changed.toSorted((a, b) => (a.appid < b.appid ? -1 : 1)),
    [await releases.find('wx1:1'), await releases.find('wx3:1')],
  )
  assert.deepEqual([changed[0]?.state, changed[0]?.revision, changed[0]?.updatedAt], ['committed', 1, later])
  assert.equal((await releases.find('wx2:1'))?.state, 'failed')
  const all = await releases.changeAll(changed, { attemptAt: start }, later, 'm3')
  assert.deepEqual(all, [await releases.find(all[0]?.releaseId ?? ''), await releases.find(all[1]?.releaseId ?? '')])
  const again = await Promise.all(times(5).map((n) => releases.changeAll(all, { state: 'superseded' }, later, `c${n}`)))
  assert.equal(again.flat().length, 2)
})

test('a rollout reads on from where it was, by the clock of the database', async (t) => {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database } = await openStores(t, { now: clock.now })
  const releases = createReleaseStore(database)
  const page = ['wx1', 'wx2', 'wx3'].map((appid) => ({ ...release(1, 'committed', appid), rolloutId: 'ro-1' }))
  await releases.insertAll(ordered(page), later, 'm1')
  await releases.insert(release(1, 'committed', 'wx4'), 'z', start)
  const first = await releases.changedSince('ro-1', epochMs(0), 10)
  assert.deepEqual([first.releases.length, first.until], [3, start])
  clock.advance(60_000)
  const [one] = page
  assert.ok(one)
  // Whatever the writer's own clock says.
  await releases.change(one, { state: 'superseded' }, epochMs(1))
  const next = await releases.changedSince('ro-1', after(start, 1), 10)
  assert.deepEqual(
    next.releases.map(({ appid, state }) => `${appid} ${state}`),
    ['wx1 superseded'],
  )
  assert.equal(next.until, later)
  assert.deepEqual([...(await releases.currentOf(['wx1', 'wx2', 'wx9'])).keys()], ['wx2'])
  assert.deepEqual(
    (await releases.ofRollout('ro-1', ['wx1', 'wx4'])).map(({ appid }) => appid),
    ['wx1'],
  )
})
