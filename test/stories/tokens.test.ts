import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openDirectCalls } from '../fixtures/direct-calls.ts'
import { databaseCalls, editRows, killInstances, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'

const REFRESH = '/cgi-bin/component/api_authorizer_token'
const COMPONENT = '/cgi-bin/component/api_component_token'
const LIST = '/cgi-bin/component/api_get_authorizer_list'

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ wechat: { graceSeconds: 0 }, host: { maxInstances: 12 } })
})
after(() => platform.close())

beforeEach(async () => {
  await platform.wechat.control.clearFaults()
  await platform.wechat.control.changeSettings({ refreshTokens: 'rotateWithGrace' })
})

const authorized = (): Promise<string> => authorizedMerchant(platform)

const past = new Date(1000)

/** Its access token has expired, here and at WeChat. */
async function expire(appid: string): Promise<void> {
  await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: past, dueAt: past })
  await platform.wechat.control.expireToken({ owner: appid })
}

const row = (appid: string) => Object(rowsOf(platform, 'authorizers').find((found) => found['_id'] === appid))

async function refreshesOf(appid: string): Promise<number> {
  const calls = await platform.wechat.control.calls()
  return calls.filter((call) => call.path === REFRESH && call.appid === appid).length
}

const quota = (appid: string) => platform.ask('releases.quota', { appid })

test('ten instances need one expired token at once: one call to WeChat, all get it', async () => {
  const appid = await authorized()
  await expire(appid)
  await killInstances(platform)
  await platform.wechat.control.resetCalls()
  await platform.wechat.control.addFault({ path: REFRESH, delayMs: 400, times: 1 })
  const answers = await Promise.all(Array.from({ length: 10 }, () => quota(appid)))
  assert.deepEqual(
    answers.map((answer) => answer.ok),
    Array(10).fill(true),
  )
  assert.equal(await refreshesOf(appid), 1)
})

test('a warm call reads no database; a new process reads once; an expired token costs three calls and one refresh', async () => {
  const appid = await authorized()
  await killInstances(platform)
  await quota(appid)
  const { faults } = platform.host.database
  faults.resetCounts()
  await quota(appid)
  assert.deepEqual(databaseCalls(platform), { reads: 0, writes: 0 })

  await killInstances(platform)
  faults.resetCounts()
  await quota(appid)
  assert.deepEqual(databaseCalls(platform), { reads: 1, writes: 0 })

  // The component token is known to a warm instance; its one read is not counted here.
  await platform.ask('templates.list')
  await expire(appid)
  await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: past })
  const other = await authorized()
  await quota(other)
  await editRows(platform, 'authorizers', { _id: other }, { expiresAt: past })
  await killInstances(platform)
  await platform.ask('templates.list')
  faults.resetCounts()
  await quota(other)
  assert.deepEqual(databaseCalls(platform), { reads: 1, writes: 2 })
})

test('a token with less than a minute left is renewed before it is used, one with more is used', async () => {
  const [short, long] = [await authorized(), await authorized()]
  await editRows(platform, 'authorizers', { _id: short }, { expiresAt: new Date(Date.now() + 50_000) })
  await editRows(platform, 'authorizers', { _id: long }, { expiresAt: new Date(Date.now() + 120_000) })
  await killInstances(platform)
  for (const appid of [short, long]) assert.equal((await quota(appid)).ok, true)
  assert.deepEqual([await refreshesOf(short), await refreshesOf(long)], [1, 0])
})

test('many calls get 40001 for one token: one refresh, each repeated once', async () => {
  const appid = await authorized()
  await quota(appid)
  await platform.wechat.control.resetCalls()
  await platform.wechat.control.revokeToken({ owner: appid })
  const answers = await Promise.all(Array.from({ length: 10 }, () => quota(appid)))
  assert.deepEqual(
    answers.map((answer) => answer.ok),
    Array(10).fill(true),
  )
  assert.equal(await refreshesOf(appid), 1)
})

