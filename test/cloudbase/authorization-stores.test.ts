import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createCodeStore } from '../../shared/cloudbase/code-store.ts'
import { createInviteStore } from '../../shared/cloudbase/invite-store.ts'
import { after, epochMs } from '../../shared/time.ts'
import { heldClock, openStores, times } from './open-stores.ts'

const start = epochMs(Date.parse('2026-03-01T00:00:00Z'))
const dayLater = after(start, 86_400_000)

async function open(t: TestContext) {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const { database, vault, callsOf } = await openStores(t, { now: clock.now })
  return { clock, callsOf, codes: createCodeStore(database), invites: createInviteStore(database, vault) }
}

const invite = {
  inviteId: 'i1',
  businessId: 'shop-1',
  accountType: 'miniprogram',
  attributes: { a: '1' },
  expiresAt: dayLater,
} as const
const state = {
  stateId: 's1',
  inviteId: 'i1',
  businessId: 'shop-1',
  accountType: 'any',
  returnUrl: 'https://shop.example/done?x=1',
  attributes: { 'a.b': '$set' },
  browserId: 'browser',
  openedAt: start,
  expiresAt: dayLater,
} as const

/** The caller does not know the database's time. */
const unnamed = { appid: undefined, now: undefined }

test('a code is exchanged by one caller; the others learn whose it is', async (t) => {
  const { codes } = await open(t)
  const claims = await Promise.all(times(10).map((n) => codes.claim('c1', `caller-${n}`, unnamed)))
  const winner = claims.findIndex(({ kind }) => kind === 'won')
  assert.deepEqual(claims[winner], { kind: 'won', record: { codeId: 'c1', state: 'new' }, now: start, isNew: false })
  assert.equal(claims.filter(({ kind }) => kind === 'held').length, 9)

  await codes.finish('c1', `caller-${winner}`, { appid: 'wx1' })
  assert.deepEqual(await codes.claim('c1', 'later', unnamed), {
    kind: 'done',
    record: { codeId: 'c1', state: 'done', appid: 'wx1' },
  })
})

test("who knows the database's time takes a new code with one write, and names its account", async (t) => {
  const { codes, callsOf } = await open(t)
  const record = { codeId: 'c1', state: 'new', appid: 'wx1' }
  const taken = () => codes.claim('c1', 'a', { appid: 'wx1', now: start })
  assert.equal(
    await callsOf(async () => assert.deepEqual(await taken(), { kind: 'won', record, now: start, isNew: true })),
    1,
  )
  assert.deepEqual(await taken(), { kind: 'held' })
  await codes.release('c1', 'a')
  assert.deepEqual(await taken(), { kind: 'won', record, now: start, isNew: false })

  await codes.claim('c2', 'a', unnamed)
  assert.equal((await codes.claim('c2', 'b', { appid: 'wx2', now: start })).kind, 'held')
  assert.equal((await codes.find('c2'))?.appid, 'wx2')
})

test('a refusal counts while its lease is held, a success always', async (t) => {
  const { codes, clock } = await open(t)
  const failure = { errcode: 61010, errmsg: 'code is expired' }
  await codes.claim('c1', 'slow', unnamed)
  clock.advance(20_000)
  assert.equal((await codes.claim('c1', 'second', unnamed)).kind, 'won')
  await codes.finish('c1', 'slow', { failure })
  assert.equal((await codes.find('c1'))?.state, 'new')
  await codes.finish('c1', 'second', { failure })
  assert.deepEqual(await codes.claim('c1', 'third', unnamed), {
    kind: 'done',
    record: { codeId: 'c1', state: 'failed', failure },
  })
  await codes.finish('c1', 'slow', { appid: 'wx1' })
  const found = await codes.find('c1')
  assert.deepEqual([found?.state, found?.appid], ['done', 'wx1'])
})

test('a released code is free at once, and a push may name its authorizer before or after', async (t) => {
  const { codes } = await open(t)
  await codes.note('c1', 'wx1', dayLater)
  await codes.note('c1', 'wx2', dayLater)
  assert.deepEqual(await codes.find('c1'), { codeId: 'c1', state: 'new', appid: 'wx1' })
  assert.equal((await codes.claim('c1', 'a', unnamed)).kind, 'won')
  await codes.release('c1', 'b')
  assert.equal((await codes.claim('c1', 'b', unnamed)).kind, 'held')
  await codes.release('c1', 'a')
  assert.equal((await codes.claim('c1', 'b', unnamed)).kind, 'won')

  await codes.claim('c2', 'a', unnamed)
  await codes.note('c2', 'wx3', dayLater)
  assert.equal((await codes.find('c2'))?.appid, 'wx3')
})

test('invites of a business end together', async (t) => {
  const { invites } = await open(t)
  await invites.insert({ ...invite, appid: 'wx1', returnUrl: 'https://shop.example/' })
  await invites.insert({ ...invite, inviteId: 'i2', accountType: 'official' })
  await invites.insert({ ...invite, inviteId: 'i3', businessId: 'shop-2' })
  const unused = { codes: 0, codesAt: [] }
  assert.deepEqual(await invites.find('i1'), { ...invite, appid: 'wx1', returnUrl: 'https://shop.example/', ...unused })
  const openOnes = async () =>
    (await invites.listOpen(undefined, { limit: 5 }, start)).items.map(({ inviteId }) => inviteId)
  await invites.end('i2', start)
  assert.deepEqual(await openOnes(), ['i1', 'i3'])
  await invites.endOf('shop-1', start)
  assert.deepEqual(await openOnes(), ['i3'])
  assert.equal(await invites.find('none'), undefined)
})

test('a state is worked on by one, and its first outcome stays', async (t) => {
  const { invites, clock } = await open(t)
  const until = after(start, 600_000)
  await invites.insertState(state, 'pre-1', { preAuthCode: 'preauthcode@@@1', until })
  const found = { stateId: 's1', preAuthCode: 'preauthcode@@@1' }
  assert.deepEqual(await invites.findOpenState('i1', state.browserId, start), found)
  assert.equal(await invites.findOpenState('i1', state.browserId, until), undefined)
  assert.equal(await invites.findOpenState('i1', 'another', start), undefined)
  assert.deepEqual(await invites.findState('s1'), state)
  assert.deepEqual(await invites.findStateByPreAuthCode('pre-1'), state)
  assert.equal(await invites.findStateByPreAuthCode('pre-2'), undefined)

  const claims = await Promise.all(times(5).map((n) => invites.claimState(state, `caller-${n}`)))
  assert.equal(claims.filter(Boolean).length, 1)
  clock.advance(20_000)
  assert.equal(await invites.claimState(state, 'next'), after(start, 20_000))
  await invites.releaseState('s1', 'next')
  assert.equal(await invites.claimState(state, 'last'), after(start, 20_000))

  await invites.finishState(state, { status: 'bound', appid: 'wx1', nickName: '茶馆' })
  await invites.finishState(state, { status: 'failed', problem: { code: 'BUSINESS_HAS_ACCOUNT', params: {} } })
  assert.deepEqual((await invites.findState('s1'))?.outcome, { status: 'bound', appid: 'wx1', nickName: '茶馆' })
  assert.equal(await invites.claimState(state, 'late'), undefined)
})
