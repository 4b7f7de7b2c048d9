import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { databaseCalls, editRows, killInstances, rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { startPlatform, type Answer, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'
import { findLeaks } from '../fixtures/secret-leaks.ts'

const REFRESH = '/cgi-bin/component/api_authorizer_token'
const past = new Date(1000)
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

let platform: LocalPlatform
const answers: Answer[] = []
before(async () => {
  platform = await startPlatform({ env: { REFRESH_IDLE_DAYS: '30' } })
})
after(() => platform.close())
beforeEach(() => platform.host.database.faults.clear())

const authorized = (): Promise<string> => authorizedMerchant(platform)

async function expire(...appids: string[]): Promise<void> {
  for (const appid of appids) {
    await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: past, dueAt: past })
    await platform.wechat.control.expireToken({ owner: appid })
  }
  await killInstances(platform)
}

const row = (appid: string) => Object(rowsOf(platform, 'authorizers').find((found) => found['_id'] === appid))

async function refreshesOf(appid: string): Promise<number> {
  const calls = await platform.wechat.control.calls()
  return calls.filter((call) => call.path === REFRESH && call.appid === appid).length
}

const sweep = async () => Object(await platform.host.fireTimer('refreshTokens'))

async function quota(appid: string): Promise<Answer> {
  const answer = await platform.ask('releases.quota', { appid })
  answers.push(answer)
  return answer
}

const codeOf = (answer: Answer): string => (answer.ok ? '' : answer.error.code)

const lostAnswers: readonly (readonly [string, string])[] = [
  ['of the lease', 'database.modifyAndReturnDoc'],
  ['of the save', 'database.modifyDocument'],
]
for (const [whose, action] of lostAnswers)
  test(`the database's answer ${whose} is lost: one refresh, which is kept, and no lease is left behind`, async () => {
    const appid = await authorized()
    await expire(appid)
    await platform.ask('templates.list')
    platform.host.database.faults.add({ action, collection: 'authorizers', when: 'after', kind: 'drop', times: 1 })
    assert.equal((await quota(appid)).ok, true)
    assert.equal(row(appid).leaseOwner, null)
    await killInstances(platform)
    assert.equal((await quota(appid)).ok, true)
    assert.equal(await refreshesOf(appid), 1)
  })

test('the plan allows few operations a second: the sweep backs off, finishes later, loses nothing', async () => {
  const appids = [await authorized(), await authorized(), await authorized()]
  const { appids: many } = await granted(40)
  await expire(...appids, ...many)
  platform.host.database.faults.limitOperationsPerSecond(30)
  let refreshed = 0
  for (let run = 0; run < 5 && refreshed < 43; run++) refreshed += (await sweep()).refreshed
  platform.host.database.faults.clear()
  assert.equal(refreshed, 43)
  for (const appid of [...appids, ...many]) assert.ok(row(appid).expiresAt > Date.now())
})

async function granted(count: number): Promise<{ appids: string[] }> {
  const merchants = await platform.wechat.control.createMerchants({ count, granted: true })
  await platform.tell('authorizers.sync')
  return { appids: merchants.map(({ appid }) => appid) }
}

test('with REFRESH_IDLE_DAYS an unused account is left alone until it is used; a use is written down once in a quarter of them', async () => {
  const idle = await authorized()
  const used = await authorized()
  await editRows(platform, 'authorizers', { _id: idle }, { usedAt: daysAgo(31), authorizedAt: daysAgo(90) })
  await editRows(platform, 'authorizers', { _id: used }, { usedAt: daysAgo(29), authorizedAt: daysAgo(90) })
  await expire(idle, used)
  const { refreshed, skipped } = await sweep()
  assert.deepEqual({ refreshed, skipped }, { refreshed: 1, skipped: 1 })
  assert.deepEqual([await refreshesOf(idle), await refreshesOf(used)], [0, 1])

  assert.equal((await quota(idle)).ok, true)
  assert.equal(await refreshesOf(idle), 1)
  assert.ok(row(idle).usedAt.getTime() > daysAgo(1).getTime())
  await editRows(platform, 'authorizers', { _id: idle }, { usedAt: daysAgo(7) })
  await killInstances(platform)
  platform.host.database.faults.resetCounts()
  await quota(idle)
  assert.deepEqual(databaseCalls(platform), { reads: 1, writes: 0 })
})

