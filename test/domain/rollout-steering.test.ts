import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Run } from '../../shared/domain/callers/activity.ts'
import { systemCaller } from '../../shared/domain/callers/caller.ts'
import type { Platform } from '../../shared/domain/platform.ts'
import {
  cancelRollout,
  changeRollout,
  pauseRollout,
  releaseRollout,
  resumeRollout,
  retryItems,
  rollBackRollout,
  setGuard,
  skipItems,
  steeredBefore,
} from '../../shared/domain/rollouts/steering.ts'
import { rolloutStates, type RolloutRecord } from '../../shared/domain/stores/rollouts.ts'
import { isFailure } from '../../shared/errors.ts'
import { epochMs } from '../../shared/time.ts'
import { guard, START, openRollouts } from './open-rollout.ts'

const breached = { code: 'GUARD_BREACHED', params: { growth: 3 } }
const noData = { code: 'GUARD_NO_DATA', params: { merchants: 1, users: 0 } }
const failed = { code: 'ROLLOUT_PAUSED', params: { total: 2, failures: 1, maxFailures: 0 } }

type Steer = (platform: Platform, rolloutId: string, runId: string) => Promise<RolloutRecord>

const retryAll: Steer = (platform, rolloutId, runId) => retryItems(platform, rolloutId, runId, {})
const watchOver: Steer = (platform, rolloutId, runId) => setGuard(platform, rolloutId, runId, guard)

/** The state afterwards, or the reason why not, for each state before; `-`: nothing was written. */
async function outcomes(t: TestContext, steer: Steer, change: Partial<RolloutRecord> = {}) {
  const { platform, make } = await openRollouts(t)
  const lines: string[] = []
  for (const state of rolloutStates) {
    const { rolloutId } = await make('pending failed rejected', { state, wishWhileStill: true, ...change })
    try {
      const { revision, state: present, wishWhileStill } = await steer(platform, rolloutId, 'run-1')
      lines.push(`${state}: ${revision === 1 ? '-' : `${present}${wishWhileStill ? ' still' : ''}`}`)
    } catch (error) {
      if (!isFailure(error)) throw error
      lines.push(`${state}: ${error.reason} ${JSON.stringify(error.params ?? {})}`)
    }
  }
  return lines
}

const standsAt = (state: string) => `${state}: ROLLOUT_STATE {"state":"${state}"}`

test('what may be paused', async (t) => {
  assert.deepEqual(await outcomes(t, pauseRollout), [
    'scheduled: paused',
    'running: paused',
    'resting: paused',
    'paused: -',
    'waitingForQuota: paused',
    'awaitingRelease: paused',
    standsAt('completed'),
    standsAt('cancelled'),
  ])
})

test('what may go on', async (t) => {
  assert.deepEqual(await outcomes(t, resumeRollout), [
    standsAt('scheduled'),
    'running: -',
    'resting: -',
    'paused: running',
    'waitingForQuota: running',
    standsAt('awaitingRelease'),
    standsAt('completed'),
    standsAt('cancelled'),
  ])
})

test('what may be ended', async (t) => {
  assert.deepEqual(await outcomes(t, cancelRollout), [
    'scheduled: cancelled',
    'running: cancelled',
    'resting: cancelled',
    'paused: cancelled',
    'waitingForQuota: cancelled',
    'awaitingRelease: cancelled',
    standsAt('completed'),
    'cancelled: -',
  ])
})

test('in every state all that are approved may be released; one that stands still goes on to do so', async (t) => {
  assert.deepEqual(await outcomes(t, releaseRollout), [
    'scheduled: scheduled still',
    'running: running',
    'resting: resting',
    'paused: paused still',
    'waitingForQuota: waitingForQuota',
    'awaitingRelease: awaitingRelease',
    'completed: completed still',
    'cancelled: cancelled still',
  ])
})

test('from every state it may be taken back', async (t) => {
  assert.deepEqual(
    await outcomes(t, rollBackRollout),
    rolloutStates.map((state) => `${state}: running`),
  )
})

