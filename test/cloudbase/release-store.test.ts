import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createReleaseStore } from '../../shared/cloudbase/release-store.ts'
import type { ReleaseRecord, ReleaseState } from '../../shared/domain/stores/releases.ts'
import { after, epochMs } from '../../shared/time.ts'
import { openStores, times } from './open-stores.ts'

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
    problem: { code: 'QUOTA_EXCEEDED', message: 'm', hint: 'h' },
  } as const
  const changed = await releases.change(release(1), collected, later)
  assert.deepEqual(changed, { ...release(1), ...collected, rolloutId: 'r1', revision: 1, updatedAt: later })
  assert.ok(changed)
  const cleared = await releases.change(changed, { attemptAt: null, problem: { code: 'X', message: 'm' } }, later)
  assert.deepEqual(
    [cleared?.attemptAt, cleared?.problem, cleared?.reason],
    [undefined, { code: 'X', message: 'm' }, collected.reason],
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
    (await releases.ofAuthorizer('wx1', 10)).map(({ number, state }) => `${number} ${state}`),
    ['4 committed', '3 superseded', '2 superseded', '1 released'],
  )
  assert.deepEqual([await releases.count('superseded'), await releases.count('committed')], [2, 2])
  const page = await releases.list({ appid: 'wx1', state: 'superseded' }, { limit: 1 })
  assert.deepEqual([page.items[0]?.number, page.nextCursor === undefined], [3, false])
  assert.deepEqual((await releases.due(10, later)).map(({ releaseId }) => releaseId).toSorted(), [
    'wx1:1',
    'wx1:4',
    'wx2:1',
  ])
})
