import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { componentRenewal, componentToken } from '../../shared/domain/tokens/component-token.ts'
import { failingToken } from '../../shared/domain/tokens/token-failures.ts'
import { Failure } from '../../shared/errors.ts'
import { openPlatform, outcome, type Answer } from './open-platform.ts'

const ASKED = 'api_component_token'
const busy = { errcode: -1, errmsg: 'system error' }
const component = { kind: 'component' } as const

const openWithTicket = async (t: TestContext) => {
  const opened = await openPlatform(t)
  await opened.pushTicket('ticket-1')
  return opened
}

test('the platform’s token comes from memory for a minute, then from the database, and from WeChat a minute before its end', async (t) => {
  const { platform, another, wechat, clock, callsOf, row } = await openWithTicket(t)
  assert.deepEqual(await componentToken(platform), {
    accessToken: 'component-1',
    expiresAt: Date.parse('2026-03-01T02:00:00Z'),
    tokenFence: 1,
    funcInfo: [],
  })
  assert.deepEqual(wechat.calls, [
    {
      name: ASKED,
      body: {
        component_appid: 'wxplatform',
        component_appsecret: 'appsecret',
        component_verify_ticket: 'ticket-1',
      },
    },
  ])
  assert.deepEqual(
    await row('platform', 'component', 'expiresAt', 'dueAt', 'tokenFence', 'failures', 'leaseOwner', 'unresolved'),
    { expiresAt: 7200, dueAt: 6300, tokenFence: 1, failures: 0, leaseOwner: null, unresolved: false },
  )

  assert.deepEqual(await componentToken(another()), {
    accessToken: 'component-1',
    expiresAt: Date.parse('2026-03-01T02:00:00Z'),
    savedAt: Date.parse('2026-03-01T00:00:00Z'),
    tokenFence: 1,
    funcInfo: [],
  })

  const costs: [atMs: number, token: string, operations: number][] = [
    [60_000, 'component-1', 0],
    [60_001, 'component-1', 1],
    [120_001, 'component-1', 0],
    [7_139_999, 'component-1', 1],
    // It lives for a minute only; the lease, the tickets, the save.
    [7_140_000, 'component-2', 4],
  ]
  const start = clock.now()
  for (const [atMs, token, operations] of costs) {
    clock.advance(start + atMs - clock.now())
    let got = ''
    assert.equal(await callsOf(async () => (got = await outcome(componentToken(platform)))), operations, `${atMs}`)
    assert.equal(got, token)
  }
})

test('a clock that jumped back, too, ends what an instance remembers', async (t) => {
  const { platform, callsOf, clock } = await openWithTicket(t)
  await componentToken(platform)
  clock.advance(-60_001)
  assert.equal(await callsOf(() => componentToken(platform)), 1)
})

test('the sweep renews it a quarter of an hour before its end, up to a quarter of that sooner, and no sooner than after a minute', async (t) => {
  const { another, wechat, row, platform } = await openWithTicket(t)
  await componentToken(another({ ids: { ...platform.ids, fraction: () => 0.8 } }))
  assert.deepEqual(await row('platform', 'component', 'dueAt'), { dueAt: 6120 })
  wechat.answers(ASKED, { component_access_token: 'short', expires_in: 900 })
  await componentToken(another(), { staleFence: 1 })
  assert.deepEqual(await row('platform', 'component', 'dueAt', 'expiresAt'), { dueAt: 60, expiresAt: 900 })
})

test('callers of one instance join; one to whom the common token is of no use gets another', async (t) => {
  const { platform, another, wechat } = await openWithTicket(t)
  assert.deepEqual(await Promise.all([outcome(componentToken(platform)), outcome(componentToken(platform))]), [
    'component-1',
    'component-1',
  ])
  const fresh = another()
  assert.deepEqual(
    await Promise.all([outcome(componentToken(fresh)), outcome(componentToken(fresh, { staleFence: 1 }))]),
    ['component-1', 'component-2'],
  )
  assert.equal(await outcome(componentToken(fresh, { staleFence: 1 })), 'component-2')
  assert.equal(wechat.calls.length, 2)
})

