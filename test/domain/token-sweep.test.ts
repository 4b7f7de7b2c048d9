import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test, type TestContext } from 'node:test'
import { createSealedTokens, placeOf } from '../../shared/cloudbase/sealed-tokens.ts'
import { componentToken } from '../../shared/domain/tokens/component-token.ts'
import { sweep } from '../../shared/domain/tokens/sweep.ts'
import type { Platform } from '../../shared/domain/platform.ts'
import { Failure } from '../../shared/errors.ts'
import { epochMs } from '../../shared/time.ts'
import { openPlatform, type Answer } from './open-platform.ts'

const COMPONENT = 'api_component_token'
const REFRESH = 'api_authorizer_token'
const DAY_MS = 86_400_000
const plenty = () => 50_000
const away = () => Promise.reject(new Failure('DATABASE_SLOW'))

/** These accounts, and the platform's own token; all are due in 6000 s. */
async function openFleet(t: TestContext, ...appids: readonly string[]) {
  const opened = await openPlatform(t)
  const { platform, another, authorize, database, pushTicket, wechat, clock } = opened
  await pushTicket('ticket-1')
  await componentToken(platform)
  for (const appid of appids) await authorize(appid)
  wechat.asked()
  const set = (appid: string, change: NonNullable<Parameters<typeof database.update>[2]['set']>) =>
    database.update('authorizers', { _id: appid }, { set: change })
  return {
    ...opened,
    set,
    makeDue: async (...due: readonly string[]): Promise<void> => {
      for (const appid of due) await set(appid, { dueAt: new Date(clock.now()) })
    },
    /** By an instance that knows nothing yet. */
    run: (leftMs: () => number = plenty, change: Partial<Platform> = {}) => sweep(another(change), leftMs),
    refreshed: (): string[] =>
      wechat.calls.splice(0).flatMap(({ name, body }) => (name === REFRESH ? [String(body['authorizer_appid'])] : [])),
  }
}

test('what is due is refreshed, nothing else, and a run without work costs two operations', async (t) => {
  const { run, clock, makeDue, refreshed, row, callsOf, wechat } = await openFleet(t, 'wx1', 'wx2', 'wx3')
  const nothing = { refreshed: 0, failed: 0, skipped: 0, remaining: 0 }
  const operations = await callsOf(async () => assert.deepEqual(await run(), nothing))
  assert.equal(operations, 2)
  await makeDue('wx1', 'wx3')
  assert.deepEqual(await run(), { refreshed: 2, failed: 0, skipped: 0, remaining: 0 })
  assert.deepEqual(refreshed().toSorted(), ['wx1', 'wx3'])
  assert.deepEqual(await row('authorizers', 'wx1', 'dueAt', 'leaseOwner', 'status'), {
    dueAt: 6000,
    leaseOwner: null,
    status: 'active',
  })
  clock.advance(5_999_999)
  assert.deepEqual(await run(), nothing)
  clock.advance(1)
  assert.deepEqual(await run(), { refreshed: 3, failed: 0, skipped: 0, remaining: 0 })
  assert.deepEqual(wechat.asked(), [REFRESH, REFRESH, REFRESH])
  assert.deepEqual(await row('platform', 'component', 'sweptAt'), { sweptAt: 6000 })
})

test('the platform’s token is renewed a quarter of an hour before its end', async (t) => {
  const { run, clock, wechat, row } = await openFleet(t)
  clock.advance(6_299_999)
  assert.equal((await run()).refreshed, 0)
  clock.advance(1)
  assert.deepEqual(await run(), { refreshed: 1, failed: 0, skipped: 0, remaining: 0 })
  assert.deepEqual(wechat.asked(), [COMPONENT])
  assert.deepEqual(await row('platform', 'component', 'expiresAt'), { expiresAt: 6300 + 7200 })
})

