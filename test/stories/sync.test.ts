import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { movableClock, newMerchant, type TimedPlatform } from '../fixtures/authorizations.ts'
import { editRows, killInstances, rowsOf } from '../fixtures/interference.ts'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { startPlatform } from '../fixtures/platform.ts'

let platform: TimedPlatform
before(async () => {
  const clock = movableClock()
  platform = clock.with(
    await startPlatform({ wechat: { pushRetries: 0 }, host: { databaseOptions: { now: clock.now } } }),
  )
})
after(() => platform.close())
beforeEach(() => platform.wechat.control.clearFaults())

const nothing = { added: 0, updated: 0, revoked: 0, adopted: 0, problems: 0, remaining: 0 }
const sync = () => platform.tell('authorizers.sync')
const statusOf = async (appid: string): Promise<unknown> =>
  (await platform.tell('authorizers.get', { appid }))['status']
const problemsOf = async (appid: string) => {
  const { problems } = await platform.tell('platform.status')
  const list: readonly { code: string; message: string; hint: string; appid?: string }[] = Object(problems)
  return list.filter((problem) => problem.appid === appid)
}
const isUsable = async (appid: string): Promise<boolean> => (await platform.ask('releases.quota', { appid })).ok

test('merchants that authorized before Minifleet came are taken in, with name and sets', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform, { nickName: '老店', principalName: '老店有限公司' })
  await control.grantQuietly({ appid, funcInfo: [18, 30] })
  assert.deepEqual(await sync(), { ...nothing, added: 1, adopted: 1 })
  // Whoever opens it has it read, for which it needs a token.
  const { authorizedAt, tokenExpiresAt, ...authorizer } = await platform.tell('authorizers.get', { appid })
  assert.ok(tokenExpiresAt)
  assert.deepEqual(authorizer, {
    appid,
    nickName: '老店',
    accountType: 'miniprogram',
    accountStatus: { name: 'normal', code: 1 },
    principalName: '老店有限公司',
    funcInfo: [18, 30],
    missing: [],
    status: 'active',
  })
  assert.match(String(authorizedAt), /Z$/)
  assert.equal(await isUsable(appid), true)
  assert.deepEqual(await sync(), nothing)
  // An old withdrawal that is pushed only now does not undo it.
  const old = { AuthorizerAppid: appid, CreateTime: Math.floor(Date.now() / 1000) - 3600 }
  await control.pushEvent({ infoType: 'unauthorized', fields: old })
  assert.equal(await statusOf(appid), 'active')
})

test('one whose code was never exchanged is a problem with its name; nothing is made up', async () => {
  const appid = await newMerchant(platform, { nickName: '无码店' })
  await platform.wechat.control.grantQuietly({ appid, exchanged: false })
  assert.deepEqual(await sync(), { ...nothing, problems: 1 })
  const [problem] = await problemsOf(appid)
  assert.equal(problem?.code, 'AUTHORIZATION_LOST')
  assert.match(problem?.message ?? '', /无码店/)
  assert.equal((await platform.ask('authorizers.get', { appid })).ok, false)
  await authorizeMerchant(platform, { businessId: 'found-again', appid, funcInfo: [18] })
  assert.deepEqual(await problemsOf(appid), [])
})

test('an account that must authorize again is one problem, also after a comparison that finds no token for it', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'one-problem', appid })
  await control.killRefreshToken({ appid, listed: 'empty' })
  await platform.passTime(7200)
  await control.pushTicket()
  assert.equal(await isUsable(appid), false)
  const codes = async () => (await problemsOf(appid)).map(({ code }) => code)
  assert.deepEqual(await codes(), ['REAUTHORIZATION_REQUIRED'])
  assert.equal((await sync())['problems'], 1)
  assert.deepEqual(await codes(), ['REAUTHORIZATION_REQUIRED'])
  await authorizeMerchant(platform, { businessId: 'one-problem', appid })
  assert.deepEqual(await codes(), [])
})

test('one whose refresh token is gone on both sides is one problem, before and after it is used', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'gone-token', appid })
  await control.killRefreshToken({ appid, listed: 'empty' })
  await editRows(platform, 'authorizers', { _id: appid }, { refreshToken: null, expiresAt: new Date(1000) })
  await sync()
  const codes = async () => (await problemsOf(appid)).map(({ code }) => code)
  assert.deepEqual(await codes(), ['AUTHORIZATION_LOST'])
  await killInstances(platform)
  assert.equal(await isUsable(appid), false)
  assert.equal((await codes()).length, 1)
  await authorizeMerchant(platform, { businessId: 'gone-token', appid })
  assert.deepEqual(await codes(), [])
})

test('a missed withdrawal is found; the binding says so', async () => {
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'gone', appid })
  await platform.passTime(2)
  await platform.wechat.control.unauthorizeQuietly({ appid })
  assert.deepEqual(await sync(), { ...nothing, revoked: 1 })
  assert.equal(await statusOf(appid), 'revoked')
  assert.equal((await platform.tell('bindings.get', { businessId: 'gone' }))['status'], 'revoked')
  // Authorized again without a push: taken back, and the business has it.
  await platform.wechat.control.grantQuietly({ appid })
  assert.deepEqual(await sync(), { ...nothing, updated: 1, adopted: 1 })
  assert.equal((await platform.tell('bindings.get', { businessId: 'gone' }))['status'], 'bound')
  assert.equal(await isUsable(appid), true)
})

