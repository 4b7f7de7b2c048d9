import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createAuthorizerStore } from '../../shared/cloudbase/authorizer-store.ts'
import { createVault } from '../../shared/cloudbase/sealing.ts'
import { createTokenStore } from '../../shared/cloudbase/token-store.ts'
import type { Grant } from '../../shared/domain/stores/authorizers.ts'
import { after, epochMs } from '../../shared/time.ts'
import { heldClock, openStores, tell, times } from './open-stores.ts'
import { sealKey } from './seal-key.ts'

const start = epochMs(Date.parse('2026-03-01T00:00:00Z'))
const holder = { kind: 'authorizer', appid: 'wx1' } as const

const grant = (name: string, appid = 'wx1'): Grant => ({
  appid,
  accessToken: `access-${name}`,
  refreshToken: `refreshtoken@@@${name}`,
  expiresInSeconds: 7200,
  funcInfo: [17, 18],
})

async function openPlatform(t: TestContext) {
  const clock = heldClock('2026-03-01T00:00:00Z')
  const opened = await openStores(t, { now: clock.now })
  const authorizers = createAuthorizerStore(opened.database, opened.vault)
  const tokens = createTokenStore(opened.database, opened.vault)
  const refreshTokens = async () => {
    const claim = await tokens.claim(holder, (await tokens.read(holder))?.fence ?? 0)
    assert.ok(claim.kind === 'won')
    const opened = claim.claim.openRefreshTokens()
    await tokens.release(claim.claim)
    return opened
  }
  return {
    ...opened,
    clock,
    authorizers,
    tokens,
    refreshTokens,
    save: (name: string, { eventTime = 100, startedAt = start, appid = 'wx1' } = {}) =>
      authorizers.saveGrant(
        grant(name, appid),
        {
          codeId: `code-${name}`,
          eventTime,
          startedAt,
          now: startedAt,
          dueAt: after(startedAt, 6_600_000),
        },
        tell,
      ),
  }
}

test('the first grant makes an active authorizer with usable tokens', async (t) => {
  const { save, authorizers, tokens, refreshTokens, emulator } = await openPlatform(t)
  await save('one')
  assert.deepEqual(await authorizers.find('wx1'), {
    appid: 'wx1',
    status: 'active',
    accountType: 'miniprogram',
    nickName: '',
    principalName: '',
    funcInfo: [17, 18],
    authorizedAt: start,
    eventTime: 100,
    codeId: 'code-one',
    firstCodeId: 'code-one',
    hasRefreshToken: true,
    failures: 0,
    watched: { notices: [] },
    tokenExpiresAt: after(start, 7_200_000),
  })
  const state = await tokens.read(holder)
  assert.deepEqual([state?.accessToken, state?.fence, state?.tokenFence], ['access-one', 1, 1])
  assert.deepEqual(await refreshTokens(), { current: 'refreshtoken@@@one' })
  assert.equal((await authorizers.findByCode('code-one'))?.appid, 'wx1')
  assert.doesNotMatch(JSON.stringify(emulator.dump()), /refreshtoken|access-one/)
})

test('a later grant replaces the tokens and takes the lease from whoever refreshes', async (t) => {
  const { save, clock, tokens, authorizers, refreshTokens } = await openPlatform(t)
  await save('one')
  clock.advance(60_000)
  const refresher = await tokens.claim(holder, 1)
  assert.ok(refresher.kind === 'won')
  await save('two', { eventTime: 50, startedAt: after(start, 60_000) })
  const stale = { accessToken: 'late', expiresAt: start, dueAt: start }
  assert.equal(await tokens.save(refresher.claim, stale), false)

  assert.equal((await tokens.read(holder))?.accessToken, 'access-two')
  assert.deepEqual(await refreshTokens(), { current: 'refreshtoken@@@two' })
  const authorizer = await authorizers.find('wx1')
  assert.deepEqual([authorizer?.eventTime, authorizer?.authorizedAt], [100, start])
})