test('those that failed may begin again until it was cancelled', async (t) => {
  assert.deepEqual(await outcomes(t, retryAll), [
    ...rolloutStates.slice(0, -1).map((state) => `${state}: running`),
    'cancelled: ROLLOUT_CANCELLED {}',
  ])
})

test('a guard may be set as long as it is open', async (t) => {
  assert.deepEqual(await outcomes(t, watchOver), [
    'scheduled: scheduled still',
    'running: running still',
    'resting: resting still',
    'paused: paused still',
    'waitingForQuota: waitingForQuota still',
    'awaitingRelease: awaitingRelease still',
    standsAt('completed'),
    standsAt('cancelled'),
  ])
})

test('a guard is kept until there is to be none; who steers at the same time is heard, too', async (t) => {
  const { platform, make } = await openRollouts(t)
  const { rolloutId } = await make('pending')
  assert.deepEqual((await setGuard(platform, rolloutId, 'run-1', guard)).guard, guard)
  assert.equal((await setGuard(platform, rolloutId, 'run-2', null)).guard, undefined)
  const both = await Promise.all([
    setGuard(platform, rolloutId, 'run-3', guard),
    pauseRollout(platform, rolloutId, 'run-4'),
  ])
  assert.ok(both.every((record) => record.rolloutId === rolloutId))
  const { state, guard: rules, runs } = (await platform.stores.rollouts.find(rolloutId)) ?? {}
  assert.deepEqual([state, rules, runs?.length], ['paused', guard, 4])
})

test('while it is taken back nothing is released, retried, skipped or watched', async (t) => {
  const { platform, make, states } = await openRollouts(t)
  const rollout = await make('failed pending', { wish: 'rollback' })
  const { rolloutId } = rollout
  const refused = { reason: 'ROLLOUT_TAKEN_BACK' }
  await assert.rejects(releaseRollout(platform, rolloutId, 'run'), refused)
  await assert.rejects(retryItems(platform, rolloutId, 'run', {}), refused)
  await assert.rejects(skipItems(platform, rolloutId, 'run', ['wx2']), refused)
  await assert.rejects(setGuard(platform, rolloutId, 'run', guard), refused)
  assert.equal(await states(rollout), 'failed pending')
  await assert.rejects(pauseRollout(platform, 'ro-0', 'run'), { reason: 'ROLLOUT_UNKNOWN' })
})

const typesOf = (told: readonly { readonly type: string }[]): string[] => told.map(({ type }) => type)

/** Members of the record. */
const members = (record: RolloutRecord, ...names: (keyof RolloutRecord)[]) =>
  Object.fromEntries(names.map((name) => [name, record[name]]))

test('going on accepts what has failed so far, and what a guard found', async (t) => {
  const { platform, make, clock, told, problems } = await openRollouts(t)
  const resume = async (change: Partial<RolloutRecord>, ...names: (keyof RolloutRecord)[]) => {
    const { rolloutId } = await make('failed rejected failed released', { state: 'paused', ...change })
    return members(await resumeRollout(platform, rolloutId, 'run'), 'acceptedFailures', 'problem', ...names)
  }
  assert.deepEqual(await resume({ problem: failed }), { acceptedFailures: 3, problem: undefined })
  const since = epochMs(START)
  const watch = { history: [], state: 'breached' as const, wave: 1, step: 1, since }
  const passed = { history: [], state: 'breached', wave: 1, step: 2 }
  for (const problem of [breached, noData])
    assert.deepEqual(await resume({ problem, guard, watch }, 'watch'), {
      acceptedFailures: 3,
      problem: undefined,
      watch: passed,
    })
  assert.deepEqual(await resume({ problem: failed, guard, watch }, 'watch'), {
    acceptedFailures: 3,
    problem: undefined,
    watch,
  })
  // Why it is taken back stays.
  assert.deepEqual(await resume({ problem: breached, guard, watch, wish: 'rollback' }, 'watch'), {
    acceptedFailures: 3,
    problem: breached,
    watch,
  })
  const night = { from: '08:00', to: '09:00', timeZone: 'Asia/Shanghai' }
  assert.equal((await resume({ quietHours: night }, 'state'))['state'], 'resting')
  const later = epochMs(clock.now() + 1)
  const { state, startedAt } = await resume({ startAt: later }, 'state', 'startedAt')
  assert.deepEqual([state, startedAt], ['scheduled', START])

  const { rolloutId } = await make('failed', { problem: failed })
  const stopped = await changeRollout(platform, (await platform.stores.rollouts.find(rolloutId)) ?? (await make('')), {
    state: 'paused',
  })
  assert.ok(stopped)
  assert.deepEqual(Object.keys(await problems()), [`ROLLOUT_PAUSED:${rolloutId}`])
  await resumeRollout(platform, rolloutId, 'run')
  assert.deepEqual(typesOf(await told(stopped)), ['rollout.paused', 'problem.opened', 'problem.closed'])
  assert.deepEqual(await problems(), {})
})

