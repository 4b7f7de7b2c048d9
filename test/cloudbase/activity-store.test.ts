import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createActivityStore } from '../../shared/cloudbase/activity-store.ts'
import { epochMs } from '../../shared/time.ts'
import type { NewActivity, RunEnd } from '../../shared/domain/stores/activity.ts'
import { heldClock, openStores, times } from './open-stores.ts'

const start = epochMs(Date.parse('2026-03-01T00:00:00Z'))

const submit: NewActivity = {
  id: 'key-1',
  slot: 'slot-1',
  identity: 'openid:o1',
  operation: 'releases.submit',
  role: 'operator',
  appid: 'wx1',
  inputId: 'input-1',
  input: '{"appid":"wx1"}',
  keyed: true,
  order: 'b',
}

const outcome = (answer: string, end: RunEnd = 'done') => ({
  answer,
  outcome: end === 'done' ? 'ok' : 'WECHAT_UNAVAILABLE',
  end,
})

async function openLog(t: TestContext) {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const opened = await openStores(t, { now: clock.now })
  return { ...opened, clock, activity: createActivityStore(opened.database, opened.vault) }
}

test('ten clicks at once are one run; later ones get its answer', async (t) => {
  const { activity, emulator } = await openLog(t)
  const claims = await Promise.all(times(10).map(() => activity.claim(submit)))
  assert.deepEqual(
    claims.filter(({ kind }) => kind === 'won'),
    [{ kind: 'won', id: 'key-1', fence: 1, begunBefore: undefined }],
  )
  assert.equal(claims.filter((claim) => claim.kind === 'running' && claim.remaining === 60_000).length, 9)

  assert.equal(await activity.finish('key-1', 1, outcome('{"token":"secret-answer"}')), true)
  assert.deepEqual(await activity.claim(submit), {
    kind: 'done',
    answer: '{"token":"secret-answer"}',
  })
  assert.deepEqual(await activity.claim({ ...submit, inputId: 'input-2' }), { kind: 'otherInput' })
  assert.equal(await activity.finish('key-1', 1, outcome('again')), false)
  assert.doesNotMatch(JSON.stringify(emulator.dump()), /secret-answer/)
})

test('the same key with other input is told apart while the first still runs', async (t) => {
  const { activity } = await openLog(t)
  await activity.claim(submit)
  assert.deepEqual(await activity.claim({ ...submit, inputId: 'input-2' }), { kind: 'otherInput' })
})

test('a run whose process died is resumed by one, and the dead one cannot finish it', async (t) => {
  const { activity, clock } = await openLog(t)
  await activity.claim(submit)
  clock.advance(60_000)
  const claims = await Promise.all(times(10).map(() => activity.claim(submit)))
  assert.deepEqual(
    claims.filter(({ kind }) => kind === 'won'),
    [{ kind: 'won', id: 'key-1', fence: 2, begunBefore: start }],
  )
  assert.equal(await activity.finish('key-1', 1, outcome('zombie')), false)
  assert.equal(await activity.finish('key-1', 2, outcome('"resumed"')), true)
  assert.deepEqual(await activity.claim(submit), { kind: 'done', answer: '"resumed"' })
})

test('a freed key begins a new run, with whatever input', async (t) => {
  const { activity } = await openLog(t)
  await activity.claim(submit)
  assert.equal(await activity.finish('key-1', 1, outcome('{}', 'freed')), true)
  const claims = await Promise.all(times(5).map(() => activity.claim({ ...submit, inputId: 'input-2' })))
  assert.deepEqual(
    claims.filter(({ kind }) => kind === 'won'),
    [{ kind: 'won', id: 'key-1', fence: 2, begunBefore: undefined }],
  )
  assert.equal(claims.filter(({ kind }) => kind === 'running').length, 4)
})

test('a changing operation writes twice, to one document', async (t) => {
  const { activity, callsOf, emulator } = await openLog(t)
  const sent = await callsOf(async () => {
    await activity.claim(submit)
    await activity.finish('key-1', 1, outcome('{}'))
  })
  assert.equal(sent, 2)
  assert.equal(emulator.dump()['activity']?.length, 1)
})

test('what may have been done is looked at by the next attempt, and is over after seven days', async (t) => {
  const { activity, clock } = await openLog(t)
  await activity.claim(submit)
  assert.equal(await activity.isHeld('key-1'), true)
  assert.equal(await activity.finish('key-1', 1, outcome('{}', 'unknown')), true)
  assert.equal(await activity.isHeld('key-1'), false)
  assert.deepEqual(await activity.claim({ ...submit, inputId: 'input-2' }), { kind: 'otherInput' })
  clock.advance(1000)
  assert.deepEqual(await activity.claim(submit), { kind: 'won', id: 'key-1', fence: 2, begunBefore: start })
  clock.advance(7 * 86_400_000)
  assert.deepEqual(await activity.claim(submit), { kind: 'over' })
  assert.deepEqual(await activity.claim({ ...submit, id: 'next' }), {
    kind: 'won',
    id: 'next',
    fence: 1,
    begunBefore: undefined,
  })
  const { items } = await activity.list({}, { limit: 10 })
  assert.equal(items.length, 2)
})

test('the log, newest first, without answers', async (t) => {
  const { activity, clock } = await openLog(t)
  await activity.claim(submit)
  await activity.finish('key-1', 1, outcome('{"x":1}'))
  const { appid: _, ...create } = { ...submit, id: 'key-2', slot: 'slot-2', order: 'a' }
  clock.advance(5)
  await activity.claim(create)
  const { items } = await activity.list({}, { limit: 10 })
  assert.deepEqual(
    items.map(({ id, state, outcome }) => [id, state, outcome]),
    [
      ['key-2', 'running', undefined],
      ['key-1', 'done', 'ok'],
    ],
  )
  assert.ok(items.every((item) => !('answer' in item)))
  assert.deepEqual(await activity.latestOfSlot('slot-1'), { id: 'key-1', running: false })
  assert.deepEqual(await activity.latestOfSlot('slot-2'), { id: 'key-2', running: true })
  assert.equal(await activity.latestOfSlot('none'), undefined)
})