test('the three newest tickets are tried, those that are younger than twelve hours', async (t) => {
  const { platform, clock, wechat, pushTicket, row } = await openPlatform(t)
  for (const name of ['oldest', 'old', 'young', 'newest']) {
    await pushTicket(name)
    clock.advance(1000)
  }
  wechat.answers(ASKED, { errcode: 61006, errmsg: 'expired' }, { errcode: 61005, errmsg: 'no ticket' })
  await assert.rejects(componentToken(platform), {
    reason: 'TICKETS_REFUSED',
    wechat: { errcode: 61005, errmsg: 'no ticket', path: '/cgi-bin/component/api_component_token' },
  })
  const tried = () => wechat.calls.splice(0).map(({ body }) => body['component_verify_ticket'])
  assert.deepEqual(tried(), ['newest', 'young', 'old'])
  assert.deepEqual(
    await row('platform', 'component', 'failedFor', 'triedTicket', 'refusalErrcode', 'refusalErrmsg', 'retryAt'),
    {
      failedFor: 'TICKET_MISSING',
      triedTicket: 'newest',
      refusalErrcode: 61005,
      refusalErrmsg: 'no ticket',
      retryAt: 64,
    },
  )

  // 12 hours after `young` was pushed, 1 second before that of `newest`.
  clock.advance(12 * 3_600_000 - 2000)
  await assert.rejects(componentToken(platform), { reason: 'TICKETS_REFUSED' })
  assert.deepEqual(tried(), ['newest'])
  clock.advance(3_600_000)
  await assert.rejects(componentToken(platform), { reason: 'NO_TICKET' })
  assert.deepEqual(tried(), [])
})

test('after tickets that were refused nobody asks before another one came, or the time is over', async (t) => {
  const { platform, another, clock, wechat, pushTicket } = await openPlatform(t)
  const ask = () => outcome(componentToken(platform))
  assert.equal(await ask(), 'NO_TICKET')
  assert.equal(await ask(), 'NO_TICKET')
  await pushTicket('first')
  wechat.answers(ASKED, { errcode: 61006, errmsg: 'expired' })
  assert.equal(await ask(), 'TICKETS_REFUSED')
  assert.deepEqual(wechat.asked(), [ASKED])
  await assert.rejects(componentToken(platform), {
    reason: 'TICKETS_REFUSED',
    wechat: { errcode: 61006, errmsg: 'expired', path: '/cgi-bin/component/api_component_token' },
  })
  // The lease shows an instance that has not compared its clock yet what there is to know.
  assert.equal(await outcome(componentToken(another())), 'TICKETS_REFUSED')
  assert.deepEqual(wechat.asked(), [])

  clock.advance(1000)
  await pushTicket('second')
  assert.equal(await ask(), 'TICKETS_REFUSED')
  assert.deepEqual(wechat.asked(), [ASKED, ASKED])
  clock.advance(59_999)
  assert.equal(await ask(), 'TICKETS_REFUSED')
  assert.deepEqual(wechat.asked(), [])
  clock.advance(1)
  wechat.answersUsually(ASKED)
  assert.match(await ask(), /^component-/)
})

test('a ticket that came since is no reason to ask sooner where none was missing', async (t) => {
  const { platform, another, wechat, pushTicket } = await openWithTicket(t)
  wechat.answers(ASKED, busy)
  assert.equal(await outcome(componentToken(platform)), 'WECHAT_BUSY')
  await pushTicket('another')
  wechat.answersUsually(ASKED)
  assert.equal(await outcome(componentToken(another())), 'WECHAT_UNREACHABLE')
  assert.deepEqual(wechat.asked(), [ASKED])
})

test('how long nobody asks again depends on what went wrong, and how often', async (t) => {
  const { another, platform, clock, wechat, row, database, problems } = await openWithTicket(t)
  await componentToken(platform)
  const failures: [
    says: Answer,
    failures: number,
    reason: string,
    delays: readonly [retry: number, due: number],
    unresolved: boolean,
  ][] = [
    [busy, 0, 'WECHAT_BUSY', [5, 60], true],
    [busy, 1, 'WECHAT_BUSY', [10, 60], true],
    [busy, 2, 'WECHAT_BUSY', [20, 60], true],
    [busy, 3, 'WECHAT_BUSY', [40, 60], true],
    [busy, 4, 'WECHAT_BUSY', [60, 60], true],
    [busy, 40, 'WECHAT_BUSY', [60, 60], true],
    ['nothing', 0, 'WECHAT_UNREACHABLE', [5, 60], true],
    [{ errcode: 45011, errmsg: 'too often' }, 3, 'WECHAT_QUOTA_USED_UP', [60, 60], false],
    [{ errcode: 45009, errmsg: 'used up' }, 3, 'WECHAT_QUOTA_USED_UP', [3600, 3600], false],
    [{ errcode: 61004, errmsg: 'not allowed 1.2.3.4' }, 3, 'ADDRESS_NOT_ALLOWED', [60, 60], false],
    [{ errcode: 61005, errmsg: 'no ticket' }, 3, 'TICKETS_REFUSED', [60, 60], false],
    [{ errcode: 40125, errmsg: 'invalid secret' }, 0, 'WECHAT_REFUSED', [60, 60], false],
    [{ errcode: 40125, errmsg: 'invalid secret' }, 2, 'WECHAT_REFUSED', [240, 240], false],
    [{ errcode: 40125, errmsg: 'invalid secret' }, 10, 'WECHAT_REFUSED', [61_440, 61_440], false],
    [{ errcode: 40125, errmsg: 'invalid secret' }, 11, 'WECHAT_REFUSED', [86_400, 86_400], false],
    [{ errcode: 7, errmsg: 'unknown' }, 1, 'UNKNOWN_ERRCODE', [120, 120], true],
  ]
  const now = (clock.now() - Date.parse('2026-03-01T00:00:00Z')) / 1000
  for (const [says, before, reason, [retry, due], unresolved] of failures) {
    await database.update(
      'platform',
      { _id: 'component' },
      { set: { failures: before, retryAt: null, unresolved: false } },
    )
    wechat.answers(ASKED, says)
    const { tokenFence } = await componentToken(another())
    assert.equal(await outcome(componentToken(another(), { staleFence: tokenFence })), reason)
    assert.deepEqual(
      await row('platform', 'component', 'failures', 'retryAt', 'dueAt', 'unresolved'),
      { failures: before + 1, retryAt: now + retry, dueAt: now + due, unresolved },
      `${reason} after ${before}`,
    )
  }
  const jumpy = another({ ids: { ...platform.ids, fraction: () => 0.5 } })
  for (const says of failures.map(([answer]) => answer).filter((answer) => answer !== 'nothing')) {
    await database.update('platform', { _id: 'component' }, { set: { failures: 0, retryAt: null } })
    wechat.answers(ASKED, says)
    await outcome(componentToken({ ...jumpy, memory: another().memory }, { staleFence: 1 }))
    const { retryAt } = await row('platform', 'component', 'retryAt')
    assert.ok([6.25, 75, 4500].includes(Number(retryAt)), `${JSON.stringify(says)} ${String(retryAt)}`)
  }
  assert.deepEqual((await problems())['ADDRESS_NOT_ALLOWED'], { errcode: 61004, address: '1.2.3.4' })
})