test('those that failed begin anew, those that were rejected or withdrawn are submitted again', async (t) => {
  const { platform, make, states, database } = await openRollouts(t)
  const all = 'failed skipped rejected withdrawn released approved'
  const rows: [input: Parameters<typeof retryItems>[3], expected: string][] = [
    [{}, 'pending pending committed withdrawn released approved'],
    [{ states: ['withdrawn'] }, 'failed skipped rejected committed released approved'],
    [{ states: ['skipped'] }, 'failed pending rejected withdrawn released approved'],
    [{ states: ['failed', 'released', 'approved'] }, 'pending skipped rejected withdrawn released approved'],
    [{ appids: ['wx2', 'wx3', 'wx4'] }, 'failed pending committed withdrawn released approved'],
    [{ reason: 'logo' }, 'failed skipped committed withdrawn released approved'],
    [{ reason: 'other' }, 'failed skipped rejected withdrawn released approved'],
    [
      { reason: 'logo', states: ['failed', 'withdrawn', 'rejected'] },
      'failed skipped committed withdrawn released approved',
    ],
    [{ states: [] }, all],
  ]
  for (const [input, expected] of rows) {
    const rollout = await make(all, {
      state: 'completed',
      endedAt: epochMs(START),
      acceptedFailures: 4,
      problem: failed,
      wishWhileStill: true,
    })
    const { rolloutId } = rollout
    // The one that was withdrawn had been rejected for it before.
    const once = { rolloutId, state: { in: ['rejected', 'withdrawn'] } }
    await database.update('rolloutItems', once, { set: { rejectedFor: 'logo' } })
    const record = await retryItems(platform, rolloutId, 'run', input)
    assert.equal(await states(rollout), expected, JSON.stringify(input))
    assert.deepEqual(members(record, 'state', 'endedAt', 'acceptedFailures', 'problem', 'wishWhileStill'), {
      state: 'running',
      endedAt: undefined,
      acceptedFailures: 0,
      problem: undefined,
      wishWhileStill: false,
    })
  }
  // What a guard stopped goes on by `rollouts.resume` only.
  for (const [problem, state] of [
    [breached, 'paused'],
    [noData, 'paused'],
    [failed, 'running'],
  ] as const) {
    const { rolloutId } = await make('failed', { state: 'paused', problem })
    assert.equal((await retryItems(platform, rolloutId, 'run', {})).state, state, problem.code)
  }
})

test('an account that is skipped gets no further, unless it has got as far as it will', async (t) => {
  const { platform, make, states, database, row } = await openRollouts(t)
  const rollout = await make('pending auditing approved gray released rolledBack failed rejected withdrawn pending')
  const appids = ['wx1', 'wx2', 'wx3', 'wx4', 'wx5', 'wx6', 'wx7', 'wx8', 'wx9']
  await database.update('rollouts', { _id: 'ro-1' }, { set: { dueAt: null } })
  const record = await skipItems(platform, rollout.rolloutId, 'run', appids)
  assert.deepEqual([record.runs, await row('rollouts', 'ro-1', 'dueAt')], [['run'], { dueAt: -START / 1000 }])
  assert.equal(
    await states(rollout),
    'skipped skipped skipped skipped released rolledBack failed rejected withdrawn pending',
  )
  const [item] = await database.find('rolloutItems', { _id: 'ro-1:000000' })
  assert.deepEqual([item?.['dueAt'], item?.['problem']], [null, { code: 'SKIPPED_BY_HAND', params: '{}' }])
})

