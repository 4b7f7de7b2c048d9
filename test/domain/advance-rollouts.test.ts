import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { componentToken } from '../../shared/domain/tokens/component-token.ts'
import { advanceRollouts } from '../../shared/domain/rollouts/advance-rollouts.ts'
import type { Platform } from '../../shared/domain/platform.ts'
import type { ReleaseRecord } from '../../shared/domain/stores/releases.ts'
import type { GuardRules, RolloutRecord } from '../../shared/domain/stores/rollouts.ts'
import { at, guard, quietHours, openRollouts } from './open-rollout.ts'

const plenty = () => 50_000
const watchedSince = (since: number): Pick<RolloutRecord, 'guard' | 'watch'> => ({
  guard,
  watch: { history: [], state: 'watching', wave: 1, step: 1, since: at(since) },
})
const everywhere =
  'pending committing committed submitting auditing delayed rejected withdrawn approved gray released rolledBack failed skipped'

async function openSteps(t: TestContext) {
  const opened = await openRollouts(t)
  const { platform, another, authorize, database, pushTicket, wechat } = opened
  return {
    ...opened,
    /** By an instance that knows nothing yet. */
    run: (leftMs: () => number = plenty, change: Partial<Platform> = {}) => advanceRollouts(another(change), leftMs),
    /** When it is looked at next, in seconds from the start. */
    dueAt: async ({ rolloutId }: RolloutRecord): Promise<unknown> =>
      (await opened.row('rollouts', rolloutId, 'dueAt'))['dueAt'],
    /** Mini programs with tokens, which may be called. */
    bind: async (...appids: readonly string[]): Promise<void> => {
      await pushTicket('ticket-1')
      await componentToken(platform)
      for (const appid of appids) await authorize(appid)
      await database.update(
        'authorizers',
        { _id: { in: [...appids] } },
        { set: { accountType: 'miniprogram', funcInfo: [17, 18] } },
      )
      wechat.asked()
    },
    /** What a rollout committed to `wx1`. */
    ship: async ({ rolloutId }: RolloutRecord, change: Partial<ReleaseRecord>): Promise<void> => {
      const release: ReleaseRecord = {
        releaseId: 'wx1-1',
        appid: 'wx1',
        number: 1,
        templateId: 7,
        version: '2.0.0',
        description: 'spring',
        state: 'approved',
        revision: 1,
        createdAt: at(0),
        updatedAt: at(0),
        rolloutId,
        ...change,
      }
      await platform.stores.releases.insert(release, '1', null)
    },
  }
}

/* An account that is not known is skipped when it is looked at, and one that has no release of the rollout any more fails when it is taken further. */

test('what may be taken further, in which state of the rollout', async (t) => {
  const { run, make, states } = await openSteps(t)
  const rows: [name: string, change: Partial<RolloutRecord>, before: string, after: string][] = [
    [
      'under way',
      {},
      everywhere,
      'skipped skipped failed submitting auditing delayed rejected withdrawn failed gray released rolledBack failed skipped',
    ],
    ['of a later wave', {}, 'auditing pending | pending', 'auditing skipped pending'],
    [
      'through a wave that is there already',
      { autoRelease: false, waves: [30, 60, 100] },
      'approved | approved | pending',
      'approved approved skipped',
    ],
    ['submitted by hand', { autoSubmit: false }, 'auditing committed approved', 'auditing committed failed'],
    ['released by hand', { autoRelease: false }, 'auditing committed approved', 'auditing failed approved'],
    ['as was asked', { autoRelease: false, wish: 'release' }, 'auditing approved', 'auditing failed'],
    ['gray', { gray: [10, 100] }, 'auditing approved gray', 'auditing failed failed'],
    ['gray and watched', { gray: [10, 100], ...watchedSince(0) }, 'auditing approved gray', 'auditing failed gray'],
    [
      'taken back',
      { wish: 'rollback' },
      'pending committed approved gray released',
      'pending committed approved failed failed',
    ],
    ['paused', { state: 'paused' }, 'pending committed approved gray', 'pending committed approved gray'],
    [
      'released while it is paused',
      { state: 'paused', autoRelease: false, wish: 'release', wishWhileStill: true },
      'pending committed approved gray',
      'pending committed failed gray',
    ],
    [
      'paused after it was asked to release',
      { state: 'paused', wish: 'release' },
      'pending approved',
      'pending approved',
    ],
    [
      'released after its end',
      { state: 'completed', wish: 'release', wishWhileStill: true },
      'pending approved',
      'pending failed',
    ],
    ['cancelled', { state: 'cancelled' }, 'pending approved', 'pending approved'],
    ['before its time', { state: 'scheduled', startAt: at(1) }, 'pending approved', 'pending approved'],
    ['at its time', { state: 'scheduled', startAt: at(0) }, 'auditing pending', 'auditing skipped'],
    ['in its quiet hours', { quietHours }, 'pending approved', 'pending approved'],
    ['taken back in its quiet hours', { quietHours, wish: 'rollback' }, 'pending released', 'pending failed'],
    ['taken back before its time', { startAt: at(1), wish: 'rollback' }, 'pending released', 'pending failed'],
    [
      'asked to release in its quiet hours',
      { quietHours, state: 'paused', wish: 'release', wishWhileStill: true },
      'pending approved',
      'pending approved',
    ],
  ]
  for (const [name, change, before, after] of rows) {
    const rollout = await make(before, { waves: before.includes('|') ? [50, 100] : [100], ...change })
    await run()
    assert.equal(await states(rollout), after, name)
  }
})