test('five failures in a row are a problem, which the next success closes', async (t) => {
  const { platform, another, clock, wechat, problems, row } = await openWithTicket(t)
  wechat.answers(ASKED, busy)
  for (let failures = 1; failures <= 11; failures += 1) {
    assert.equal(await outcome(componentToken(another())), 'WECHAT_BUSY')
    clock.advance(60_000)
    const noted = failures < 5 ? {} : { COMPONENT_TOKEN_FAILING: { errcode: -1, failures: 5, reason: 'WECHAT_BUSY' } }
    assert.deepEqual(await problems(), noted, `${failures}`)
  }
  assert.deepEqual(await row('platform', 'component', 'failures', 'refusalErrcode', 'unresolved'), {
    failures: 11,
    refusalErrcode: -1,
    unresolved: true,
  })
  wechat.answersUsually(ASKED)
  await componentToken(platform)
  assert.deepEqual(await problems(), {})
  // WeChat may still carry out what it gave no answer to: an early refresh heals that.
  assert.deepEqual(await row('platform', 'component', 'failures', 'dueAt', 'doubtful', 'retryAt', 'failedFor'), {
    failures: 0,
    dueAt: 11 * 60 + 120,
    doubtful: true,
    retryAt: undefined,
    failedFor: undefined,
  })
})

test('what a row says of a token that cannot be renewed', () => {
  const account = { kind: 'authorizer', appid: 'wx1' } as const
  const down = 'WECHAT_UNAVAILABLE'
  assert.deepEqual(failingToken(component, { failures: 4, failedFor: down }), [])
  assert.deepEqual(failingToken(component, { failures: 5, failedFor: down }), [
    { code: 'COMPONENT_TOKEN_FAILING', params: { failures: 5, reason: down } },
  ])
  // An outage is everybody's.
  assert.deepEqual(failingToken(account, { failures: 5, failedFor: down }), [])
  assert.deepEqual(failingToken(account, { failures: 4 }), [])
  assert.deepEqual(failingToken(account, { failures: 5 }), [
    { code: 'TOKEN_FAILING', appid: 'wx1', params: { failures: 5, reason: 'INTERNAL' } },
  ])
})

test('who lost the lease on the way leaves the problem to whoever took it', async (t) => {
  const { platform, database, wechat, problems } = await openWithTicket(t)
  await platform.stores.tokens.prepareComponent()
  const change = (set: NonNullable<Parameters<typeof database.update>[2]['set']>) =>
    database.update('platform', { _id: 'component' }, { set })
  await change({ failures: 4 })
  wechat.answers(ASKED, busy)
  assert.equal(await outcome(componentToken(platform)), 'WECHAT_BUSY')
  const open = { COMPONENT_TOKEN_FAILING: { errcode: -1, failures: 5, reason: 'WECHAT_BUSY' } }
  assert.deepEqual(await problems(), open)
  const claimed = await platform.stores.tokens.claim(component, 1)
  assert.ok(claimed.kind === 'won')
  wechat.answers(ASKED, async () => {
    await change({ leaseOwner: 'another' })
    return { component_access_token: 'too late', expires_in: 7200 }
  })
  assert.equal(await componentRenewal.renew(platform, claimed.claim, {}), undefined)
  assert.deepEqual(await problems(), open)
})