test('voided twice within a minute: whoever remembers a token from before both gets a new one as well', async () => {
  const appid = await authorized()
  const { control } = platform.wechat
  const askTwiceAtOnce = async (): Promise<readonly boolean[]> => {
    await control.changeSettings({ latencyMs: 300 })
    const answers = await Promise.all([quota(appid), quota(appid)])
    await control.changeSettings({ latencyMs: 0 })
    return answers.map((answer) => answer.ok)
  }
  await killInstances(platform)
  assert.deepEqual(await askTwiceAtOnce(), [true, true])
  await control.resetCalls()
  await control.revokeToken({ owner: appid })
  assert.equal((await quota(appid)).ok, true)
  await control.revokeToken({ owner: appid })
  assert.deepEqual(await askTwiceAtOnce(), [true, true])
  assert.equal(await refreshesOf(appid), 2)
})

test('a token that died early opens the problem of a second refresher, once', async () => {
  const { problems } = await platform.tell('platform.status')
  const foreign = Object(problems).filter((problem: { code: string }) => problem.code === 'TOKEN_REPLACED_ELSEWHERE')
  assert.equal(foreign.length, 1)
  assert.match(foreign[0].hint, /微管家/)
})

test('a refused refresh token is repaired from the list once; if WeChat has none, the merchant is asked and left alone', async () => {
  const { control } = platform.wechat
  const repaired = await authorized()
  const lost = await authorized()
  await control.killRefreshToken({ appid: repaired, listed: 'fresh' })
  await control.killRefreshToken({ appid: lost, listed: 'empty' })
  await expire(repaired)
  await expire(lost)
  await killInstances(platform)
  await control.resetCalls()

  assert.equal((await quota(repaired)).ok, true)
  assert.equal((await control.callCounts())[LIST], 1)

  await control.resetCalls()
  for (let round = 0; round < 3; round++) {
    const answer = await quota(lost)
    assert.equal(answer.ok ? '' : answer.error.code, 'REAUTHORIZATION_REQUIRED')
  }
  assert.equal(await refreshesOf(lost), 1)
  assert.equal((await control.callCounts())[LIST], 1)
  assert.equal((await platform.tell('authorizers.get', { appid: lost }))['status'], 'reauthorize')
  const { problems } = await platform.tell('platform.status')
  assert.ok(Object(problems).some((problem: { appid?: string }) => problem.appid === lost))

  await platform.host.fireTimer('refreshTokens')
  assert.equal(await refreshesOf(lost), 1)
  await editRows(platform, 'authorizers', { _id: lost }, { dueAt: past })
  await platform.host.fireTimer('refreshTokens')
  assert.equal(await refreshesOf(lost), 2)
})

test('a refusal that only the merchant can cure, by whichever errcode: he is asked, and WeChat is left alone', async () => {
  const { control } = platform.wechat
  for (const errcode of [61003, 61023, 42002, 42007]) {
    const appid = await authorized()
    await control.killRefreshToken({ appid, listed: 'empty' })
    await expire(appid)
    await killInstances(platform)
    await control.addFault({ path: REFRESH, appid, errcode })
    for (let round = 0; round < 2; round++) {
      const answer = await quota(appid)
      assert.equal(answer.ok ? '' : answer.error.code, 'REAUTHORIZATION_REQUIRED', String(errcode))
    }
    assert.equal(await refreshesOf(appid), 1, String(errcode))
    assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'reauthorize', String(errcode))
  }
})

test('a refresh token that is over (61023, 42002) is looked for in the list before the merchant is asked', async () => {
  const { control } = platform.wechat
  for (const errcode of [61023, 42002]) {
    const appid = await authorized()
    await control.killRefreshToken({ appid, listed: 'fresh' })
    await expire(appid)
    await killInstances(platform)
    await control.addFault({ path: REFRESH, appid, errcode, times: 1 })
    assert.equal((await quota(appid)).ok, true, String(errcode))
    assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'active', String(errcode))
  }
})

