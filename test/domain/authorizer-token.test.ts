import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { authorizerToken, renewAuthorizerToken } from '../../shared/domain/tokens/authorizer-token.ts'
import { componentToken } from '../../shared/domain/tokens/component-token.ts'
import type { TokenInput } from '../../shared/domain/tokens/tokens.ts'
import { Failure } from '../../shared/errors.ts'
import { epochMs } from '../../shared/time.ts'
import { openPlatform, outcome, type Answer } from './open-platform.ts'

const REFRESH = 'api_authorizer_token'
const LIST = 'api_get_authorizer_list'
const INFO = 'api_get_authorizer_info'
const holder = { kind: 'authorizer', appid: 'wx1' } as const
const refused = { errcode: 61023, errmsg: 'refresh_token is invalid' }
const accepted = { authorizer_access_token: 'repaired', expires_in: 7200, authorizer_refresh_token: 'accepted' }
const away = () => Promise.reject(new Failure('DATABASE_SLOW'))

const refreshed = (refreshToken: string) => ({
  authorizer_access_token: `access of ${refreshToken}`,
  expires_in: 7200,
  authorizer_refresh_token: refreshToken,
})

const listed = (appid: string, refreshToken: string) => ({
  authorizer_appid: appid,
  refresh_token: refreshToken,
  auth_time: 1,
})

const page = (from: number, count: number, total: number) => ({
  total_count: total,
  list: Array.from({ length: count }, (_, index) => ({ authorizer_appid: `wxo${from + index}`, refresh_token: 'o' })),
})

const own = (appid: string, refreshToken: string) => ({
  authorizer_info: {},
  authorization_info: { authorizer_appid: appid, authorizer_refresh_token: refreshToken, func_info: [] },
})

/** wx1 with its first tokens; the platform's own token is there. */
async function openAuthorized(t: TestContext) {
  const opened = await openPlatform(t)
  const { platform, another, authorize, database, pushTicket, wechat } = opened
  await pushTicket('ticket-1')
  await componentToken(platform)
  await authorize('wx1')
  wechat.asked()
  return {
    ...opened,
    set: (change: Parameters<typeof database.update>[2]['set']) =>
      database.update('authorizers', { _id: 'wx1' }, { set: change ?? {} }),
    /** As an instance that knows nothing yet. */
    ask: (input?: TokenInput) => outcome(authorizerToken(another(), 'wx1', input)),
    /** The same once the token has ended. */
    renew: async () => {
      await database.update('authorizers', { _id: 'wx1' }, { set: { expiresAt: new Date(0) } })
      return outcome(authorizerToken(another(), 'wx1'))
    },
    refreshTokens: () =>
      wechat.calls
        .splice(0)
        .filter(({ name }) => name === REFRESH)
        .map(({ body }) => body['authorizer_refresh_token']),
  }
}

test('an authorizer’s token comes from the database, and from WeChat a minute before its end', async (t) => {
  const { platform, another, clock, wechat, row, set, ask } = await openAuthorized(t)
  await set({ accountStatus: 1, accountType: 'official' })
  assert.deepEqual(await authorizerToken(platform, 'wx1'), {
    accessToken: 'access-wx1',
    expiresAt: Date.parse('2026-03-01T02:00:00Z'),
    savedAt: Date.parse('2026-03-01T00:00:00Z'),
    tokenFence: 1,
    funcInfo: [17],
    accountStatus: 1,
    accountType: 'official',
  })
  clock.advance(7_139_999)
  assert.equal(await ask(), 'access-wx1')
  assert.equal(await ask({ minValidityMs: 60_000 }), 'access-wx1')
  clock.advance(1)
  assert.deepEqual(wechat.calls, [])
  assert.deepEqual(await authorizerToken(another(), 'wx1'), {
    accessToken: 'access-3',
    expiresAt: Date.parse('2026-03-01T03:59:00Z'),
    tokenFence: 2,
    funcInfo: [17],
    accountStatus: 1,
    accountType: 'official',
  })
  assert.deepEqual(
    wechat.calls.filter(({ name }) => name === REFRESH),
    [
      {
        name: REFRESH,
        body: {
          component_appid: 'wxplatform',
          authorizer_appid: 'wx1',
          authorizer_refresh_token: 'refresh-wx1',
        },
      },
    ],
  )
  const started = 7140
  assert.deepEqual(await row('authorizers', 'wx1', 'expiresAt', 'dueAt', 'status', 'failures', 'usedAt'), {
    expiresAt: started + 7200,
    dueAt: started + 6000,
    status: 'active',
    failures: 0,
    usedAt: 0,
  })
})