test('an unused account whose last refresh was left without an answer is not idle', async () => {
  const [answered, unanswered] = [await authorized(), await authorized()]
  const never = { usedAt: daysAgo(90), authorizedAt: daysAgo(90) }
  await editRows(platform, 'authorizers', { _id: answered }, never)
  await editRows(platform, 'authorizers', { _id: unanswered }, { ...never, unresolved: true })
  await expire(answered, unanswered)
  await sweep()
  assert.deepEqual([await refreshesOf(answered), await refreshesOf(unanswered)], [0, 1])
})

test('an account that nobody uses is refreshed every 20 days, long before its refresh token could end', async () => {
  const [young, old] = [await authorized(), await authorized()]
  const never = { usedAt: daysAgo(90), authorizedAt: daysAgo(90) }
  await editRows(platform, 'authorizers', { _id: young }, { ...never, tokenSavedAt: daysAgo(19) })
  await editRows(platform, 'authorizers', { _id: old }, { ...never, tokenSavedAt: daysAgo(20) })
  await expire(young, old)
  const { refreshed, skipped } = await sweep()
  assert.deepEqual({ refreshed, skipped }, { refreshed: 1, skipped: 1 })
  assert.deepEqual([await refreshesOf(young), await refreshesOf(old)], [0, 1])
  // Until then it is not even looked at.
  assert.ok(Math.abs(row(young).dueAt.getTime() - (Date.now() + 86_400_000)) < 60_000)
})

test('without a word about it, what was used in the last ten days is kept fresh, and with 0 all is', async () => {
  const wished = platform.env['REFRESH_IDLE_DAYS'] ?? ''
  const refreshedWith = async (days: string | undefined) => {
    const appid = await authorized()
    await editRows(platform, 'authorizers', { _id: appid }, { usedAt: daysAgo(10.1), authorizedAt: daysAgo(90) })
    await expire(appid)
    if (days === undefined) delete platform.env['REFRESH_IDLE_DAYS']
    else platform.env['REFRESH_IDLE_DAYS'] = days
    await killInstances(platform)
    await sweep()
    return refreshesOf(appid)
  }
  assert.deepEqual([await refreshedWith(undefined), await refreshedWith('11'), await refreshedWith('0')], [0, 1, 1])
  platform.env['REFRESH_IDLE_DAYS'] = wished
  await killInstances(platform)
})

test('a sealed value that was moved to another row or field is refused; each account gets its own again', async () => {
  const [one, two] = [await authorized(), await authorized()]
  const { accessToken, refreshToken } = row(one)
  await editRows(platform, 'authorizers', { _id: two }, { accessToken: refreshToken, refreshToken, expiresAt: past })
  await editRows(platform, 'authorizers', { _id: one }, { refreshToken: accessToken, expiresAt: past })
  await killInstances(platform)
  for (const appid of [one, two]) {
    assert.equal((await quota(appid)).ok, true)
    assert.equal(await refreshesOf(appid), 1)
    const { items } = Object(await platform.tell('authorizers.list', { query: appid }))
    assert.equal(items[0].status, 'active')
  }
})

test('a key is changed: the sweep seals everything anew; a key removed too early is named, and nothing is lost', async () => {
  const appid = await authorized()
  const former = platform.env['SEAL_KEYS'] ?? ''
  const fresh = `k2:${randomBytes(32).toString('base64')}`

  platform.env['SEAL_KEYS'] = fresh
  await expire(appid)
  const removed = await quota(appid)
  assert.equal(codeOf(removed), 'CONFIG_INVALID')
  assert.match(JSON.stringify(removed), /SEAL_KEY_MISSING/)
  assert.equal((await sweep()).refreshed, 0)

  platform.env['SEAL_KEYS'] = `${fresh},${former}`
  await killInstances(platform)
  assert.equal((await quota(appid)).ok, true)
  for (let run = 0; run < 5; run++) await sweep()
  assert.doesNotMatch(JSON.stringify(platform.host.database.dump()), /v1\.k1\./)

  platform.env['SEAL_KEYS'] = fresh
  await expire(appid)
  assert.equal((await quota(appid)).ok, true)
})