test('the database fails exactly when the new tokens are to be saved: the caller gets the token, nothing is lost', async () => {
  const appid = await authorized()
  await expire(appid)
  await killInstances(platform)
  await platform.ask('templates.list')
  const undo = platform.host.database.faults.add({
    action: 'database.modifyDocument',
    collection: 'authorizers',
    when: 'before',
    kind: 'status',
    status: 503,
  })
  const answer = await platform.ask('tokens.authorizer', { appid })
  undo()
  assert.equal(answer.ok, true)
  // The lease runs out by the database's clock; then the next caller finds its way.
  await editRows(platform, 'authorizers', { _id: appid }, { leaseUntil: past })
  await killInstances(platform)
  await expire(appid)
  assert.equal((await quota(appid)).ok, true)
})

test('a full database (reads work, writes fail) stops us before anything is consumed', async () => {
  const appid = await authorized()
  await expire(appid)
  await killInstances(platform)
  await platform.wechat.control.resetCalls()
  const undo = [
    platform.host.database.faults.add({
      action: 'database.modifyDocument',
      when: 'before',
      kind: 'status',
      status: 503,
    }),
    platform.host.database.faults.add({
      action: 'database.modifyAndReturnDoc',
      when: 'before',
      kind: 'status',
      status: 503,
    }),
  ]
  const answer = await quota(appid)
  for (const lift of undo) lift()
  assert.equal(answer.ok ? '' : answer.error.code, 'STORAGE_UNAVAILABLE')
  assert.equal(await refreshesOf(appid), 0)
  assert.equal((await quota(appid)).ok, true)
})

const outages: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['quota of the day (45009)', { errcode: 45009 }, 'QUOTA_EXCEEDED'],
  ['per-minute limit (45011)', { errcode: 45011 }, 'QUOTA_EXCEEDED'],
  ['system busy (-1)', { errcode: -1 }, 'WECHAT_UNAVAILABLE'],
  ['address not on the whitelist (61004)', { errcode: 61004 }, 'CONFIG_INVALID'],
  ['HTTP 502', { status: 502 }, 'WECHAT_UNAVAILABLE'],
  ['nonsense with HTTP 200', { body: '<html>' }, 'WECHAT_UNAVAILABLE'],
  ['an empty object', { body: '{}' }, 'WECHAT_UNAVAILABLE'],
  [
    'the tokens of another account',
    {
      body: JSON.stringify({
        authorizer_appid: 'wx00000000000000ff',
        authorizer_access_token: 'theirs',
        expires_in: 7200,
        authorizer_refresh_token: 'theirs',
      }),
    },
    'WECHAT_UNAVAILABLE',
  ],
]
test('each kind of failure is said plainly, not repeated at once, and overwrites nothing good', async () => {
  const { control } = platform.wechat
  const cases = await Promise.all(
    outages.map(async ([name, fault, code]) => ({ name, fault, code, appid: await authorized() })),
  )
  for (const { appid, fault } of cases) {
    await expire(appid)
    await control.addFault({ path: REFRESH, appid, ...fault })
  }
  await killInstances(platform)
  await control.resetCalls()
  for (const { name, appid, code } of cases) {
    const before = row(appid).refreshToken
    for (let round = 0; round < 3; round++) {
      const answer = await quota(appid)
      assert.equal(answer.ok ? '' : answer.error.code, code, name)
    }
    assert.equal(await refreshesOf(appid), 1, name)
    assert.equal(row(appid).refreshToken, before, name)
  }
  assert.equal((await control.callCounts())['/cgi-bin/clear_quota'], undefined)
  const { problems } = await platform.tell('platform.status')
  const refused = Object(problems).find((problem: { code: string }) => problem.code === 'ADDRESS_NOT_ALLOWED')
  assert.match(refused.hint, /白名单|whitelist/)

  await control.clearFaults()
  for (const { name, appid } of cases) {
    await editRows(platform, 'authorizers', { _id: appid }, { retryAt: past })
    assert.equal((await quota(appid)).ok, true, name)
  }
  const { problems: left } = await platform.tell('platform.status')
  assert.ok(!Object(left).some((problem: { code: string }) => problem.code === 'ADDRESS_NOT_ALLOWED'))
})