test('a refresh token that WeChat replaced takes the place of the former one, which stays until the new one has worked', async (t) => {
  const { renew, refreshTokens, wechat, problems } = await openAuthorized(t)
  wechat.answers(REFRESH, refreshed('second'), refreshed('third'), refused, refreshed('fourth'))
  assert.equal(await renew(), 'access of second')
  assert.equal(await renew(), 'access of third')
  assert.deepEqual(refreshTokens(), ['refresh-wx1', 'second'])
  // The third is not what WeChat has: the second is.
  assert.equal(await renew(), 'access of fourth')
  assert.deepEqual(refreshTokens(), ['third', 'second'])
  // The former one was ours: nobody else is at it.
  assert.deepEqual(await problems(), {})
  wechat.answers(REFRESH, { authorizer_access_token: 'alone', expires_in: 7200 })
  assert.equal(await renew(), 'alone')
  assert.equal(await renew(), 'alone')
  assert.deepEqual(refreshTokens(), ['fourth', 'fourth'])
})

test('an answer for another account is not taken', async (t) => {
  const { renew, wechat, row, clock } = await openAuthorized(t)
  const answer = { authorizer_access_token: 'theirs', expires_in: 7200, authorizer_refresh_token: 'theirs' }
  wechat.answers(REFRESH, { ...answer, authorizer_appid: 'wx2' })
  assert.equal(await renew(), 'ANSWERED_FOR_ANOTHER')
  assert.deepEqual(await row('authorizers', 'wx1', 'tokenFence', 'failures'), { tokenFence: 1, failures: 1 })
  clock.advance(5000)
  wechat.answers(REFRESH, { ...answer, authorizer_appid: 'wx1', authorizer_access_token: 'ours' })
  assert.equal(await renew(), 'ours')
})

test('what a refusal means for the account', async (t) => {
  const { clock, renew, wechat, row, set, problems } = await openAuthorized(t)
  clock.advance(1000)
  const rows: [
    says: Answer,
    reason: string,
    asked: readonly string[],
    status: string,
    due: number,
    retry: number | null,
    unresolved: boolean,
  ][] = [
    [{ errcode: 61003, errmsg: 'x' }, 'AUTHORIZATION_WITHDRAWN', [REFRESH], 'reauthorize', 86_400, null, false],
    [{ errcode: 42007, errmsg: 'x' }, 'AUTHORIZATION_NOT_ACCEPTED', [REFRESH], 'reauthorize', 86_400, null, false],
    [refused, 'AUTHORIZATION_NOT_ACCEPTED', [REFRESH, LIST], 'reauthorize', 86_400, null, false],
    [
      { errcode: 42002, errmsg: 'x' },
      'AUTHORIZATION_NOT_ACCEPTED',
      [REFRESH, LIST],
      'reauthorize',
      86_400,
      null,
      false,
    ],
    [{ errcode: 61004, errmsg: 'x' }, 'ADDRESS_NOT_ALLOWED', [REFRESH], 'active', 60, 60, false],
    [{ errcode: 45009, errmsg: 'x' }, 'WECHAT_QUOTA_USED_UP', [REFRESH], 'active', 3600, 3600, false],
    [{ errcode: 48001, errmsg: 'x' }, 'PERMISSION_SET_MISSING', [REFRESH], 'active', 60, 60, false],
    [{ errcode: 7, errmsg: 'x' }, 'UNKNOWN_ERRCODE', [REFRESH], 'active', 60, 60, true],
    [{ errcode: -1, errmsg: 'x' }, 'WECHAT_BUSY', [REFRESH], 'active', 5, 5, true],
    ['nothing', 'WECHAT_UNREACHABLE', [REFRESH], 'active', 5, 5, true],
  ]
  for (const [says, reason, asked, status, due, retry, unresolved] of rows) {
    await set({ status: 'active', failures: 0, unresolved: false, retryAt: null })
    wechat.answers(REFRESH, says)
    assert.equal(await renew(), reason)
    assert.deepEqual(wechat.asked(), asked, reason)
    assert.deepEqual(
      await row(
        'authorizers',
        'wx1',
        'status',
        'failures',
        'dueAt',
        'retryAt',
        'unresolved',
        'leaseOwner',
        'refusalErrcode',
      ),
      {
        status,
        failures: 1,
        dueAt: 1 + due,
        retryAt: retry === null ? null : 1 + retry,
        unresolved,
        leaseOwner: null,
        refusalErrcode: says === 'nothing' ? null : says['errcode'],
      },
      reason,
    )
  }
  assert.deepEqual((await problems())['ADDRESS_NOT_ALLOWED'], { errcode: 61004 })
  // What an earlier attempt left stays unknown, until the authorization is gone.
  await set({ status: 'active', unresolved: true, retryAt: null })
  wechat.answers(REFRESH, { errcode: 45009, errmsg: 'x' }, { errcode: 61003, errmsg: 'x' })
  await renew()
  assert.deepEqual(await row('authorizers', 'wx1', 'unresolved'), { unresolved: true })
  await set({ retryAt: null })
  await renew()
  assert.deepEqual(await row('authorizers', 'wx1', 'unresolved'), { unresolved: false })
})