test('where the platform’s token cannot be renewed, one that still lives carries the authorizers through', async (t) => {
  const { run, clock, wechat, makeDue } = await openFleet(t, 'wx1')
  clock.advance(6_300_000)
  await makeDue('wx1')
  wechat.answers(COMPONENT, { errcode: 40125, errmsg: 'invalid secret' })
  assert.deepEqual(await run(), { refreshed: 1, failed: 1, skipped: 0, remaining: 0 })
  assert.deepEqual(wechat.asked(), [COMPONENT, REFRESH])
  clock.advance(900_000)
  await makeDue('wx1')
  assert.deepEqual(await run(), { refreshed: 0, failed: 1, skipped: 0, remaining: 1 })
  assert.deepEqual(wechat.asked(), [COMPONENT])
})

test('leases that ran out come first, then those that must authorize again come last', async (t) => {
  const { run, platform, clock, set, makeDue, refreshed, row } = await openFleet(t, 'wx1', 'wx2', 'wx3', 'wx4')
  const claimed = await platform.stores.tokens.claim({ kind: 'authorizer', appid: 'wx3' }, 1)
  assert.ok(claimed.kind === 'won')
  clock.advance(20_001)
  await set('wx1', { status: 'reauthorize', failures: 7 })
  await set('wx4', { status: 'revoked' })
  await makeDue('wx1', 'wx2', 'wx4')
  assert.deepEqual(await run(), { refreshed: 3, failed: 0, skipped: 0, remaining: 0 })
  assert.deepEqual(refreshed(), ['wx3', 'wx2', 'wx1'])
  // What the former holder's call did is not known.
  assert.deepEqual(await row('authorizers', 'wx3', 'dueAt', 'doubtful'), { dueAt: 20.001 + 120, doubtful: true })
  assert.deepEqual(await row('authorizers', 'wx1', 'status', 'failures'), { status: 'active', failures: 0 })
})

test('an account that may be called again has its problems closed', async (t) => {
  const { run, makeDue, wechat, set, problems, clock } = await openFleet(t, 'wx1', 'wx2')
  wechat.answers(REFRESH, { errcode: 61003, errmsg: 'unauthorized' }, { errcode: 48001, errmsg: 'no' })
  await set('wx2', { failures: 4 })
  await makeDue('wx1')
  await run()
  await makeDue('wx2')
  assert.deepEqual(await run(), { refreshed: 0, failed: 1, skipped: 0, remaining: 0 })
  assert.deepEqual(await problems(), {
    'REAUTHORIZATION_REQUIRED:wx1': { errcode: 61003 },
    'TOKEN_FAILING:wx2': { errcode: 48001, failures: 5, reason: 'PERMISSION_SET_MISSING' },
  })
  wechat.answersUsually(REFRESH)
  clock.advance(1000)
  await makeDue('wx1', 'wx2')
  assert.deepEqual(await run(), { refreshed: 2, failed: 0, skipped: 0, remaining: 0 })
  assert.deepEqual(await problems(), {})
})

test('an outage is a problem of none of the accounts', async (t) => {
  const { run, makeDue, wechat, set, problems, row } = await openFleet(t, 'wx1')
  await set('wx1', { failures: 4 })
  await makeDue('wx1')
  wechat.answers(REFRESH, { errcode: -1, errmsg: 'system error' })
  assert.deepEqual(await run(), { refreshed: 0, failed: 1, skipped: 0, remaining: 0 })
  assert.deepEqual(await row('authorizers', 'wx1', 'failures', 'dueAt'), { failures: 5, dueAt: 60 })
  assert.deepEqual(await problems(), {})
})