test('an item is submitted, published, widened or taken back by where it stands', async (t) => {
  const { run, make, states, bind, ship, wechat, database } = await openSteps(t)
  await bind('wx1')
  const ok = { errcode: 0, errmsg: 'ok' }
  wechat.answers('release', ok)
  wechat.answers('grayrelease', ok)
  const rows: [
    item: string,
    release: Partial<ReleaseRecord>,
    change: Partial<RolloutRecord>,
    after: string,
    asked: string[],
  ][] = [
    // Approved meanwhile: nothing to submit, and it is the operator who publishes.
    ['committed', { state: 'approved' }, { autoRelease: false }, 'approved', ['queryquota']],
    ['pending', { state: 'approved' }, { autoRelease: false, autoSubmit: false }, 'approved', ['gettemplatelist']],
    ['approved', {}, {}, 'released', ['release']],
    ['approved', {}, { gray: [100] }, 'released', ['release']],
    ['approved', {}, { gray: [10, 100] }, 'gray', ['grayrelease']],
    ['gray', { state: 'approved' }, { gray: [10, 100] }, 'failed', []],
    ['released', { state: 'rolledBack' }, { wish: 'rollback' }, 'rolledBack', []],
  ]
  wechat.answers('queryquota', { ...ok, rest: 10, limit: 20, speedup_rest: 0, speedup_limit: 0 })
  for (const [item, release, change, after, asked] of rows) {
    // Its release does not change under way.
    const rollout = await make(item, { waves: [100], followedUntil: at(60), ...change })
    await database.remove('releases', { appid: 'wx1' })
    await ship(rollout, release)
    assert.equal(await run(), 1, item)
    assert.equal(await states(rollout), after, `${item} ${JSON.stringify(change)}`)
    assert.deepEqual(wechat.asked(), asked, item)
  }
})

test('no more is submitted than the quota leaves, which is asked for once a run', async (t) => {
  const { run, make, states, bind, wechat } = await openSteps(t)
  await bind('wx1')
  const left = (rest: number) =>
    wechat.answers('queryquota', { errcode: 0, errmsg: 'ok', rest, limit: 20, speedup_rest: 0, speedup_limit: 0 })
  left(2)
  const some = await make('auditing committed', { quotaReserve: 1, waves: [100] })
  const none = await make('auditing committed', { quotaReserve: 2, waves: [100] })
  assert.equal(await run(), 1)
  assert.deepEqual([await states(some), await states(none)], ['auditing failed', 'auditing committed'])
  assert.deepEqual(wechat.asked(), ['queryquota'])
  left(3)
  assert.equal(await run(), 0)
})

test('no page is begun in the last 25 seconds, and what is left goes on at once', async (t) => {
  const { run, make, states, dueAt, callsOf } = await openSteps(t)
  const twoPages = Array.from({ length: 51 }, () => 'approved').join(' ')
  const first = await make(`auditing ${twoPages}`, { waves: [100] })
  const second = await make(`auditing ${twoPages}`, { waves: [100] })
  const done = async () => {
    const all = [await states(first), await states(second)]
    return all.map((one) => one.split(' ').filter((state) => state === 'failed').length)
  }
  assert.equal(await callsOf(async () => assert.equal(await run(() => 25_000), 0)), 0)
  // In turn, a page of each; the time is looked at before a turn.
  const lefts = [25_001, 25_001, 25_000]
  assert.equal(await run(() => lefts.shift() ?? 0), 100)
  assert.deepEqual(await done(), [50, 50])
  assert.deepEqual([await dueAt(first), await dueAt(second)], [0, 0])
  assert.equal(await run(), 2)
  assert.deepEqual(await done(), [51, 51])
})