test('trouble of our own is not repeated against WeChat, and of everybody’s the account keeps no trace', async (t) => {
  const { another, wechat, row, platform } = await openAuthorized(t)
  const asking = (failure: Error) => {
    const refuse = () => Promise.reject(failure)
    return authorizerToken(another({ wechat: { send: refuse, call: refuse } }), 'wx1', { staleFence: 1 })
  }
  await assert.rejects(asking(new Failure('SEAL_KEY_MISSING', { params: { key: 'k0' } })), {
    reason: 'SEAL_KEY_MISSING',
  })
  assert.deepEqual(await row('authorizers', 'wx1', 'failures', 'dueAt', 'retryAt', 'failedFor'), {
    failures: 1,
    dueAt: 3600,
    retryAt: null,
    failedFor: 'CONFIG_INVALID',
  })
  for (const failure of [
    new Failure('WECHAT_PAUSED', { paused: true }),
    new Failure('DATABASE_SLOW'),
    new Failure('NO_TICKET'),
  ]) {
    await assert.rejects(asking(failure), failure)
    assert.deepEqual(await row('authorizers', 'wx1', 'failures', 'leaseOwner'), { failures: 1, leaseOwner: null })
  }
  const bug = new TypeError('bug')
  await assert.rejects(asking(bug), bug)
  assert.deepEqual(wechat.asked(), [])
  assert.equal((await platform.stores.tokens.read(holder))?.leased, true)
})

test('where only the merchant can help nobody asks WeChat but once a day, and a success ends it', async (t) => {
  const { renew, ask, wechat, problems, database, set, another } = await openAuthorized(t)
  await database.insert('problems', {
    _id: 'AUTHORIZATION_LOST:wx1',
    code: 'AUTHORIZATION_LOST',
    closed: false,
    since: new Date(0),
    params: '{}',
    appid: 'wx1',
  })
  wechat.answers(REFRESH, refused)
  assert.equal(await renew(), 'AUTHORIZATION_NOT_ACCEPTED')
  assert.deepEqual(await problems(), { 'REAUTHORIZATION_REQUIRED:wx1': { errcode: 61023 } })
  wechat.asked()
  await assert.rejects(authorizerToken(another(), 'wx1'), {
    reason: 'AUTHORIZATION_NOT_ACCEPTED',
    wechat: { ...refused, path: '/cgi-bin/component/api_authorizer_token' },
  })
  await set({ status: 'revoked' })
  assert.equal(await ask(), 'AUTHORIZATION_WITHDRAWN')
  await set({ status: 'reauthorize', refusalErrcode: null })
  await assert.rejects(authorizerToken(another(), 'wx1'), { reason: 'AUTHORIZATION_NOT_ACCEPTED', wechat: undefined })
  assert.deepEqual(wechat.asked(), [])
})

test('who comes before the next attempt is due hears why the last one failed', async (t) => {
  const { renew, another, wechat, set } = await openAuthorized(t)
  const path = '/cgi-bin/component/api_authorizer_token'
  const usedUp = { errcode: 45009, errmsg: 'used up' }
  wechat.answers(REFRESH, 'nothing', usedUp)
  assert.equal(await renew(), 'WECHAT_UNREACHABLE')
  const again = () => authorizerToken(another(), 'wx1')
  await assert.rejects(again(), { reason: 'WECHAT_UNREACHABLE', wechat: undefined })
  await set({ retryAt: null })
  assert.equal(await renew(), 'WECHAT_QUOTA_USED_UP')
  await assert.rejects(again(), { reason: 'WECHAT_QUOTA_USED_UP', wechat: { ...usedUp, path } })
  assert.deepEqual(wechat.asked(), [REFRESH, REFRESH])
})