test('a release and a return make those due that they are for', async (t) => {
  const { platform, make, database } = await openRollouts(t)
  const rollout = await make('approved gray released pending')
  const { rolloutId } = rollout
  const dueAgain = async (): Promise<unknown[]> => {
    const rows = await database.find('rolloutItems', { rolloutId, revision: { gt: 1 } })
    await database.update('rolloutItems', { rolloutId }, { set: { revision: 1 } })
    return rows.map(({ state }) => state).toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
  }
  const released = await releaseRollout(platform, rolloutId, 'run-1')
  assert.deepEqual(await dueAgain(), ['approved'])
  assert.deepEqual(members(released, 'wish', 'runs'), { wish: 'release', runs: ['run-1'] })
  await database.update('rollouts', { _id: rolloutId }, { set: { endedAt: new Date(START) }, unset: ['startedAt'] })
  const back = await rollBackRollout(platform, rolloutId, 'run-2')
  assert.deepEqual(await dueAgain(), ['gray', 'released'])
  assert.deepEqual(members(back, 'wish', 'runs', 'startedAt', 'endedAt', 'problem'), {
    wish: 'rollback',
    runs: ['run-1', 'run-2'],
    startedAt: START,
    endedAt: undefined,
    problem: undefined,
  })
  const cancelled = await cancelRollout(platform, rolloutId, 'run-3')
  assert.deepEqual(members(cancelled, 'wish', 'endedAt'), { wish: undefined, endedAt: START })
})

test('what a run has steered is known for the next twenty', async (t) => {
  const { platform, make, row, clock } = await openRollouts(t)
  const { rolloutId } = await make('pending')
  const run: Run = {
    caller: systemCaller('test'),
    activityId: 'run-0',
    begunBefore: epochMs(clock.now()),
    remembered: undefined,
    remember: () => Promise.resolve(),
  }
  assert.equal(await steeredBefore(platform, rolloutId, run), undefined)
  await pauseRollout(platform, rolloutId, 'run-0')
  assert.deepEqual(await row('rollouts', rolloutId, 'dueAt'), { dueAt: -START / 1000 })
  assert.equal((await steeredBefore(platform, rolloutId, run))?.state, 'paused')
  assert.equal(await steeredBefore(platform, rolloutId, { ...run, activityId: 'run-1' }), undefined)
  assert.equal(await steeredBefore(platform, rolloutId, { ...run, begunBefore: undefined }), undefined)
  for (let count = 1; count < 20; count += 1) await setGuard(platform, rolloutId, `run-${count}`, null)
  assert.ok(await steeredBefore(platform, rolloutId, run))
  await setGuard(platform, rolloutId, 'run-20', null)
  assert.equal(await steeredBefore(platform, rolloutId, run), undefined)
})