test('the merchant of a lost authorization is named with the link that it needs, and the problem closes when it has authorized', async () => {
  const { control } = platform.wechat
  const { appid } = await control.createMerchant({ nickName: '王记面馆' })
  await authorizeMerchant(platform, { businessId: 'wang', appid })
  await control.killRefreshToken({ appid, listed: 'empty' })
  await expire(appid)
  assert.equal(codeOf(await quota(appid)), 'REAUTHORIZATION_REQUIRED')
  await platform.host.fireTimer('processQueue')
  const problem = (await problemsOf(appid)).find(({ code }) => code === 'REAUTHORIZATION_REQUIRED')
  assert.equal(problem?.message, '商户「王记面馆」需要重新授权')
  assert.match(problem.hint, /http:.*\/auth\/start\?invite=/)

  await control.unauthorizeQuietly({ appid })
  await authorizeMerchant(platform, { businessId: 'wang', appid })
  await control.settle()
  assert.equal((await quota(appid)).ok, true)
  assert.deepEqual(await problemsOf(appid), [])
})

async function problemsOf(
  appid: string,
): Promise<readonly { code: string; appid?: string; message: string; hint: string }[]> {
  const { problems } = await platform.tell('platform.status')
  return Object(problems).filter((problem: { appid?: string }) => problem.appid === appid)
}

test('the sign of a second refresher goes away after a day without a new one', async () => {
  const { control } = platform.wechat
  const appid = await authorized()
  await quota(appid)
  await control.revokeToken({ owner: appid })
  assert.equal((await quota(appid)).ok, true)
  const signs = () => rowsOf(platform, 'problems').filter((found) => found['code'] === 'TOKEN_REPLACED_ELSEWHERE')
  assert.equal(signs().length, 1)
  await platform.host.fireTimer('processQueue')
  assert.equal(signs().length, 1)
  await editRows(
    platform,
    'problems',
    { code: 'TOKEN_REPLACED_ELSEWHERE' },
    { since: daysAgo(2), seenAt: daysAgo(1.1) },
  )
  await editRows(platform, 'authorizers', { replacedAt: { $exists: true } }, { replacedAt: daysAgo(1.1) })
  // The next full look is due.
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.fullLook': daysAgo(1) })
  await platform.host.fireTimer('processQueue')
  assert.deepEqual(
    signs().filter((found) => found['closed'] !== true),
    [],
  )
})

test('the sign of a second refresher is found again where it could not be noted; who dismissed it is not told twice', async () => {
  const { control } = platform.wechat
  const fullLook = async (): Promise<readonly unknown[]> => {
    await editRows(platform, 'platform', { _id: 'component' }, { 'turns.fullLook': daysAgo(1) })
    await platform.host.fireTimer('processQueue')
    const { items } = await platform.tell('problems.list', { code: 'TOKEN_REPLACED_ELSEWHERE' })
    return Object(items).map(({ code }: { code: string }) => code)
  }
  const isReplaced = async (appid: string): Promise<void> => {
    await control.revokeToken({ owner: appid })
    for (const action of ['database.insertDocument', 'database.modifyDocument', 'database.modifyAndReturnDoc'])
      platform.host.database.faults.add({ action, collection: 'problems', when: 'before', kind: 'drop' })
    assert.equal((await quota(appid)).ok, true)
    platform.host.database.faults.clear()
  }
  assert.deepEqual(await fullLook(), [])
  const appid = await authorized()
  await quota(appid)
  await isReplaced(appid)
  const { items } = await platform.tell('problems.list', { code: 'TOKEN_REPLACED_ELSEWHERE' })
  assert.deepEqual(items, [])
  assert.deepEqual(await fullLook(), ['TOKEN_REPLACED_ELSEWHERE'])
  await platform.tell('problems.dismiss', { problemId: 'TOKEN_REPLACED_ELSEWHERE' })
  assert.deepEqual(await fullLook(), [])
  await isReplaced(appid)
  assert.deepEqual(await fullLook(), ['TOKEN_REPLACED_ELSEWHERE'])
})

test('after all this no secret stands readable in the database, the log or an answer', async () => {
  assert.ok(answers.length > 10)
  assert.deepEqual(await findLeaks(platform, answers), [])
})