test('fifty are worked on at once: what would meet all the others too ends the run, and what is not begun is given back', async (t) => {
  const appids = Array.from({ length: 52 }, (_, index) => `wx${String(index).padStart(2, '0')}`)
  const { run, wechat, problems, database, vault, clock } = await openFleet(t)
  const sealed = createSealedTokens(vault)
  const row = (appid: string) => ({
    _id: appid,
    fence: 1,
    status: 'active',
    dueAt: new Date(clock.now()),
    leaseOwner: null,
    refreshToken: sealed.seal(placeOf({ kind: 'authorizer', appid }), 'refreshToken', 'refresh'),
  })
  await database.insertMany('authorizers', appids.map(row))
  wechat.answers(REFRESH, { errcode: 61004, errmsg: 'not allowed 1.2.3.4' })
  assert.deepEqual(await run(), { refreshed: 0, failed: 50, skipped: 2, remaining: 2 })
  assert.equal(wechat.asked().length, 50)
  assert.equal(await database.count('authorizers', { leaseOwner: null }), 52)
  assert.equal(await database.count('authorizers', { failures: 1 }), 50)
  assert.deepEqual(await problems(), { ADDRESS_NOT_ALLOWED: { errcode: 61004, address: '1.2.3.4' } })

  // One that is answered after the others were refused begins no other.
  await database.update(
    'authorizers',
    { _id: { in: appids } },
    { set: { dueAt: new Date(clock.now()), retryAt: null } },
  )
  let refused = 0
  const allRefused = new EventEmitter()
  const fortyNine = once(allRefused, 'all')
  wechat.answers(
    REFRESH,
    async () => {
      await fortyNine
      return { authorizer_access_token: 'late', expires_in: 7200 }
    },
    () => {
      refused += 1
      if (refused === 49) setTimeout(() => allRefused.emit('all'), 50)
      return { errcode: 61004, errmsg: 'not allowed 1.2.3.4' }
    },
  )
  assert.deepEqual(await run(), { refreshed: 1, failed: 49, skipped: 2, remaining: 2 })

  // None is answered before fifty are asked for; the last 16 of 50 seconds begin no row.
  let begun = 0
  const allBegun = new EventEmitter()
  const all = once(allBegun, 'all')
  wechat.answers(REFRESH, async () => {
    begun += 1
    if (begun === 50) allBegun.emit('all')
    await all
    return { authorizer_access_token: 'new', expires_in: 7200 }
  })
  const runUntil = async (leftInTheEnd: number) => {
    await database.update('authorizers', { _id: { in: appids } }, { set: { dueAt: new Date(clock.now()) } })
    return run(() => (begun < 50 ? 50_000 : leftInTheEnd))
  }
  assert.deepEqual(await runUntil(16_000), { refreshed: 50, failed: 0, skipped: 0, remaining: 2 })
  assert.equal(await database.count('authorizers', { leaseOwner: null }), 52)
  begun = 0
  assert.deepEqual(await runUntil(16_001), { refreshed: 52, failed: 0, skipped: 0, remaining: 0 })
})

test('a bug that one account meets puts off that account by an hour', async (t) => {
  const { platform, run, makeDue, row, another } = await openFleet(t, 'wx1', 'wx2')
  await makeDue('wx1', 'wx2')
  const { tokens } = platform.stores
  const save: typeof tokens.save = (claim, received) =>
    claim.holder.kind === 'authorizer' && claim.holder.appid === 'wx1'
      ? Promise.reject(new TypeError('bug'))
      : tokens.save(claim, received)
  const stores = { ...platform.stores, tokens: { ...tokens, save } }
  assert.deepEqual(await run(plenty, { stores }), { refreshed: 1, failed: 1, skipped: 0, remaining: 0 })
  assert.deepEqual(await row('authorizers', 'wx1', 'failures', 'failedFor', 'dueAt', 'leaseOwner'), {
    failures: 1,
    failedFor: 'INTERNAL',
    dueAt: 3600,
    leaseOwner: null,
  })
  // Even where that cannot be noted.
  await makeDue('wx1')
  const worse = { ...platform.stores, tokens: { ...tokens, save, giveUp: away } }
  assert.deepEqual(await sweep(another({ stores: worse }), plenty), {
    refreshed: 0,
    failed: 1,
    skipped: 0,
    remaining: 0,
  })
})

test('a run never throws, whatever is away', async (t) => {
  const { platform, run, makeDue } = await openFleet(t, 'wx1')
  await makeDue('wx1')
  const { tokens } = platform.stores
  for (const error of [new Failure('DATABASE_SLOW'), new TypeError('bug')]) {
    const fail = () => Promise.reject(error)
    const stores = { ...platform.stores, tokens: { ...tokens, tick: fail } }
    assert.deepEqual(await run(plenty, { stores }), { refreshed: 0, failed: 0, skipped: 0, remaining: 1 })
    const worse = { ...platform.stores, tokens: { ...tokens, tick: fail, countDue: fail } }
    assert.deepEqual(await run(plenty, { stores: worse }), { refreshed: 0, failed: 0, skipped: 0, remaining: 0 })
    const blind = { ...platform.stores, tokens: { ...tokens, claimDue: fail } }
    assert.deepEqual(await run(plenty, { stores: blind }), { refreshed: 0, failed: 0, skipped: 0, remaining: 1 })
  }
})

