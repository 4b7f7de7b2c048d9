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
  const { database, vault, callsOf, emulator } = await openStores(t, { now: clock.now })
  return { clock, callsOf, emulator, codes: createCodeStore(database), invites: createInviteStore(database, vault) }
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

const by = (owner: string) => ({ owner, browserCodeId: 'code' })

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

  const claims = await Promise.all(times(5).map((n) => invites.claimState(state, by(`caller-${n}`))))
  assert.equal(claims.filter(Boolean).length, 1)
  clock.advance(20_000)
  assert.equal((await invites.claimState(state, by('next')))?.now, after(start, 20_000))
  await invites.releaseState('s1', 'next')
  assert.equal((await invites.claimState(state, by('last')))?.now, after(start, 20_000))

  await invites.finishState('s1', { status: 'bound', appid: 'wx1', nickName: '茶馆' })
  await invites.finishState('s1', { status: 'failed', problem: { code: 'BUSINESS_HAS_ACCOUNT', params: {} } })
  assert.deepEqual((await invites.findState('s1'))?.outcome, { status: 'bound', appid: 'wx1', nickName: '茶馆' })
  assert.equal(await invites.claimState(state, by('late')), undefined)
})

test('a browser that comes back for the first time takes its page with one call, also if the answer was lost', async (t) => {
  const { invites, callsOf, emulator } = await open(t)
  await invites.insertState(state, 'pre-1', { preAuthCode: 'preauthcode@@@1', until: after(start, 600_000) })
  const claim = { stateId: 's1', browserId: 'browser', owner: 'one', browserCodeId: 'code' }
  assert.equal(await invites.claimNewState({ ...claim, browserId: 'another' }), undefined)
  emulator.faults.add({ action: 'database.modifyAndReturnDoc', when: 'after', kind: 'drop', times: 1 })
  const claimed = { state: { ...state, browserCodeId: 'code' }, now: start }
  assert.deepEqual(await invites.claimNewState(claim), claimed)
  assert.equal(await invites.claimNewState({ ...claim, owner: 'two' }), undefined)
  await invites.releaseState('s1', 'one')
  assert.equal(await callsOf(() => invites.claimNewState({ ...claim, owner: 'two' })), 1)
  await invites.releaseState('s1', 'two')
  assert.equal(await invites.claimNewState({ ...claim, owner: 'three', browserCodeId: 'other' }), undefined)
  await invites.finishState('s1', { status: 'bound', appid: 'wx1' })
  assert.equal(await invites.claimNewState({ ...claim, owner: 'four' }), undefined)
})

test('the first code of a link takes one call, and counts among its codes of the hour', async (t) => {
  const { invites, callsOf } = await open(t)
  await invites.insert(invite)
  assert.equal(await callsOf(() => invites.takeFirstCode('i1')), 1)
  assert.equal(await invites.takeFirstCode('i1'), undefined)
  const opened = await invites.find('i1')
  assert.ok(opened)
  assert.equal(await invites.takeCode(opened, 2, 3_600_000, after(start, 60_000)), true)
  assert.deepEqual((await invites.find('i1'))?.codesAt, [start, after(start, 60_000)])
  assert.equal(await invites.takeCode(opened, 2, 3_600_000, after(start, 120_000)), false)
  await invites.insert({ ...invite, inviteId: 'i2' })
  await invites.end('i2', start)
  await invites.insert({ ...invite, inviteId: 'i3', expiresAt: start })
  for (const inviteId of ['i2', 'i3', 'none']) assert.equal(await invites.takeFirstCode(inviteId), undefined)
})