test('an instance that learns that the authorization is gone forgets the token', async (t) => {
  const { platform, set, clock } = await openAuthorized(t)
  await authorizerToken(platform, 'wx1')
  await set({ status: 'revoked' })
  assert.equal(await outcome(authorizerToken(platform, 'wx1')), 'access-wx1')
  clock.advance(60_001)
  assert.equal(await outcome(authorizerToken(platform, 'wx1')), 'AUTHORIZATION_WITHDRAWN')
  clock.advance(-60_001)
  assert.equal(await outcome(authorizerToken(platform, 'wx1')), 'AUTHORIZATION_WITHDRAWN')
})

test('an account that is not known has no token, whatever is known of others', async (t) => {
  const { platform, another, database, set } = await openAuthorized(t)
  await authorizerToken(platform, 'wx1')
  await assert.rejects(authorizerToken(platform, 'wx2'), { reason: 'ACCOUNT_UNKNOWN', field: 'appid' })
  // One that was removed since it was read.
  await set({ expiresAt: new Date(0) })
  const lookedAt = await platform.stores.tokens.read(holder)
  assert.ok(lookedAt)
  await database.remove('authorizers', { _id: 'wx1' })
  await assert.rejects(authorizerToken(another(), 'wx1', { lookedAt }), { reason: 'ACCOUNT_UNKNOWN', field: 'appid' })
})

test('a refused refresh token is looked up in WeChat’s list, in the account’s own page, and then the former one is tried', async (t) => {
  const { renew, refreshTokens, wechat, problems, row, set } = await openAuthorized(t)

  wechat.answers(LIST, { total_count: 2, list: [listed('wx0', 'other'), listed('wx1', 'listed')] })
  wechat.answers(REFRESH, refused, accepted)
  assert.equal(await renew(), 'repaired')
  assert.deepEqual(refreshTokens(), ['refresh-wx1', 'listed'])
  // Somebody else has used ours.
  assert.deepEqual(await problems(), { TOKEN_REPLACED_ELSEWHERE: { appid: 'wx1' } })
  assert.deepEqual(await row('authorizers', 'wx1', 'replacedAt'), { replacedAt: 0 })

  await set({ replacedAt: null })
  wechat.answers(REFRESH, refused, refused)
  wechat.answers(LIST, { total_count: 1, list: [listed('wx1', 'accepted')] })
  assert.equal(await renew(), 'AUTHORIZATION_NOT_ACCEPTED')
  // The list has what was refused just now.
  assert.deepEqual(refreshTokens(), ['accepted', 'listed'])
  assert.deepEqual(await row('authorizers', 'wx1', 'status', 'replacedAt'), { status: 'reauthorize', replacedAt: null })
})

test('a token that died early was replaced by somebody else, unless an attempt of ours may have done it', async (t) => {
  const { another, problems, row, set, clock, database } = await openAuthorized(t)
  const rows: [name: string, change: object, leftMs: number, replacedAt: number | null][] = [
    ['early', {}, 60_001, 1],
    ['in its last minute', {}, 60_000, null],
    ['after an attempt without an answer', { unresolved: true }, 3_600_000, null],
    ['saved after such an attempt', { doubtful: true }, 3_600_000, null],
  ]
  clock.advance(1000)
  for (const [name, change, leftMs, replacedAt] of rows) {
    const expiresAt = new Date(clock.now() + leftMs)
    await set({ unresolved: false, doubtful: false, replacedAt: null, expiresAt, ...change })
    await database.remove('problems', { closed: false })
    const state = await another().stores.tokens.read(holder)
    await authorizerToken(another(), 'wx1', { staleFence: state?.tokenFence ?? 0 })
    assert.deepEqual(await row('authorizers', 'wx1', 'replacedAt'), { replacedAt }, name)
    assert.deepEqual(Object.keys(await problems()), replacedAt === null ? [] : ['TOKEN_REPLACED_ELSEWHERE'], name)
  }
  // Nobody said that the token is dead: it is not to live long enough.
  await set({ doubtful: false, replacedAt: null })
  await authorizerToken(another(), 'wx1', { minValidityMs: 7_200_000 })
  assert.deepEqual([await row('authorizers', 'wx1', 'replacedAt'), await problems()], [{ replacedAt: null }, {}])
  await componentToken(another(), { staleFence: 1 })
  assert.deepEqual(await problems(), { TOKEN_REPLACED_ELSEWHERE: {} })
})