test('an address that WeChat does not know is a problem until a call succeeds', async (t) => {
  const { another, clock, wechat, problems } = await openWithTicket(t)
  wechat.answers(ASKED, { errcode: 61004, errmsg: 'not allowed' })
  assert.equal(await outcome(componentToken(another())), 'ADDRESS_NOT_ALLOWED')
  assert.deepEqual(await problems(), { ADDRESS_NOT_ALLOWED: { errcode: 61004 } })
  clock.advance(60_000)
  wechat.answersUsually(ASKED)
  await componentToken(another())
  assert.deepEqual(await problems(), {})
})

test('what is left of the old token carries calls through a short trouble, up to its last 8 seconds', async (t) => {
  const { platform, another, clock, wechat } = await openWithTicket(t)
  await componentToken(platform)
  wechat.answers(ASKED, busy)
  clock.advance(7_140_000)
  assert.equal(await outcome(componentToken(platform)), 'component-1')
  clock.advance(51_999)
  assert.equal(await outcome(componentToken(platform)), 'component-1')
  clock.advance(1)
  // Who comes before the next attempt is due is told that WeChat did not answer.
  await assert.rejects(componentToken(another()), {
    reason: 'WECHAT_UNREACHABLE',
    wechat: { ...busy, path: '/cgi-bin/component/api_component_token' },
  })
})

test('a refusal that no waiting mends is told although the old token has seconds left', async (t) => {
  const { platform, clock, wechat } = await openWithTicket(t)
  await componentToken(platform)
  wechat.answers(ASKED, { errcode: 40125, errmsg: 'invalid secret' })
  clock.advance(7_140_000)
  assert.equal(await outcome(componentToken(platform)), 'WECHAT_REFUSED')
})

test('an endpoint that nobody may ask, and a database that is away, are no failures of the token', async (t) => {
  const { another, platform, row } = await openWithTicket(t)
  for (const failure of [new Failure('WECHAT_PAUSED', { paused: true }), new Failure('DATABASE_SLOW')]) {
    const refuse = () => Promise.reject(failure)
    const refused = another({ wechat: { send: refuse, call: refuse } })
    await assert.rejects(componentToken(refused), failure)
    assert.deepEqual(await row('platform', 'component', 'failures', 'leaseOwner'), { failures: 0, leaseOwner: null })
  }
  const tokens = { ...platform.stores.tokens, read: () => Promise.resolve(undefined) }
  const lost = another({ stores: { ...platform.stores, tokens } })
  await assert.rejects(componentToken(lost), { reason: 'DATABASE_REFUSED' })
  const bug = new TypeError('bug')
  const broken = another({ wechat: { send: () => Promise.reject(bug), call: () => Promise.reject(bug) } })
  await assert.rejects(componentToken(broken), bug)
  assert.equal((await platform.stores.tokens.read(component))?.leased, true)
})

test('who comes second waits for the first, half a second at a time, and takes what it brought', async (t) => {
  const { platform, another, slept, wechat, pushTicket } = await openWithTicket(t)
  await platform.stores.tokens.prepareComponent()
  const holder = await platform.stores.tokens.claim(component, 0)
  assert.ok(holder.kind === 'won')
  const brings = another({
    sleep: async (milliseconds) => {
      await platform.sleep(milliseconds)
      if (slept.length === 3)
        await platform.stores.tokens.save(holder.claim, {
          accessToken: 'brought',
          expiresAt: platform.clock(),
          dueAt: platform.clock(),
        })
    },
  })
  // What it brought has ended: it is asked anew.
  assert.equal(await outcome(componentToken(brings)), 'component-1')
  assert.deepEqual(slept, [500, 500, 500])
  await pushTicket('another')
  assert.deepEqual(wechat.asked(), [ASKED])
})

test('a lease that its holder let run out is taken over, and what it left is not known', async (t) => {
  const { platform, another, slept, row, problems } = await openWithTicket(t)
  await platform.stores.tokens.prepareComponent()
  assert.equal((await platform.stores.tokens.claim(component, 0)).kind, 'won')
  assert.equal(await outcome(componentToken(another())), 'component-1')
  assert.deepEqual([slept.length, slept.reduce((sum, one) => sum + one), slept.at(-1)], [40, 20_000, 500])
  assert.deepEqual(await row('platform', 'component', 'doubtful', 'tokenFence', 'dueAt'), {
    doubtful: true,
    tokenFence: 2,
    dueAt: 20 + 120,
  })
  assert.deepEqual(await problems(), {})
})