test('without time nothing is begun, and what is claimed by then is given back', async (t) => {
  const { run, makeDue, database } = await openFleet(t, 'wx1', 'wx2')
  await makeDue('wx1', 'wx2')
  const rows: [name: string, lefts: readonly number[], refreshes: number, remaining: number][] = [
    // Of a limit of 50 s the last 20 claim no page, the last 16 begin no row.
    ['no page', [50_000, 20_000], 0, 2],
    ['a page', [50_000, 20_001], 2, 0],
    // Of a short one it is half.
    ['no page of a short run', [10_000, 5000], 0, 2],
    ['a page of a short run', [10_000, 5001], 2, 0],
  ]
  for (const [name, lefts, refreshes, remaining] of rows) {
    await makeDue('wx1', 'wx2')
    const left = [...lefts]
    const leftMs = () => (left.length > 1 ? left.shift() : left[0]) ?? 0
    const { refreshed: done, skipped, remaining: rest } = await run(leftMs)
    assert.deepEqual([done, skipped, rest], [refreshes, 0, remaining], name)
    assert.equal(await database.count('authorizers', { leaseOwner: null }), 2, name)
  }
})

test('accounts that nobody uses are left alone for twenty days after their last refresh', async (t) => {
  const { platform, run, makeDue, clock, pushTicket, set, row, refreshed } = await openFleet(
    t,
    'wx1',
    'wx2',
    'wx3',
    'wx4',
    'wx5',
  )
  const idle = { settings: { ...platform.settings, refreshIdleDays: 4 } }
  clock.advance(4 * DAY_MS + 1)
  await pushTicket('ticket-2')
  await set('wx2', { usedAt: new Date(clock.now() - 4 * DAY_MS) })
  await set('wx3', { unresolved: true })
  // Its refresh token was refused: that is asked about once a day.
  await set('wx4', { status: 'reauthorize' })
  // Not used yet.
  await set('wx5', { authorizedAt: new Date(clock.now() - 4 * DAY_MS) })
  await makeDue('wx1', 'wx2', 'wx3', 'wx4', 'wx5')
  // One of the refreshed is the platform's.
  assert.deepEqual(await run(plenty, idle), { refreshed: 5, failed: 0, skipped: 1, remaining: 0 })
  assert.deepEqual(refreshed().toSorted(), ['wx2', 'wx3', 'wx4', 'wx5'])
  assert.deepEqual(await row('authorizers', 'wx1', 'dueAt', 'failures', 'leaseOwner'), {
    dueAt: 20 * 86_400,
    failures: 0,
    leaseOwner: null,
  })
  clock.advance(16 * DAY_MS - 1)
  await pushTicket('ticket-3')
  await run(plenty, idle)
  assert.deepEqual(refreshed().includes('wx1'), true)
  await set('wx1', { tokenSavedAt: null, usedAt: null, authorizedAt: null })
  await makeDue('wx1')
  await run(plenty, idle)
  assert.deepEqual(refreshed(), ['wx1'])
})

test('a lease that was lost on the way counts as skipped', async (t) => {
  const { run, makeDue, wechat, set } = await openFleet(t, 'wx1')
  await makeDue('wx1')
  wechat.answers(REFRESH, async (): Promise<Answer> => {
    await set('wx1', { leaseOwner: 'another' })
    return { authorizer_access_token: 'too late', expires_in: 7200 }
  })
  assert.deepEqual(await run(), { refreshed: 0, failed: 0, skipped: 1, remaining: 0 })
})

test('the sweep goes by the database’s clock', async (t) => {
  const { run, makeDue, clock } = await openFleet(t, 'wx1')
  await makeDue('wx1')
  for (const shift of [-DAY_MS, DAY_MS]) {
    await makeDue('wx1')
    assert.equal((await run(plenty, { clock: () => epochMs(clock.now() + shift) })).refreshed, 1)
    assert.equal((await run(plenty, { clock: () => epochMs(clock.now() + shift) })).refreshed, 0)
  }
})
