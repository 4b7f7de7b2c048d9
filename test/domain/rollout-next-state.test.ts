import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from '../../shared/domain/rollouts/next-state.ts'
import { unreadQuota, type Quota } from '../../shared/domain/rollouts/quota.ts'
import type { RolloutRecord } from '../../shared/domain/stores/rollouts.ts'
import { at, guard, quietHours, START, openRollouts } from './open-rollout.ts'

const read = (rest: number): Quota => ({ rest, isRead: true })
const unread = (rest: number): Quota => ({ rest, isRead: false })

/** State and wave, with what else there is of these. */
const shown = ({ state, wave, wish, wishWhileStill, problem, endedAt, watch }: RolloutRecord) => ({
  now: `${state} ${wave}`,
  ...(wish !== undefined && { wish }),
  ...(wishWhileStill && { wishWhileStill }),
  ...(problem !== undefined && { problem: { [problem.code]: problem.params } }),
  ...(endedAt !== undefined && { endedAt: (endedAt - START) / 1000 }),
  ...(watch !== undefined && {
    watch: { ...watch, ...(watch.since !== undefined && { since: (watch.since - START) / 1000 }) },
  }),
})

type Row = readonly [
  states: string,
  change: Partial<RolloutRecord>,
  expected: ReturnType<typeof shown> | string,
  quota?: Quota,
]

const judging = (name: string, rows: readonly Row[]): void =>
  void test(name, async (t) => {
    const { platform, make } = await openRollouts(t)
    for (const [states, change, expected, quota = unreadQuota()] of rows) {
      const judged = await judge(platform, await make(states, change), quota)
      const outcome = typeof expected === 'string' ? { now: expected } : expected
      assert.deepEqual(shown(judged), outcome, `${states} ${JSON.stringify(change)}`)
    }
  })

judging('the next wave begins once all of a wave are approved, or released, or will get no further', [
  ['pending pending | pending', {}, 'running 1'],
  ['approved submitting | pending', {}, 'running 1'],
  ['approved gray | pending', {}, 'running 2'],
  ['approved gray | pending', { nextWaveWhen: 'released' }, 'running 1'],
  ['released gray | pending', { nextWaveWhen: 'released' }, 'running 1'],
  ['released released | pending', { nextWaveWhen: 'released' }, 'running 2'],
  ['released rolledBack failed skipped rejected withdrawn | pending', {}, 'running 2'],
  ['committed | pending', {}, 'running 1'],
  ['committing | pending', {}, 'running 1'],
  ['auditing | pending', {}, 'running 1'],
  ['delayed | pending', {}, 'running 1'],
  ['released | released', { wave: 1 }, 'running 2'],
  // A wave before that one is done does not matter; the canary is a wave of its own.
  ['released | approved | pending', { waves: [50, 100], canary: 1, wave: 2 }, 'running 3'],
  ['released | approved | pending', { waves: [50, 75, 100], wave: 2, state: 'resting' }, 'running 3'],
])

judging('it ends with the last wave, once nobody will get further', [
  ['released | released failed', { wave: 2 }, { now: 'completed 2', endedAt: 0 }],
  ['released | approved', { wave: 2 }, 'running 2'],
  ['rejected withdrawn skipped rolledBack | released', { wave: 2 }, { now: 'completed 2', endedAt: 0 }],
  ['released', { waves: [100] }, { now: 'completed 1', endedAt: 0 }],
  ['released', { waves: [100], wish: 'release', wishWhileStill: true }, { now: 'completed 1', endedAt: 0 }],
  ['approved | released', { wave: 2, wish: 'release' }, { now: 'running 2', wish: 'release' }],
])

judging('one that stands still only counts', [
  ['released | released', { state: 'paused', wave: 2 }, 'paused 2'],
  ['released | released', { state: 'cancelled', wave: 2 }, 'cancelled 2'],
  ['released | released', { state: 'completed', wave: 2, wish: 'release' }, 'completed 2'],
  ['approved | released', { state: 'completed', wave: 2, wish: 'release' }, { now: 'completed 2', wish: 'release' }],
  ['approved | pending', { state: 'paused', wish: 'release' }, { now: 'paused 1', wish: 'release' }],
  ['released | pending', { state: 'paused', wish: 'rollback' }, { now: 'paused 1', wish: 'rollback' }],
])

judging('it waits for its time, and rests in quiet hours', [
  ['pending', { state: 'scheduled', startAt: at(1) }, 'scheduled 1'],
  ['pending', { state: 'scheduled', startAt: at(0) }, 'running 1'],
  ['pending', { state: 'scheduled', quietHours }, 'resting 1'],
  ['pending', { startAt: at(1) }, 'scheduled 1'],
  ['pending', { quietHours }, 'resting 1'],
  ['pending', { state: 'resting' }, 'running 1'],
  ['committed', { quietHours, waves: [100] }, 'resting 1', read(0)],
  ['approved', { quietHours, autoRelease: false, waves: [100] }, 'awaitingRelease 1'],
])