test('a lease that leaves no room for a call is given back, and one that was lost is not used', async (t) => {
  const { platform, another, wechat, clock, row, set, problems } = await openAuthorized(t)
  const claim = async () => {
    const state = await platform.stores.tokens.read(holder)
    const claimed = await platform.stores.tokens.claim(holder, state?.fence ?? 0)
    assert.ok(claimed.kind === 'won')
    return claimed.claim
  }
  // A call and the save may take 9 of the 20 seconds.
  const late = await claim()
  clock.advance(11_001)
  assert.equal(await renewAuthorizerToken(another(), late), undefined)
  assert.deepEqual(wechat.asked(), [])
  assert.deepEqual(await row('authorizers', 'wx1', 'leaseOwner', 'tokenFence'), { leaseOwner: null, tokenFence: 1 })
  const inTime = await claim()
  clock.advance(11_000)
  assert.equal((await renewAuthorizerToken(another(), inTime))?.accessToken, 'access-2')

  // Taken over while WeChat refuses: neither its list nor the former token is asked for.
  wechat.asked()
  wechat.answers(REFRESH, async () => {
    await set({ leaseOwner: 'another' })
    return refused
  })
  assert.equal(await renewAuthorizerToken(another(), await claim()), undefined)
  assert.deepEqual(wechat.asked(), [REFRESH])
  await set({ leaseOwner: null })
  wechat.answers(REFRESH, refused)
  wechat.answers(LIST, async () => {
    await set({ leaseOwner: 'another' })
    return { total_count: 1, list: [{ authorizer_appid: 'wx1', refresh_token: 'listed' }] }
  })
  assert.equal(await renewAuthorizerToken(another(), await claim()), undefined)
  assert.deepEqual(wechat.asked(), [REFRESH, LIST])
  await set({ leaseOwner: null, failures: 4 })
  wechat.answers(REFRESH, { errcode: 48001, errmsg: 'no' }, async () => {
    await set({ leaseOwner: 'another' })
    return { authorizer_access_token: 'too late', expires_in: 7200 }
  })
  const open = { 'TOKEN_FAILING:wx1': { errcode: 48001, failures: 5, reason: 'PERMISSION_SET_MISSING' } }
  await assert.rejects(renewAuthorizerToken(another(), await claim()), { reason: 'PERMISSION_SET_MISSING' })
  assert.deepEqual(await problems(), open)
  assert.equal(await renewAuthorizerToken(another(), await claim()), undefined)
  assert.deepEqual(await row('authorizers', 'wx1', 'tokenFence'), { tokenFence: 3 })
  // Whoever took it finds out whether that is over.
  assert.deepEqual(await problems(), open)
})

test('an account without a refresh token is looked up in the list', async (t) => {
  const { renew, another, wechat, set, problems, refreshTokens, row } = await openAuthorized(t)
  await set({ refreshToken: null, expiresAt: new Date(0) })
  const path = '/cgi-bin/component/api_authorizer_token'
  await assert.rejects(authorizerToken(another(), 'wx1'), {
    reason: 'AUTHORIZATION_NOT_ACCEPTED',
    wechat: { errcode: 61023, errmsg: 'no refresh token', path },
  })
  assert.deepEqual(wechat.asked(), [LIST])
  assert.deepEqual(await problems(), { 'REAUTHORIZATION_REQUIRED:wx1': { errcode: 61023 } })
  await set({ status: 'active' })
  wechat.answers(LIST, { total_count: 1, list: [{ authorizer_appid: 'wx1', refresh_token: 'listed' }] })
  assert.equal(await renew(), 'access-3')
  assert.deepEqual(refreshTokens(), ['listed'])
  // Ours was missing, not replaced.
  assert.deepEqual(await row('authorizers', 'wx1', 'replacedAt'), { replacedAt: undefined })
})