test('two exchanges that overlapped: both refresh tokens are kept and the next call refreshes', async (t) => {
  const { save, clock, tokens, refreshTokens } = await openPlatform(t)
  clock.advance(5000)
  await save('one')
  await save('two', { startedAt: start })
  assert.equal((await tokens.read(holder))?.expiresAt, 0)
  assert.deepEqual(await refreshTokens(), { current: 'refreshtoken@@@two', former: 'refreshtoken@@@one' })
})

test('a save whose answer was lost is repeated without harm', async (t) => {
  const { save, emulator, tokens, refreshTokens, clock } = await openPlatform(t)
  emulator.faults.add({ action: 'database.insertDocument', when: 'after', kind: 'drop', times: 1 })
  await save('one')
  clock.advance(1000)
  emulator.faults.add({ action: 'database.modifyAndReturnDoc', when: 'after', kind: 'drop', times: 1 })
  await save('two', { startedAt: after(start, 1000) })
  const state = await tokens.read(holder)
  assert.deepEqual([state?.accessToken, state?.expiresAt], ['access-two', after(start, 7_201_000)])
  assert.deepEqual(await refreshTokens(), { current: 'refreshtoken@@@two' })
})

test('a conflict that came since it was looked at is not forgotten', async (t) => {
  const { save, authorizers, database } = await openPlatform(t)
  await save('one')
  const note = (businessId: string) =>
    database.update(
      'authorizers',
      { _id: 'wx1' },
      { set: { conflict: { businessId, kind: 'authorizerTaken', with: 'b0' } } },
    )
  await note('b1')
  const seen = await authorizers.find('wx1')
  assert.ok(seen)
  await note('b2')
  await authorizers.forgetConflict(seen)
  const present = await authorizers.find('wx1')
  assert.ok(present)
  assert.equal(present.conflict?.businessId, 'b2')
  await authorizers.forgetConflict(present)
  assert.equal((await authorizers.find('wx1'))?.conflict, undefined)
})

test('many grants at once: all end, one stays', async (t) => {
  const { save, authorizers, tokens } = await openPlatform(t)
  await Promise.all(times(20).map((n) => save(`g${n}`)))
  assert.equal((await authorizers.find('wx1'))?.status, 'active')
  assert.equal((await tokens.read(holder))?.fence, 20)
})

test('tokens under a key that is gone do not stop a new grant', async (t) => {
  const { save, database, clock } = await openPlatform(t)
  await save('one')
  clock.advance(1000)
  const others = createAuthorizerStore(database, createVault([sealKey('k2')]))
  await others.saveGrant(
    grant('two'),
    { codeId: 'c', eventTime: 200, startedAt: start, now: start, dueAt: start },
    tell,
  )
  const state = await createTokenStore(database, createVault([sealKey('k2')])).read(holder)
  assert.equal(state?.accessToken, 'access-two')
})

test('withdrawal follows CreateTime: the newer event wins, and an equal one withdraws', async (t) => {
  const { save, authorizers, emulator } = await openPlatform(t)
  await save('one', { eventTime: 100 })
  assert.equal(await authorizers.revoke('wx1', 99, tell), false)
  assert.equal((await authorizers.find('wx1'))?.status, 'active')
  assert.equal(await authorizers.revoke('wx1', 100, tell), true)
  const revoked = await authorizers.find('wx1')
  assert.deepEqual([revoked?.status, revoked?.hasRefreshToken, revoked?.tokenExpiresAt], ['revoked', false, undefined])
  assert.doesNotMatch(JSON.stringify(emulator.dump()['authorizers']), /v1\.k1/)
  assert.equal(await authorizers.revoke('none', 100, tell), false)

  assert.deepEqual(
    [
      await authorizers.raiseEventTime('wx1', 99),
      await authorizers.raiseEventTime('wx1', 100),
      await authorizers.raiseEventTime('wx1', 101),
    ],
    [false, true, true],
  )
  await save('two', { eventTime: 102 })
  assert.equal((await authorizers.find('wx1'))?.status, 'active')
})