test('what is told of a change rides on it', async (t) => {
  const { platform, make, told, problems } = await openRollouts(t)
  const rows: [before: Partial<RolloutRecord>, change: Parameters<typeof changeRollout>[2], types: string[]][] = [
    [{}, { state: 'paused' }, ['rollout.paused']],
    [{}, { state: 'paused', problem: failed }, ['rollout.paused', 'problem.opened']],
    [{}, { state: 'paused', problem: breached }, ['rollout.paused', 'problem.opened']],
    [{}, { state: 'paused', problem: noData }, ['rollout.paused', 'problem.opened']],
    [{}, { state: 'paused', problem: { code: 'REVIEW_QUOTA_RESERVED', params: {} } }, ['rollout.paused']],
    [{}, { state: 'completed' }, ['rollout.completed']],
    [{ state: 'completed' }, { state: 'completed' }, []],
    [{}, { state: 'resting' }, []],
    [{}, { problem: failed }, []],
    [{ state: 'paused', problem: failed }, { state: 'running', problem: null }, ['problem.closed']],
    [{ state: 'paused', problem: failed }, { problem: breached }, ['problem.opened', 'problem.closed']],
    [{ state: 'paused', problem: failed }, { acceptedFailures: 1 }, []],
    [{ state: 'paused', problem: failed }, { state: 'cancelled' }, ['problem.closed']],
    [{ wish: 'rollback', problem: breached }, { state: 'cancelled', wish: null }, ['rollout.stopped']],
    [{ wish: 'rollback', problem: failed }, { state: 'cancelled', wish: null }, []],
    [{ wish: 'rollback', problem: breached }, { state: 'cancelled', problem: null }, []],
    [{ wish: 'rollback', problem: breached, state: 'cancelled' }, { state: 'cancelled' }, []],
    [{ wish: 'rollback', problem: breached }, { state: 'running' }, []],
    [{ wish: 'rollback', problem: breached }, { state: 'resting' }, []],
    [{ problem: breached }, { state: 'cancelled' }, []],
  ]
  for (const [before, change, types] of rows) {
    const rollout = await make('pending', before)
    assert.ok(await changeRollout(platform, rollout, change))
    assert.deepEqual(typesOf(await told(rollout)), types, JSON.stringify([before, change]))
    // Somebody else was first: nothing is written.
    assert.equal(await changeRollout(platform, rollout, change), undefined)
  }
  assert.deepEqual(
    Object.entries(await problems()).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [
      ['GUARD_BREACHED:ro-11', { growth: 3, name: 'Spring', rolloutId: 'ro-11' }],
      ['GUARD_BREACHED:ro-3', { growth: 3, name: 'Spring', rolloutId: 'ro-3' }],
      ['GUARD_NO_DATA:ro-4', { merchants: 1, users: 0, name: 'Spring', rolloutId: 'ro-4' }],
      ['ROLLOUT_PAUSED:ro-12', { total: 2, failures: 1, maxFailures: 0, name: 'Spring', rolloutId: 'ro-12' }],
      ['ROLLOUT_PAUSED:ro-2', { total: 2, failures: 1, maxFailures: 0, name: 'Spring', rolloutId: 'ro-2' }],
    ],
  )
})

test('what is told is the rollout as it is after the change', async (t) => {
  const { platform, make, told } = await openRollouts(t)
  const watch = { history: [], state: 'good', wave: 1, step: 2 } as const
  const all = { endedAt: epochMs(START), wish: 'rollback', problem: noData, guard, watch } as const
  const none = { endedAt: null, wish: null, problem: null, guard: null, watch: null } as const
  const watched = { ...guard, state: 'good', history: [] }
  const shown = {
    endedAt: '2026-03-01T00:00:00.000Z',
    rollingBack: true,
    problem: noData,
    guard: watched,
  }
  const rows: [
    before: Partial<RolloutRecord>,
    change: Parameters<typeof changeRollout>[2],
    expected: Readonly<Record<string, unknown>>,
  ][] = [
    [all, {}, shown],
    [{}, all, shown],
    [all, none, {}],
    [{}, {}, {}],
  ]
  for (const [before, change, expected] of rows) {
    const rollout = await make('pending', before)
    await changeRollout(platform, rollout, { state: 'completed', ...change })
    const [completed] = await told(rollout)
    assert.ok(completed)
    const { endedAt, rollingBack, problem, guard: rules, state } = completed.data
    assert.deepEqual(
      { endedAt, rollingBack, problem, guard: rules, state },
      {
        endedAt: undefined,
        rollingBack: undefined,
        problem: undefined,
        guard: undefined,
        ...expected,
        state: 'completed',
      },
    )
  }
  const rollout = await make('pending')
  await changeRollout(platform, rollout, { state: 'paused', problem: breached })
  const [, opened] = await told(rollout)
  assert.deepEqual(opened, {
    type: 'problem.opened',
    data: {
      problemId: 'GUARD_BREACHED:ro-5',
      code: 'GUARD_BREACHED',
      params: { growth: 3, name: 'Spring', rolloutId: 'ro-5' },
      since: '2026-03-01T00:00:00.000Z',
    },
  })
})