test('a save that the database does not take is repeated within the lease; without it the caller has the token all the same', async (t) => {
  const { platform, another, database, set, slept, row, clock, problems } = await openAuthorized(t)
  const { tokens } = platform.stores
  const failing = (save: typeof tokens.save) => {
    const { memory } = another()
    return authorizerToken({ ...platform, memory, stores: { ...platform.stores, tokens: { ...tokens, save } } }, 'wx1')
  }
  let tries = 0
  await set({ expiresAt: new Date(0) })
  assert.equal(await outcome(failing((...given) => (++tries < 3 ? away() : tokens.save(...given)))), 'access-2')
  assert.deepEqual(slept.splice(0), [200, 500])
  assert.deepEqual(await row('authorizers', 'wx1', 'tokenFence'), { tokenFence: 2 })

  // The answer was lost: what is repeated matches nothing, for the lease has ended. It is a success, and ends what failed before.
  tries = 0
  await set({ expiresAt: new Date(0), failures: 5 })
  const failed = { code: 'TOKEN_FAILING', closed: false, since: new Date(0), params: '{}', appid: 'wx1' }
  await database.insert('problems', { _id: 'TOKEN_FAILING:wx1', ...failed })
  const lost = failing(async (...given) => {
    tries += 1
    const saved = await tokens.save(...given)
    return tries === 1 ? away() : saved
  })
  assert.equal(await outcome(lost), 'access-3')
  assert.deepEqual(slept.splice(0), [200])
  assert.deepEqual(await problems(), {})

  await set({ expiresAt: new Date(0) })
  assert.equal(await outcome(failing(away)), 'access-4')
  assert.deepEqual(slept, [200, 500, 1500])
  assert.deepEqual(await row('authorizers', 'wx1', 'tokenFence'), { tokenFence: 3 })

  clock.advance(20_000)
  await set({ expiresAt: new Date(0) })
  const bug = new TypeError('bug')
  await assert.rejects(
    failing(() => Promise.reject(bug)),
    bug,
  )
})

test('where idle accounts are left alone, a use is noted once in a quarter of that time', async (t) => {
  const { platform, another, clock, row, set, callsOf, wechat, pushTicket } = await openAuthorized(t)
  const ask = (input?: TokenInput) =>
    outcome(authorizerToken(another({ settings: { ...platform.settings, refreshIdleDays: 4 } }), 'wx1', input))
  await set({ usedAt: null, expiresAt: new Date('2027-01-01T00:00:00Z') })
  assert.equal(await callsOf(() => outcome(authorizerToken(another(), 'wx1'))), 1)
  const state = await platform.stores.tokens.read(holder)
  await ask(state && { lookedAt: state })
  assert.deepEqual(await row('authorizers', 'wx1', 'usedAt'), { usedAt: null })
  await ask()
  assert.deepEqual(await row('authorizers', 'wx1', 'usedAt'), { usedAt: 0 })
  clock.advance(86_400_000)
  await pushTicket('ticket-2')
  await ask()
  assert.deepEqual(await row('authorizers', 'wx1', 'usedAt'), { usedAt: 0 })
  clock.advance(1)
  await ask()
  assert.deepEqual(await row('authorizers', 'wx1', 'usedAt'), { usedAt: 86_400.001 })

  // One that is renewed counts, too; without the note the token is of use all the same.
  await set({ usedAt: null, expiresAt: new Date(0) })
  assert.equal(await ask(), 'access-3')
  assert.deepEqual(await row('authorizers', 'wx1', 'usedAt'), { usedAt: 86_400.001 })
  await set({ usedAt: null })
  const tokens = { ...platform.stores.tokens, noteUse: away }
  const settings = { ...platform.settings, refreshIdleDays: 4 }
  assert.equal(
    await outcome(authorizerToken(another({ settings, stores: { ...platform.stores, tokens } }), 'wx1')),
    'access-3',
  )
  assert.deepEqual(wechat.asked(), ['api_component_token', REFRESH])
  assert.equal(await callsOf(() => outcome(componentToken(another({ settings })))), 1)
  assert.deepEqual(await row('platform', 'component', 'usedAt'), { usedAt: undefined })
})