test('an answer that brings a token and no new refresh token keeps the one that is stored', async () => {
  const appid = await authorized()
  await expire(appid)
  await killInstances(platform)
  const reply = { authorizer_access_token: 'granted-without', expires_in: '7200', authorizer_refresh_token: '' }
  await platform.wechat.control.addFault({ path: REFRESH, appid, body: JSON.stringify(reply), times: 1 })
  const { accessToken } = await platform.tell('tokens.authorizer', { appid })
  assert.equal(accessToken, 'granted-without')
  await expire(appid)
  await killInstances(platform)
  assert.equal((await quota(appid)).ok, true)
})

test('the answer with the new refresh token is lost: usable again without the merchant, however they rotate', async () => {
  const { control } = platform.wechat
  const modes = ['stay', 'rotateWithGrace', 'rotateAtOnce'] as const
  const appids = [await authorized(), await authorized(), await authorized()]
  for (const appid of appids) await expire(appid)
  await killInstances(platform)
  for (const [index, appid] of appids.entries()) {
    await control.changeSettings({ refreshTokens: modes[index] ?? 'stay' })
    await control.addFault({ path: REFRESH, appid, drop: 'after', times: 1 })
    const first = await quota(appid)
    assert.equal(first.ok ? '' : first.error.code, 'WECHAT_UNAVAILABLE')
    await editRows(platform, 'authorizers', { _id: appid }, { retryAt: past })
    assert.equal((await quota(appid)).ok, true)
    assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'active')
    // What WeChat may apply late is healed by one refresh more, soon.
    assert.ok(row(appid).dueAt.getTime() < Date.now() + 3 * 60_000)
  }
})

test('poisoned rows at the head of the line do not hold up the others, and are backed off one by one', async () => {
  const { control } = platform.wechat
  const good = [await authorized(), await authorized(), await authorized()]
  const unsealable = await authorized()
  const malformed = await authorized()
  const refused = await authorized()
  await control.killRefreshToken({ appid: refused, listed: 'empty' })
  await editRows(platform, 'authorizers', { _id: unsealable }, { refreshToken: 'v1.k1.AAAA' })
  await editRows(platform, 'authorizers', { _id: malformed }, { refreshToken: { odd: true }, failures: 'many' })
  for (const appid of [unsealable, malformed, refused])
    await editRows(platform, 'authorizers', { _id: appid }, { dueAt: new Date(1) })
  for (const appid of good) await expire(appid)
  await control.resetCalls()
  const result = Object(await platform.host.fireTimer('refreshTokens'))
  // What cannot be opened or read is looked up in WeChat's list; only the refused one must wait for its merchant.
  assert.deepEqual([result.refreshed, result.failed], [5, 1])
  for (const appid of [...good, unsealable, malformed]) assert.equal(await refreshesOf(appid), 1)
  const again = Object(await platform.host.fireTimer('refreshTokens'))
  assert.equal(again.refreshed, 0)
  assert.equal(again.remaining, 0)
})

test('a sweep costs one WeChat call and one database call for each, and seven for itself; a page of 500 three more', async () => {
  const { control } = platform.wechat
  await control.createMerchants({ count: 120, granted: true })
  await platform.tell('authorizers.sync')
  await editRows(platform, 'authorizers', { status: 'active' }, { dueAt: past, expiresAt: past })
  await killInstances(platform)
  await control.resetCalls()
  platform.host.database.faults.resetCounts()
  const { refreshed, failed, remaining } = Object(await platform.host.fireTimer('refreshTokens'))
  assert.ok(refreshed >= 120, `${refreshed} refreshed`)
  assert.deepEqual({ failed, remaining }, { failed: 0, remaining: 0 })
  assert.equal((await control.callCounts())[REFRESH], refreshed)
  const { reads, writes } = databaseCalls(platform)
  assert.equal(reads + writes, refreshed + 7)
})