test('a withdrawal that the database could not take is not put off to the next night', async () => {
  const appid = await newMerchant(platform)
  await platform.wechat.control.grantQuietly({ appid })
  await sync()
  await platform.wechat.control.unauthorizeQuietly({ appid })
  const heal = platform.host.database.faults.add({
    action: 'database.startTransaction',
    when: 'before',
    kind: 'code',
    code: 'EXCEED_REQUEST_LIMIT',
  })
  const { remaining, continue: goOn, problems } = await sync()
  assert.deepEqual([remaining, problems], [1, 0])
  heal()
  assert.deepEqual(await platform.tell('authorizers.sync', { continue: goOn }), { ...nothing, revoked: 1 })
  assert.equal(await statusOf(appid), 'revoked')
})

test('gone is only what both proofs show', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'stays', appid })
  const list = '/cgi-bin/component/api_get_authorizer_list'
  const all = rowsOf(platform, 'authorizers').filter((row) => row['status'] === 'active' && row['_id'] !== appid)
  const rows = all.map((row) => ({ authorizer_appid: row['_id'], refresh_token: '', auth_time: 1 }))
  const answers = {
    'the list lacks it, WeChat knows it': { total_count: rows.length, list: rows },
    'the list is empty': { total_count: 0, list: [] },
    'fewer rows than the total': { total_count: rows.length + 1, list: rows },
    'a row twice': { total_count: rows.length + 1, list: [...rows, rows[0]] },
  }
  for (const [name, answer] of Object.entries(answers)) {
    await control.clearFaults()
    await control.addFault({ path: list, body: JSON.stringify(answer), times: 1 })
    const { revoked } = await sync()
    assert.equal(revoked, 0, name)
    assert.equal(await statusOf(appid), 'active', name)
  }
  // WeChat says 61003 when asked, but the list changed under the pass.
  await control.clearFaults()
  await control.addFault({ path: list, body: JSON.stringify({ total_count: rows.length + 1, list: rows }) })
  await control.addFault({ path: '/cgi-bin/component/api_get_authorizer_info', appid, errcode: 61003 })
  assert.equal((await sync())['revoked'], 0)
  // Both: gone.
  await control.clearFaults()
  await control.addFault({ path: list, body: JSON.stringify({ total_count: rows.length, list: rows }) })
  await control.addFault({ path: '/cgi-bin/component/api_get_authorizer_info', appid, errcode: 61003 })
  assert.equal((await sync())['revoked'], 1)
  assert.equal(await statusOf(appid), 'revoked')
  // The pass can fail half-way: then nothing is known.
  await control.clearFaults()
  await control.addFault({ path: list, status: 502 })
  assert.equal((await platform.ask('authorizers.sync')).ok, false)
})

test('a refresh token of the list is taken only where ours is missing or was refused', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform)
  await authorizeMerchant(platform, { businessId: 'tokens', appid })
  const sealed = () => rowsOf(platform, 'authorizers').find((row) => row['_id'] === appid)?.['refreshToken']
  const ours = sealed()
  await sync()
  assert.equal(sealed(), ours)
  await editRows(platform, 'authorizers', { _id: appid }, { refreshToken: null, status: 'reauthorize' })
  const { updated } = await sync()
  assert.equal(updated, 1)
  assert.notEqual(sealed(), undefined)
  assert.equal(await statusOf(appid), 'active')
  await control.expireToken({ owner: appid })
  assert.equal(await isUsable(appid), true)
})

test('names and sets are read again within a week, also where no push told of a change', async () => {
  const { control } = platform.wechat
  const appid = await newMerchant(platform, { nickName: '旧名' })
  await authorizeMerchant(platform, { businessId: 'renamed', appid })
  const merchant = platform.wechat.state.merchants.get(appid)
  assert.ok(merchant)
  merchant.nickName = '新名'
  await control.changeSettings({ holdPushes: true })
  await control.updateAuthorization({ appid, funcInfo: [30] })
  await control.changeSettings({ holdPushes: false })
  await sync()
  // A list shows what was read last; only one that is opened is read anew.
  const { items } = await platform.tell('authorizers.list', { query: '旧名' })
  assert.deepEqual(
    [items].flat().map((item) => Object(item).appid),
    [appid],
  )
  await editRows(platform, 'authorizers', { _id: appid }, { profiledAt: new Date(Date.now() - 8 * 86_400_000) })
  assert.equal((await sync())['updated'], 1)
  const { nickName, missing } = await platform.tell('authorizers.get', { appid })
  assert.deepEqual([nickName, missing], ['新名', [18]])
})

test('more accounts than one page holds', async () => {
  await platform.wechat.control.createMerchants({ count: 505, granted: true })
  const { added, problems } = await sync()
  assert.deepEqual([added, problems], [505, 0])
  assert.deepEqual(await sync(), nothing)
})

test('once a night processQueue does it by itself', async () => {
  await platform.host.fireTimer('processQueue')
  const appid = await newMerchant(platform)
  await platform.wechat.control.grantQuietly({ appid })
  await platform.host.fireTimer('processQueue')
  assert.equal((await platform.ask('authorizers.get', { appid })).ok, false)
  await platform.passTime(86_401)
  await platform.wechat.control.pushTicket()
  await platform.host.fireTimer('processQueue')
  assert.equal(await statusOf(appid), 'active')
})

test('a pass is gone on with under its own name only', async () => {
  const stale = await platform.ask('authorizers.sync', { continue: 'another' })
  assert.equal(stale.ok ? '' : stale.error.code, 'INVALID_ARGUMENT')
  assert.equal((await sync())['remaining'], 0)
})