test('an account that is only looked at keeps its new token for twenty days if it is idle', async (t) => {
  const { platform, another, clock, row, set, pushTicket } = await openAuthorized(t)
  const look = async (refreshIdleDays: number) => {
    await set({ expiresAt: new Date(0) })
    const lookedAt = await platform.stores.tokens.read(holder)
    assert.ok(lookedAt)
    await authorizerToken(another({ settings: { ...platform.settings, refreshIdleDays } }), 'wx1', { lookedAt })
    const { dueAt } = await row('authorizers', 'wx1', 'dueAt')
    return (Number(dueAt) * 1000 + Date.parse('2026-03-01T00:00:00Z') - clock.now()) / 1000
  }
  clock.advance(4 * 86_400_000)
  await pushTicket('ticket-2')
  assert.equal(await look(4), 6000)
  clock.advance(1)
  assert.equal(await look(4), 20 * 86_400)
  assert.equal(await look(0), 6000)
  // Somebody who calls uses it.
  await set({ expiresAt: new Date(0) })
  await authorizerToken(another({ settings: { ...platform.settings, refreshIdleDays: 4 } }), 'wx1')
  assert.deepEqual(await row('authorizers', 'wx1', 'dueAt'), { dueAt: 4 * 86_400 + 6000.001 })
  await set({ usedAt: new Date(clock.now()) })
  assert.equal(await look(4), 6000)
  // What an attempt without an answer left is looked after.
  await set({ usedAt: null, unresolved: true })
  assert.equal(await look(4), 120)
})

test('an instance whose clock is wrong goes by the database’s', async (t) => {
  const { platform, another, wechat, clock, slept, set } = await openAuthorized(t)
  const ahead = () => another({ clock: () => epochMs(clock.now() + 7_200_000) })
  const behind = () => another({ clock: () => epochMs(clock.now() - 7_200_000) })
  await componentToken(platform)
  assert.equal(await outcome(authorizerToken(ahead(), 'wx1')), 'access-wx1')
  // Also while somebody else renews it,
  const claimed = await platform.stores.tokens.claim(holder, 2)
  assert.ok(claimed.kind === 'won')
  assert.equal(await outcome(authorizerToken(ahead(), 'wx1')), 'access-wx1')
  assert.deepEqual(slept, [])
  await platform.stores.tokens.release(claimed.claim)
  // and where it was renewed since it was read.
  const lookedAt = await platform.stores.tokens.read(holder)
  assert.ok(lookedAt)
  assert.equal(await outcome(authorizerToken(ahead(), 'wx1', { lookedAt: { ...lookedAt, fence: 1 } })), 'access-wx1')
  assert.deepEqual(wechat.asked(), [])
  // The time of the next attempt has come.
  await set({ expiresAt: new Date(0), retryAt: new Date(clock.now()) })
  assert.match(await outcome(authorizerToken(behind(), 'wx1')), /^access-\d$/)
})

test('twenty in one process that need a new token at once are one renewal', async (t) => {
  const { another, set, wechat, callsOf } = await openAuthorized(t)
  await set({ expiresAt: new Date(0) })
  const instance = another()
  let found: readonly string[] = []
  const operations = await callsOf(async () => {
    found = await Promise.all(Array.from({ length: 20 }, () => outcome(authorizerToken(instance, 'wx1'))))
  })
  assert.deepEqual(found, Array(20).fill('access-2'))
  // The account, the platform's token, the lease, the save.
  assert.deepEqual([wechat.asked(), operations], [[REFRESH], 4])
})

test('who waits for another’s renewal goes on as soon as there is something to learn', async (t) => {
  const { platform, another, set, slept, clock, callsOf } = await openAuthorized(t)
  const { tokens } = platform.stores
  const claim = async () => {
    const claimed = await tokens.claim(holder, (await tokens.read(holder))?.fence ?? 0)
    assert.ok(claimed.kind === 'won')
    return claimed.claim
  }
  const waiting = async (meanwhile: () => Promise<unknown>) => {
    await set({ expiresAt: new Date(0) })
    const sleep = async (milliseconds: number) => {
      await platform.sleep(milliseconds)
      if (slept.length === 1) await meanwhile()
    }
    const found = await outcome(authorizerToken(another({ sleep }), 'wx1'))
    return { found, slept: slept.splice(0) }
  }
  const first = await claim()
  const savedAndTakenAgain = async () => {
    const now = platform.clock()
    await tokens.save(first, { accessToken: 'brought', expiresAt: epochMs(now + 7_200_000), dueAt: now })
    await claim()
  }
  assert.deepEqual(await waiting(savedAndTakenAgain), { found: 'brought', slept: [500] })
  clock.advance(20_000)
  const second = await claim()
  const givenUp = () =>
    tokens.giveUp(second, {
      failures: 1,
      dueAt: platform.clock(),
      retryAt: epochMs(platform.clock() + 5000),
      failedFor: 'WECHAT_UNAVAILABLE',
    })
  assert.deepEqual(await waiting(givenUp), { found: 'WECHAT_UNREACHABLE', slept: [500] })
  await claim()
  const withdrawn = () => set({ status: 'revoked' })
  assert.deepEqual(await waiting(withdrawn), { found: 'AUTHORIZATION_WITHDRAWN', slept: [500] })

  // What is left of the lease is waited for and a moment more.
  await set({ status: 'active', leaseOwner: null, retryAt: null })
  await claim()
  clock.advance(19_300)
  let waited: readonly number[] = []
  const operations = await callsOf(async () => {
    waited = (await waiting(() => Promise.resolve())).slept
  })
  // One operation a look: to try for the lease with each would be two more.
  assert.deepEqual([waited, operations], [[500, 201], 11])
})