const paused = (failures: number, maxFailures: number) => ({
  now: 'paused 1',
  problem: { ROLLOUT_PAUSED: { total: 4, failures, maxFailures } },
})
judging('it pauses for more failures than it may have, and than an operator has accepted', [
  ['failed rejected pending pending', {}, 'running 1'],
  ['failed pending pending pending', { maxFailures: 0 }, paused(1, 0)],
  ['failed pending pending pending', { maxFailures: 1 }, 'running 1'],
  ['failed rejected pending pending', { maxFailures: 1, wishWhileStill: true }, paused(2, 1)],
  ['failed withdrawn skipped rolledBack', { maxFailures: 1, wave: 1 }, 'running 2'],
  ['failed rejected pending pending', { maxFailures: 1, acceptedFailures: 2 }, 'running 1'],
  ['failed rejected failed pending', { maxFailures: 1, acceptedFailures: 2 }, paused(3, 1)],
  ['failed rejected failed pending', { maxFailures: 3, acceptedFailures: 1 }, 'running 1'],
  ['pending pending | rejected failed', { maxFailures: 1 }, paused(2, 1)],
])

const reserved = (params: { readonly reserve?: number }) => ({
  now: 'waitingForQuota 1',
  problem: { REVIEW_QUOTA_RESERVED: params },
})
judging('it waits for quota where there is nothing else to do', [
  ['committed', { waves: [100] }, reserved({}), read(0)],
  ['committed', { waves: [100] }, 'running 1', read(1)],
  ['committed', { waves: [100], quotaReserve: 5 }, reserved({ reserve: 5 }), read(5)],
  ['committed', { waves: [100], quotaReserve: 5 }, 'running 1', read(6)],
  ['committed', { waves: [100] }, reserved({}), unread(0)],
  ['committed', { waves: [100] }, 'running 1', unread(7)],
  // What was known stays until WeChat has been asked again.
  ['committed', { waves: [100], state: 'waitingForQuota' }, reserved({}), unread(7)],
  ['committed', { waves: [100], state: 'waitingForQuota' }, 'running 1', read(7)],
  ['committed pending', { waves: [100] }, 'running 1', read(0)],
  ['committed committing', { waves: [100] }, 'running 1', read(0)],
  ['committed submitting', { waves: [100] }, 'running 1', read(0)],
  ['committed auditing', { waves: [100] }, 'running 1', read(0)],
  ['committed delayed', { waves: [100] }, 'running 1', read(0)],
  ['approved', { waves: [100] }, 'running 1', read(0)],
  ['committed', { waves: [100], autoSubmit: false, autoRelease: true }, 'running 1', read(0)],
])

judging('it waits for the operator where only a release is left', [
  ['approved approved', { waves: [100], autoRelease: false }, 'awaitingRelease 1'],
  ['approved released', { waves: [100], autoRelease: false, wish: 'release' }, { now: 'running 1', wish: 'release' }],
  ['approved', { waves: [100], autoRelease: true }, 'running 1'],
  ['approved pending', { waves: [100], autoRelease: false }, 'running 1'],
  ['approved committed', { waves: [100], autoRelease: false }, 'running 1', read(9)],
  ['approved committed', { waves: [100], autoRelease: false, autoSubmit: false }, 'awaitingRelease 1', read(9)],
  ['committed', { waves: [100], autoRelease: false, autoSubmit: false }, 'awaitingRelease 1'],
  ['gray released', { waves: [100], autoRelease: false }, 'awaitingRelease 1'],
  ['gray released', { waves: [100], autoRelease: false, gray: [10, 100] }, 'running 1'],
  ['gray approved', { waves: [100], autoRelease: false, gray: [10, 100] }, 'awaitingRelease 1'],
  // What an operator asked for is done once none is left.
  ['auditing released', { waves: [100], autoRelease: false, wish: 'release' }, 'running 1'],
])

judging('it takes back until nothing is left to take back', [
  ['released rolledBack', { wish: 'rollback' }, { now: 'running 1', wish: 'rollback' }],
  ['gray rolledBack', { wish: 'rollback' }, { now: 'running 1', wish: 'rollback' }],
  ['rolledBack failed | released', { wish: 'rollback' }, { now: 'running 1', wish: 'rollback' }],
  ['rolledBack approved', { wish: 'rollback' }, { now: 'completed 1', endedAt: 0 }],
  [
    'rolledBack',
    { wish: 'rollback', problem: { code: 'GUARD_BREACHED', params: {} } },
    { now: 'cancelled 1', problem: { GUARD_BREACHED: {} }, endedAt: 0 },
  ],
  ['rolledBack failed failed', { wish: 'rollback', maxFailures: 1 }, { now: 'completed 1', endedAt: 0 }],
])