test('when a rollout is looked at again', async (t) => {
  const { run, make, dueAt } = await openSteps(t)
  const rows: [name: string, states: string, change: Partial<RolloutRecord>, due: number | null][] = [
    ['under way', 'auditing', {}, 30],
    ['ended now', 'released', {}, null],
    ['ended', 'released approved', { state: 'completed' }, null],
    ['cancelled', 'approved', { state: 'cancelled' }, null],
    [
      'ended, once what was asked for is done',
      'auditing approved',
      { state: 'completed', wish: 'release', wishWhileStill: true },
      null,
    ],
    ['paused', 'auditing', { state: 'paused' }, 30],
    ['planned', 'pending', { state: 'scheduled', startAt: at(3600) }, 3600],
    ['begun before its time', 'auditing', { startAt: at(3600), state: 'paused' }, 30],
    [
      'planned, while something is asked for',
      'approved',
      { state: 'scheduled', startAt: at(3600), wish: 'release', wishWhileStill: true },
      30,
    ],
    // Its guard judges an hour after all of it was with the users.
    ['watched', 'released', watchedSince(-3000), 600],
    ['watched to be judged at once', 'released', watchedSince(-3580), 30],
    ['watched for long', 'released', watchedSince(-2000), 930],
    ['watched in steps', 'released', { ...watchedSince(-3000), gray: [10, 100] }, 30],
    ['guarded, not there yet', 'auditing', { guard }, 30],
  ]
  for (const [name, states, change, due] of rows) {
    const rollout = await make(states, { waves: [100], ...change })
    await run()
    assert.equal(await dueAt(rollout), due, name)
  }
})

test('one that fails does not keep the others; what went wrong first is thrown in the end', async (t) => {
  const { run, make, states, dueAt, database } = await openSteps(t)
  const made = [
    await make('auditing approved', { waves: [100] }),
    await make('auditing approved', { waves: [100] }),
    await make('auditing approved', { waves: [100] }),
  ]
  const [broken, other, later] = made
  assert.ok(broken && other && later)
  for (const { rolloutId } of [broken, later])
    await database.update('rolloutItems', { _id: `${rolloutId}:000001` }, { set: { appid: 5 } })
  await assert.rejects(run(), { message: 'BUG {"malformed":"ro-1:000001.appid"}' })
  assert.equal(await states(other), 'auditing failed')
  assert.deepEqual(await Promise.all(made.map(dueAt)), [30, 30, 30])
})

test('ten at a time, each by one run', async (t) => {
  const { run, make, dueAt } = await openSteps(t)
  const made: RolloutRecord[] = []
  for (let count = 0; count < 11; count += 1) made.push(await make('auditing approved', { waves: [100] }))
  assert.equal(await run(), 10)
  assert.equal(await run(), 1)
  assert.deepEqual(
    await Promise.all(made.map(dueAt)),
    made.map(() => 30),
  )
})

test('what was released is followed before anything is done', async (t) => {
  const { run, make, states, ship } = await openSteps(t)
  const rollout = await make('auditing', { state: 'paused' })
  await ship(rollout, { state: 'rejected', reason: 'logo' })
  assert.equal(await run(), 0)
  assert.equal(await states(rollout), 'rejected')
})

test('where WeChat was called too often no further page is begun', async (t) => {
  const { run, make, states, dueAt, bind, ship, wechat } = await openSteps(t)
  await bind('wx1')
  const approved = Array.from({ length: 51 }, () => 'approved').join(' ')
  const rollout = await make(`${approved} auditing`, { waves: [100], followedUntil: at(60) })
  await ship(rollout, {})
  wechat.answers('release', { errcode: 45009, errmsg: 'reach max api daily quota limit' })
  assert.equal(await run(), 50)
  assert.deepEqual(wechat.asked(), ['release'])
  const count = (await states(rollout)).split(' ').filter((state) => state === 'failed').length
  assert.deepEqual([count, await dueAt(rollout)], [49, 30])
})

test('a wave that is with its users is judged before the next one begins', async (t) => {
  const { run, make, states, platform } = await openSteps(t)
  const watch = { history: [], state: 'watching', wave: 1, step: 1, since: at(-86_400) } as const
  // Without figures it goes on after a day.
  const rules: GuardRules = { ...guard, noData: 'goOn' }
  const over = await make('released | pending', { guard: rules, watch: { ...watch, againAt: at(100) } })
  const early = await make('released | pending', { guard: rules, watch: { ...watch, since: at(-3599) } })
  await run()
  assert.deepEqual([await states(over), await states(early)], ['released skipped', 'released pending'])

  const look = async (left: number) => {
    const { rolloutId } = await make('released | pending', { guard, watch: { ...watch, since: at(-3600) } })
    const lefts = [25_001]
    await run(() => lefts.shift() ?? left)
    const { watch: now } = (await platform.stores.rollouts.find(rolloutId)) ?? {}
    return { read: now?.figures?.merchants, under: now?.reading !== undefined }
  }
  // Figures are read as long as there is time for a page.
  assert.deepEqual(await look(25_001), { read: 1, under: false })
  assert.deepEqual(await look(25_000), { read: undefined, under: true })
})