test('a long list is read page by page, with a look at the account’s own page in between', async (t) => {
  const { renew, refreshTokens, wechat, set, slept, platform, clock, row } = await openAuthorized(t)
  const rows: [
    name: string,
    lists: readonly Answer[],
    info: Answer,
    tried: readonly string[],
    asked: readonly string[],
  ][] = [
    ['on the page of its own', [page(0, 500, 501)], own('wx1', 'own'), ['own'], [REFRESH, LIST, INFO, REFRESH]],
    ['of another account', [page(0, 500, 501), page(500, 1, 501)], own('wx2', 'own'), [], [REFRESH, LIST, INFO, LIST]],
    ['of none', [page(0, 500, 500)], own('wx1', 'own'), [], [REFRESH, LIST]],
    ['an empty page', [page(0, 0, 500)], own('wx1', 'own'), [], [REFRESH, LIST]],
    [
      'short pages',
      [page(0, 500, 1200), page(500, 500, 1200), page(1000, 200, 1200)],
      own('wx1', ''),
      [],
      [REFRESH, LIST, INFO, LIST, LIST],
    ],
    [
      'without its token',
      [{ total_count: 1, list: [{ authorizer_appid: 'wx1', refresh_token: '' }] }],
      own('wx1', 'own'),
      [],
      [REFRESH, LIST],
    ],
  ]
  for (const [name, lists, info, tried, asked] of rows) {
    await set({ status: 'active', formerRefreshToken: null })
    wechat.answers(LIST, ...lists)
    wechat.answers(INFO, info)
    wechat.answers(REFRESH, refused, ...tried.map(() => accepted), refused)
    assert.equal(await renew(), tried.length > 0 ? 'repaired' : 'AUTHORIZATION_NOT_ACCEPTED', name)
    const offsets = wechat.calls.flatMap(({ body }) =>
      body['offset'] === undefined ? [] : [[body['offset'], body['count']]],
    )
    assert.deepEqual(
      offsets,
      lists.map((_, index) => [index * 500, 500]),
      name,
    )
    assert.deepEqual(
      wechat.calls.map(({ name: path }) => path),
      asked,
      name,
    )
    const infos = wechat.calls.filter(({ name: path }) => path === INFO).map(({ body }) => body)
    const both = { component_appid: 'wxplatform', authorizer_appid: 'wx1' }
    assert.deepEqual(infos, asked.includes(INFO) ? [both] : [], name)
    assert.deepEqual(refreshTokens().slice(1), tried, name)
  }

  // The comparison with the list is brought forward where the time does not suffice.
  await platform.stores.tokens.moveTurn('sync', undefined, platform.clock())
  await set({ status: 'active', formerRefreshToken: null })
  wechat.answers(INFO, own('wx1', ''))
  wechat.answers(REFRESH, refused)
  wechat.answers(LIST, () => {
    clock.advance(2000)
    return page(0, 500, 10_000)
  })
  await platform.stores.tokens.moveTurn('sync', platform.clock(), epochMs(Date.parse('2026-03-02T00:00:00Z')))
  assert.equal(await renew(), 'AUTHORIZATION_NOT_ACCEPTED')
  assert.deepEqual(wechat.asked(), [REFRESH, LIST, INFO, LIST, LIST])
  assert.deepEqual(await row('platform', 'component', 'turns'), { turns: { sync: new Date('2026-03-01T00:00:06Z') } })
  assert.deepEqual(slept, [])
})