const watched = (wave: number, step: number, since?: number) => ({
  watch: { history: [], state: 'watching' as const, wave, step, ...(since !== undefined && { since }) },
})
judging('a wave that is with its users is watched before the next one begins', [
  ['approved | pending', { guard }, 'running 1'],
  [
    'released released | pending',
    { guard, problem: { code: 'X', params: {} } },
    { now: 'running 1', ...watched(1, 1, 0) },
  ],
  ['released failed | pending', { guard, gray: [10, 100] }, { now: 'running 1', ...watched(1, 2, 0) }],
  // Nobody has got it: there is nothing to be seen.
  ['failed skipped | pending', { guard }, 'running 2'],
  [
    'released | released',
    { guard, wave: 2, watch: { history: [], state: 'good', wave: 1, step: 2 } },
    { now: 'running 2', ...watched(2, 1, 0) },
  ],
  [
    'released | failed',
    { guard, wave: 2, watch: { history: [], state: 'good', wave: 1, step: 2 } },
    { now: 'completed 2', endedAt: 0, watch: { history: [], state: 'good', wave: 1, step: 2 } },
  ],
  // The last of its steps was watched; now the wave as a whole is.
  [
    'released | pending',
    { guard, gray: [10, 100], watch: { history: [], state: 'watching', wave: 1, step: 1, since: at(-9) } },
    { now: 'running 1', ...watched(1, 2, 0) },
  ],
  // It is watched already, since then;
  [
    'released | pending',
    { guard, watch: { history: [], state: 'watching', wave: 1, step: 1, since: at(-9) } },
    { now: 'running 1', ...watched(1, 1, -9) },
  ],
  // and may go on once it was judged.
  [
    'released | pending',
    { guard, watch: { history: [], state: 'good', wave: 1, step: 2 } },
    { now: 'running 2', watch: { history: [], state: 'good', wave: 1, step: 2 } },
  ],
  ['released released | pending', { guard, quietHours }, { now: 'resting 1', ...watched(1, 1, 0) }],
  ['released', { guard, waves: [100], wish: 'release' }, { now: 'running 1', ...watched(1, 1, 0) }],
])

test('a step of gray releases is watched once the merchants have reached it', async (t) => {
  const { platform, make } = await openRollouts(t)
  const gray = { guard, gray: [10, 100] }
  const isReached = { isReached: true }
  const rollout = await make('gray approved | pending', gray)
  assert.deepEqual(shown(await judge(platform, rollout, unreadQuota(), isReached)), {
    now: 'running 1',
    ...watched(1, 1, 0),
  })
  assert.deepEqual(shown(await judge(platform, await make('gray | pending', gray), unreadQuota())), {
    now: 'running 1',
  })
  const since = await make('gray | pending', { ...gray, watch: { ...watched(1, 1).watch, since: at(-9) } })
  assert.deepEqual(shown(await judge(platform, since, unreadQuota(), isReached)), {
    now: 'running 1',
    ...watched(1, 1, -9),
  })
  const unguarded = await make('gray | pending', { gray: [10, 100], nextWaveWhen: 'released' })
  assert.deepEqual(shown(await judge(platform, unguarded, unreadQuota(), isReached)), { now: 'running 1' })
})

test('where somebody changed it in between it is judged anew, and counts and what was followed are kept', async (t) => {
  const { platform, make, told, problems } = await openRollouts(t)
  const seen = await make('failed | pending', { maxFailures: 0 })
  await platform.stores.rollouts.change(seen, { acceptedFailures: 1 })
  const judged = await judge(platform, seen, unreadQuota(), { followedUntil: at(5) })
  assert.deepEqual(shown(judged), { now: 'running 2' })
  assert.deepEqual([judged.counts.failed, judged.counts.pending, judged.followedUntil], [1, 1, at(5)])
  assert.deepEqual(await told(judged), [])
  const stopped = await judge(platform, await make('failed | pending', { maxFailures: 0 }), unreadQuota())
  const types = (await told(stopped)).map(({ type }) => type)
  assert.deepEqual(types, ['rollout.paused', 'problem.opened'])
  assert.deepEqual(await problems(), {
    'ROLLOUT_PAUSED:ro-2': { total: 2, failures: 1, maxFailures: 0, name: 'Spring', rolloutId: 'ro-2' },
  })
})