test("a refresh token from WeChat's list is taken only where ours is missing or was refused", async (t) => {
  const { save, authorizers, database, refreshTokens, tokens } = await openPlatform(t)
  const adopt = (token: string) =>
    authorizers.adoptRefreshToken('wx1', `refreshtoken@@@${token}`, { authorizedAt: start, now: start }, tell)

  assert.equal(await adopt('listed'), true)
  assert.deepEqual(await refreshTokens(), { current: 'refreshtoken@@@listed' })
  assert.deepEqual([(await tokens.read(holder))?.expiresAt, (await tokens.read(holder))?.accessToken], [0, undefined])
  assert.equal(await adopt('other'), false)

  await database.update('authorizers', { _id: 'wx1' }, { set: { status: 'reauthorize', refusalErrcode: 61023 } })
  assert.equal(await adopt('listed'), false)
  assert.equal(await adopt('other'), true)
  const repaired = await authorizers.find('wx1')
  assert.deepEqual([repaired?.status, repaired?.refusal], ['active', undefined])

  await save('own')
  await authorizers.revoke('wx1', 100, tell)
  assert.equal(await adopt('back'), true)
  assert.deepEqual(await refreshTokens(), { current: 'refreshtoken@@@back' })
})

test('profiles, lists and searches', async (t) => {
  const { save, authorizers, database } = await openPlatform(t)
  for (const n of times(5)) await save(`g${n}`, { appid: `wx${n}` })
  const profile = { principalName: '某公司', accountType: 'official', userName: 'gh_1' } as const
  await authorizers.saveProfile('wx1', { ...profile, nickName: '茶(House).', funcInfo: [7] }, start)
  await authorizers.saveFuncInfo('wx2', [1, 2])
  await database.update('authorizers', { _id: 'wx3' }, { set: { businessId: 'shop.7' } })
  await authorizers.revoke('wx4', 100, tell)
  await authorizers.setLive(['wx1'], { number: 1, templateId: 5, version: '1.0' }, start)

  const found = async (query: string) =>
    (await authorizers.list({ query }, { limit: 10 })).items.map(({ appid }) => appid)
  for (const [query, expected] of [
    ['茶', ['wx1']],
    ['(house)', ['wx1']],
    ['.', ['wx1', 'wx3']],
    ['shop', ['wx3']],
    ['WX2', ['wx2']],
    ['.*', []],
    ['', ['wx0', 'wx1', 'wx2', 'wx3', 'wx4']],
  ] as const)
    assert.deepEqual(await found(query), expected, query)

  const one = await authorizers.list({ status: 'active' }, { limit: 3 })
  const two = await authorizers.list({ status: 'active' }, { limit: 3, cursor: one.nextCursor })
  assert.deepEqual(
    [...one.items, ...two.items].map(({ appid }) => appid),
    ['wx0', 'wx1', 'wx2', 'wx3'],
  )
  assert.equal(two.nextCursor, undefined)
  assert.deepEqual([await authorizers.count('active'), await authorizers.count('revoked')], [4, 1])
  assert.deepEqual(
    (await authorizers.scan({}, 'wx1', 2)).map(({ appid }) => appid),
    ['wx2', 'wx3'],
  )
  assert.deepEqual((await authorizers.findMany(['wx4', 'none', 'wx0'])).map(({ appid }) => appid).toSorted(), [
    'wx0',
    'wx4',
  ])
  assert.deepEqual(await authorizers.findMany([]), [])
  for (const name of ['gh_0', 'gh_1', 'gh_2'])
    assert.deepEqual([...(await authorizers.ownersAround(name, 10))], [['gh_1', 'wx1']])
  const official = await authorizers.find('wx1')
  assert.deepEqual(
    [official?.appid, official?.accountType, official?.currentRelease?.releasedAt, official?.profiledAt],
    ['wx1', 'official', start, start],
  )
})