test('three runs at once share what is due: each is refreshed once', async () => {
  const { control } = platform.wechat
  await editRows(platform, 'authorizers', { funcInfo: 18, status: 'active' }, { dueAt: past, expiresAt: past })
  const due = rowsOf(platform, 'authorizers').filter((found) => Number(found['dueAt']) === past.getTime()).length
  await control.resetCalls()
  const run = () => platform.host.fireTimer('refreshTokens')
  const results = await Promise.all([run(), run(), run()])
  assert.equal(
    results.reduce((sum: number, result) => sum + Object(result).refreshed, 0),
    due,
  )
  const calls = (await control.calls()).filter(({ path }) => path === REFRESH)
  assert.equal(new Set(calls.map(({ appid }) => appid)).size, due)
  assert.equal(calls.length, due)
})

test('a time limit of a few seconds still gets the due ones done', async () => {
  const appids = [await authorized(), await authorized()]
  for (const appid of appids) await expire(appid)
  await platform.wechat.control.resetCalls()
  const direct = await openDirectCalls(platform)
  const limit = { time_limit_in_ms: 6000, environment: JSON.stringify({ TRIGGER_SRC: 'timer' }) }
  const result = JSON.parse(await direct.call('refreshTokens', { event: { Type: 'Timer' }, context: limit }))
  direct.close()
  assert.deepEqual([result.failed, result.remaining], [0, 0])
  for (const appid of appids) assert.equal(await refreshesOf(appid), 1)
})

test('tickets stop: calls go on while a token lives, then say TICKET_MISSING without asking WeChat', async () => {
  const { control } = platform.wechat
  await editRows(
    platform,
    'pushes',
    { type: 'wechat.component_verify_ticket' },
    { receivedAt: new Date(Date.now() - 13 * 3600_000) },
  )
  assert.equal((await platform.ask('templates.list')).ok, true)

  await editRows(platform, 'platform', { _id: 'component' }, { expiresAt: past })
  await killInstances(platform)
  await control.resetCalls()
  for (let round = 0; round < 3; round++) {
    const answer = await platform.ask('templates.list')
    assert.equal(answer.ok ? '' : answer.error.code, 'TICKET_MISSING')
  }
  assert.equal((await control.callCounts())[COMPONENT], undefined)

  // platform.status judges what it reads; the timer notes it, tells it and asks for a ticket.
  const isOverdue = async (): Promise<boolean> => {
    const { problems } = await platform.tell('platform.status')
    return Object(problems).some((problem: { code: string }) => problem.code === 'TICKET_OVERDUE')
  }
  assert.equal(await isOverdue(), true)
  await platform.host.fireTimer('processQueue')
  await platform.host.fireTimer('processQueue')
  assert.equal((await control.callCounts())['/cgi-bin/component/api_start_push_ticket'], 1)

  await control.settle()
  await control.pushTicket()
  assert.equal((await platform.ask('templates.list')).ok, true)
  assert.equal(await isOverdue(), false)
  await platform.host.fireTimer('processQueue')
  assert.equal(await isOverdue(), false)
})

test('a token is lent for as long as was asked for, or not at all', async () => {
  const appid = await authorized()
  await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: new Date(Date.now() + 600_000) })
  await killInstances(platform)
  await platform.wechat.control.addFault({ path: REFRESH, appid, status: 503 })
  const hour = await platform.ask('tokens.authorizer', { appid, minValiditySeconds: 3600 })
  assert.deepEqual([hour.ok, !hour.ok && hour.error.code], [false, 'WECHAT_UNAVAILABLE'])
  assert.equal((await platform.ask('tokens.authorizer', { appid, minValiditySeconds: 300 })).ok, true)
})
