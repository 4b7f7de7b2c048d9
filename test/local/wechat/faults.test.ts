import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { assertHas, openPlatform } from './wechat.ts'

const RELEASE = '/wxa/change_visitstatus'
const QUERY = '/wxa/queryquota'

void test('fault rules: cut before or after, status, nonsense with 200, errcodes once', async (t) => {
  const { control, ask, get, post, componentToken, authorizeMerchant } = await openPlatform(t)
  const { accessToken } = await authorizeMerchant(await componentToken())
  const draw = () => ask(`${QUERY}?access_token=${accessToken}`)

  await control.addFault({ path: QUERY, drop: 'before', times: 1 })
  await assert.rejects(draw(), /fetch failed/)
  assert.equal((await draw()).status, 200)
  await control.addFault({ path: QUERY, status: 502, body: '<html>Bad Gateway</html>', times: 1 })
  assert.equal((await draw()).status, 502)
  await control.addFault({ path: QUERY, body: 'nonsense', times: 1 })
  const garbage = await draw()
  assert.equal(garbage.status, 200)
  assert.equal(await garbage.text(), 'nonsense')
  await control.addFault({ path: '*', errcode: -1, skip: 1, times: 1 })
  assert.deepEqual([(await get(QUERY, accessToken)).errcode, (await get(QUERY, accessToken)).errcode], [0, -1])

  await control.clearFaults()
  await control.addFault({ path: '/wxa/bind_tester', drop: 'after', times: 1 })
  await assert.rejects(post('/wxa/bind_tester', accessToken, { wechatid: 'tester_one' }), /fetch failed/)
  assert.equal(
    (await post('/wxa/bind_tester', accessToken, { wechatid: 'tester_one' })).errcode,
    85004,
    'it was applied',
  )
})

void test('a call takes effect late, after its caller has given up', async (t) => {
  const { control, ask, componentToken, authorizeMerchant } = await openPlatform(t)
  const { appid, accessToken } = await authorizeMerchant(await componentToken())
  await control.addFault({ path: '/wxa/bind_tester', delayMs: 80 })
  const body = JSON.stringify({ wechatid: 'tester_one' })
  const address = `/wxa/bind_tester?access_token=${accessToken}`
  await assert.rejects(ask(address, { method: 'POST', body, signal: AbortSignal.timeout(20) }))
  assert.deepEqual((await control.merchant(appid)).testers, [])
  while ((await control.merchant(appid)).testers.length === 0) await pause(10)
  assert.deepEqual((await control.merchant(appid)).testers, ['tester_one'])
})

void test('daily limits are counted per account and cleared', async (t) => {
  const { post, get, componentToken, authorizeMerchant } = await openPlatform(t, {
    dailyLimits: { [QUERY]: 1 },
    quotaClearsPerMonth: 1,
  })
  const component = await componentToken()
  const { appid, accessToken } = await authorizeMerchant(component)
  assert.equal((await get(QUERY, accessToken)).errcode, 0)
  assert.equal((await get(QUERY, accessToken)).errcode, 45009)
  const quota = await post('/cgi-bin/openapi/quota/get', accessToken, { cgi_path: QUERY })
  assertHas(quota, { quota: { daily_limit: 1, used: 1, remain: 0 } })
  assert.equal((await post('/cgi-bin/openapi/quota/get', accessToken, { cgi_path: '/wxa/none' })).errcode, 76003)
  assert.equal((await post('/cgi-bin/clear_quota', accessToken, { appid })).errcode, 0)
  assert.equal((await get(QUERY, accessToken)).errcode, 0)
  assert.equal((await post('/cgi-bin/clear_quota', accessToken, { appid })).errcode, 48006)
})

void test('the log of calls names account and outcome and leaves tokens out', async (t) => {
  const { control, post, componentToken, authorizeMerchant } = await openPlatform(t)
  const { appid, accessToken } = await authorizeMerchant(await componentToken())
  await control.resetCalls()
  const refused = await post(RELEASE, accessToken, { action: 'open' })
  const [call] = await control.calls()
  assertHas(call, { method: 'POST', path: RELEASE, appid, body: { action: 'open' }, errcode: 85021, query: {} })
  const rid = String(refused.errmsg).split('rid: ')[1]
  const found = await post('/cgi-bin/openapi/rid/get', accessToken, { rid })
  assert.match(JSON.stringify(found.request), /change_visitstatus/)
  assert.ok((await control.issuedSecrets()).includes(accessToken))
})

void test('the side door is the same over HTTP', async (t) => {
  const { ask } = await openPlatform(t)
  const call = (name: string, input?: unknown) =>
    ask(`/__wechat/${name}`, { method: 'POST', ...(input === undefined ? {} : { body: JSON.stringify(input) }) })
  const created: unknown = await (await call('createMerchant', { appid: 'wx1', nickName: '一号店' })).json()
  assert.match(JSON.stringify(created), /^\{"result":\{"appid":"wx1",.*"nickName":"一号店"/)
  assert.deepEqual(await (await call('advanceTime', { seconds: 'x' })).json(), {
    error: 'Invalid type: Expected number but received "x"',
  })
  assert.equal((await call('passAudit', 'wx1')).status, 409)
  assert.equal((await call('finishScan', { appid: 'wx1' })).status, 200)
  assert.equal((await call('nothing')).status, 404)
  const changed = await call('changeSettings', { refreshTokens: 'rotateAtOnce', latencyMs: 1 })
  assert.deepEqual(await changed.json(), { result: null })
})

void test('many slow calls at once do not look like a leak', async (t) => {
  const { control, get, componentToken, authorizeMerchant } = await openPlatform(t)
  const { accessToken } = await authorizeMerchant(await componentToken())
  const warnings: string[] = []
  const listen = ({ name }: Error): unknown => warnings.push(name)
  process.on('warning', listen)
  await control.addFault({ path: QUERY, delayMs: 50 })
  await Promise.all(Array.from({ length: 15 }, () => get(QUERY, accessToken)))
  process.off('warning', listen)
  assert.deepEqual(warnings, [])
})
